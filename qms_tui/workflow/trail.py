"""The trail of the whole store, of an audit or of one nonconformity."""

from collections.abc import Callable
from typing import Any

from qms_tui.reports.trail import trail_row
from qms_tui.store.base import Record, Store


def trail_rows(store: Store, keep: Callable[[Record], bool] | None = None) -> list[dict[str, Any]]:
    """The trail, oldest first, of the transactions that `keep` keeps."""
    numbers = _numbers(store)
    return [trail_row(record, numbers) for record in store.history() if keep is None or keep(record)]


def trail_of(store: Store, root: str) -> list[dict[str, Any]]:
    """The trail of a document and of all that belongs to it (an audit's answers, findings and nonconformities)."""
    own = {root} | {doc.id for doc in store.find("nonconformities", lambda doc: doc.get("audit") == root)}
    numbers = _numbers(store)
    rows = []
    for record in store.history():
        concerned = frozenset(c.id for c in record.changes if c.id in own or c.id.partition("/")[0] == root)
        if concerned:
            rows.append(trail_row(record, numbers, concerned))
    return rows


def _numbers(store: Store) -> dict[str, str]:
    return {doc.id: doc["number"] for table in ("audits", "nonconformities") for doc in store.find(table)}
