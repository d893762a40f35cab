"""The trail of a record: who did what when, newest first."""

from collections.abc import Callable
from functools import partial

from qms_tui.i18n import _
from qms_tui.screens.actions import LEAVING
from qms_tui.screens.reading import ReadingScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import not_shown
from qms_tui.screens.there import when_there
from qms_tui.screens.trail_lines import Event, trail_lines
from qms_tui.screens.widgets.lines_pane import Line, LinesPane
from qms_tui.screens.widgets.text_cells import wrap


class TrailScreen(ReadingScreen):
    """Opened at once; `gather` runs in the recorder's thread."""

    def __init__(self, name: str, gather: Callable[[], list[Event]], recorder: Recorder) -> None:
        """`name` is the number of the record, or what it is called."""
        super().__init__(_("Trail of {number}").format(number=name), lambda _width: [])
        self._gather = gather
        self._recorder = recorder
        self._is_read = False

    def on_screen_resume(self) -> None:
        if not self._is_read:
            self._recorder.submit(self._gather, lambda found: self._show(partial(trail_lines, found)), self._failed)

    def must_wait(self, key: str | None) -> bool:
        """Whether a key waits until there is something to read; one can leave before."""
        return not self._is_read and key not in LEAVING

    def _show(self, lines: Callable[[int], list[Line]]) -> None:
        self._is_read = True
        when_there(self, lambda: self.query_one("#pane", LinesPane).show(lines))

    def _failed(self, error: Exception) -> None:
        self._show(lambda width: [[(line, "bold red")] for line in wrap(f"! {not_shown(error)}", width)])
