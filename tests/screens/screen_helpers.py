"""The real app over a real store, driven by keys; every wait is for a condition."""

import asyncio
import errno
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cold_store import cold_store
from key_pilot import KeyPilot
from textual.events import Paste
from textual.widgets import TextArea

from qms_tui.reports.record import Entry
from qms_tui.screens.app import QmsApp
from qms_tui.screens.conflict import ConflictScreen
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.screens.widgets.status_line import MessageLine, StatusLine
from qms_tui.store.base import Actor, Doc, Receipt, Tx
from qms_tui.store.disk import Disk
from qms_tui.store.open import open_store
from qms_tui.workflow.about import About
from qms_tui.workflow.begin import go_on
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import Walk

BOUND = 20.0  # seconds until a wait is given up; no test is about time

Golden = Callable[[str, Sequence[str]], None]

EVERY_KIND = cold_store("""\
- [ ] Doors close by themselves {#doors}
  - severity: major
  - clause: ISO 9001 8.5.1, QMS 4.1
  - weight: 2
  > Open each door wide and let go. A door that stands open by itself fails,
  > whatever the reason.
- [ ] Temperature {#temp}
  - answer: number °C
  - limits: 2..8 °C
""")


class Session:
    """One app in a test."""

    def __init__(self, app: QmsApp) -> None:
        self.app = app
        self.pilot = KeyPilot(app)
        self.given = 0  # how often something was handed to the recorder
        self._submit = app.recorder.submit
        app.recorder.submit = self._give  # type: ignore[method-assign]  # counts, and hands on

    # Waiting

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        end = time.monotonic() + BOUND
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what or condition}:\n" + "\n".join(self.lines())
            await asyncio.sleep(0.005)
        await self.pilot.pause()

    async def settle(self) -> None:
        """Until all keys pressed so far are taken, and everything handed to the recorder is written and shown."""
        ahead, given = self.app.keys_ahead, -1
        while given != self.given:  # what is written makes a screen ask for what it then shows
            await self.until(lambda: not ahead.is_waiting and not ahead.is_busy, "the keys that wait")
            given, reached = self.given, list[object]()
            self._submit(lambda: None, reached.append, reached.append)
            await self.until(lambda reached=reached: reached, "the recorder")

    def _give(self, *work: Any) -> None:
        self.given += 1
        self._submit(*work)

    # Keys

    async def press(self, *keys: str) -> None:
        """Keys of a screen; a text that they ask for is open afterwards."""
        for key in keys:
            await self.pilot.press(key)
            await self.until(lambda: not len(self.app.workers), "the workers")

    async def type(self, text: str, *, enter: bool = True) -> None:
        """A text into the open prompt."""
        await self.until(lambda: self.prompt.is_open and isinstance(self.app.focused, TextArea), "the prompt")
        await self.pilot.press(*(_NAMES.get(character, character) for character in text))
        if enter:
            await self.pilot.press("enter")
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        await self.until(lambda: self.prompt.is_open and isinstance(self.app.focused, TextArea), "the prompt")
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def go(self, item: str) -> None:
        """To an item by its id, as a person goes there."""
        await self.press("g")
        await self.type(item)
        assert self.current == item

    async def decide_later(self) -> None:
        """A colleague was first: leave the choice open."""
        await self.until(lambda: isinstance(self.app.screen, ConflictScreen), "the choice")
        await self.press("q")

    def kill(self) -> None:
        """Leave on the disk what a kill leaves there a second after the last key; the window keeps nothing more."""
        self.app.keeping.keeper.keep()
        self.app.keeping.keeper.end()
        self.app.drafts.end(kept=False)

    # Looking

    def lines(self) -> list[str]:
        """The screen as text, a line a row."""
        # Private: Textual offers the picture as SVG only.
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    def shows(self, text: str) -> bool:
        return any(text in line for line in self.lines())

    def line_with(self, text: str) -> str:
        return next((line for line in self.lines() if text in line), "")

    @property
    def walk_screen(self) -> WalkScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, WalkScreen))

    @property
    def walk(self) -> Walk:
        assert self.walk_screen.board is not None
        return self.walk_screen.board.walk

    @property
    def current(self) -> str:
        entry = self.walk_screen.current
        return entry.item.id if entry else ""

    @property
    def rows(self) -> RowList:
        return self.app.screen.query_one(RowList)

    @property
    def prompt(self) -> Prompt:
        return self.app.screen.query_one(Prompt)

    @property
    def message(self) -> str:
        return self.app.screen.query_one(MessageLine).text

    @property
    def status(self) -> str:
        return self.walk_screen.query_one(StatusLine).text

    def mark(self, item: str) -> str:
        return next(row.mark for row in self.walk_screen.rows.rows if row.key == item)

    # The record

    def entry(self, item: str) -> Entry:
        return next(entry for entry in self.walk.all_entries() if entry.item.id == item)

    def answer(self, item: str) -> Doc | None:
        """As the store has it."""
        return self.app.store.get("answers", f"{self.walk.audit_id}/{item}")

    def finding(self, item: str) -> Doc | None:
        return self.app.store.get("findings", f"{self.walk.audit_id}/{item}")

    def nonconformities(self) -> list[Doc]:
        return self.app.store.find("nonconformities", lambda doc: not doc.get("void"))


def colleague_answers(directory: Path, by: Actor, number: str | None, item: str, given: Given) -> None:
    """Answer an item of an audit in a window of the colleague's own."""
    with open_store(directory) as store:
        walk = go_on(store, by, number)
        walk.answer(next(entry.item for entry in walk.entries() if entry.item.id == item), given)


_NAMES = {" ": "space", "\n": "enter"}


@asynccontextmanager
async def home(
    store: Any, directory: Path, actor: Actor, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Session]:
    """The home screen."""
    app = QmsApp(store, directory, actor)
    async with app.run_test(size=size):
        session = Session(app)
        await session.settle()
        try:
            yield session
        finally:
            app.recorder.drain()


@asynccontextmanager
async def walking(
    store: Any,
    directory: Path,
    actor: Actor,
    text: str | None = EVERY_KIND,
    *,
    resume: str | None = None,
    size: tuple[int, int] = (80, 24),
    about: About = About(),  # noqa: B008 - a tuple
) -> AsyncIterator[Session]:
    """A walk of a checklist given as Markdown, or of an audit that is gone on with."""
    app = QmsApp(store, directory, actor)
    reference: str | None = resume
    if resume is None:
        file = directory.parent / "checklist.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or "", "utf-8")
        reference = str(file)
    app.walk_first(reference, resume=resume is not None, about=about)
    async with app.run_test(size=size):
        session = Session(app)
        await session.until(lambda: session.walk_screen.board, "the walk")
        await session.settle()
        try:
            yield session
        finally:
            app.recorder.drain()


class HeldStore:
    """A store whose commits wait until they are let through."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.gate = threading.Event()
        self.waiting = threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, tx: Tx) -> Receipt:
        return self.transact(lambda: tx)

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        self.waiting.set()
        assert self.gate.wait(BOUND)
        receipt: Receipt = self._store.transact(build)
        return receipt


class FullDisk(Disk):
    """A disk that takes no more bytes while `full`."""

    full = False

    def write(self, fd: int, data: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(fd, data)
