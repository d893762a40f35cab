"""Beginning a walk, and going on with one."""

from collections.abc import Sequence
from pathlib import Path

from qms_tui.i18n import _, ngettext
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.about import About
from qms_tui.workflow.audits import find_audit, is_worked_on, latest_in_progress, open_walk, pinned_checklist
from qms_tui.workflow.reaudit import plan_reaudit
from qms_tui.workflow.walk import Walk


def begin(store: Store, actor: Actor, reference: str | None, about: About, folders: Sequence[Path] = ()) -> Walk:
    """A walk of a checklist by id or file; nothing is recorded before the first entry.

    `folders` are those of own checklists. With `about.only_flagged` a re-audit; without a reference it is on the
    checklist of that audit. Raises ChecklistError, Unknown.
    """
    from qms_tui.checklist import library

    if about.only_flagged is None:
        found = library.locate(str(reference), folders=folders)
        walk = Walk(store, actor, found.checklist, None, about)
        walk.source = str(found.path.absolute()) if found.path else None
        walk.look_back()
        walk.news = _changes(walk)
        return walk
    before = find_audit(store, about.only_flagged)
    pinned = pinned_checklist(store, before)
    checklist = pinned if reference is None else library.find(reference, folders=folders)
    asked, reaudit = plan_reaudit(store, checklist, before, pinned)
    if about.subject is None:
        about = about._replace(subject=before.get("subject"))
    walk = Walk(store, actor, asked, None, about, reaudit)
    walk.look_back()
    return walk


def go_on(store: Store, actor: Actor, number: str | None, folders: Sequence[Path] = ()) -> Walk:
    """The walk of an audit as it stands now: by number, or the latest in progress. Raises Unknown."""
    store.refresh()
    audit = find_audit(store, number) if number else latest_in_progress(store, actor)
    walk = open_walk(store, actor, audit)
    walk.look_back()
    if not walk.frozen:
        walk.news = _edited_since(walk, folders)
    if not number and not is_worked_on(store, actor, audit):
        joined = _("Begun by {name}; you have not worked on it yet.").format(name=audit["lead"])
        walk.news = f"{joined} {walk.news}".rstrip()
    return walk


def _edited_since(walk: Walk, folders: Sequence[Path]) -> str:
    """A word where the checklist's file is no longer what the audit began with; "" else, and where it is not found."""
    from qms_tui.checklist import library
    from qms_tui.checklist.model import ChecklistError

    source = walk.audit.get("source") if walk.audit else None
    try:
        today = library.find(source or walk.checklist.id, folders=() if source else folders)
    except ChecklistError:
        return ""
    if today.digest == walk.checklist.digest or (today.id, today.language) != (
        walk.checklist.id,
        walk.checklist.language,
    ):
        return ""
    return _("The checklist was edited since; this audit keeps the text that it began with.")


def _changes(walk: Walk) -> str:
    """What changed since the text of the last audit, and how many histories wait for a person; "" where nothing did."""
    lineage = walk.lineage
    if lineage.earlier is None:
        return ""
    from qms_tui.checklist.diff import diff
    from qms_tui.checklist.diff_words import summary

    said = summary(diff(lineage.earlier, walk.checklist))
    words = _("Changed since its last audit: {changes}").format(changes=said or _("the layout"))
    asked = len(lineage.asked)
    if asked:
        words += "; " + ngettext("{n} to confirm (=)", "{n} to confirm (=)", asked).format(n=asked)
    return words
