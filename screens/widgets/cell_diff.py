"""What a terminal shows, remembered cell by cell, so that only cells that differ are sent."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import get_character_cell_size

from qms_tui.screens.widgets.text_cells import to_ascii

Run = tuple[str, str]
"""Text and its SGR codes ("" for none)."""

Cell = tuple[str, str] | None
"""A character and its SGR codes; "" is the right half of a wide character, None is not known."""

BLANK = (" ", "")
_KNOWN_WIDTH = re.compile(r"[ -~\u3000-\u303e\u3041-\u3247\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*")
_SHORT_GAP = 4
_ERASE_FROM = 8


class ScreenMemory:
    """Turns pieces of lines into the shortest bytes that bring a terminal from what it shows to them.

    A piece with a character whose width terminals disagree on (ambiguous width, emoji, combining) is sent from
    its start, so that a terminal that counts otherwise shows no leftovers.
    """

    def __init__(self, *, ascii_only: bool = False, erase_chars: bool = True) -> None:
        """`ascii_only` sends no byte above 127; `erase_chars` is whether the terminal knows ECH."""
        self._ascii_only = ascii_only
        self._erase_chars = erase_chars
        self._size = (0, 0)
        self._rows: list[list[Cell]] = []
        self._known = False
        self._cursor: tuple[int, int] | None = None
        self._sgr = ""

    def forget(self) -> None:
        """The terminal may show anything: the next full paint starts from a cleared screen."""
        self._known = False
        self._cursor = None
        self._rows = [[None] * self._size[0] for _ in range(self._size[1])]

    def paint(
        self,
        size: tuple[int, int],
        pieces: Iterable[tuple[int, int, Sequence[Run]]],
        *,
        full: bool,
        park: tuple[int, int] | None,
    ) -> str:
        """The bytes for these pieces (x, y, runs), the cursor left at `park` if given; "" when all is shown already."""
        out: list[str] = []
        if size != self._size:
            self._size = size
            self.forget()
        if full and not self._known:
            out.append("\x1b[m\x1b[2J")
            self._rows = [[BLANK] * size[0] for _ in range(size[1])]
            self._known = True
        for x, y, runs in pieces:
            if 0 <= y < size[1] and x < size[0]:
                self._piece(x, y, cells_of(runs, self._ascii_only)[: size[0] - x], out)
        if self._sgr:
            self._sgr = ""
            out.append("\x1b[m")
        if park is not None and park != self._cursor:
            self._move(*park, out)
        return "".join(out)

    def _piece(self, x: int, y: int, new: list[tuple[str, str]], out: list[str]) -> None:
        row = self._rows[y]
        old = row[x : x + len(new)]
        if old == new:
            return
        row[x : x + len(new)] = new
        changed = [at for at, cell in enumerate(new) if old[at] != cell]
        certain = _certain(new) and _certain(old)
        runs = _merge(new, changed) if certain else [(0, changed[-1] + 1)]
        for start, end in runs:
            while start and not new[start][0]:
                start -= 1
            while end < len(new) and not new[end][0]:
                end += 1
            self._go(x + start, y, certain, out)
            self._write(x, y, new, start, end, out)
        if not certain:
            self._cursor = None

    def _write(self, x: int, y: int, new: list[tuple[str, str]], start: int, end: int, out: list[str]) -> None:
        """Send the cells from start to end; blanks at their end are erased where that is shorter."""
        text_end = end
        while text_end > start and new[text_end - 1] == BLANK:
            text_end -= 1
        blanks = end - text_end
        to_edge = x + end == self._size[0]
        erase = (blanks > 3 and to_edge) or (blanks >= _ERASE_FROM and self._erase_chars)
        for character, sgr in new[start : text_end if erase else end]:
            if sgr != self._sgr:
                out.append(_switch(self._sgr, sgr))
                self._sgr = sgr
            out.append(character)
        if erase:
            if self._sgr:
                self._sgr = ""
                out.append("\x1b[m")
            out.append("\x1b[K" if to_edge else f"\x1b[{blanks}X")
        at = x + (text_end if erase else end)
        self._cursor = (at, y) if at < self._size[0] else None

    def _go(self, x: int, y: int, certain: bool, out: list[str]) -> None:
        """Move the cursor, relatively where that is shorter and sure."""
        if self._cursor == (x, y):
            return
        if certain and self._cursor is not None and self._cursor[1] == y and self._cursor[0] < x:
            out.append(f"\x1b[{x - self._cursor[0]}C")
            self._cursor = (x, y)
        else:
            self._move(x, y, out)

    def _move(self, x: int, y: int, out: list[str]) -> None:
        out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._cursor = (x, y)


def cells_of(runs: Sequence[Run], ascii_only: bool = False) -> list[tuple[str, str]]:
    """Runs as cells; control characters are left out."""
    cells: list[tuple[str, str]] = []
    for text, sgr in runs:
        if text.isascii() and text.isprintable():
            cells += [(character, sgr) for character in text]
            continue
        for character in text:
            width = get_character_cell_size(character)
            if ascii_only and ord(character) > 126 and width:
                cells += [(part, sgr) for part in to_ascii(character, width)]
            elif width:
                cells.append((character, sgr))
                cells += [("", sgr)] * (width - 1)
            elif cells and ord(character) > 159 and not ascii_only:
                base = next(at for at in range(len(cells) - 1, -1, -1) if cells[at][0])
                cells[base] = (cells[base][0] + character, cells[base][1])
    return cells


def _certain(cells: Sequence[Cell]) -> bool:
    """Whether every terminal agrees on the width of these cells."""
    if None in cells:
        return False
    text = "".join([cell[0] for cell in cells if cell])
    return text.isascii() or _KNOWN_WIDTH.fullmatch(text) is not None


def _merge(new: Sequence[tuple[str, str]], changed: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of changed cells; a short gap in the same look is cheaper sent than jumped over."""
    runs: list[tuple[int, int]] = []
    start = end = changed[0]
    for at in changed:
        gap = at - end
        if gap > _SHORT_GAP or (gap > 0 and any(cell[1] != new[end - 1][1] for cell in new[end:at])):
            runs.append((start, end))
            start = at
        end = at + 1
    return [*runs, (start, end)]


@lru_cache(maxsize=256)
def _switch(before: str, after: str) -> str:
    """The bytes from one look to another."""
    if not after:
        return "\x1b[m"
    return f"\x1b[0;{after}m" if before else f"\x1b[{after}m"
