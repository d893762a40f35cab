"""Widgets of one row that repaint only when their text changes."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.strip import Strip

from qms_tui.screens.widgets.line_widget import LineWidget
from qms_tui.screens.widgets.text_cells import clean, clip, wrap


class OneLine(LineWidget, can_focus=False):
    """One row: text at the left and, where there is room, text at the right."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"
    STYLE = ""

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
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

    def fitted(self, left: str, right: str, width: int) -> tuple[str, str]:
        """The texts as they are to stand in the row; where both have no room the right one is left out afterwards."""
        return left, right

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw the row."""
        left, right, style = self._shown
        left, right = self.fitted(clean(left), clean(right), width)
        gap = width - cell_len(left) - cell_len(right)
        if y > 0 or gap < 1:
            left, right = ("", "") if y > 0 else (clip(left, width), "")
            gap = width - cell_len(left)
        look = Style.parse(style)
        segments = [Segment(left, look), Segment(" " * gap), Segment(right, look)]
        return Strip([segment for segment in segments if segment.text], width)


class TitleLine(OneLine):
    """The top row: what is open, and how far it is; below it what holds for the whole program, while it does.

    How far it is stays, what is open is shortened: its beginning tells which one it is.
    """

    STYLE = "bold"
    LEAST = 12  # cells of what is open: a number such as NC-2026-0001
    _banner = ""
    _below: tuple[str, ...] = ()

    def show_banner(self, words: str) -> None:
        """Say it on rows of its own, at most three; nothing takes them away."""
        self._banner = words
        if not self.is_attached:
            return
        width = max(1, self.screen.size.width)
        below = tuple(wrap(words, width)) if words else ()
        if len(below) > 3:
            below = (*below[:2], clip(" ".join(below[2:]), width))
        if below != self._below:
            self._below = below
            self.styles.height = 1 + len(below)
            self.repaint()

    def fitted(self, left: str, right: str, width: int) -> tuple[str, str]:
        room = width - cell_len(right) - 1
        return (clip(left, room) if right and room >= self.LEAST else left), right

    def on_mount(self) -> None:
        self.show_banner(getattr(self.app, "banner", ""))

    def on_resize(self, _event: Resize) -> None:
        self.show_banner(self._banner)

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw a row."""
        if y == 0 or y > len(self._below):
            return super().draw_line(y, width)
        text = clip(clean(self._below[y - 1]), width)
        return Strip([Segment(text + " " * (width - cell_len(text)), Style.parse("bold red reverse"))], width)


class StatusLine(OneLine):
    """The state of the work: counts, place, who."""


class MessageLine(LineWidget, can_focus=False):
    """The last thing the program has to say, in the row above the bottom ones.

    A longer text covers rows above it until it goes, for its end is often what helps; nothing below it moves. An open
    prompt lifts it.
    """

    DEFAULT_CSS = "MessageLine { layer: overlay; dock: bottom; height: 1; width: 1fr; }"

    def __init__(self, *, below: int, id: str | None = None) -> None:
        """`below` is the number of rows under it."""
        super().__init__(id=id)
        self._below = below
        self._lifted = 0
        self._laid = (0, 0)
        self._style = ""
        self._lines: list[str] = []
        self._waits = ""
        self.text = ""

    def show(self, text: str, *, style: str = "") -> None:
        """Show another text."""
        if (text, style) != (self.text, self._style):
            self.text, self._style = text, style
            self._lay()
            self.repaint()

    def wait_for(self, words: str) -> None:
        """Show what is waited for, over what was said; nothing when it is over."""
        if words != self._waits:
            self._waits = words
            self._lay()
            self.repaint()

    @property
    def covers(self) -> int:
        """How many rows at the bottom of the screen it and what is below it take."""
        return max(self._below, self._lifted) + (len(self._lines) if self._waits or self.text else 0)

    def lift(self, covered: int) -> None:
        """Something covers that many rows at the bottom of the screen."""
        self._lifted = covered
        self._lay()

    def on_mount(self) -> None:
        self._waits = getattr(self.app, "waiting", "")
        self._lay()

    def on_resize(self, _event: Resize) -> None:
        self._lay()

    def _lay(self) -> None:
        """Take the rows that the text needs, at most a third of the screen."""
        if not self.is_attached:
            return
        width, height = self.screen.size
        most = max(1, height // 3)
        text = self._waits or self.text
        lines = wrap(text, max(1, width))
        if len(lines) > most:
            lines = [*lines[: most - 1], clip(" ".join(lines[most - 1 :]), width)]
        self._lines = [line.replace("\u00a0", " ") for line in lines]  # it kept words together
        below = max(self._below, self._lifted) if text else self._below
        if (len(lines), below) != self._laid:
            self._laid = (len(lines), below)
            self.styles.height = len(lines)
            self.styles.margin = (0, 0, below, 0)

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw a row."""
        text = clip(self._lines[y], width) if y < len(self._lines) else ""
        segments = [
            Segment(text, Style.parse("" if self._waits else self._style)),
            Segment(" " * (width - cell_len(text))),
        ]
        return Strip([segment for segment in segments if segment.text], width)
