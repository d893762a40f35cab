"""Whether what a person enters contradicts what somebody else recorded since they saw the item.

What does not is kept beside it: a note beside a colleague's answer, evidence beside anything.
"""

from collections.abc import Collection
from typing import NamedTuple

from qms_tui.store.base import Record, Store
from qms_tui.workflow.given import Given

_ANSWER = frozenset({"result", "value", "verdict"})


class Contradiction(NamedTuple):
    """The transaction that came first; `note` says that it wrote the item's note, and else it answered."""

    record: Record
    note: bool


def contradiction(store: Store, key: str, given: Given, seen: int, own: Collection[int]) -> Contradiction | None:
    """The newest transaction after `seen`, of another writer, that set what `given` sets too.

    `key` is the id that an item's answer and finding share; `own` are the transactions of this writer.
    """
    finds = given.result is not None or given.grade is not None or bool(given.statement)
    found = None
    for record in store.history(id=key):
        if record.n <= seen or record.n in own:
            continue
        answered = any(
            finds and (change.table == "findings" or (change.table == "answers" and change.field in _ANSWER))
            for change in record.changes
        )
        noted = given.note is not None and any(c.table == "answers" and c.field == "note" for c in record.changes)
        if answered or noted:
            found = Contradiction(record, note=not answered)
    return found
