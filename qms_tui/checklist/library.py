"""Checklists that come with the program, and checklists named on the command line."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from qms_tui.checklist.model import Checklist, ChecklistError
from qms_tui.checklist.parse import load, parse
from qms_tui.checklist.text import fold, nearest
from qms_tui.i18n import _

FALLBACK = "en"


def bundled(language: str = FALLBACK) -> list[Traversable]:
    """The bundled files of a language by name, for each that is not translated the English one."""
    found: dict[str, Traversable] = {}
    for each in (FALLBACK, language.replace("_", "-")):
        folder = files("qms_tui") / "checklists" / each
        if folder.is_dir():
            found |= {entry.name: entry for entry in folder.iterdir() if entry.name.endswith(".md")}
    return [found[name] for name in sorted(found)]


def load_bundled(language: str = FALLBACK) -> list[Checklist]:
    """The bundled checklists of a language, read."""
    return [parse(entry.read_bytes(), str(entry)) for entry in bundled(language)]


def find(reference: str, language: str = FALLBACK) -> Checklist:
    """The checklist of a bundled id, which is its file's name, or of a path. Raises ChecklistError."""
    path = Path(reference)
    known = {entry.name.removesuffix(".md"): entry for entry in bundled(language)}
    entry = next((entry for stem, entry in known.items() if fold(stem) == fold(reference)), None)
    if entry is not None:
        return parse(entry.read_bytes(), str(entry))
    if path.suffix or len(path.parts) != 1 or _exists(path):
        return load(path)
    near = nearest(reference, known, 0.6)
    if near is not None:
        message = _("{reference}: no such checklist - did you mean {near}?").format(reference=reference, near=near)
    else:
        help = _("name a Markdown file or one of: {known}").format(known=", ".join(known))  # noqa: A001
        message = _("{reference}: no such checklist - {help}").format(reference=reference, help=help)
    raise ChecklistError(message)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
