"""What the home screen offers: audits in progress, open nonconformities, checklists to start."""

from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.audits import audit_rows, going_on
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
    checklists = load_bundled()
    return Overview(
        audits=audit_rows(store, actor, going_on(store)),
        nonconformities=list_rows(store, open_only=True),
        checklists=checklists,
        last_used={one.id: used for one in checklists if (used := _last_used(store, one.id))},
    )


def _last_used(store: Store, checklist_id: str) -> str | None:
    latest = store.find("audits", lambda audit: not audit.get("void"), by=("checklist", checklist_id), last=1)
    return max((str(audit["started"]) for audit in latest), default=None)
