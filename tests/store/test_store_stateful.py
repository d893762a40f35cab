"""The store against a dict, with reopening, a second store and torn tails in between."""

import tempfile
from pathlib import Path
from shutil import rmtree

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store_helpers import HastyDisk, tx

from qms_tui.store.base import Conflict, Op
from qms_tui.store.open import open_store

tables = st.sampled_from(["t", "u"])
ids = st.sampled_from(["1", "2", "3"])
values = (
    st.none()
    | st.booleans()
    | st.integers(0, 2)
    | st.text(max_size=2).filter(str.isprintable)
    | st.lists(st.integers(0, 1), max_size=2)
)
fields = st.dictionaries(st.sampled_from(["a", "b", "number"]), values, max_size=3)


class AgainstDict(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
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
    def stale(self, which: int, table: str, id: str) -> None:  # noqa: A002
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

    @invariant()
    def same(self) -> None:
        for store in getattr(self, "stores", []):
            store.refresh()
            assert store.head()[0] == self.n
            assert {(t, d.id): d for t in ("t", "u") for d in store.find(t)} == self.docs
            assert {(t, d.id): d.rev for t in ("t", "u") for d in store.find(t)} == self.revs

    def teardown(self) -> None:
        for store in getattr(self, "stores", []):
            store.close()
        rmtree(self.folder.parent, ignore_errors=True)


AgainstDict.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestAgainstDict = AgainstDict.TestCase
