"""Widgets of one row that repaint only when their text changes."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qms_tui.screens.widgets.line_widget import LineWidget
from qms_tui.screens.widgets.text_cells import clean, clip


class OneLine(LineWidget, can_focus=False):
    """One row: text at the left and, where there is room, text at the right."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"
    STYLE = ""

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:  # noqa: A002
        """The texts to begin with."""
        super().__init__(id=id)
        self._shown = (left, right, self.STYLE)

    @property
    def text(self) -> str:
        """The text at the left."""
        return self._shown[0]

    def show(self, left: str, right: str = "", *, style: str | None = None) -> None:
        """Show other texts; the right one is left out where it does not fit."""
        shown = (left, right, self.STYLE if style is None else style)
        if shown != self._shown:
            self._shown = shown
            self.repaint()

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw the row."""
        left, right, style = self._shown
        left, right = clean(left), clean(right)
        gap = width - cell_len(left) - cell_len(right)
        if y > 0 or gap < 1:
            left, right = ("", "") if y > 0 else (clip(left, width), "")
            gap = width - cell_len(left)
        look = Style.parse(style)
        segments = [Segment(left, look), Segment(" " * gap), Segment(right, look)]
        return Strip([segment for segment in segments if segment.text], width)


class TitleLine(OneLine):
    """The top row: what is open, and how far it is."""

    STYLE = "bold"


class StatusLine(OneLine):
    """The state of the work: counts, place, who."""


class MessageLine(OneLine):
    """The last thing the program has to say."""
