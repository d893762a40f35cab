"""What follows for the findings on items that other answers decide about: asked no more, or asked again."""

from collections.abc import Iterable, Set
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.store.base import Doc, Op
from qms_tui.workflow.answering import RAISED, withdraw_ops


class Raised(NamedTuple):
    """The finding on an item, void or not, and the nonconformity that it raised."""

    item: str
    finding: Doc
    nonconformity: Doc | None


def follow_ops(raised: Iterable[Raised], asked: Set[str], changed: Set[str], by: str, at: str) -> list[Op]:
    """Withdraw what stands on items that are not in `asked`; bring back what was withdrawn so and is asked again.

    Documents whose ids are in `changed` are left as they are. `void.unasked` tells these from findings that an answer
    took back.
    """
    void = {"why": _("the item is no longer asked after other answers"), "by": by, "at": at, "unasked": True}
    ops: list[Op] = []
    for one in raised:
        if one.finding.id in changed:
            continue
        if one.item not in asked:
            ops += withdraw_ops(one.finding, one.nonconformity, void)
        else:
            ops += _back(one)
    return ops


def _back(one: Raised) -> list[Op]:
    both = (("findings", one.finding), (RAISED, one.nonconformity))
    return [
        Op(table, doc.id, {"void": None}, base_rev=doc.rev)
        for table, doc in both
        if doc is not None and (doc.get("void") or {}).get("unasked")
    ]
