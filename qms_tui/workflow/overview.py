"""What the home screen offers: audits in progress, open nonconformities, checklists to start."""

from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.audits import audit_rows, in_progress
from qms_tui.workflow.nonconformities import list_rows


class Overview(NamedTuple):
    """Rows as `audit list --open` and `nc list --open` give them, and the bundled checklists with their last use."""

    audits: list[dict[str, Any]]
    nonconformities: list[dict[str, Any]]
    checklists: list[Checklist]
    last_used: dict[str, str]  # checklist id -> UTC time of its latest audit


def overview(store: Store, actor: Actor) -> Overview:
    """Take in what others recorded, then gather."""
    from qms_tui.checklist.library import load_bundled

    store.refresh()
    audits = [audit for audit in store.find("audits") if not audit.get("void")]
    last_used: dict[str, str] = {}
    for audit in audits:
        last_used[audit["checklist"]] = max(last_used.get(audit["checklist"], ""), audit["started"])
    return Overview(
        audits=audit_rows(store, actor, filter(in_progress, audits)),
        nonconformities=list_rows(store, open_only=True),
        checklists=load_bundled(),
        last_used=last_used,
    )
