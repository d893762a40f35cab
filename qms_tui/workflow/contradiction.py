"""Whether what a person enters contradicts what somebody else recorded since they saw the item.

What does not is kept beside it: a note beside a colleague's answer, evidence beside anything.
"""

from collections.abc import Collection
from typing import NamedTuple

from qms_tui.store.base import Record, Store
from qms_tui.workflow.given import Given

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
