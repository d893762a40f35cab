"""The store against a dict, with reopening, a second store, torn tails, checkpoints and harm to them in between."""

import tempfile
from pathlib import Path
from shutil import rmtree

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store_helpers import HastyDisk, tx

from qms_tui.store import present
from qms_tui.store.base import Conflict, Op
from qms_tui.store.open import open_store

TABLES = ("t", "answers", "audits")  # one like any other, one that is kept by audit, one with indexes
tables = st.sampled_from(TABLES)
ids = st.sampled_from(["1", "a/2", "a/3"])
values = (
    st.none()
    | st.booleans()
    | st.integers(0, 2)
    | st.text(max_size=2).filter(str.isprintable)
    | st.lists(st.integers(0, 1), max_size=2)
)
fields = st.dictionaries(st.sampled_from(["a", "b", "number", "status", "void"]), values, max_size=3)


class AgainstDict(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.fold, present.FOLD = present.FOLD, 4
        self.folder = Path(tempfile.mkdtemp()) / "store"
        self.stores = [open_store(self.folder, disk=HastyDisk()), open_store(self.folder, disk=HastyDisk())]
        self.docs: dict[tuple[str, str], dict[str, object]] = {}
        self.revs: dict[tuple[str, str], int] = {}
        self.n = 0

    @rule(
        which=st.integers(0, 1),
        ops=st.lists(st.tuples(tables, ids, fields), min_size=1, max_size=3),
        fresh=st.booleans(),
    )
    def commit(self, which: int, ops: list[tuple[str, str, dict[str, object]]], fresh: bool) -> None:
        made = tx(*(Op(t, i, f, self.revs.get((t, i), 0) if fresh else None) for t, i, f in ops))
        after = {key: dict(doc) for key, doc in self.docs.items()}
        for t, i, f in ops:
            doc = after.setdefault((t, i), {})
            doc.update(f)
            after[t, i] = {k: v for k, v in doc.items() if v is not None}
        changed = [
            key
            for key in after
            if key not in self.docs or repr(sorted(after[key].items())) != repr(sorted(self.docs[key].items()))
        ]
        receipt = self.stores[which].commit(made)
        self.n += bool(changed)
        assert receipt.n == self.n
        self.docs = after
        for key in changed:
            self.revs[key] = self.n

    @rule(which=st.integers(0, 1), table=tables, id=ids)
    def stale(self, which: int, table: str, id: str) -> None:
        try:
            self.stores[which].commit(tx(Op(table, id, {"a": 1}, self.revs.get((table, id), 0) + 1)))
            raise AssertionError("acknowledged")
        except Conflict as conflict:
            assert conflict.theirs == self.docs.get((table, id))

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.stores[which].close()
        self.stores[which] = open_store(self.folder, disk=HastyDisk())

    @rule(data=st.sampled_from([b'{"n":', b'{"n":9,"id":"x","ops":[["t"', b"\xff"]))
    def tear(self, data: bytes) -> None:
        if self.n:
            with (self.folder / "journal.jsonl").open("ab") as file:
                file.write(data)

    @rule(which=st.integers(0, 1))
    def checkpoint(self, which: int) -> None:
        if self.n:
            self.n += self.stores[which].checkpoint()

    @rule(data=st.data())
    def harm(self, data: st.DataObject) -> None:
        """Delete or empty some files of state/, or all of it."""
        files = sorted((self.folder / "state").rglob("*.json"))
        if not files or data.draw(st.integers(0, 9)) == 0:
            rmtree(self.folder / "state", ignore_errors=True)
        else:
            for path in data.draw(st.lists(st.sampled_from(files), max_size=3)):
                path.write_bytes(b"")

    @invariant()
    def same(self) -> None:
        for store in getattr(self, "stores", []):
            store.refresh()
            assert store.head()[0] == self.n
            found = {(t, d.id): d for t in TABLES for d in store.find(t)}
            assert found == self.docs
            assert {key: doc.rev for key, doc in found.items()} == self.revs
            inside = {i: doc for (t, i), doc in self.docs.items() if t == "answers" and i != "1"}
            assert {d.id: d for d in store.find("answers", within="a")} == inside
            live = {i: d for (t, i), d in self.docs.items() if t == "audits" and not d.get("void")}
            for status in {str(d.get("status")) for d in live.values()}:
                wanted = {i for i, d in live.items() if d.get("status") == status}
                assert {d.id for d in store.find("audits", by=("status", status))} == wanted
            numbers = {key: doc.get("number") for key, doc in self.docs.items()}
            wanted_numbers = {key: n if isinstance(n, str) else None for key, n in numbers.items()}
            assert {key: store.number(*key) for key in numbers} == wanted_numbers

    def teardown(self) -> None:
        for store in getattr(self, "stores", []):
            store.close()
        rmtree(self.folder.parent, ignore_errors=True)
        present.FOLD = self.fold


AgainstDict.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestAgainstDict = AgainstDict.TestCase
