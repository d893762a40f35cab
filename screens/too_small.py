"""What stands there while the terminal is smaller than a walk can be shown in."""

from textual.app import ComposeResult
from textual.screen import Screen

from qms_tui.i18n import _
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.text_cells import wrap

WIDTH, HEIGHT = 40, 12


def is_too_small(width: int, height: int) -> bool:
    return width < WIDTH or height < HEIGHT


class TooSmallScreen(Screen[None]):
    """Covers the others; nothing typed below it is lost, and nothing is typed into it."""

    is_deaf = True

    def compose(self) -> ComposeResult:
        yield LinesPane(id="words")

    def on_mount(self) -> None:
        words = _("Too small: {width}x{height} at least. Make the window larger.").format(width=WIDTH, height=HEIGHT)
        self.query_one("#words", LinesPane).show(lambda width: wrap(words, max(1, width)))
