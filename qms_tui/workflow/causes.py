"""The five whys: each why is a document of its own, so that two people may add whys at once.

Use cases raise as those of `workflow.handling`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from qms_tui.i18n import _, ngettext
from qms_tui.records import causes as tree
from qms_tui.records import nonconformity as gates
from qms_tui.records.case import Case, Document
from qms_tui.records.gates import Barred
from qms_tui.store.base import Actor, Op, Receipt, Store
from qms_tui.store.ids import uuid7
from qms_tui.workflow import cases
from qms_tui.workflow.clock import now
from qms_tui.workflow.handling import repeats_from
from qms_tui.workflow.repeats import same_cause
from qms_tui.workflow.unknown import Unknown


def add_why(
    store: Store,
    actor: Actor,
    number: str,
    text: str,
    parent: str | None = None,
    given: Mapping[str, Any] | None = None,
    id_: str | None = None,
) -> tuple[str, Receipt]:
    """Add a why below `parent` (a why's id, None the symptom); its id. `given`: evidence, category, root.

    The first why of a draft begins its analysis. `id_` is one made before by `uuid7`, for whoever goes on below it
    while it is still on its way to the disk.
    """
    id_ = id_ or uuid7()

    def build(case: Case) -> Sequence[Op]:
        gates.require_before_work(case)
        if not text.strip():
            raise Barred("cause", _("the why is empty"))
        if parent is not None:
            _require_above(case, parent)
        fields = {
            "nonconformity": cases.stored(case.nonconformity).id,
            "cycle": case.cycle,
            "parent": parent,
            "text": text.strip(),
            **_given(given or {}),
            "by": actor.name,
            "at": now(),
        }
        follows = {"status": "analysis"} if case.status == "draft" else {}
        follows |= _repeat(store, case, text) if fields.get("root") else {}
        began = [cases.op(case.nonconformity, follows)] if follows else []
        return [Op(cases.CAUSES, id_, {k: v for k, v in fields.items() if v is not None}, base_rev=0), *began]

    return id_, cases.change(store, actor, number, build)


def change_why(
    store: Store,
    actor: Actor,
    number: str,
    why_id: str,
    given: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
) -> Receipt:
    """Change text, evidence, category or root of a why; None leaves it, an empty evidence or category removes it."""

    def build(case: Case) -> Sequence[Op]:
        cause = require_changeable(case, why_id)
        fields = _given(given)
        if given.get("text") is not None:
            fields["text"] = str(given["text"]).strip()
            if not fields["text"]:
                raise Barred("cause", _("the why is empty; withdraw it instead"))
        cases.require_seen(store, cases.CAUSES, cause, seen, fields)
        follows = _repeat(store, case, str(fields.get("text") or cause["text"])) if fields.get("root") else {}
        repeat = [cases.op(case.nonconformity, follows)] if follows else []
        return [cases.op(cause, fields, cases.CAUSES), *repeat]

    return cases.change(store, actor, number, build)


def _repeat(store: Store, case: Case, text: str) -> dict[str, Any]:
    """The link to an earlier one with the same root cause, where none is linked and none would be circular."""
    found = None if case.nonconformity.get("repeat_of") else same_cause(store, case, text)
    if found is None:
        return {}
    try:
        return gates.repeat_of(case.number, found, repeats_from(store, found))
    except Barred:
        return {}


def withdraw_why(store: Store, actor: Actor, number: str, why_id: str, reason: str) -> Receipt:
    """Take a why back, with a reason; it stays in the record. Those that hang below it are taken back first."""

    def build(case: Case) -> Sequence[Op]:
        cause = require_withdrawable(case, why_id)
        if not reason.strip():
            raise Barred("reason", _("taking a why back needs a reason"))
        void = {"why": reason.strip(), "by": actor.name, "at": now()}
        return [cases.op(cause, {"void": void}, cases.CAUSES)]

    return cases.change(store, actor, number, build, reason)


def require_changeable(case: Case, why_id: str) -> Document:
    """A why of the present cycle, before work starts. Raises Barred."""
    gates.require_before_work(case)
    return _require_why(case, why_id)


def require_withdrawable(case: Case, why_id: str) -> Document:
    """As `require_changeable`, and none hangs below it: those are taken back first. Raises Barred."""
    cause = require_changeable(case, why_id)
    whys = tree.tree(case.causes_of(case.cycle))
    own = next(why.label for why in whys if why.id == why_id)
    below = [why.label for why in reversed(whys) if why.label.startswith(f"{own}.")]
    if below:
        words = ngettext(
            "{below} hangs below {why}; take that back first",
            "whys hang below {why}; take them back first, in this order: {below}",
            len(below),
        )
        raise Barred("cause", words.format(why=own, below=", ".join(below)))
    return cause


def _given(given: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in ("evidence", "category"):
        if given.get(field) is not None:
            fields[field] = str(given[field]).strip() or None
    if given.get("root") is not None:
        fields["root"] = True if given["root"] else None
    return fields


def _require_why(case: Case, why_id: str) -> Document:
    cause = case.causes_of(case.cycle).get(why_id)
    if cause is None:
        void = _taken_back(case, why_id)
        words = _("{name} took this why back: '{why}'") if void else _("{number} has no such why in this cycle")
        raise Barred("cause", words.format(number=case.number, name=void.get("by"), why=void.get("why")))
    return cause


def _require_above(case: Case, why_id: str) -> None:
    """A why of the present cycle, for another one to hang below it. Raises Barred."""
    if why_id not in case.causes_of(case.cycle):
        void = _taken_back(case, why_id)
        words = _("{name} took back the why above: '{why}'") if void else _("the why above is not recorded")
        raise Barred("cause", words.format(name=void.get("by"), why=void.get("why")))


def _taken_back(case: Case, why_id: str) -> Mapping[str, Any]:
    """Who took back a why of the present cycle (`by`), and `why`; empty where nobody did."""
    cause = case.causes.get(why_id) or {}
    return (cause.get("void") or {}) if cause.get("cycle") == case.cycle else {}


def find_why(case: Case, label: str | None) -> str | None:
    """The id of the why of the present cycle with a label such as `1.2`; None stays None. Raises Unknown."""
    if label is None:
        return None
    whys = tree.tree(case.causes_of(case.cycle))
    found = next((why.id for why in whys if why.label == label.strip()), None)
    if found is None:
        known = ", ".join(why.label for why in whys) or "-"
        raise Unknown(_("{number}: no why {label}; there are: {known}").format(
            number=case.number, label=label, known=known))  # fmt: skip
    return found


def standing(case: Case, why_id: str) -> tuple[str, list[str]]:
    """A why's label, and what is weak about it; a chain that is still being asked is not yet too short."""
    causes = case.causes_of(case.cycle)
    label = next((why.label for why in tree.tree(causes) if why.id == why_id), "")
    asking = why_id in causes and not causes[why_id].get("root")
    weak = [w for w in tree.warnings(causes) if w.cause == why_id and not (asking and w.code == "short")]
    return label, [w.message for w in weak]
