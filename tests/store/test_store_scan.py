"""Reading many documents at once gives what reading each gives, from a checkpoint, from the lines since, or both."""

from pathlib import Path
from typing import Any

import pytest
from store_helpers import put, tx

from qms_tui.store.base import Op
from qms_tui.store.ids import uuid7
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.open import open_store

STATUSES = ("draft", "analysis", "closed")


def fill(store: JournalStore, count: int, ids: list[str]) -> None:
    for n in range(count):
        ids.append(uuid7())
        fields: dict[str, Any] = {"status": STATUSES[n % 3], "n": n}
        if n % 5 == 0:
            fields["void"] = {"why": "x"}
        store.commit(put("nonconformities", ids[-1], 0, "NC" if n % 7 else None, **fields))


@pytest.fixture(params=["checkpoint", "lines", "both"])
def filled(request: pytest.FixtureRequest, store_dir: Path) -> Any:
    """A store with 400 documents (several parts), some of them changed since a checkpoint; and their ids."""
    store, ids = open_store(store_dir), []
    fill(store, 400 if request.param != "both" else 250, ids)
    if request.param != "lines":
        store.checkpoint()
    if request.param == "both":
        fill(store, 150, ids)
        ops = [Op("nonconformities", id_, {"status": "closed" if n % 2 else "draft"}) for n, id_ in enumerate(ids[:60])]
        store.commit(tx(*ops))
    yield store, ids
    store.close()


def test_by_an_index_as_one_by_one(filled: tuple[JournalStore, list[str]]) -> None:
    store, ids = filled
    for status in (*STATUSES, "unknown"):
        each = {id_: doc for id_ in ids if (doc := store.get("nonconformities", id_)) is not None}
        wanted = {id_: doc for id_, doc in each.items() if doc["status"] == status and not doc.get("void")}
        found = store.find("nonconformities", by=("status", status))
        assert {doc.id: doc for doc in found} == wanted
        assert [doc.revs for doc in found] == [each[doc.id].revs for doc in found]
        even = store.scan("nonconformities", lambda doc: doc["n"] % 2 == 0, by=("status", status))
        assert {doc.id for doc in even} == {id_ for id_, doc in wanted.items() if doc["n"] % 2 == 0}
        newest = store.find("nonconformities", by=("status", status), last=3)
        assert {doc.id for doc in newest} == set(sorted(wanted)[-3:])


def test_a_whole_table_as_one_by_one(filled: tuple[JournalStore, list[str]]) -> None:
    store, ids = filled
    assert {doc.id: dict(doc) for doc in store.scan("nonconformities")} == {
        id_: dict(store.get("nonconformities", id_) or {}) for id_ in ids
    }
    assert [doc["n"] for doc in store.find("nonconformities", lambda doc: doc["n"] == 7)] == [7] * (
        2 if len({doc["n"] for doc in store.scan("nonconformities")}) < 400 else 1
    )
    assert [doc.rev for doc in store.scan("nonconformities")] == [doc.rev for doc in store.find("nonconformities")]
    assert store.scan("nothing") == []


def test_numbers_of_many(filled: tuple[JournalStore, list[str]]) -> None:
    store, ids = filled
    wanted = {id_: number for id_ in ids if (number := store.number("nonconformities", id_))}
    assert 0 < len(wanted) < len(ids)
    assert store.numbers("nonconformities", [*ids, "unknown"]) == wanted
    assert store.numbers("nonconformities", []) == store.numbers("audits", ids) == {}


def test_what_find_gives_may_be_changed(filled: tuple[JournalStore, list[str]]) -> None:
    store, _ids = filled
    for doc in store.find("nonconformities"):
        doc["n"] = "changed"
    assert all(isinstance(doc["n"], int) for doc in store.scan("nonconformities"))
