"""Writing `{#id}` into a checklist's file, and nothing else: every other byte stays.

Where the id may stand is not reasoned out but tried: a place counts only when the file, read again, has the same items
with the same ids, now written ones.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qms_tui.checklist.model import Checklist, ChecklistError, Item
from qms_tui.checklist.parse import parse
from qms_tui.i18n import _

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_PLACES = 12


class Insertion(NamedTuple):
    """`text` goes in before character `at` of the decoded file."""

    at: int
    text: str
    item: int


class Written(NamedTuple):
    """`data` is the file with ids; `items` those that got one, `left` those where it can stand nowhere."""

    data: bytes
    items: tuple[Item, ...]
    left: tuple[Item, ...]


def with_ids(data: bytes, name: str) -> Written:
    """The file with the id of each item that is known by its text written to it. Raises ChecklistError."""
    written = _once(data, name)
    while written.items and written.left:  # an id may find its place only where another stands already
        again = _once(written.data, name)
        if not again.items:
            break
        written = Written(again.data, (*written.items, *again.items), again.left)
    order = {item.id: n for n, item in enumerate(parse(data, name).items)}
    return written._replace(items=tuple(sorted(written.items, key=lambda item: order[item.id])))


def _once(data: bytes, name: str) -> Written:
    checklist = parse(data, name)
    text = checklist.text
    lines = [match.span() for match in _LINE.finditer(text) if match[0]]
    wanted = [n for n, item in enumerate(checklist.items) if item.known_by == "text"]
    places = {n: _places(text, lines, checklist.items[n].line - 1) for n in wanted}
    kept: list[Insertion] = []
    waiting = wanted
    for _round in range(_PLACES):
        tried = [
            Insertion(at, f" {{#{checklist.items[n].id}}}", n)
            for n in waiting
            if (at := next(places[n], None)) is not None
        ]
        if not tried:
            break
        kept += _good(checklist, name, kept, tried)
        done = {each.item for each in kept}
        waiting = [n for n in waiting if n not in done]
    return Written(
        _insert(text, kept).encode(),
        tuple(checklist.items[n] for n in sorted(each.item for each in kept)),
        tuple(checklist.items[n] for n in waiting),
    )


def _places(text: str, lines: Sequence[tuple[int, int]], line: int) -> Iterator[int]:
    """Where the id of an item that begins on `line` (from 0) may stand: the line's end, the ends of its cells, ..."""
    for n in range(line, min(line + 4, len(lines))):
        start, end = lines[n]
        here = text[start:end]
        if not here.strip():
            return
        if n == line and here.count("|"):
            cells = [match.start() for match in re.finditer(r"(?<!\\)\|", here)][:_PLACES]
            yield from (start + len(here[:cell].rstrip()) for cell in cells[1:] if here[:cell].strip())
        yield start + len(here.rstrip())


def _good(checklist: Checklist, name: str, kept: list[Insertion], tried: list[Insertion]) -> list[Insertion]:
    """Those of `tried` that do what they shall beside the kept ones."""
    found = parse(_insert(checklist.text, [*kept, *tried]).encode(), name)
    if len(found.items) == len(checklist.items):
        good = [each for each in tried if _same(checklist.items[each.item], found.items[each.item], written=True)]
        others = set(range(len(found.items))) - {each.item for each in tried}
        written = {each.item for each in kept}
        calm = all(
            _same(checklist.items[n], found.items[n], written=n in written or checklist.items[n].known_by == "written")
            for n in others
        ) and _notes(found) <= _notes(checklist)
        if calm and len(good) == len(tried):
            return good
        if len(good) < len(tried):
            return _good(checklist, name, kept, good) if good else []
    if len(tried) == 1:
        return []
    half = len(tried) // 2
    first = _good(checklist, name, kept, tried[:half])
    return first + _good(checklist, name, [*kept, *first], tried[half:])


def _same(before: Item, after: Item, *, written: bool) -> bool:
    return after._replace(known_by=before.known_by) == before and (after.known_by == "written") == written


def _notes(checklist: Checklist) -> set[tuple[int, str]]:
    return {(note.line, note.code) for note in checklist.diagnostics}


def _insert(text: str, insertions: Sequence[Insertion]) -> str:
    parts = []
    last = 0
    for each in sorted(insertions):
        parts += [text[last : each.at], each.text]
        last = each.at
    return "".join([*parts, text[last:]])


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Write the file whole or not at all, its rights kept; a link stays a link.

    Raises ChecklistError where it cannot be written, or no longer holds `before`.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, beside)
        if target.read_bytes() != before:
            raise ChecklistError(_("{path}: was changed meanwhile; nothing was written - try again").format(path=path))
        beside.replace(target)
    except OSError as error:
        message = _("{path}: cannot be written: {reason} - check the rights of its folder")
        raise ChecklistError(message.format(path=path, reason=error.strerror or error)) from error
    finally:
        beside.unlink(missing_ok=True)
