"""The trail of the whole store, or of one record with all that belongs to it."""

from collections.abc import Callable
from typing import Any

from qms_tui.reports.trail import trail_row
from qms_tui.store.base import Record, Store
from qms_tui.workflow.cases import ACTIONS, BELONGING, NONCONFORMITIES


def trail_rows(store: Store, keep: Callable[[Record], bool] | None = None) -> list[dict[str, Any]]:
    """The trail, oldest first, of the transactions that `keep` keeps."""
    numbers = _numbers(store)
    return [trail_row(record, numbers) for record in store.history() if keep is None or keep(record)]


def trail_of(store: Store, root: str) -> list[dict[str, Any]]:
    """The trail of a document and of all that belongs to it.

    To an audit belong its answers, findings and nonconformities; to a nonconformity its causes, actions, notes and
    effectiveness.
    """
    own = {root} | {doc.id for doc in store.find(NONCONFORMITIES, lambda doc: doc.get("audit") == root)}
    own |= {doc.id for table in BELONGING for doc in store.find(table, lambda doc: doc.get("nonconformity") in own)}
    numbers = _numbers(store)
    rows = []
    for record in store.history():
        concerned = frozenset(c.id for c in record.changes if c.id in own or c.id.partition("/")[0] == root)
        if concerned:
            rows.append(trail_row(record, numbers, concerned))
    return rows


def _numbers(store: Store) -> dict[str, str]:
    """Human numbers by document id; what has none of its own goes by that of its nonconformity."""
    numbers = {
        doc.id: str(doc["number"]) for table in ("audits", NONCONFORMITIES, ACTIONS) for doc in store.find(table)
    }
    for table in BELONGING:
        for doc in store.find(table, lambda doc: not doc.get("number")):
            numbers[doc.id] = numbers.get(doc["nonconformity"], "")
    return numbers
