"""What is typed, and where a walk stands, goes to the disk while one types: a process that is killed loses a second."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from textual.app import App
from textual.timer import Timer

KEEP_SECONDS = 0.7  # from a key until what it changed is written


class DraftKeeper:
    """`look` gives, in the screen's thread, what is then done in a thread of its own. Nothing is sent to the terminal.

    Not in the recorder's: its writes may wait for a colleague's lock, and that is when somebody kills a program.
    """

    def __init__(self, app: App[Any], look: Callable[[], Callable[[], None]]) -> None:
        self._app = app
        self._look = look
        self._timer: Timer | None = None
        self._writes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._closed = False

    def touch(self) -> None:
        """A key has come, or what was given is recorded or refused: look soon, once for all that come meanwhile."""
        if self._timer is None:
            self._timer = self._app.set_timer(KEEP_SECONDS, self.keep)

    def keep(self) -> None:
        """Look now; where the screens are going already, what was seen before stands."""
        self._timer = None
        if self.may_look:
            self.write(self._look())

    def write(self, seen: Callable[[], None] | None) -> None:
        """Do what a look gave, unless the screens are let go of already."""
        if seen is not None and not self._closed:
            self._writes.submit(seen)

    @property
    def may_look(self) -> bool:
        """Whether the screens are there, and will be."""
        return not self._closed and self._app.is_running

    @property
    def is_due(self) -> bool:
        """Whether it will look."""
        return self._timer is not None

    @property
    def is_closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Look no more: the screens go, and what is typed in them stays as it was seen."""
        self._closed = True

    def end(self) -> None:
        """Wait until what was seen is written."""
        self.close()
        self._writes.shutdown()
