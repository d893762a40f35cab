"""What is typed, and where a walk stands, goes to the disk while one types: a process that is killed loses a second."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.timer import Timer

from qms_tui.screens.recorder import Recorder

KEEP_SECONDS = 0.7  # from a key until what it changed is handed to the recorder


class DraftKeeper:
    """`look` gives, in the screen's thread, what the recorder's thread is to do. Nothing is sent to the terminal."""

    def __init__(self, app: App[Any], recorder: Recorder, look: Callable[[], Callable[[], None]]) -> None:
        self._app = app
        self._recorder = recorder
        self._look = look
        self._timer: Timer | None = None

    def touch(self) -> None:
        """A key has come: look soon, once for all that come meanwhile."""
        if self._timer is None:
            self._timer = self._app.set_timer(KEEP_SECONDS, self.keep)

    def keep(self) -> None:
        """Look now."""
        self._timer = None
        self._recorder.submit(self._look(), lambda _kept: None, lambda _error: None)
