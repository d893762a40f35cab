"""The documents as the newest line leaves them: a journal, and the parts of the checkpoint that reading began from."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.store.base import StoreError
from qms_tui.store.checkpoint import Checkpoint, find
from qms_tui.store.ids import uuid7
from qms_tui.store.journal import Journal
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry
from qms_tui.store.parts import PartLost, Parts
from qms_tui.store.state import State

FOLD = 20_000  # lines in memory before they go into parts


class Folded(NamedTuple):
    """All documents in parts that are on the disk: a checkpoint to be; the parts in use, and those used no more."""

    checkpoint: Checkpoint
    used: set[Path]
    replaced: set[Path]


class Present:
    """What one process has read of a store. `memory` is held where documents and place in the journal belong together.

    `tell` is called when reading takes long, before this is made and not after: later a screen may be there, on which
    nobody else may write.
    """

    def __init__(self, layout: Layout, tell: Callable[[str], None] | None) -> None:
        self.memory = threading.RLock()
        self.journal = Journal(layout.disk, layout.journal)
        self.parts = Parts(layout.disk, layout.state)
        self.state = State(self.parts, self._rebuild)
        self.base: Checkpoint | None = None  # what `state` began from
        self.since = uuid7()  # transactions with a greater id were not made before what `state` holds in memory
        self._layout = layout
        self._tell = tell
        self._useless: Checkpoint | None = None  # of which a part is lost
        self._writing = False  # a line of ours is on its way to the disk and is not to be taken in before it is there
        self._news = False
        base = self.newest()
        if base is not None and self.journal.begin(base.place):
            self._start_from(base)
        self._take_in()
        self._news = False
        self._tell = None

    def refresh(self) -> bool:
        """Take in what came; whether anything has since the last call, in a commit of ours too. Raises Damaged."""
        with self.memory:
            if not self._writing:
                self._take_in()
            news, self._news = self._news, False
            return news

    def catch_up(self) -> None:
        """Take in what came, and make the journal ready for a line. The store's lock must be held."""
        with self.memory:
            self._take_in()
            if self.journal.ready():
                self._take_in()

    def append(self, entry: Entry) -> None:
        """Disk first, then memory. Readers of this process go on while the disk works. Raises ReadOnly."""
        with self.memory:
            self._writing = True
        try:
            line = self.journal.write(entry)
            self.journal.sync()
            with self.memory:
                self.journal.wrote(entry, line)
                self.state.apply(entry)
        finally:
            with self.memory:
                self._writing = False

    def newest(self) -> Checkpoint | None:
        """The last checkpoint that can be used."""
        base = find(self._layout.state, self.journal)
        return base if base != self._useless else None

    def fold(self, before: Checkpoint | None) -> Folded | None:
        """Put all documents into parts, on the disk; None before the first line, and while the last lacks its newline.

        `before` is the newest checkpoint. Raises PartLost, StoreError, OSError.
        """
        with self.memory:
            self._take_in()
            if before != self.base:  # another process has made one meanwhile: what it wrote is what we replace
                self._restart(before)
            place = self.journal.place()
            if place is None or place.n == 0:
                return None
            self.state.fold()
            self._folded()
            replaced, used = self.parts.settle()
            if before is None:  # made from the whole journal: what else is there is nobody's
                replaced |= set(self._layout.state.glob("*/*.json")) - used
            return Folded(Checkpoint(place, self.state.roots), used, replaced)

    def begin_anew(self) -> None:
        """Read the journal from its beginning: a part of the last checkpoint is lost."""
        with self.memory:
            self._rebuild(1)

    def close(self) -> None:
        with self.memory:
            self.journal.close()
            self.parts.close()

    def _take_in(self) -> None:
        before = self.journal.n
        for entry in self.journal.new():
            self._apply(entry)
        self._news |= self.journal.n > before

    def _apply(self, entry: Entry) -> None:
        self.state.apply(entry)
        if (self.state.n - self.state.folded) % FOLD == 0:
            self._spill()

    def _spill(self) -> None:
        """What came goes into parts, and out of memory. What cannot be written stays there."""
        if self._tell is not None and self.base is None and self.state.folded == 0:
            path = self._layout.state
            self._tell(_("{path} is made again from the whole journal; this takes a while, once").format(path=path))
        with contextlib.suppress(PartLost, StoreError):
            self.state.fold()
            self._folded()

    def _folded(self) -> None:
        self.parts.tidy()
        self.since = uuid7()
        if self.state.n == self.journal.n:
            self.journal.forget()

    def _start_from(self, base: Checkpoint | None) -> None:
        self.base = base
        self.since = uuid7()
        self.state.reset(base.roots if base else {}, base.place.n if base else 0)

    def _restart(self, base: Checkpoint | None) -> None:
        """The same state from another checkpoint, or from the whole journal: read and checked again up to here."""
        journal = Journal(self._layout.disk, self._layout.journal)
        try:
            self._start_from(base if base is not None and journal.begin(base.place) else None)
            for entry in journal.new() if journal.n < self.journal.n else ():
                self._apply(entry)
                if entry["n"] == self.journal.n:
                    break
        finally:
            journal.close()

    def _rebuild(self, attempt: int) -> None:
        """A part of `state/` is lost: take another checkpoint, else read the journal from its beginning."""
        if not self._writing:
            self._take_in()
        base = self.newest()
        if base is not None and (attempt > 0 or base == self.base):
            self._useless, base = base, None
        self.parts.forget(apart=attempt > 1)
        self._restart(base)
