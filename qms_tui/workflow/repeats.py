"""Repeats: a nonconformity at an item that had one within twelve months."""

from datetime import datetime, timedelta

from qms_tui.reports.rows import by_number
from qms_tui.store.base import Store
from qms_tui.workflow.clock import now

WITHIN = timedelta(days=365)


def repeat_of(store: Store, checklist_id: str, item_id: str, audit_id: str) -> str | None:
    """The number of the latest nonconformity at the same item in another audit within twelve months, or None."""
    since = datetime.fromisoformat(now()) - WITHIN
    same = store.find(
        "nonconformities",
        lambda doc: (
            doc.get("audit") != audit_id
            and not doc.get("void")
            and doc.get("status") != "cancelled"
            and datetime.fromisoformat(doc["opened"]) >= since
        ),
        by=("asked", f"{checklist_id} {item_id}"),
    )
    return max((str(doc["number"]) for doc in same), key=by_number, default=None)
