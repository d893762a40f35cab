"""A copy of a store that is consistent while others write, proves what it wrote, and goes on where it ended.

The journal is measured first: up to its last whole line, and synced, so that nothing is copied that a power cut could
still take from the store. What these lines refer to was attached before. Then the attached files are copied, then the
lines; last the team's own checklists, which lie beside the record.
"""

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.store import files, kept, words
from qms_tui.store.actor import system_user
from qms_tui.store.base import Damaged, StoreError
from qms_tui.store.chain import Chain, read_lines
from qms_tui.store.disk import Disk
from qms_tui.store.layout import Layout
from qms_tui.store.lock import FileLock

_BLOCK = 1 << 20
_WAIT = 10.0  # seconds for another backup to the same folder


class Backup(NamedTuple):
    """What the copy holds. `lines`, `files`, `checklists` were added now; `flaws` are files that were not copied."""

    head: tuple[int, str | None]
    lines: int
    files: int
    files_there: int
    flaws: tuple[kept.Kept, ...]
    checklists: int = 0
    checklists_there: int = 0


class AnyDisk(Disk):
    """Of a memory stick too, whose file system knows no rights."""

    def chmod(self, path: Path, mode: int) -> None:
        with contextlib.suppress(PermissionError):
            super().chmod(path, mode)

    def fchmod(self, fd: int, mode: int) -> None:
        with contextlib.suppress(PermissionError):
            super().fchmod(fd, mode)


def back_up(directory: Path, target: Path, disk: Disk | None = None) -> Backup:
    """Copy the store into `target`: a folder that is not there, empty, or an earlier backup of the same store.

    Raises Damaged when a line of the store or of the copy is not what was written; StoreError when `target` holds
    something else or something that the store does not continue; ReadOnly when it cannot be written; Busy.
    """
    disk = disk or AnyDisk()
    source, copy = Layout(disk, directory.absolute()), Layout(disk, target.absolute())
    about = source.read()
    if about is None:
        raise StoreError(_("{path}: there is no store; name another with --store").format(path=directory))
    _require_place(source, copy, about["store"])
    chain, end = _measured(source)
    try:
        _make(source, copy)
        with FileLock(disk, copy.lock, system_user()).hold(_WAIT):
            before = _require_beginning(source, copy, end)
            had = _measured(copy)[0].lines
            added, there, flaws = _copy_files(source, copy)
            _append(source, copy, before, end)
            lists, lists_there, unread = _copy_checklists(source, copy)
    except OSError as error:
        raise words.not_written(error, target) from error
    written, _end = _measured(copy)
    if (written.n, written.h) != (chain.n, chain.h):
        raise Damaged(_("{path} does not hold what was written to it; check its disk").format(path=copy.journal))
    return Backup((chain.n, chain.h), written.lines - had, added, there, (*flaws, *unread), lists, lists_there)


def _require_place(source: Layout, copy: Layout, store: str) -> None:
    """The copy's folder is none, is empty, or holds a backup of this store. Raises StoreError."""
    inside, outside = copy.directory.resolve(), source.directory.resolve()
    if inside.is_relative_to(outside) or outside.is_relative_to(inside):
        raise StoreError(_("{path}: a backup lies outside of its store, best on another disk").format(path=inside))
    there = copy.read()
    if there is None:
        if copy.directory.exists() and any(path.name != copy.lock.name for path in copy.directory.iterdir()):
            raise StoreError(_("{path} holds something else; name an empty folder").format(path=copy.directory))
    elif there["store"] != store:
        raise StoreError(_("{path} is another store; name an empty folder").format(path=copy.directory))


def _measured(layout: Layout) -> tuple[Chain, int]:
    """The chain of a journal's whole lines, and where the last of them ends. Raises Damaged."""
    chain, end = Chain(str(layout.journal)), 0
    try:
        fd = layout.disk.open(layout.journal, os.O_RDONLY)
    except FileNotFoundError:
        return chain, end
    except OSError as error:
        raise words.not_read(error, layout.journal) from error
    try:
        layout.disk.fsync(fd)
    except OSError as error:
        raise words.not_read(error, layout.journal) from error
    finally:
        layout.disk.close(fd)
    for raw in read_lines(layout.disk, layout.journal):
        if raw.ended:
            chain.follow(raw)
            end += len(raw.data) + 1
    chain.end()
    if chain.flaws:
        raise Damaged(_("{flaw}; nothing is copied from or to a damaged store").format(flaw=chain.flaws[0]))
    return chain, end


def _make(source: Layout, copy: Layout) -> None:
    """The folder with the rights of the store's, the lock, and `store.json`. Raises OSError."""
    disk = copy.disk
    if not copy.directory.exists():
        files.make_store_folder(disk, copy.directory)
        disk.chmod(copy.directory, disk.stat(source.directory).st_mode & 0o7777)
    copy.make_lock()
    if not copy.about.exists():
        files.write_file(disk, copy.about, source.about.read_bytes(), first_wins=True)
    if not copy.journal.exists():
        files.write_file(disk, copy.journal, b"", first_wins=True)


def _require_beginning(source: Layout, copy: Layout, end: int) -> int:
    """Cut off what a broken backup left of a line, and give the size of the rest.

    Raises StoreError unless the store's journal begins with it.
    """
    disk = source.disk
    whole = sum(len(raw.data) + 1 for raw in read_lines(disk, copy.journal) if raw.ended)
    here, there = disk.open(source.journal, os.O_RDONLY), disk.open(copy.journal, os.O_RDWR)
    try:
        disk.truncate(there, whole)
        line = 1
        for offset in range(0, whole, _BLOCK):
            length = min(_BLOCK, whole - offset)
            ours, theirs = disk.read(here, min(length, max(0, end - offset)), offset), disk.read(there, length, offset)
            if ours != theirs:
                same = next(
                    (k for k, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), len(ours)
                )
                raise StoreError(
                    _(
                        "{path}, line {line}: the store does not go on from here; one of the two was changed since the "
                        "last backup: nothing was copied, compare them or name an empty folder"
                    ).format(path=copy.journal, line=line + theirs.count(b"\n", 0, same))
                )
            line += ours.count(b"\n")
        return whole
    finally:
        disk.close(here)
        disk.close(there)


def _copy_files(source: Layout, copy: Layout) -> tuple[int, int, list[kept.Kept]]:
    """How many were copied, how many are there now, and those that could not be. Raises OSError."""
    added, there, flaws = 0, 0, []
    for digest in kept.names(source.evidence):
        path = copy.evidence / digest
        if not path.exists() or path.stat().st_size != (source.evidence / digest).stat().st_size:
            found = kept.look(source.evidence, digest)
            if found.flaw:
                flaws.append(found)
                continue
            files.make_folder(copy.disk, copy.evidence)
            files.write_file(copy.disk, path, (source.evidence / digest).read_bytes())
            wrote = kept.look(copy.evidence, digest)
            if wrote.flaw:
                raise Damaged(f"{path}: {wrote.flaw}")
            added += 1
        there += 1
    return added, there, flaws


def _copy_checklists(source: Layout, copy: Layout) -> tuple[int, int, list[kept.Kept]]:
    """The team's own: what is new or was edited replaces the copy's; what was removed from the store stays there.

    How many were copied, how many are there now, and those that could not be. Raises OSError.
    """
    added, there, flaws = 0, 0, []
    for path in sorted(source.checklists.glob("*.md")):
        if path.name.startswith("."):
            continue
        try:
            if not path.is_file():  # a pipe would be waited for
                raise OSError(_("it is no file"))
            data = path.read_bytes()
        except OSError as error:
            reason = _("it cannot be read ({reason})").format(reason=error.strerror or error)
            flaws.append(kept.Kept(f"{source.checklists.name}/{path.name}", None, reason))
            continue
        target = copy.checklists / path.name
        if not target.exists() or target.read_bytes() != data:
            files.make_folder(copy.disk, copy.checklists)
            files.write_file(copy.disk, target, data)
            added += 1
        there += 1
    return added, there, flaws


def _append(source: Layout, copy: Layout, start: int, end: int) -> None:
    """Bring the copy's journal from `start` to `end` bytes, durably. Raises OSError."""
    disk = source.disk
    here, there = disk.open(source.journal, os.O_RDONLY), disk.open(copy.journal, os.O_WRONLY | os.O_APPEND)
    try:
        while start < end:
            block = disk.read(here, min(_BLOCK, end - start), start)
            files.write_all(disk, there, block)
            start += len(block)
        disk.fsync(there)
    finally:
        disk.close(here)
        disk.close(there)
    disk.fsync_folder(copy.directory)
