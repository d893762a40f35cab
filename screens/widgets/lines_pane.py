"""A pane of lines that repaints only the lines that changed."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.strip import Strip

from qms_tui.screens.widgets.line_widget import LineWidget
from qms_tui.screens.widgets.text_cells import Span, clean, clip

Line = str | Sequence[Span]
"""A line of the pane: plain text or (text, style) spans. Nothing in it is read as markup."""

Content = Sequence[Line] | Callable[[int], Sequence[Line]]
"""Lines, or what makes them for a given width (called again when the width changes)."""

HINT_STYLE = "dim"


class LinesPane(LineWidget, can_focus=False):
    """Shows lines; longer content is paged by actions and its last row says which part is seen."""

    DEFAULT_CSS = "LinesPane { height: 1fr; width: 1fr; }"

    def __init__(self, *, hint: str = "-- {first}-{last}/{total} --", id: str | None = None) -> None:
        """`hint` is the last row of content that does not fit."""
        super().__init__(id=id)
        self._hint = hint
        self._content: Content = ()
        self._lines: list[tuple[Span, ...]] = []
        self._shown: list[tuple[Span, ...]] = []
        self._top = 0

    @property
    def top(self) -> int:
        """The index of the first line seen."""
        return self._top

    @property
    def overflows(self) -> bool:
        """Whether the content is longer than the pane."""
        return len(self._lines) > self.size.height

    def show(self, content: Content, *, keep_place: bool = False) -> None:
        """Show other content, from its start unless `keep_place`."""
        self._content = content
        self._top = self._top if keep_place else 0
        self._build()

    def action_page_down(self) -> None:
        """A page on."""
        self._page(self._top + self._page_size())

    def action_page_up(self) -> None:
        """A page back."""
        self._page(self._top - self._page_size())

    def page_round(self) -> None:
        """A page on; from the last one to the first."""
        at_end = self._top + self._page_size() >= len(self._lines)
        self._page(0 if at_end else self._top + self._page_size())

    def draw_line(self, y: int, width: int) -> Strip:
        """Draw one line."""
        spans = self._shown[y] if y < len(self._shown) else ()
        segments, room = [], width
        for text, style in spans:
            text = clip(text, room)
            if not text:
                break
            segments.append(Segment(text, Style.parse(style)))
            room -= cell_len(text)
        segments.append(Segment(" " * room))
        return Strip(segments, width)

    def on_resize(self, _event: Resize) -> None:
        """Make the lines anew for the width there is."""
        self.repaint()
        self._build()

    def _build(self) -> None:
        if self.size.width <= 0:
            return
        content = self._content(self.size.width) if callable(self._content) else self._content
        self._lines = [_spans(line) for line in content]
        self._page(self._top)

    def _page_size(self) -> int:
        return max(1, self.size.height - 1)

    def _page(self, top: int) -> None:
        """Show the lines from `top` on and repaint those that differ from what is seen."""
        height = self.size.height
        self._top = max(0, min(top, len(self._lines) - self._page_size())) if self.overflows else 0
        shown = self._lines[self._top : self._top + height]
        if self.overflows and height > 1:
            last = min(self._top + height - 1, len(self._lines))
            hint = self._hint.format(first=self._top + 1, last=last, total=len(self._lines))
            shown = [*shown[: height - 1], ((hint, HINT_STYLE),)]
        before, self._shown = self._shown, shown
        self.repaint_lines(
            y for y in range(height) if (before[y] if y < len(before) else ()) != (shown[y] if y < len(shown) else ())
        )


def _spans(line: Line) -> tuple[Span, ...]:
    if isinstance(line, str):
        return ((clean(line), ""),) if line else ()
    return tuple((clean(text), style) for text, style in line)
