"""What the home screen offers: audits in progress, open nonconformities, checklists to start."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.audits import audit_rows, going_on
from qms_tui.workflow.nonconformities import list_rows
from qms_tui.workflow.shelf import last_used, shelf


class Overview(NamedTuple):
    """Rows as `audit list --open` and `nc list --open` give them, and checklists with their last use."""

    audits: list[dict[str, Any]]
    nonconformities: list[dict[str, Any]]
    checklists: list[Checklist]
    last_used: dict[str, str]  # checklist id -> UTC time of its latest audit


def overview(store: Store, actor: Actor, folders: Sequence[Path] = ()) -> Overview:
    """Take in what others recorded, then gather. `folders` are those of own checklists."""
    store.refresh()
    checklists = [each.checklist for each in shelf(folders) if each.checklist is not None]
    return Overview(
        audits=audit_rows(store, actor, going_on(store)),
        nonconformities=list_rows(store, open_only=True),
        checklists=checklists,
        last_used=last_used(store, [one.id for one in checklists]),
    )
