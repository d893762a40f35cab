"""What people owe: the work of one, and a digest for each."""

from collections.abc import Mapping
from typing import Any

from qms_tui.records.case import same_person
from qms_tui.reports.action_rows import SOON, days_after
from qms_tui.reports.digest import Digest, digests
from qms_tui.store.base import Store
from qms_tui.workflow.cases import ACTIONS, EFFECTS, NONCONFORMITIES
from qms_tui.workflow.clock import today
from qms_tui.workflow.nonconformities import OPEN, OPEN_ACTIONS


def all_work(store: Store, *, pressing: bool = False) -> list[Digest]:
    """A digest for everybody who owes something, by name; last that of nobody.

    With `pressing` what is due later than within a week, or has no date, is left out.
    """
    day = today()
    soon = days_after(day, SOON)

    def presses(doc: Mapping[str, Any], field: str = "due") -> bool:
        return not pressing or (bool(doc.get(field)) and doc[field] <= soon)

    owned = [doc for one in OPEN for doc in store.scan(NONCONFORMITIES, by=("status", one))]
    actions = [
        doc
        for one in OPEN_ACTIONS
        for doc in store.scan(ACTIONS, lambda doc: doc["status"] == "done" or presses(doc), by=("status", one))
    ]
    effects = store.scan(EFFECTS, lambda doc: not doc.get("verdict") and presses(doc, "check_date"))
    known = {(doc["nonconformity"], doc["cycle"]) for doc in effects}
    done = {(doc["nonconformity"], doc["cycle"]) for doc in actions if doc["status"] == "done"}
    plans = [plan for id_, cycle in done - known if (plan := store.get(EFFECTS, f"{id_}/{cycle}"))]  # whoever verifies
    return digests({doc.id: doc for doc in owned}, actions, [*effects, *plans], day, pressing=pressing)


def my_work(store: Store, name: str) -> Digest:
    """The digest of one person; empty when they owe nothing."""
    found = (digest for digest in all_work(store) if same_person(digest.name, name))
    return next(found, Digest(name, [], [], [], [], []))
