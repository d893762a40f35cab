"""Checklists that come with the program, and checklists named on the command line."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from qms_tui import i18n
from qms_tui.checklist.model import Checklist, ChecklistError
from qms_tui.checklist.own import find_own, read_own
from qms_tui.checklist.parse import load, parse
from qms_tui.checklist.text import fold, nearest
from qms_tui.i18n import FALLBACK, _


def languages() -> list[str]:
    """The languages that there are bundled checklists in, English first."""
    names = sorted(entry.name for entry in _shelf().iterdir() if entry.is_dir() and not entry.name.startswith("_"))
    return sorted(names, key=lambda name: name != FALLBACK)


def own(language: str) -> list[Traversable]:
    """The bundled files of exactly this language, by name."""
    folder = _shelf() / language
    entries = folder.iterdir() if folder.is_dir() else iter(())
    return sorted((entry for entry in entries if entry.name.endswith(".md")), key=lambda entry: entry.name)


def bundled(language: str | None = None) -> list[Traversable]:
    """The bundled files of a language by name, for each that is not translated the English one.

    `language` is a tag such as `zh-Hant` or `zh_TW`; None is the language of the interface.
    """
    wanted = i18n.nearest(languages(), language)
    found = {entry.name: entry for each in (FALLBACK, wanted) for entry in own(each)}
    return [found[name] for name in sorted(found)]


def load_bundled(language: str | None = None) -> list[Checklist]:
    """The bundled checklists of a language, read."""
    return [_read(entry.read_bytes(), str(entry)) for entry in bundled(language)]


class Found(NamedTuple):
    """A checklist and the file that it is read from; None for a bundled one."""

    checklist: Checklist
    path: Path | None


def find(reference: str, language: str | None = None, folders: Sequence[Path] = ()) -> Checklist:
    """As `locate`, the checklist alone."""
    return locate(reference, language, folders).checklist


def locate(reference: str, language: str | None = None, folders: Sequence[Path] = ()) -> Found:
    """The checklist of an id in `folders`, of a bundled id, which is its file's name, or of a path.

    An own checklist stands before a bundled one with the same id. Raises ChecklistError.
    """
    path = Path(reference)
    own_file = find_own(reference, folders) if folders else None
    if own_file is not None and own_file.checklist is not None:
        return Found(own_file.checklist, own_file.path)
    known = {entry.name.removesuffix(".md"): entry for entry in bundled(language)}
    entry = next((entry for stem, entry in known.items() if fold(stem) == fold(reference)), None)
    if entry is not None:
        return Found(_read(entry.read_bytes(), str(entry)), None)
    if path.suffix or len(path.parts) != 1 or _exists(path):
        return Found(load(path), path)
    ids = [each.checklist.id if each.checklist else each.path.stem for each in read_own(folders)]
    near = nearest(reference, [*ids, *known], 0.6)
    if near is not None:
        message = _("{reference}: no such checklist - did you mean {near}?").format(reference=reference, near=near)
    else:
        help = _("name a Markdown file or one of: {known}").format(known=", ".join([*ids, *known]))
        message = _("{reference}: no such checklist - {help}").format(reference=reference, help=help)
    raise ChecklistError(message)


@lru_cache(maxsize=64)
def _read(source: bytes, path: str) -> Checklist:
    """Read once: the home screen asks for all of them each time it is shown."""
    return parse(source, path)


def _shelf() -> Traversable:
    return files("qms_tui") / "checklists"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
