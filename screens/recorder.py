"""What is recorded goes to the disk in a worker thread, in order; what others record is noticed by another.

The screen's own thread never touches the store: a slow disk or a colleague's lock cannot hold a key.
"""

import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from textual.app import App

from qms_tui.screens.store_watch import StoreWatch
from qms_tui.store.base import StoreError

Result = TypeVar("Result")

RETRY_SECONDS = 5.0  # after the store could not be read
POLL_SECONDS = 0.1  # one fstat each; a colleague's answer is seen well within a second


class Recorder:
    """Runs writes one after the other and hands their outcome to the screen's thread."""

    def __init__(
        self,
        app: App[Any],
        watch: StoreWatch | None = None,
        *,
        held: bool = False,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`watch` tells what a write waits for, and whether the store can be written.

        `held`: nothing is begun before `start`. `told` is called in the screen's thread with every outcome.
        """
        self._app = app
        self._told = told
        self._watch = watch
        self._writes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorder")
        self._started = threading.Event()
        if held:
            self._writes.submit(self._started.wait)
        else:
            self._started.set()
        self._followers: set[threading.Event] = set()
        self._awaited = 0

    @property
    def is_held(self) -> bool:
        """Whether what is given waits for the first paint."""
        return not self._started.is_set()

    def start(self) -> None:
        """Begin with what was given so far: the first screen is painted, and another thread cannot hold it up."""
        self._started.set()

    def submit(
        self,
        write: Callable[[], Result],
        done: Callable[[Result], Awaitable[None] | None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `write` after those before it; then `done` or `failed` in the screen's thread."""

        def tell(show: Callable[[Any], Awaitable[None] | None], outcome: object) -> Awaitable[None] | None:
            self._told()
            return show(outcome)

        def run() -> None:
            try:
                outcome = self._watched(write)
            except Exception as error:
                self._app.call_later(tell, failed, error)
            else:
                self._app.call_later(tell, done, outcome)

        # Told by the worker itself and without waiting: a future's callback may run in the screen's thread, and a
        # worker that waits for the screen would never end while `drain` holds it.
        self._writes.submit(run)

    @property
    def is_awaited(self) -> bool:
        """Whether keys about the record wait for something that `submit_awaited` was given."""
        return self._awaited > 0

    def submit_awaited(
        self, write: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """As `submit`, for what the next key is about: `is_awaited` until it is done and what `done` reads is shown."""

        def end(_nothing: object) -> None:
            self._awaited -= 1

        def then(show: Callable[[Any], None], outcome: object) -> None:
            try:
                show(outcome)
            finally:
                self.submit(lambda: None, end, end)

        self._awaited += 1
        self.submit(write, partial(then, done), partial(then, failed))

    def _watched(self, write: Callable[[], Result]) -> Result:
        if self._watch is None:
            return write()
        written = threading.Event()
        threading.Thread(target=self._watch.wait_for, args=(written,), name="patience", daemon=True).start()
        refused: Exception | None = None
        try:
            return write()
        except Exception as error:
            refused = error
            raise
        finally:
            written.set()
            self._watch.after_write(refused)

    def follow(
        self, changed: Callable[[], bool], show: Callable[[], None], failed: Callable[[Exception], None]
    ) -> Callable[[], None]:
        """Ask `changed` ten times a second in a thread of its own; call `show` in the screen's thread when it is so.

        A store that cannot be read is told by `failed`, and asked again later; any other error is a defect, by which
        the app ends. Returns what ends it; neither is called after that.
        """
        stop = threading.Event()
        self._followers.add(stop)

        def tell(call: Callable[..., None], *given: Exception) -> None:
            if not stop.is_set():
                call(*given)

        def look() -> None:
            try:
                news = changed()
            except StoreError as error:
                self._app.call_from_thread(tell, failed, error)
                stop.wait(RETRY_SECONDS)
            else:
                if news:
                    self._app.call_from_thread(tell, show)

        def loop() -> None:
            try:
                while not stop.wait(POLL_SECONDS):
                    look()
            except Exception as defect:
                self._app.call_later(_raise, defect)  # an app that has ended takes nothing

        threading.Thread(target=loop, name="follower", daemon=True).start()

        def end() -> None:
            stop.set()
            self._followers.discard(stop)

        return end

    def drain(self) -> None:
        """Wait until everything given so far has reached the disk; nobody else's news are asked for any more.

        A key that was read before the line went may still give something after it: it is written too.
        """
        for follower in list(self._followers):
            follower.set()
        if self._watch is not None:
            self._watch.end()
        self._started.set()
        self._writes.submit(lambda: None).result()


def _raise(error: Exception) -> None:
    raise error
