"""A checkpoint: a line of the journal that says which parts hold the documents as they were behind an earlier line.

    {"n":2101,...,"ops":[],"checkpoint":{"n":2100,"h":"...","offset":...,"line":...,"layout":"...","parts":{...}},...}

`parts` has the SHA-256 of one part for each table, which has those of the parts below it. The parts may be lost,
edited or torn at any time: then they are made again from the journal. `state/checkpoint.json` only says where the
line is.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.store import files
from qms_tui.store.disk import Disk
from qms_tui.store.indexes import LAYOUT
from qms_tui.store.journal import Journal, Place

_PART = re.compile(r"[\w%-][\w%.-]*/[\w%.-]+\.json\Z", re.ASCII)
TAIL = 2_000  # lines behind a checkpoint, after which the next one is due


class Checkpoint(NamedTuple):
    """What a checkpoint says, and what making it left behind."""

    place: Place
    roots: dict[str, str]  # table -> SHA-256 of its topmost part
    replaced: tuple[str, ...] = ()  # parts of the checkpoint before that are no longer used


def find(folder: Path, journal: Journal) -> Checkpoint | None:
    """The checkpoint that the hint leads to; None when there is none that can be used."""
    try:
        hint = json.loads((folder / "checkpoint.json").read_bytes())
        offset, replaced = hint["offset"], hint["replaced"]
        entry = journal.line_at(offset) if isinstance(offset, int) else None
        said = (entry or {})["checkpoint"]
        if said["layout"] == LAYOUT:
            place = Place(int(said["n"]), str(said["h"]), int(said["offset"]), int(said["line"]))
            roots = {str(table): str(digest) for table, digest in said["parts"].items()}
            return Checkpoint(place, roots, tuple(name for name in replaced if isinstance(name, str)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        pass
    return None


def said(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the line says."""
    return {**checkpoint.place._asdict(), "layout": LAYOUT, "parts": dict(sorted(checkpoint.roots.items()))}


def point(disk: Disk, folder: Path, offset: int, checkpoint: Checkpoint, replaced: set[Path]) -> Checkpoint:
    """Make the hint lead to the checkpoint, whose line is at the offset; as `find` gives it. Raises OSError."""
    names = tuple(sorted(str(path.relative_to(folder)) for path in replaced))
    data = json.dumps({"offset": offset, "replaced": names}, separators=(",", ":")).encode()
    files.write_file(disk, folder / "checkpoint.json", data)
    return checkpoint._replace(replaced=names)


def swept(folder: Path, names: tuple[str, ...], used: set[Path]) -> Iterator[Path]:
    """The files that the checkpoint before the last one needed and nobody since."""
    for name in names:
        path = folder / name
        if _PART.match(name) and path not in used:
            yield path


@contextmanager
def alone(disk: Disk, folder: Path) -> Iterator[bool]:
    """Whether no other process is making a checkpoint. Raises OSError."""
    if not folder.exists():
        files.make_folder(disk, folder)
    fd = disk.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        disk.close(fd)
