"""Readers beside a commit in one process see all of it or nothing; a journal that fails says so in words."""

import threading
from pathlib import Path
from typing import Any

import pytest
from store_helpers import HastyDisk, put, tx

from qms_tui.store.base import Damaged, Op, StoreError
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.open import open_store
from qms_tui.store.state import State


def test_no_reader_sees_half_a_commit(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit stopped between the journal's position and the state: whoever reads meanwhile waits for its end."""
    stopped, go_on = threading.Event(), threading.Event()
    apply = State.apply

    def slow(state: State, entry: dict[str, Any]) -> None:
        stopped.set()
        go_on.wait(5)
        apply(state, entry)

    with open_store(store_dir) as store:
        store.commit(put("t", "1", v=1))
        monkeypatch.setattr(State, "apply", slow)
        writer = threading.Thread(target=lambda: store.commit(tx(Op("t", "1", {"v": 2}), Op("t", "2", {"v": 2}))))
        writer.start()
        assert stopped.wait(5)
        seen: list[Any] = []
        reads = (
            lambda: [r.n for r in store.changes(1)],
            lambda: [r.n for r in store.history("t", "2")],
            lambda: store.get("t", "1"),
            lambda: store.find("t"),
        )
        readers = [threading.Thread(target=lambda read=read: seen.append(read())) for read in reads]
        for reader in readers:
            reader.start()
            reader.join(0.1)
        assert seen == []
        go_on.set()
        for thread in (*readers, writer):
            thread.join(5)
        assert sorted(map(str, seen)) == sorted(map(str, [[2], [2], {"v": 2}, [{"v": 2}, {"v": 2}]]))


def test_a_range_is_fixed_when_it_is_asked_for(store: JournalStore) -> None:
    for n in range(3):
        store.commit(put("t", str(n), v=n))
    asked = store.changes(1)
    store.commit(put("t", "3", v=3))
    assert [r.n for r in asked] == [2, 3]
    whole = store.history()
    first = next(whole)
    store.commit(put("t", "4", v=4))  # no reader holds the lock between two entries
    assert [first.n, *(r.n for r in whole)] == [1, 2, 3, 4]


def test_a_journal_that_changed_since_it_was_read(store_dir: Path) -> None:
    journal = store_dir / "journal.jsonl"
    with open_store(store_dir, disk=HastyDisk()) as store:
        store.commit(put("t", "1", v="apple"))
        whole = journal.read_bytes()
        journal.write_bytes(whole.replace(b"apple", b"pears"))
        with pytest.raises(Damaged, match="changed since"):
            list(store.changes(0))
        journal.write_bytes(whole[:-20])
        with pytest.raises(Damaged, match="shorter"):
            list(store.history("t"))
        journal.unlink()
        with pytest.raises(StoreError, match="cannot be read"):
            list(store.changes(0))
