"""The store over one journal: what `base.Store` promises."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Self

from qms_tui.i18n import _
from qms_tui.store import evidence, words
from qms_tui.store.actor import system_user
from qms_tui.store.base import Actor, Busy, Doc, Holder, Query, ReadOnly, Receipt, Record, StoreError, Tx
from qms_tui.store.checkpoint import TAIL, alone, point, said, swept
from qms_tui.store.clock import Clock, stamp
from qms_tui.store.ids import is_uuid7, uuid7
from qms_tui.store.journal import Span
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry, Ops, numbers, record
from qms_tui.store.lock import FileLock
from qms_tui.store.parts import PartLost
from qms_tui.store.plan import changes, checked
from qms_tui.store.present import Present
from qms_tui.store.values import copied

_NEAR = 8  # lines between two that are looked for, which are read over rather than looking anew
_PATIENCE = 1.0  # seconds that a checkpoint waits for the lock: another time will do
_FULL = 65_536  # bytes: a disk with less has no room for what a person may enter


class JournalStore:
    """Use `open_store`. One object may serve several threads: one commits, the others read meanwhile."""

    def __init__(
        self, layout: Layout, clock: Clock, wait: float, tell: Callable[[str], None] | None = None, name: str = ""
    ) -> None:
        self.about: dict[str, Any] | None = layout.read()
        self._present = Present(layout, tell)
        self._journal, self.state, self._memory = self._present.journal, self._present.state, self._present.memory
        self._layout = layout
        self._clock = clock
        self._wait = wait
        self._made = False
        self._lock = FileLock(layout.disk, layout.lock, name or system_user())
        self._turn = threading.Lock()  # one commit of this process at a time
        self._refused: ReadOnly | None = None  # what the last write met
        self._full = False  # and whether there was no room then

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def snapshot(self, table: str) -> dict[str, Doc]:
        """The documents of a table between two transactions, never amid one."""
        with self._memory:
            return self.state.docs(table)

    def peek(self, table: str, id: str) -> Doc | None:
        """As `get`, but the document is not a copy."""
        with self._memory:
            return self.state.doc(table, id)

    def tables(self) -> list[str]:
        """The names of the tables that have documents."""
        with self._memory:
            return self.state.tables()

    def get(self, table: str, id: str) -> Doc | None:
        doc = self.peek(table, id)
        return None if doc is None else _copy(doc)

    def find(
        self,
        table: str,
        query: Query | None = None,
        *,
        within: str | None = None,
        by: tuple[str, str] | None = None,
        last: int | None = None,
    ) -> list[Doc]:
        """See `base.Store.find`. The query must not change what it is shown."""
        return [_copy(doc) for doc in self._found(table, query, within, by, last).values()]

    def scan(self, table: str, query: Query | None = None, *, by: tuple[str, str] | None = None) -> list[Doc]:
        """See `base.Store.scan`."""
        return list(self._found(table, query, None, by, None).values())

    def _found(
        self, table: str, query: Query | None, within: str | None, by: tuple[str, str] | None, last: int | None
    ) -> dict[str, Doc]:
        with self._memory:
            if by is not None:
                return self.state.by(table, *by, keep=query, last=last)
            if within is not None:
                found = self.state.within(table, within)
                return found if query is None else {one: doc for one, doc in found.items() if query(doc)}
            return self.state.docs(table, query)

    def number(self, table: str, id: str) -> str | None:
        return self.numbers(table, [id]).get(id)

    def numbers(self, table: str, ids: Iterable[str]) -> dict[str, str]:
        with self._memory:
            return self.state.numbers(table, ids)

    def commit(self, tx: Tx) -> Receipt:
        """See `base.Store.commit`. A transaction that changes nothing writes nothing and gives the head's receipt."""
        tx = checked(tx)
        return self._transact(lambda: tx)

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        return self._transact(lambda: checked(build()))

    def _transact(self, build: Callable[[], Tx]) -> Receipt:
        deadline = time.monotonic() + self._wait
        if not self._turn.acquire(timeout=self._wait):
            raise Busy(
                _("{path} is busy: this program is still writing; try again").format(path=self._layout.directory)
            )
        try:
            with self._hold(deadline):
                self._present.catch_up()
                receipt = self._write(build())
            self._refused = None
            return receipt
        except ReadOnly as error:
            self._refused = error
            self._full = self._layout.disk.free(self._layout.directory) < _FULL
            raise
        finally:
            self._turn.release()

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Record]:
        """See `base.Store.history`. Changes of other documents in the same transactions are left out."""
        if table is None and id is None:
            yield from (each for each in self.changes(0) if each.changes)
        elif id is not None:
            docs = [self.peek(one, id) for one in ([table] if table is not None else self.tables())]
            for entry in self._entries(sorted({n for doc in docs if doc is not None for n in doc.revs})):
                yield from _of(entry, table, id)
        else:
            having = json.dumps(table, ensure_ascii=False).encode(errors="replace")
            for entry in self._journal.entries(self._after(0), having):
                yield from _of(entry, table, id)

    def records(self, numbers: Iterable[int]) -> Iterator[Record]:
        return map(record, self._entries(numbers))

    def changes(self, after: int) -> Iterator[Record]:
        return map(record, self._journal.entries(self._after(after)))

    def _entry(self, n: int) -> Entry:
        return next(self._entries([n]))

    def _entries(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """Lines by their numbers, which grow; those near each other are read at once."""
        wanted = list(numbers)
        while wanted:
            run = 1
            while run < len(wanted) and wanted[run] - wanted[run - 1] <= _NEAR:
                run += 1
            near, wanted = set(wanted[:run]), wanted[run:]
            with self._memory:
                span = self._journal.span(min(near), max(near))
            yield from (entry for entry in self._journal.entries(span) if entry["n"] in near)

    def _after(self, n: int) -> Span:
        with self._memory:
            return self._journal.span(n + 1, self._journal.n)

    def head(self) -> tuple[int, str]:
        with self._memory:
            return self._journal.n, self._journal.h

    def refresh(self) -> bool:
        """See `base.Store.refresh`. What a commit of this process took in is reported here too. Raises Damaged."""
        return self._present.refresh()

    def holder(self) -> Holder | None:
        return self._lock.holder()

    def barred(self) -> ReadOnly | None:
        """See `base.Store.barred`. Opens lock and journal as a write would, and writes nothing."""
        if self._journal.broken:
            return self._journal.broken
        disk = self._layout.disk
        for path in (self._layout.lock, self._layout.journal):
            try:
                disk.close(disk.open(path, os.O_RDWR))
            except (FileNotFoundError, NotADirectoryError):
                continue  # no store yet
            except OSError as error:
                self._refused = None  # it goes with the rights
                return words.not_written(error, path)
        if self._full and disk.free(self._layout.directory) >= _FULL:
            self._refused = None  # it goes with the room
        return self._refused

    def put_evidence(self, data: bytes) -> str:
        if self._journal.broken:
            raise self._journal.broken
        if not self._made:
            with self._turn, self._hold(time.monotonic() + self._wait):
                pass
        return evidence.put(self._layout, data)

    def get_evidence(self, digest: str) -> bytes | None:
        return evidence.get(self._layout, digest)

    def checkpoint(self) -> bool:
        """Bring `state/` up to the newest line; False when it was somebody else's turn. Raises StoreError, OSError."""
        with self._turn, alone(self._layout.disk, self._layout.state) as mine:
            if not mine:
                return False
            try:
                return self._checkpoint()
            except PartLost:
                self._present.begin_anew()
                return self._checkpoint()

    def _checkpoint(self) -> bool:
        before = self._present.newest()
        folded = self._present.fold(before)
        if folded is None or self._present.parts.apart:
            return False
        with self._hold(time.monotonic() + min(self._wait, _PATIENCE)):
            self._present.catch_up()
            offset = self._journal.end
            entry = _line(Tx(uuid7(), Actor(system_user()), ()), [], self._clock())
            self._present.append(entry | {"checkpoint": said(folded.checkpoint)})
        folder = self._layout.state
        self._present.base = point(self._layout.disk, folder, offset, folded.checkpoint, folded.replaced)
        for path in swept(folder, before.replaced if before else (), folded.used):
            self._present.parts.remove(path)
        return True

    def close(self) -> None:
        """Close the files, after a checkpoint when one is due and this user may write it: nobody waits for it here."""
        base = self._present.base
        tail = self._journal.n - (base.place.n if base else 0)
        if tail > TAIL and not self._journal.broken and os.access(self._layout.journal, os.W_OK):
            with contextlib.suppress(StoreError, OSError, PartLost):
                self.checkpoint()
        with self._turn:
            self._present.close()

    @contextlib.contextmanager
    def _hold(self, deadline: float) -> Iterator[None]:
        """The store's lock, on a store that is there. Raises Busy, ReadOnly, Damaged."""
        if self._journal.broken:
            raise self._journal.broken
        lock = self._lock.hold(max(0.0, deadline - time.monotonic()))
        try:
            if not self._made:
                self._layout.make_lock()
            lock.__enter__()
        except OSError as error:
            raise words.not_written(error, self._layout.lock) from error
        with contextlib.ExitStack() as stack:
            stack.push(lock)
            if not self._made:
                try:
                    self.about = self._layout.make(stamp(self._clock()))
                except OSError as error:
                    raise words.not_written(error, self._layout.directory) from error
                self._made = True
            yield

    def _write(self, tx: Tx) -> Receipt:
        done = self._done(tx.id)
        if done is not None:
            self._journal.sync()  # another process may have died between its write and its fsync
            return Receipt(done["n"], done["at"], numbers(done))
        now = self._clock()
        with self._memory:
            ops = changes(self.state, tx, now.year, self._author)
        if not ops:
            self._journal.sync()
            return Receipt(self._journal.n, self._journal.at, wrote=False)
        entry = _line(tx, ops, now)
        self._present.append(entry)
        return Receipt(entry["n"], entry["at"], numbers(entry))

    def _done(self, id: str) -> Entry | None:
        """The line of a transaction that is recorded already; its id tells when it may be older than what we hold."""
        n = self.state.transactions.get(id)
        if n is not None:
            return self._entry(n)
        if is_uuid7(id) and id > self._present.since:
            return None
        having = b'"id":%s,' % json.dumps(id, ensure_ascii=False).encode()
        older = self._journal.entries(self._journal.span(1, self.state.folded), having)
        return next((entry for entry in older if entry["id"] == id), None)

    def _author(self, n: int) -> str:
        return str(self._entry(n)["by"])


def _copy(doc: Doc) -> Doc:
    return Doc(copied(doc), doc.id, doc.revs)


def _line(tx: Tx, ops: Ops, now: datetime) -> Entry:
    entry: Entry = {"n": 0, "id": tx.id, "at": stamp(now), "by": tx.by.name}
    if tx.by.via:
        entry["via"] = tx.by.via
    entry["why"] = tx.why
    if tx.undoes is not None:
        entry["undoes"] = tx.undoes
    entry["ops"] = ops
    return entry


def _of(entry: Entry, table: str | None, id: str | None) -> Iterator[Record]:
    ops = [op for op in entry["ops"] if table in (None, op[0]) and id in (None, op[1])]
    if ops:
        yield record(entry | {"ops": ops})
