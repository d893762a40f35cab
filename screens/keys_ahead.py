"""Keys and pastes are taken one by one, in the order in which they come, when what they are meant for is there.

Textual hands a key to the widget that has the focus, and the key comes back to the app when that has no use for it. So
the second of two keys could be taken before the first one, where the first moves the focus: letters of a text would
change their places, or be keys of the screen below.
"""

from bisect import insort
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.screen import Screen
from textual.timer import Timer

Typed = Key | Paste

ALWAYS = ("ctrl+c", "ctrl+q")
_TICK = 1e-6  # seconds; keys that were read at once have one time
_PATIENCE = 1.0  # seconds; a key is done in some milliseconds
_AGAIN = 0.02  # seconds; how often is asked whether what waits may come


class KeysAhead:
    """Those of an app.

    A screen that is not ready for a key says so by `must_wait(key)`, where a paste is None. While one waits the screen
    on top is asked again and again: whatever becomes of the one that it came to, none waits for ever. One that is
    `is_deaf` lets those that came before it wait, and what comes now is let go.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held: list[Typed] = []
        self._sent: Typed | None = None  # one that waited, on its way again
        self._busy: Typed | None = None  # one that was let in and is not done
        self._done_by: Timer | None = None
        self._asking: Timer | None = None  # goes while one waits
        self._last = 0.0
        self._closed = False

    def comes(self, event: Typed) -> bool:
        """Whether one that comes is let in; it is kept otherwise."""
        if isinstance(event, Key) and event.key in ALWAYS:
            return True
        if event is self._sent:
            self._sent = None
        elif getattr(self._app.screen, "is_deaf", False):
            return False
        else:
            event.time = self._last = max(event.time, self._last + _TICK)
            if self._held or self._sent is not None or self._busy is not None:
                return self._hold(event)
        if self._must_wait(event):
            return self._hold(event)
        self._busy = event
        # A widget that went with the key in its queue must not end all keys.
        self._done_by = self._app.set_timer(_PATIENCE, lambda: self.done(event))
        return True

    @property
    def is_busy(self) -> bool:
        """Whether one that was let in is not done."""
        return self._busy is not None

    @property
    def is_waiting(self) -> bool:
        """Whether one waits: the person has gone on, and sees only later what came of the one before."""
        return bool(self._held) or self._sent is not None

    def done(self, event: Typed) -> None:
        """One that was let in has done what it does."""
        if event is self._busy:
            self._busy = None
            if self._done_by is not None:
                self._done_by.stop()
            self._send_next()

    def _send_next(self) -> None:
        """Of those that wait, if it need wait no more."""
        is_one_on_its_way = self._sent is not None or self._busy is not None
        if self._held and not is_one_on_its_way and not self._must_wait(self._held[0]):
            held = self._held.pop(0)
            self._sent = Key(held.key, held.character) if isinstance(held, Key) else Paste(held.text)
            self._sent.time = held.time
            # It was made where a screen may be active: a key of its own would not come back from there.
            self._app.post_message(self._sent.set_sender(self._app))
        if not self._held and self._asking is not None:
            self._asking.pause()

    def drop(self) -> None:
        """What those that wait were meant for will not be there."""
        self._held.clear()

    def close(self) -> None:
        """On the way out there are none; those that wait are dropped."""
        self._closed = True
        self.drop()

    def open(self) -> None:
        """It is not left after all."""
        self._closed = False

    def _hold(self, event: Typed) -> bool:
        if not self._closed:
            insort(self._held, event, key=lambda held: held.time)
            if self._asking is None:
                self._asking = self._app.set_interval(_AGAIN, self._send_next)
            self._asking.resume()
        return False

    def _must_wait(self, event: Typed) -> bool:
        must_wait = getattr(self._app.screen, "must_wait", None)
        key = event.key if isinstance(event, Key) else None
        is_deaf = getattr(self._app.screen, "is_deaf", False)
        return self._closed or is_deaf or (must_wait is not None and bool(must_wait(key)))


def keys_ahead(screen: Screen[Any]) -> KeysAhead:
    """Those of a screen's app."""
    ahead: KeysAhead = screen.app.keys_ahead  # type: ignore[attr-defined]  # of `QuietApp`, which imports this file
    return ahead
