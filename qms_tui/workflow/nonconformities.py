"""Lists and details of nonconformities."""

from typing import Any

from qms_tui.i18n import _
from qms_tui.reports.rows import nonconformity_row, nonconformity_rows
from qms_tui.store.base import Doc, Store
from qms_tui.workflow.clock import today
from qms_tui.workflow.trail import trail_of
from qms_tui.workflow.unknown import Unknown


def list_rows(
    store: Store,
    *,
    open_only: bool = False,
    overdue: bool = False,
    grade: str | None = None,
    owner: str | None = None,
    audit: str | None = None,
) -> list[dict[str, Any]]:
    """Rows by number; `audit` is a number in any case. Raises Unknown when there is no such audit."""
    numbers = {doc.id: str(doc["number"]) for doc in store.find("audits")}
    if audit is not None:
        wanted = audit.strip().casefold()
        audit = next((number for number in numbers.values() if number.casefold() == wanted), None)
        if audit is None:
            raise Unknown(_("{number}: no such audit; see: qms-tui audit list").format(number=wanted.upper()))
    return nonconformity_rows(
        store.find("nonconformities"),
        numbers,
        today(),
        open_only=open_only,
        overdue=overdue,
        grade=grade,
        owner=owner,
        audit=audit,
    )


def find_nonconformity(store: Store, number: str) -> Doc:
    """A nonconformity by its number, in any case. Raises Unknown."""
    wanted = number.strip().casefold()
    found = store.find("nonconformities", lambda doc: str(doc["number"]).casefold() == wanted)
    if not found:
        raise Unknown(_("{number}: no such nonconformity; see: qms-tui nc list").format(number=number))
    return found[0]


def show_row(store: Store, number: str) -> dict[str, Any]:
    """One nonconformity with `void` and its `trail`. Raises Unknown."""
    doc = find_nonconformity(store, number)
    audit = store.get("audits", doc.get("audit") or "")
    row = nonconformity_row(doc, audit["number"] if audit else None, today())
    return {**row, "void": doc.get("void"), "trail": trail_of(store, doc.id)}
