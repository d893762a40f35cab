"""Beginning a walk, and going on with one."""

from qms_tui.store.base import Actor, Store
from qms_tui.workflow.audits import find_audit, latest_in_progress, open_walk
from qms_tui.workflow.walk import About, Walk


def begin(store: Store, actor: Actor, reference: str, about: About) -> Walk:
    """A walk of a bundled checklist or a file; nothing is recorded before the first entry. Raises ChecklistError."""
    from qms_tui.checklist import library

    return Walk(store, actor, library.find(reference), None, about)


def go_on(store: Store, actor: Actor, number: str | None) -> Walk:
    """The walk of an audit as it stands now: by number, or the latest in progress. Raises Unknown."""
    store.refresh()
    audit = find_audit(store, number) if number else latest_in_progress(store, actor)
    return open_walk(store, actor, audit)
