"""What the home screen offers: audits in progress, open nonconformities, checklists to start."""

from collections.abc import Sequence, Set
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


def renewed(store: Store, actor: Actor, before: Overview, touched: Set[tuple[str, str]]) -> Overview:
    """What documents that were changed, by table and id, make of an overview. The checklists are taken as they were.

    An audit that nobody has answered in meanwhile is not read again.
    """
    tables = {table for table, _id in touched}
    changed = {id.partition("/")[0] for table, id in touched if table in ("audits", "answers")}
    going = going_on(store)
    known = {row["number"]: row for row in before.audits}
    stale = [audit for audit in going if audit.id in changed or audit["number"] not in known]
    fresh = known | {row["number"]: row for row in audit_rows(store, actor, stale)}
    return Overview(
        audits=[fresh[audit["number"]] for audit in going],
        nonconformities=list_rows(store, open_only=True) if "nonconformities" in tables else before.nonconformities,
        checklists=before.checklists,
        last_used=last_used(store, [one.id for one in before.checklists]) if "audits" in tables else before.last_used,
    )
