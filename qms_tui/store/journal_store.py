"""The store over one journal: what `base.Store` promises."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Self, cast

from qms_tui.i18n import _
from qms_tui.store import evidence, words
from qms_tui.store.actor import system_user
from qms_tui.store.base import Actor, Busy, Doc, Query, Receipt, Record, Tx
from qms_tui.store.clock import Clock, stamp
from qms_tui.store.journal import Journal, Span
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry, numbers, record
from qms_tui.store.lock import FileLock
from qms_tui.store.plan import changes, checked
from qms_tui.store.state import State
from qms_tui.store.tables import JournalDB


class JournalStore:
    """Use `open_store`. One object may serve several threads: one commits, the others read meanwhile."""

    def __init__(self, layout: Layout, clock: Clock, wait: float) -> None:
        user = system_user()
        self.state = State()
        self.about: dict[str, Any] | None = layout.read()
        self._layout = layout
        self._clock = clock
        self._wait = wait
        self._made = False
        self._journal = Journal(layout.disk, layout.journal)
        self._lock = FileLock(layout.disk, layout.lock, user)
        self._turn = threading.Lock()  # one commit of this process at a time
        self._memory = threading.RLock()  # journal position and state belong together
        self._writing = False  # a line of ours is on its way to the disk and is not to be taken in before it is there
        self._news = False
        self._db = JournalDB(self, Actor(user))
        self._take_in()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def database(self, by: Actor, why: str = "") -> JournalDB:
        """TinyDB's own interface to the same tables; every change through it is a transaction of `by`."""
        return JournalDB(self, by, why)

    def snapshot(self, table: str) -> dict[str, Doc]:
        """The documents of a table between two transactions, never amid one."""
        with self._memory:
            return dict(self.state.tables.get(table, {}))

    def get(self, table: str, id: str) -> Doc | None:  # noqa: A002
        with self._memory:
            doc: Doc | None = cast(Any, self._db.table(table)).get(doc_id=id)
        return doc

    def find(self, table: str, query: Query | None = None) -> list[Doc]:
        """Documents in the order in which they were first written. The query must not change what it is shown."""
        documents: Any = self._db.table(table)
        found: list[Doc] = documents.all() if query is None else documents.search(query)
        return found

    def commit(self, tx: Tx) -> Receipt:
        """See `base.Store.commit`. A transaction that changes nothing writes nothing and gives the head's receipt."""
        tx = checked(tx)
        return self._transact(lambda: tx)

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        return self._transact(lambda: checked(build()))

    def _transact(self, build: Callable[[], Tx]) -> Receipt:
        deadline = time.monotonic() + self._wait
        if not self._turn.acquire(timeout=self._wait):
            raise Busy(_("{path}: this program is still writing; try again").format(path=self._layout.directory))
        try:
            with self._hold(deadline):
                self._catch_up()
                return self._write(build())
        finally:
            self._turn.release()

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Record]:  # noqa: A002
        """See `base.Store.history`. Changes of other documents in the same transactions are left out."""
        if table is None and id is None:
            yield from self.changes(0)
            return
        having = json.dumps(table if id is None else id, ensure_ascii=False).encode(errors="replace")
        for entry in self._journal.entries(self._after(0), having):
            ops = [op for op in entry["ops"] if table in (None, op[0]) and id in (None, op[1])]
            if ops:
                yield record(entry | {"ops": ops})

    def changes(self, after: int) -> Iterator[Record]:
        return map(record, self._journal.entries(self._after(after)))

    def _after(self, n: int) -> Span:
        with self._memory:
            return self._journal.span(n + 1, self._journal.n)

    def head(self) -> tuple[int, str]:
        with self._memory:
            return self._journal.n, self._journal.h

    def refresh(self) -> bool:
        """See `base.Store.refresh`. What a commit of this process took in is reported here too. Raises Damaged."""
        with self._memory:
            if not self._writing:
                self._news |= self._take_in()
            news, self._news = self._news, False
            return news

    def put_evidence(self, data: bytes) -> str:
        if self._journal.broken:
            raise self._journal.broken
        if not self._made:
            with self._turn, self._hold(time.monotonic() + self._wait):
                pass
        return evidence.put(self._layout, data)

    def get_evidence(self, digest: str) -> bytes | None:
        return evidence.get(self._layout, digest)

    def close(self) -> None:
        with self._turn, self._memory:
            self._journal.close()

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

    def _catch_up(self) -> None:
        with self._memory:
            self._news |= self._take_in()
            if self._journal.ready():
                self._news |= self._take_in()

    def _take_in(self) -> bool:
        before = self._journal.n
        for entry in self._journal.new():
            self.state.apply(entry)
        return self._journal.n > before

    def _write(self, tx: Tx) -> Receipt:
        done = self.state.transactions.get(tx.id)
        if done is not None:
            self._journal.sync()  # another process may have died between its write and its fsync
            entry = self._journal.entry(done)
            return Receipt(done, entry["at"], numbers(entry)) if entry else Receipt(done, self._journal.at)
        now = self._clock()
        ops = changes(self.state, tx, now.year, self._author)
        if not ops:
            self._journal.sync()
            return Receipt(self._journal.n, self._journal.at)
        entry = {"n": 0, "id": tx.id, "at": stamp(now), "by": tx.by.name}
        if tx.by.via:
            entry["via"] = tx.by.via
        entry["why"] = tx.why
        if tx.undoes is not None:
            entry["undoes"] = tx.undoes
        entry["ops"] = ops
        self._append(entry)
        return Receipt(entry["n"], entry["at"], numbers(entry))

    def _append(self, entry: Entry) -> None:
        """Disk first, then memory. Readers of this process go on while the disk works."""
        with self._memory:
            self._writing = True
        try:
            line = self._journal.write(entry)
            self._journal.sync()
            with self._memory:
                self._journal.wrote(entry, line)
                self.state.apply(entry)
        finally:
            with self._memory:
                self._writing = False

    def _author(self, n: int) -> str:
        entry = self._journal.entry(n)
        return str(entry["by"]) if entry else "?"
