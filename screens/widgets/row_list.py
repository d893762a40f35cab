"""A list that repaints the two rows a cursor leaves and enters, whatever its length."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.strip import Strip

from qms_tui.screens.widgets.line_widget import LineWidget
from qms_tui.screens.widgets.text_cells import clean, clip, pad

CURSOR = ">"
LAG = 0.8  # seconds until a change is surely seen, over a slow line and by the eye
_CURSOR_STYLE = Style(reverse=True, bold=True)
_HEADER_STYLE = Style(bold=True)


class Row(NamedTuple):
    """One row: `mark` is a word or sign before the text; a header cannot be selected."""

    key: str
    text: str
    mark: str = ""
    header: bool = False
    indent: int = 0
    style: str = ""


class Before(NamedTuple):
    """What a list showed, which a person still sees until then: its rows, and the index of the one under the cursor."""

    rows: Sequence[Row]
    at: int
    until: float


class RowList(LineWidget, can_focus=True):
    """Rows of one line with a cursor, drawn line by line; it has actions and no key bindings of its own.

    The cursor shows as a sign in the first column and in reverse, so it is seen without colours.
    When it leaves the window the list moves by half a page, so that most keys send two lines only.
    `on_move` is called at once when the cursor moves: what it shows is painted together with the list, in one update,
    while the handler of a message would come an update later.
    """

    DEFAULT_CSS = "RowList { height: 1fr; width: 1fr; }"

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        ellipsis: str = "~",
        bar: int | None = None,
        id: str | None = None,
    ) -> None:
        """Rows to begin with; `ellipsis` ends a text that was cut; the cursor reverses `bar` cells, None the text."""
        super().__init__(id=id)
        self.on_move: Callable[[int, Row], None] | None = None
        self._bar = bar
        self._rows: list[Row] = []
        self._index: dict[str, int] = {}
        self._cursor = -1
        self._top = 0
        self._covered = 0
        self._mark_width = 0
        self._ellipsis = ellipsis
        self._before: Before | None = None
        self.set_rows(rows)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, headers included."""
        return self._rows

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor; -1 in a list with no row to select."""
        return self._cursor

    @property
    def top(self) -> int:
        """The index of the first row in the window."""
        return self._top

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._cursor >= 0 else None

    @property
    def meant(self) -> Row | None:
        """The row that a key is about: the one that the person saw under the cursor, though it may have gone since."""
        before = self._still_seen()
        return self.selected if before is None else before.rows[before.at]

    def set_rows(self, rows: Sequence[Row], cursor: int | str | None = None) -> None:
        """Show other rows; the cursor goes to `cursor`, else stays on its key, else near its place."""
        self._before = None
        was = self.selected
        wanted = cursor if cursor is not None else (was.key if was else 0)
        self._rows = list(rows)
        self._index = {row.key: at for at, row in enumerate(self._rows)}
        self._mark_width = max((cell_len(row.mark) for row in self._rows if row.mark), default=0)
        at = self._index.get(wanted, max(self._cursor, 0)) if isinstance(wanted, str) else wanted
        self._cursor = self._nearest(at)
        self._show_cursor()
        self.repaint()
        now = self.selected
        if now is not None and (was is None or was.key != now.key):
            self._tell()

    def renew(self, rows: Sequence[Row], *, unseen: bool) -> None:
        """Show the rows as others changed them: the cursor and what is around it stay where they are on the screen.

        From a row that went the cursor goes to the next one that stays. `unseen`: until the change is surely seen, keys
        are about what was shown before: `meant`, and where one goes from it.
        """
        if self._rows == list(rows):
            return
        was = self._still_seen() or Before(self._rows, self._cursor, 0)
        index = {row.key: at for at, row in enumerate(rows) if not row.header}
        around = [*self._rows[max(self._cursor, 0) :], *reversed(self._rows[: max(self._cursor, 0)])]
        at = next((index[row.key] for row in around if row.key in index), self._cursor)
        if self._top > 0:
            self._top = max(0, self._top + at - self._cursor)
        self.set_rows(rows, at)
        if unseen and was.at >= 0:
            self._before = was._replace(until=time.monotonic() + LAG)

    def update_row(self, which: str | int, row: Row) -> None:
        """Replace one row, by key or index, and repaint its line."""
        at = self._index[which] if isinstance(which, str) else which
        old = self._rows[at]
        if old == row:
            return
        self._rows[at] = row
        if old.key != row.key:
            del self._index[old.key]
            self._index[row.key] = at
        if cell_len(row.mark) > self._mark_width:
            self._mark_width = cell_len(row.mark)
            self.repaint()
        else:
            self.repaint_lines([at - self._top])

    def move_to(self, which: int | str) -> None:
        """Put the cursor on a row, by index or key; on a header it goes to the next row that is none."""
        at = self._nearest(self._index.get(which, self._cursor) if isinstance(which, str) else which)
        if at < 0 or at == self._cursor:
            return
        self._before = None
        before, self._cursor = self._cursor, at
        if self._show_cursor():
            self.repaint()
        else:
            self.repaint_lines([before - self._top, at - self._top])
        self._tell()

    def cover(self, covered: int) -> None:
        """Something lies over that many rows at the bottom: the row under the cursor stands above it."""
        if covered != self._covered:
            self._covered = covered
            if self._show_cursor():
                self.repaint()

    def action_cursor_down(self) -> None:
        """To the next row."""
        self._step(1)

    def action_cursor_up(self) -> None:
        """To the row before."""
        self._step(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self._step(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A page back."""
        self._step(-max(1, self.size.height - 1))

    def action_first(self) -> None:
        """To the first row."""
        self._step(-sys.maxsize)

    def action_last(self) -> None:
        """To the last row."""
        self._step(sys.maxsize)

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw one line of the window."""
        at = self._top + y
        if at >= len(self._rows):
            return Strip.blank(width)
        row = self._rows[at]
        text = " " * row.indent + clean(row.text)
        if row.header:
            return self._strip(text, _HEADER_STYLE, width)
        mark = pad(clean(row.mark), self._mark_width) + " " if self._mark_width else ""
        if at == self._cursor:
            return self._strip(CURSOR + mark + text, Style.parse(row.style), width, cursor=True)
        return self._strip(" " + mark + text, Style.parse(row.style), width)

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor in the window."""
        self._show_cursor()
        self.repaint()

    def _strip(self, text: str, style: Style, width: int, *, cursor: bool = False) -> Strip:
        text = clip(text, width, self._ellipsis)
        strip = Strip([Segment(text, style)]).adjust_cell_length(width)
        if not cursor:
            return strip
        bar = cell_len(text) if self._bar is None else min(self._bar, width)
        return Strip.join([strip.crop(0, bar).apply_style(_CURSOR_STYLE), strip.crop(bar)])

    def _tell(self) -> None:
        if self.on_move is not None:
            self.on_move(self._cursor, self._rows[self._cursor])

    def _step(self, by: int) -> None:
        """To the row that is `by` rows on (negative: back), or the last there is; from a header on, else back.

        Reckoned in the rows that the person sees, of those that are still there: never to one that nobody saw.
        """
        before = self._still_seen()
        rows, here = (self._rows, self._cursor) if before is None else (before.rows, before.at)
        at = max(0, min(here + by, len(rows) - 1))
        way = 1 if by > 0 else -1
        for found in chain(_until(rows, at, here, way), _until(rows, at, here, -way)):
            if before is None:
                self.move_to(found)
                return
            if rows[found].key in self._index:
                self.move_to(rows[found].key)
                self._before = before._replace(at=found)
                return

    def _still_seen(self) -> Before | None:
        """What the person sees where that is not what is shown; None when all is seen."""
        if self._before is not None and time.monotonic() > self._before.until:
            self._before = None
        return self._before

    def _nearest(self, at: int) -> int:
        """The selectable row at `at`, or the next one after or before it; -1 if there is none."""
        at = max(0, min(at, len(self._rows) - 1))
        after = (index for index in range(at, len(self._rows)) if not self._rows[index].header)
        before = (index for index in range(at - 1, -1, -1) if not self._rows[index].header)
        return next(after, next(before, -1))

    def _show_cursor(self) -> bool:
        """Move the window if the cursor is outside; whether it moved."""
        if self.size.height <= 0:
            return False
        height = max(1, self.size.height - self._covered)
        last_top = max(0, len(self._rows) - height)
        top = min(self._top, last_top)
        if not top <= self._cursor < top + height:
            top = min(max(0, self._cursor - height // 2), last_top)
        moved, self._top = top != self._top, top
        return moved


def _until(rows: Sequence[Row], at: int, end: int, way: int) -> Iterator[int]:
    """The rows that can be selected from `at` in one direction, as far as `end`, which is none of them."""
    while 0 <= at < len(rows) and at != end:
        if not rows[at].header:
            yield at
        at += way
