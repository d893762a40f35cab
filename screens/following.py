"""What a screen shows of the store is read again when somebody has recorded something of it."""

import threading
import time
from collections.abc import Callable, Set
from typing import TypeVar

from qms_tui.screens.recorder import RETRY_SECONDS, Recorder
from qms_tui.store.base import Store
from qms_tui.workflow.clock import today

REST = 1.0  # seconds between two readings: however many record at once, a thin line and a slow host keep up

Read = TypeVar("Read")
Touched = Set[tuple[str, str]]
"""Tables and ids of documents that were changed."""


class Following:
    """Of one screen, while it is the one that is seen; below another it does nothing.

    `read` is called in the screen's thread: it has the recorder's thread read what is shown, by `gather`.
    """

    def __init__(
        self,
        recorder: Recorder,
        store: Store,
        tables: Set[str],
        read: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`tables` are those that the screen shows something of; `failed` is told why the store cannot be read."""
        self.n = 0  # the store's transaction as of which is read
        self._recorder = recorder
        self._store = store
        self._tables = tables
        self._read = read
        self._failed = failed
        self._end: Callable[[], None] | None = None  # while it follows
        self._lock = threading.Lock()  # what was touched and `n` belong together
        self._touched: set[tuple[str, str]] = set()
        self._begun = 0  # how often it was begun; of the screen's thread, which does not wait for the lock
        self._read_as_of = 0  # how often it had been when it was read last
        self._whole = True  # the next reading is of everything
        self._day = ""
        self._is_asked = False  # a reading was asked for and has not begun
        self._rests_until = 0.0

    def begin(self) -> None:
        """The screen is seen, or seen again: read everything, then follow."""
        self._begun += 1
        self.ask()
        if self._end is None:
            self._end = self._recorder.follow(self._changed, self._news, self._failed)

    def end(self) -> None:
        if self._end is not None:
            self._end()
            self._end = None

    def ask(self) -> None:
        """Have it read; in the screen's thread."""
        self._is_asked = True
        self._read()

    def gather(self, read: Callable[[Touched | None], Read]) -> Read:
        """What `read` makes of what was touched since the last time; of None it reads everything.

        In the recorder's thread. Raises StoreError, and what `read` raises.
        """
        try:
            return read(self._begin())
        except Exception:
            with self._lock:
                self._whole, self._rests_until = True, time.monotonic() + RETRY_SECONDS
            raise

    def _begin(self) -> Touched | None:
        with self._lock:
            self._is_asked, begun = False, self._begun
            self._rests_until = time.monotonic() + REST
            self._look()
            touched, self._touched = self._touched, set()
            whole, self._whole = self._whole or begun != self._read_as_of, False
            self._read_as_of = begun
            return None if whole else touched

    def _changed(self) -> bool:
        """In the follower's thread."""
        if self._is_asked or time.monotonic() < self._rests_until:
            return False
        with self._lock:
            self._look()
            return self._whole or bool(self._touched)

    def _look(self) -> None:
        """Take in what others recorded; a new day changes what is overdue."""
        self._store.refresh()
        n, day = self._store.head()[0], today()
        self._whole |= day != self._day
        self._day = day
        if n != self.n and not self._whole:
            changes = (change for record in self._store.changes(self.n) for change in record.changes)
            self._touched.update((change.table, change.id) for change in changes if change.table in self._tables)
        self.n = n

    def _news(self) -> None:
        if self._end is not None:
            self.ask()
