"""The file of the record: read from where reading stopped, checked as a chain, appended to, never cut."""

import os
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.store import words
from qms_tui.store.base import Damaged, ReadOnly
from qms_tui.store.disk import Disk
from qms_tui.store.line import FIRST, Entry, decode, encode
from qms_tui.store.seek import line_start

_BLOCK = 1 << 20
_PROBE = 1 << 12
Span = tuple[int, int]  # bytes of the file
_KEYS = frozenset({"n", "id", "at", "by", "why", "ops", "prev", "h"})


class Place(NamedTuple):
    """Behind a line: its number and hash, the bytes up to there, and the newlines among them."""

    n: int
    h: str
    offset: int
    line: int


class Journal:
    """One process's view of the journal. One thread at a time, but for `entries`; appending needs the store's lock."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self.path = path
        self.n = 0
        self.h = FIRST
        self.at = ""
        self.broken: ReadOnly | None = None  # a failed fsync, after which nothing may be written or taken in
        self._disk = disk
        self._reading = -1
        self._writing = -1
        self._offset = 0  # where the next line begins
        self._lines = 0  # newlines before it
        self._size = 0  # of the file when it was last looked at
        self._behind = 0, 0  # the bytes and newlines up to the end of the last entry
        self._open_end = False  # our last line is whole but lacks its newline
        self._first = 1  # number of the first line of which the place is known
        self._starts = array("Q")  # where that line and those after it begin

    def close(self) -> None:
        for fd in (self._reading, self._writing):
            if fd >= 0:
                with suppress(OSError):
                    self._disk.close(fd)
        self._reading = self._writing = -1

    @property
    def end(self) -> int:
        """Where the next line will begin."""
        return self._offset

    def place(self) -> Place | None:
        """Behind the last entry; None while it lacks its newline."""
        return None if self._open_end else Place(self.n, self.h, *self._behind)

    def holds(self, place: Place) -> Entry | None:
        """The entry before a place, if it is the one that the place names. Raises StoreError when it cannot be read."""
        before = self._before(place.offset)
        return before if before is not None and (before["n"], before["h"]) == (place.n, place.h) else None

    def begin(self, place: Place) -> bool:
        """Start reading behind a place; False when it is not there. What lies before it is not checked."""
        before = self.holds(place)
        if before is None:
            return False
        self.n, self.h, self.at = place.n, place.h, before["at"]
        self._offset, self._lines = self._behind = place.offset, place.line
        self.forget()
        return True

    def forget(self) -> None:
        """Let go of where lines stand; those that are asked for are then looked up in the file."""
        self._first, self._starts = self.n + 1, array("Q")

    def line_at(self, offset: int) -> Entry | None:
        """The entry whose line begins there; None where none does. Raises StoreError."""
        if not self._open() or offset < 0:
            return None
        line, length = b"", _PROBE
        while b"\n" not in line:
            block = self._read(length, offset + len(line))
            if not block:
                return None
            line, length = line + block, length * 2
        try:
            return decode(line[: line.index(b"\n")])
        except ValueError:
            return None

    def _before(self, end: int) -> Entry | None:
        """The entry whose line ends there; None where none does."""
        if not self._open() or end <= 0:
            return None
        start, length = end, _PROBE
        line = b""
        while start > 0 and b"\n" not in line[:-1]:
            length = min(length * 2, start)
            start -= length
            line = self._read(length, start) + line
        if not line.endswith(b"\n"):
            return None
        try:
            return decode(line[line.rfind(b"\n", 0, -1) + 1 : -1])
        except ValueError:
            return None

    def new(self) -> Iterator[Entry]:
        """Lines that came since the last call; a line without its newline has not come yet.

        The entry is part of this view when the next one is asked for. Raises Damaged at the line where the chain ends.
        """
        if self.broken or not self._open():
            return
        try:
            size = self._disk.fstat(self._reading).st_size
        except OSError as error:
            raise words.not_read(error, self.path) from error
        if size == self._size:
            return
        if size < self._offset:
            raise self._shorter()
        length = _BLOCK
        while self._offset < size:
            block = self._read(min(length, size - self._offset), self._offset)
            end = block.rfind(b"\n")
            if end < 0:
                if self._offset + len(block) >= size or not block:
                    break
                length *= 2
                continue
            for line in block[:end].split(b"\n"):
                entry = self._follow(line)
                start, self._offset, self._lines = self._offset, self._offset + len(line) + 1, self._lines + 1
                if self._open_end:
                    self._open_end, self._behind = False, (self._offset, self._lines)
                if entry is not None:
                    self._advance(entry, start)
                    yield entry
        self._size = size

    def ready(self) -> bool:
        """Make the file ready for a line; True when that completed one, which `new` then gives. The lock must be held.

        A fragment that a crash left is closed with a newline and stays. Raises Damaged, ReadOnly.
        """
        self._open()
        try:
            mine, named = self._disk.fstat(self._reading), self._disk.stat(self.path)
        except OSError as error:
            raise words.not_read(error, self.path) from error
        if (mine.st_dev, mine.st_ino) != (named.st_dev, named.st_ino):
            raise Damaged(_("{path} was exchanged while it was open; start again").format(path=self.path))
        if self._writing < 0:
            try:
                self._writing = self._disk.open(self.path, os.O_WRONLY | os.O_APPEND)
            except OSError as error:
                raise words.not_written(error, self.path) from error
        tail = b""
        if self._offset < mine.st_size:
            tail = self._read(mine.st_size - self._offset, self._offset)
            self._follow(tail)
        elif not self._open_end:
            return False
        self._write(b"\n")
        return bool(tail)

    def write(self, entry: Entry) -> tuple[int, bool]:
        """Number, chain and write an entry; `n`, `prev` and `h` are set on it. Raises ReadOnly.

        Gives the bytes written and whether the newline is among them. The line that lacks no more than its newline
        counts: whoever writes next adds it. It is durable after `sync`, and part of this view after `wrote`.
        """
        entry["n"], entry["prev"] = self.n + 1, self.h
        line = encode(entry) + b"\n"
        written = self._write(line)
        return written, written == len(line)

    def wrote(self, entry: Entry, line: tuple[int, bool]) -> None:
        """Take in an entry that `write` wrote (with what that gave) and `sync` made durable."""
        start = self._offset
        written, ended = line
        self._offset = self._size = start + written
        self._lines += ended
        self._open_end = not ended
        self._advance(entry, start)

    def sync(self) -> None:
        """Wait until all that was read or written is on the disk. Raises ReadOnly, and from then on always."""
        if self.broken:
            raise self.broken
        try:
            self._disk.fsync(self._writing)
        except OSError as error:
            self.broken = words.closed_since(self.path)
            raise words.not_synced(error, self.path) from error

    def span(self, first: int, last: int) -> Span:
        """Where entries `first` to `last` stand; an empty one when there are none."""
        if not 1 <= first <= min(last, self.n):
            return 0, 0
        return self._start(first), self._start(last + 1) if last < self.n else self._offset

    def _start(self, n: int) -> int:
        """Where line n begins. Raises Damaged when there is none."""
        if n >= self._first:
            return self._starts[n - self._first]
        end = self._starts[0] if self._starts else self._offset
        start = line_start(self._read, n, end)
        if start is None or not self._leads_to(n, start):
            start = next((at for at in self._numbered(n, end) if self._leads_to(n, at)), None)
        if start is None:
            raise Damaged(
                _("{path}: line {n} is not where it was; copy the journal from a backup").format(path=self.path, n=n)
            )
        return start

    def _leads_to(self, n: int, start: int) -> bool:
        """Whether the first whole line from there on is line n."""
        entry = next(self.entries((start, self._offset)), None)
        return entry is not None and entry["n"] == n

    def _numbered(self, n: int, end: int) -> Iterator[int]:
        """Where all the lines begin that say they are line n, by reading through the file."""
        at, said = 0, b'{"n":%d,' % n
        rest = b""
        for block in self._blocks(0, end):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                if line.startswith(said):
                    yield at
                at += len(line) + 1

    def entries(self, span: Span, having: bytes = b"") -> Iterator[Entry]:
        """Entries of a span, of those lines that contain the bytes, read from the file again.

        Uses nothing that a commit changes, so it may go on in another thread. Raises StoreError, Damaged.
        """
        offset, end = span
        rest = b""
        for block in self._blocks(offset, end):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                if having in line and (entry := self._decoded(line)):
                    yield entry
        if rest and having in rest and (entry := self._decoded(rest)):
            yield entry

    def _blocks(self, offset: int, end: int) -> Iterator[bytes]:
        if offset >= end:
            return
        try:
            fd = self._disk.open(self.path, os.O_RDONLY)
        except OSError as error:
            raise words.not_read(error, self.path) from error
        try:
            while offset < end:
                try:
                    block = self._disk.read(fd, min(_BLOCK, end - offset), offset)
                except OSError as error:
                    raise words.not_read(error, self.path) from error
                if not block:
                    raise self._shorter()
                offset += len(block)
                yield block
        finally:
            with suppress(OSError):
                self._disk.close(fd)

    def _decoded(self, line: bytes) -> Entry | None:
        try:
            return decode(line)
        except ValueError as error:
            raise Damaged(
                _("{path}: a line changed since it was read ({reason}); copy the journal from a backup").format(
                    path=self.path, reason=error
                )
            ) from error

    def _shorter(self) -> Damaged:
        return Damaged(
            _("{path} has become shorter; copy it back from a backup and start again").format(path=self.path)
        )

    def _open(self) -> bool:
        if self._reading < 0:
            try:
                self._reading = self._disk.open(self.path, os.O_RDONLY)
            except (FileNotFoundError, NotADirectoryError):
                return False
            except OSError as error:
                raise words.not_read(error, self.path) from error
        return True

    def _read(self, length: int, offset: int) -> bytes:
        try:
            return self._disk.read(self._reading, length, offset)
        except OSError as error:
            raise words.not_read(error, self.path) from error

    def _write(self, data: bytes) -> int:
        """One write. Raises ReadOnly unless all of it, or all but its newline, is in the file."""
        try:
            written = self._disk.write(self._writing, data)
        except OSError as error:
            raise words.not_written(error, self.path) from error
        if written < max(1, len(data) - 1):
            raise words.disk_full(self.path)
        return written

    def _follow(self, line: bytes) -> Entry | None:
        """The entry if the line continues the chain; None for a fragment."""
        try:
            entry = decode(line)
            if entry is None:
                return None
            if missing := _KEYS - entry.keys():
                raise ValueError(_("it lacks {keys}").format(keys=", ".join(sorted(missing))))
            if entry["n"] != self.n + 1 or entry["prev"] != self.h:
                raise ValueError(_("it does not continue the line before"))
        except ValueError as error:
            raise Damaged(
                _("{path}, line {line}: {reason}; nothing after it is trusted, copy the journal from a backup").format(
                    path=self.path, line=self._lines + 1, reason=error
                )
            ) from error
        return entry

    def _advance(self, entry: Entry, start: int) -> None:
        self._starts.append(start)
        self._behind = self._offset, self._lines
        self.n, self.h, self.at = entry["n"], entry["h"], entry["at"]
