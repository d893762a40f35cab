"""Whether what a person enters contradicts what somebody else recorded since they saw the item.

What does not is kept beside it: a note beside a colleague's answer, evidence beside anything.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from qms_tui.checklist.model import Item
from qms_tui.i18n import _
from qms_tui.records.words import result_label
from qms_tui.store.base import Actor, Conflict, Doc, Record, Store
from qms_tui.workflow.given import Given, show_value

_ANSWER = frozenset({"result", "value", "verdict"})
_NOTE = frozenset({"note"})


class Contradiction(NamedTuple):
    """The transaction that came first; `note` says that it wrote the item's note, and else it answered."""

    record: Record
    note: bool


def contradiction(store: Store, key: str, given: Given, seen: int, own: Collection[int]) -> Contradiction | None:
    """The newest transaction after `seen`, of another writer, that set what `given` sets too.

    `key` is the id that an item's answer and finding share; `own` are the transactions of this writer.
    """
    found: list[Contradiction] = []
    if given.result is not None or given.grade is not None or given.statement:
        found += (Contradiction(record, note=False) for record in _others(store, "answers", key, seen, own, _ANSWER))
        found += (Contradiction(record, note=False) for record in _others(store, "findings", key, seen, own))
    if given.note is not None:
        found += (Contradiction(record, note=True) for record in _others(store, "answers", key, seen, own, _NOTE))
    return max(found, key=lambda one: one.record.n, default=None)


def require_uncontradicted(
    store: Store, actor: Actor, item: Item, given: Given, seen: int, there: Doc, own: Collection[int]
) -> None:
    """Raise Conflict with the words of both where another writer has set the same since `seen`.

    `there` is the item's answer as it stands; `own` as in `contradiction`.
    """
    found = contradiction(store, there.id, given, seen, own)
    if found is None:
        return
    by = found.record.by
    colleague = by != actor.name
    mine: dict[str, Any] = {"result": given.result, "value": given.value}
    if found.note:
        words = (
            _("{by} wrote a note first: {theirs}") if colleague else _("you wrote a note in another window: {theirs}")
        )
        theirs, yours = there.get("note") or "", given.note
    else:
        words = _("{by} was first here: {theirs}") if colleague else _("you changed it in another window: {theirs}")
        theirs, yours = _said(item, there), _said(item, mine) if given.result else None
    message = words.format(by=by, theirs=theirs)
    if yours:
        message += "; " + _("yours: {mine}").format(mine=yours)
    raise Conflict(message, "answers", there.id, mine, there, found.record)


def _others(
    store: Store, table: str, key: str, seen: int, own: Collection[int], fields: frozenset[str] | None = None
) -> list[Record]:
    """Transactions of others after `seen` that changed one of these fields of a document, or any."""
    return [
        record
        for record in store.history(table, key)
        if record.n > seen
        and record.n not in own
        and (fields is None or any(change.field in fields for change in record.changes))
    ]


def _said(item: Item, answer: Mapping[str, Any]) -> str:
    value, words = answer.get("value"), result_label(answer.get("result"))
    return words if value is None else f"{show_value(item, value)}, {words}"
