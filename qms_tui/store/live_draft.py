"""What is typed in one window as it is typed: a file a window, locked for as long as the window lives.

A window that is left puts what is typed into its person's draft and takes the file away. One that is killed, or that
could not put it there, leaves its file, and the lock on it goes: the person's next window takes it over. Best effort:
where it cannot be written nothing is refused, for the draft is written again when the window is left.

The file holds lines of a CRC-32, a count and a draft. A new one is written before or behind the newest, never over it,
so a write that is cut short leaves that. Nothing waits for the disk: this outlives a killed program, not the power.
"""

import contextlib
import json
import os
import zlib
from collections.abc import Callable, Sequence
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from typing import Any

from qms_tui.store import files
from qms_tui.store.disk import Disk
from qms_tui.store.drafts import draft_path

_ENDING = ".live"


class LiveDraft:
    """That of one window; used by one thread at a time."""

    def __init__(self, directory: Path, user: str, window: str, disk: Disk | None = None) -> None:
        self._directory = directory
        self._path = draft_path(directory, user).with_suffix(f".{window}{_ENDING}")
        self._disk = disk or Disk()
        self._fd: int | None = None
        self._written = b""  # the newest draft in the file
        self._count = 0
        self._begin = self._end = 0  # where the newest line is
        self._ended = False

    def keep(self, draft: dict[str, Any]) -> None:
        """Put it in the place of the one before, where it is another one; an empty one makes no file."""
        data = json.dumps(draft).encode()
        if self._ended or data == self._written or not (draft or self._fd is not None):
            return
        with contextlib.suppress(OSError):
            if self._fd is None:
                self._fd = self._open()
            line = _line(self._count + 1, data)
            at = 0 if len(line) <= self._begin else self._end
            if self._disk.note(self._fd, line, at) == len(line):
                self._count, self._written = self._count + 1, data
                self._begin, self._end = at, at + len(line)

    def _open(self) -> int:
        files.make_store_folder(self._disk, self._directory)
        files.make_folder(self._disk, self._path.parent)
        while True:
            fd = self._disk.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                self._disk.flock(fd, LOCK_EX | LOCK_NB)
                if self._is_there(fd):
                    return fd
            except OSError:
                self._disk.close(fd)
                raise
            self._disk.close(fd)  # another window took the new file over before it was locked

    def _is_there(self, fd: int) -> bool:
        try:
            return os.path.samestat(self._disk.fstat(fd), self._disk.stat(self._path))
        except FileNotFoundError:
            return False

    def end(self, *, kept: bool) -> None:
        """The window is left. When all that it holds was `kept` elsewhere the file goes, else the next one reads it."""
        self._ended = True
        if self._fd is not None:
            if kept:
                with contextlib.suppress(OSError):
                    self._disk.unlink(self._path)
            self._disk.close(self._fd)
            self._fd = None


def take_over(
    directory: Path, user: str, take: Callable[[Sequence[dict[str, Any]]], None], disk: Disk | None = None
) -> None:
    """Give `take` what killed windows of a person left, the oldest first, and remove it when that has returned.

    Raises what `take` raises; then all of it stays.
    """
    disk = disk or Disk()
    path = draft_path(directory, user)
    left: list[tuple[Path, int]] = []
    try:
        for one in sorted(path.parent.glob(f"{path.stem}.*{_ENDING}")):
            with contextlib.suppress(OSError):
                fd = disk.open(one, os.O_RDWR)
                try:
                    disk.flock(fd, LOCK_EX | LOCK_NB)
                except OSError:  # its window lives
                    disk.close(fd)
                else:
                    left.append((one, fd))
        if left:
            take([draft for _path, fd in left if (draft := _read(disk, fd))])
            for one, _fd in left:
                with contextlib.suppress(OSError):
                    disk.unlink(one)
    finally:
        for _path, fd in left:
            disk.close(fd)


def _line(count: int, draft: bytes) -> bytes:
    """Between newlines, for it may follow the beginning of another one, and the rest of a third may follow it."""
    counted = b"%d %b" % (count, draft)
    return b"\n%08x %b\n" % (zlib.crc32(counted), counted)


def _read(disk: Disk, fd: int) -> dict[str, Any]:
    """The newest draft that is whole; empty where there is none."""
    newest, found = 0, b"{}"
    with contextlib.suppress(OSError, ValueError, RecursionError):
        for line in disk.read(fd, disk.fstat(fd).st_size, 0).split(b"\n"):
            count, _space, draft = line[9:].partition(b" ")
            if count.isdigit() and int(count) > newest and line == _line(int(count), draft).strip():
                newest, found = int(count), draft
        whole = json.loads(found)
        if isinstance(whole, dict):
            return whole
    return {}
