"""A person's own checklists: Markdown files in the store's folder `checklists`, and in any folder that is named."""

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qms_tui.checklist.model import Checklist, ChecklistError
from qms_tui.checklist.text import fold

VARIABLE = "QMS_CHECKLISTS"  # folders, with a colon between them
FOLDER = "checklists"  # in a store


class Own(NamedTuple):
    """A file; `checklist` is None where `error` says in one line why it is none."""

    path: Path
    checklist: Checklist | None
    error: str = ""


def own_folders(store: Path | None, named: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Where own checklists lie, the first to be looked through first: `named`, the store's, those of QMS_CHECKLISTS."""
    listed = [Path(each).expanduser() for each in os.environ.get(VARIABLE, "").split(os.pathsep) if each]
    return (*named, *([store / FOLDER] if store is not None else []), *listed)


def own_files(folders: Sequence[Path]) -> list[Path]:
    """The Markdown files in the folders, by name in each; a folder that is not there or not readable has none."""
    found: dict[Path, None] = {}
    for folder in folders:
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            continue
        found |= dict.fromkeys(path for path in paths if path.suffix == ".md" and not path.name.startswith("."))
    return list(found)


def read_own(folders: Sequence[Path]) -> list[Own]:
    """Every file with what it is read as."""
    from qms_tui.checklist.parse import (
        read_bytes,  # a third of a start; the folders are asked for before the first paint
    )

    found = []
    for path in own_files(folders):
        try:
            found.append(Own(path, _read(read_bytes(path), str(path))))
        except ChecklistError as error:
            found.append(Own(path, None, str(error)))
    return found


def find_own(reference: str, folders: Sequence[Path]) -> Own | None:
    """The own checklist whose id, or else whose file's name, is `reference`."""
    found = [each for each in read_own(folders) if each.checklist is not None]
    by_id = (each for each in found if each.checklist and fold(each.checklist.id) == fold(reference))
    return next(by_id, None) or next((each for each in found if fold(each.path.stem) == fold(reference)), None)


@lru_cache(maxsize=256)
def _read(source: bytes, path: str) -> Checklist:
    """Read once: lists ask for all of them each time they are shown."""
    from qms_tui.checklist.parse import parse

    return parse(source, path)
