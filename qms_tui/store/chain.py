"""Following a journal whether or not it holds, and naming each line that does not. Needs no store that opens."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.store import words
from qms_tui.store.base import Invalid
from qms_tui.store.disk import Disk
from qms_tui.store.line import FIRST, Entry, decode
from qms_tui.store.values import plain

_BLOCK = 1 << 20
_TEXTS = ("id", "at", "by", "why", "prev", "h")
_SUSPECT = (b"NaN", b"Infinity", b"\\ud", b"\\uD")  # in a line that holds what JSON can say and a record cannot


class Raw(NamedTuple):
    """A line as it stands in the file: its number from 1, its bytes, and whether its newline is there."""

    number: int
    data: bytes
    ended: bool


class Flaw(NamedTuple):
    """What is wrong, and where: a file of the store; a line of the journal (from 1) and its `n`, where there is one."""

    file: str
    line: int | None
    n: int | None
    what: str

    def __str__(self) -> str:
        if self.line is None:
            return f"{self.file}: {self.what}"
        return _("{file}, line {line}: {what}").format(file=self.file, line=self.line, what=self.what)


def read_lines(disk: Disk, path: Path) -> Iterator[Raw]:
    """The lines of a file, without their newlines; none where there is no file. Raises StoreError."""
    try:
        fd = disk.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    except OSError as error:
        raise words.not_read(error, path) from error
    try:
        rest, offset, number = b"", 0, 0
        while True:
            try:
                block = disk.read(fd, _BLOCK, offset)
            except OSError as error:
                raise words.not_read(error, path) from error
            if not block:
                break
            offset += len(block)
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                number += 1
                yield Raw(number, line, True)
        if rest:
            yield Raw(number + 1, rest, False)
    finally:
        disk.close(fd)


class Chain:
    """Where a journal stands after the lines it was shown. `heads` are hashes that somebody wrote down, by n."""

    def __init__(self, file: str, heads: Mapping[int, str] | None = None) -> None:
        self.n = 0
        self.h: str | None = FIRST  # None after an altered line: what it was is not known
        self.lines = 0
        self.flaws: list[Flaw] = []
        self.notes: list[Flaw] = []  # odd, and no fault
        self._file = file
        self._heads = dict(heads or {})
        self._at = ""
        self._fragments: list[int] = []  # line numbers, directly before the next line

    def follow(self, raw: Raw) -> Entry | None:
        """The line's entry; None for a fragment, an unfinished end, and a line that is not as it was written."""
        self.lines += raw.ended
        try:
            entry = decode(raw.data)
            if entry is not None and (odd := misshapen(entry) or _unrecordable(raw, entry)):
                raise ValueError(odd)
        except (ValueError, RecursionError) as error:
            self.flaws.append(Flaw(self._file, raw.number, self.n + 1, self._altered(raw, error)))
            self.n, self.h, self._fragments = self.n + 1, None, []
            return None
        if entry is None:
            self._fragments.append(raw.number)
            self._note(raw, _("a fragment that a crash left; it does not count"))
            return None
        flaw = self._broken(entry)
        if flaw:
            self.flaws.append(Flaw(self._file, raw.number, entry["n"], flaw))
        self._fragments = []
        if not raw.ended:
            self._note(raw, _("its newline is not there yet, so it does not count"))
            return None
        if entry["at"] < self._at:
            self._note(raw, _("its time is before that of the line before; the clock was set back"))
        self.n, self.h, self._at = entry["n"], entry["h"], entry["at"]
        written_down = self._heads.pop(self.n, None)
        if written_down and not entry["h"].startswith(written_down):
            what = _("its hash is not the one that was written down; this line or one before it was rewritten")
            self.flaws.append(Flaw(self._file, raw.number, self.n, what))
        return entry

    def end(self) -> None:
        """After the last line: heads that were written down and are gone."""
        for n in sorted(n for n in self._heads if n > self.n):
            what = _("it ends with n {last}; n {n}, which was written down, is gone").format(last=self.n, n=n)
            self.flaws.append(Flaw(self._file, self.lines, n, what))
        for n in sorted(n for n in self._heads if n <= self.n):
            what = _("n {n}, which was written down, is not there").format(n=n)
            self.flaws.append(Flaw(self._file, self.lines, n, what))

    def _altered(self, raw: Raw, error: Exception) -> str:
        if self._fragments:
            return _("altered, or cut off from line {line}: {why}").format(line=self._fragments[-1], why=error)
        return _("altered: {why}").format(why=error)

    def _broken(self, entry: Entry) -> str | None:
        n, expected = entry["n"], self.n + 1
        if n > expected:
            missing = str(expected) if n == expected + 1 else f"{expected}-{n - 1}"
            if self._fragments:
                return _("n {missing} is missing before it; line {line} may be what is left of it").format(
                    missing=missing, line=self._fragments[0]
                )
            return _("n {missing} is missing before it").format(missing=missing)
        if n < expected:
            return _("it is n {n}, and stands after n {last}").format(n=n, last=self.n)
        if self.h is not None and entry["prev"] != self.h:
            return _("it does not continue the line before: prev is not that line's hash")
        return None

    def _note(self, raw: Raw, what: str) -> None:
        self.notes.append(Flaw(self._file, raw.number, None, what))


def misshapen(entry: Entry) -> str | None:
    """What keeps an entry from being one: keys that are missing or of the wrong type. Unknown keys are fine."""
    if type(entry.get("n")) is not int or entry["n"] < 1:
        return _("n is not a number from 1")
    for key in _TEXTS:
        if not isinstance(entry.get(key), str):
            return _("{key} is not text").format(key=key)
    ops = entry.get("ops")
    if not isinstance(ops, list) or not all(map(_is_op, ops)):
        return _("ops is not a list of changes")
    return None


def _unrecordable(raw: Raw, entry: Entry) -> str | None:
    if any(mark in raw.data for mark in _SUSPECT):
        try:
            plain(entry["ops"], "ops")
        except Invalid as error:
            return str(error)
    return None


def _is_op(op: Any) -> bool:
    match op:
        case [str(), str(), dict(fields)]:
            return all(isinstance(change, list) and len(change) in (1, 2) for change in fields.values())
    return False
