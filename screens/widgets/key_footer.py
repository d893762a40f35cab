"""A footer of one row that keeps the most important keys on a narrow screen."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qms_tui.screens.widgets.line_widget import LineWidget
from qms_tui.screens.widgets.text_cells import clean

_KEY_STYLE = Style(bold=True)
_GAP = "  "


class KeyHint(NamedTuple):
    """A key as it is called, and what it does."""

    label: str
    words: str


class KeyFooter(LineWidget, can_focus=False):
    """Keys in the order of importance; entries that do not fit are left out whole, from the right."""

    DEFAULT_CSS = "KeyFooter { height: 1; width: 1fr; }"

    def __init__(self, hints: Sequence[KeyHint] = (), *, id: str | None = None) -> None:
        """The keys to begin with."""
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show other keys."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.repaint()

    def fitting(self, width: int) -> list[KeyHint]:
        """The entries that a row of this width holds."""
        kept: list[KeyHint] = []
        used = 0
        for hint in self._hints:
            cells = cell_len(hint.label) + 1 + cell_len(hint.words) + (len(_GAP) if kept else 0)
            if used + cells > width:
                break
            used += cells
            kept.append(hint)
        return kept

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw the row."""
        segments: list[Segment] = []
        for hint in self.fitting(width) if y == 0 else ():
            gap = _GAP if segments else ""
            segments += [
                Segment(gap),
                Segment(clean(hint.label), _KEY_STYLE),
                Segment(" " + clean(hint.words)),
            ]
        strip = Strip([segment for segment in segments if segment.text])
        return strip.adjust_cell_length(width)
