"""Every checklist that can be walked, own and bundled, with its problems and its last use."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.i18n import _
from qms_tui.store.base import Store


class Shelved(NamedTuple):
    """`path` is None for a bundled one. Where `checklist` is None, `error` says why; else it may warn."""

    id: str
    path: Path | None
    checklist: Checklist | None
    error: str = ""

    @property
    def problems(self) -> int:
        """Errors and warnings in the file; what is only noted does not count."""
        notes = self.checklist.diagnostics if self.checklist else ()
        return sum(note.severity != "info" for note in notes) + bool(self.error)


def shelf(folders: Sequence[Path]) -> list[Shelved]:
    """Own ones first; one of them stands in place of a bundled one with its id."""
    from qms_tui.checklist.library import load_bundled
    from qms_tui.checklist.own import read_own

    found: list[Shelved] = []
    first: dict[str, Path] = {}
    for own in read_own(folders):
        id_ = own.checklist.id if own.checklist else own.path.stem
        other = first.setdefault(id_, own.path) if own.checklist else own.path
        error = own.error
        if other is not own.path:
            error = _("its id '{id}' is that of {path}: give it one of its own").format(id=id_, path=other)
        found.append(Shelved(id_, own.path, own.checklist if not error else None, error))
    bundled = [Shelved(each.id, None, each) for each in load_bundled() if each.id not in first]
    return [*found, *bundled]


def last_used(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """The time (UTC) of the latest audit of each checklist that has one, by its id."""
    latest: dict[str, str] = {}
    for id_ in ids:
        for audit in store.find("audits", lambda audit: not audit.get("void"), by=("checklist", id_), last=1):
            latest[id_] = str(audit["started"])
    return latest


def shelf_rows(store: Store, folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Rows of `checklist list`: one a file or bundled checklist."""
    shelved = shelf(folders)
    used = last_used(store, {each.id for each in shelved})
    return [
        {
            "id": each.id,
            "title": each.checklist.title if each.checklist else None,
            "kind": each.checklist.kind if each.checklist else None,
            "cadence": (each.checklist.cadence or None) if each.checklist else None,
            "items": len(each.checklist.items) if each.checklist else 0,
            "path": str(each.path) if each.path else None,
            "problems": each.problems,
            "error": each.error or None,
            "last": used.get(each.id),
        }
        for each in shelved
    ]
