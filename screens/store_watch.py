"""What a person must know while the store does not take what they give: who holds it, or why it is read-only."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from qms_tui.i18n import _
from qms_tui.store.base import Holder, ReadOnly, Store
from qms_tui.store.holder import held_by

PATIENCE = 1.0  # seconds that a write may take before it is said what it waits for
LOOK_SECONDS = 5.0  # until it is asked again whether a store that is read-only can be written


class Told(Protocol):
    """What of the app is told, in its own thread."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool: ...

    def show_waiting(self, words: str) -> None: ...

    def show_banner(self, words: str) -> None: ...


class StoreWatch:
    """Asks the store in other threads than the screen's, and tells the app only what has changed."""

    def __init__(self, app: Told, store: Store) -> None:
        self._app = app
        self._store = store
        self._banner = ""
        self._ended = threading.Event()
        self._looking: threading.Timer | None = None

    def wait_for(self, written: threading.Event) -> None:
        """Say who holds the store for as long as a write waits for it; in a thread of its own."""
        said = ""
        while not written.wait(PATIENCE):
            words = waiting_words(self._store.holder())
            if words != said:
                said = words
                self._app.call_later(self._app.show_waiting, words)
        if said:
            self._app.call_later(self._app.show_waiting, "")

    def look(self) -> None:
        """Say whether the store can be written, and ask again while it cannot."""
        words = banner_words(self._store.barred())
        if words != self._banner:
            self._banner = words
            self._app.call_later(self._app.show_banner, words)
        if words and not self._ended.is_set() and (self._looking is None or self._looking.finished.is_set()):
            self._looking = threading.Timer(LOOK_SECONDS, self._look_again)
            self._looking.daemon = True
            self._looking.start()

    def _look_again(self) -> None:
        self._looking = None
        if not self._ended.is_set():
            self.look()

    def after_write(self, error: Exception | None) -> None:
        """A write has ended."""
        if self._banner or isinstance(error, ReadOnly):
            self.look()

    def end(self) -> None:
        self._ended.set()
        if self._looking is not None:
            self._looking.cancel()


def waiting_words(holder: Holder | None) -> str:
    return "" if holder is None else _("busy: {holder}; waiting").format(holder=held_by(holder))


def banner_words(barred: ReadOnly | None) -> str:
    return "" if barred is None else _("READ-ONLY: {why}").format(why=barred.short)
