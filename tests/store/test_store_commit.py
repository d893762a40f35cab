"""Committing: what is written, refused, numbered, repeated."""

import json
import math
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from store_helpers import DurableDisk, put, tx

from qms_tui.store.base import Actor, Conflict, Damaged, Invalid, Op, StoreError, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_bytes().split(b"\n")[:-1]]


def test_reading_where_nothing_is_creates_nothing(folder: Path) -> None:
    with open_store(folder) as store:
        assert store.find("audits") == []
        assert store.get("audits", "1") is None
        assert list(store.history()) == [] == list(store.changes(0))
        assert store.head() == (0, "0" * 64)
        assert not store.refresh()
        assert store.get_evidence("0" * 64) is None
    assert not folder.exists()


def test_a_change_holds_old_and_new(folder: Path) -> None:
    with open_store(folder) as store:
        store.commit(put("findings", "f", grade="major", note="x"))
        store.commit(
            Tx(uuid7(), Actor("anna", "root"), [Op("findings", "f", {"grade": "minor", "note": None})], "re-graded", 1)
        )
        assert store.get("findings", "f") == {"grade": "minor"}
        (record,) = store.changes(1)
    second = lines(folder)[1]
    assert list(second) == ["n", "id", "at", "by", "via", "why", "undoes", "ops", "prev", "h"]
    assert second["ops"] == [["findings", "f", {"grade": ["major", "minor"], "note": ["x"]}]]
    assert (record.via, record.why, record.undoes) == ("root", "re-graded", 1)
    assert [(c.field, c.old, c.new) for c in record.changes] == [("grade", "major", "minor"), ("note", "x", None)]


def test_one_write_and_one_fsync_before_the_receipt(folder: Path) -> None:
    disk = DurableDisk()
    with open_store(folder, disk=disk) as store:
        store.commit(put("t", "0", v=0))
        for v in range(1, 5):
            disk.calls.clear()
            store.commit(put("t", "0", v=v))
            assert disk.calls == ["write", "fsync"]
            left = disk.left(folder / "journal.jsonl")
            assert left.count(b"\n") == v + 1
        assert disk.left(folder / "store.json")
        digest = store.put_evidence(b"photo")
        assert disk.left(folder / "evidence" / digest) == b"photo"


def test_a_stale_change_is_refused_with_both_values(folder: Path) -> None:
    with open_store(folder) as store:
        store.commit(put("nc", "1", 0, "NC", grade="minor"))
        store.commit(put("nc", "1", 1, grade="major"))
        with pytest.raises(Conflict) as caught:
            store.commit(tx(Op("audits", "a", {"x": 1}), Op("nc", "1", {"grade": "none\nat all"}, 1)))
        assert caught.value.theirs == {"grade": "major", "number": caught.value.theirs["number"]}
        assert caught.value.theirs.rev == 2
        assert caught.value.mine == {"grade": "none\nat all"}
        message = str(caught.value)
        assert (
            "\n" not in message
            and "anna" in message
            and '"major"' in message
            and "none" in message
            and "NC-" in message
        )
        assert store.get("audits", "a") is None
        for stale in (put("nc", "1", 0, x=1), put("nc", "2", 5, x=1)):
            with pytest.raises(Conflict):
                store.commit(stale)
        assert store.head()[0] == 2


def test_numbers_count_by_table_prefix_and_year(folder: Path) -> None:
    now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    clock = [now]
    with open_store(folder, clock=lambda: clock[0]) as store:
        receipt = store.commit(
            tx(Op("nc", "a", {}, 0, "NC"), Op("nc", "b", {}, 0, "NC"), Op("actions", "a", {}, 0, "A"))
        )
        assert store.get("nc", "b") == {"number": "NC-2026-0002"}
        assert store.get("actions", "a") == {"number": "A-2026-0001"}
        assert receipt.at == "2026-12-31T20:00:00.000Z"
        store.commit(put("nc", "b", void="mistake", number=None))
        assert store.commit(put("nc", "c", 0, "NC")).numbers == {"c": "NC-2026-0003"}
        assert store.commit(put("nc", "c", number="NC", x=1)).numbers == {}
        clock[0] = now.astimezone(timezone(timedelta(hours=8)))
        assert store.commit(put("nc", "d", 0, "NC")).numbers == {"d": "NC-2027-0001"}
    with open_store(folder, clock=lambda: now) as store:
        assert store.commit(put("nc", "e", 0, "NC")).numbers == {"e": "NC-2026-0004"}


def test_the_same_transaction_again_gives_the_earlier_receipt(folder: Path) -> None:
    once = put("nc", "1", 0, "NC", grade="minor")
    with open_store(folder) as store:
        first = store.commit(once)
        store.commit(put("nc", "1", grade="major"))
        assert store.commit(once) == first
    with open_store(folder) as store:
        assert store.commit(once) == first
        assert store.get("nc", "1")["grade"] == "major"
        assert store.head()[0] == 2


def test_no_change_writes_nothing(folder: Path) -> None:
    with open_store(folder) as store:
        first = store.commit(put("t", "1", a=1, b=[{"c": 1.5}]))
        assert store.commit(put("t", "1", a=1, b=[{"c": 1.5}], d=None)).n == first.n
        assert store.commit(put("t", "1", a=True)).n == 2
        assert store.commit(put("t", "1", a=1.0)).n == 3
    assert len(lines(folder)) == 3


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, "\ud800", {"k": ["\udfff"]}, {1: 2}, 2**64, datetime(2026, 1, 1), b"x"]
)
def test_what_json_cannot_hold_is_refused_before_anything_is_written(folder: Path, value: object) -> None:
    with open_store(folder) as store, pytest.raises(Invalid) as caught:
        store.commit(put("t", "1", field=value))
    assert "t.field" in str(caught.value) and "\n" not in str(caught.value)
    str(caught.value).encode()
    assert not folder.exists()


def test_any_text_is_harmless(folder: Path) -> None:
    text = "a\r\nb\u2028c\u2029d\x85e\x0b\x0c\x00\x1b[1m 稽核 🙂 \ufeff"
    with open_store(folder) as store:
        store.commit(tx(Op("t\u2028", "1\r", {"f\n": text}), why=text))
    with open_store(folder) as store:
        assert store.get("t\u2028", "1\r") == {"f\n": text}
        assert [r.why for r in store.history("t\u2028", "1\r")] == [text]
    assert (folder / "journal.jsonl").read_bytes().count(b"\n") == 1


def test_documents_are_copies(folder: Path) -> None:
    given = {"list": [{"a": 1}]}
    with open_store(folder) as store:
        store.commit(tx(Op("t", "1", given)))
        given["list"][0]["a"] = 2
        for doc in (store.get("t", "1"), store.find("t")[0], store.find("t", lambda d: True)[0]):
            assert (doc.id, doc.rev) == ("1", 1)
            doc["list"][0]["a"] = 3
        assert store.get("t", "1") == {"list": [{"a": 1}]}


def test_two_stores_see_each_other(folder: Path) -> None:
    with open_store(folder) as one, open_store(folder) as two:
        one.commit(put("t", "1", v=1))
        assert two.refresh() and not two.refresh()
        assert two.get("t", "1") == {"v": 1}
        two.commit(put("t", "1", 1, v=2))
        with pytest.raises(Conflict):
            one.commit(put("t", "1", 1, v=3))
        assert one.refresh() and not one.refresh()
        assert [r.n for r in one.changes(1)] == [2]
        assert one.head() == two.head()


def test_trail_of_one_document(folder: Path) -> None:
    with open_store(folder) as store:
        store.commit(tx(Op("t", "1", {"a": 1}), Op("u", "1", {"a": 1}), Op("t", "2", {"a": "1"})))
        store.commit(put("u", "1", a=2))
        assert [[(c.table, c.id) for c in r.changes] for r in store.history("t", "1")] == [[("t", "1")]]
        assert [r.n for r in store.history("u")] == [1, 2]
        assert [r.n for r in store.history()] == [1, 2]
        assert len(next(store.history()).changes) == 3


def test_threads_read_while_one_commits(folder: Path) -> None:
    done = threading.Event()
    wrong: list[object] = []
    with open_store(folder) as store:

        def read() -> None:
            while not done.is_set():
                store.refresh()
                wrong.extend(doc for doc in store.find("t") if doc["a"] != doc["b"] or doc.rev < 1)

        def write(name: str) -> None:
            for i in range(30):
                store.commit(put("t", f"{name}{i % 7}", a=i, b=i))

        readers = [threading.Thread(target=read) for _ in range(2)]
        writers = [threading.Thread(target=write, args=(name,)) for name in "xyz"]
        for thread in readers + writers:
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        for thread in readers:
            thread.join()
        assert not wrong
        assert store.head()[0] == 90
        with open_store(folder) as other:
            assert other.find("t") == store.find("t")


def test_a_newer_format_and_strangers_are_refused(folder: Path) -> None:
    with open_store(folder) as store:
        store.commit(put("t", "1", v=1))
    about = folder / "store.json"
    was = about.read_text()
    for text in (was.replace('"format":1', '"format":2'), "{", "[]"):
        about.write_text(text)
        with pytest.raises(Damaged, match=r"store\.json"):
            open_store(folder)
    about.unlink()
    with pytest.raises(Damaged, match=r"store\.json"):
        open_store(folder)
    with pytest.raises(StoreError, match="not a folder"):
        open_store(folder / "journal.jsonl")


def test_a_clock_that_is_set_back_orders_nothing(folder: Path) -> None:
    """`at` is what the clock said; the order is that of the lines."""
    hours = iter([12, 12, 9, 11, 3, 10])  # the first is when the store was created

    def clock() -> datetime:
        return datetime(2026, 3, 1, next(hours), tzinfo=UTC)

    with open_store(folder, clock=clock) as store:
        for n in range(4):
            store.commit(put("t", "1", n, v=n))
            store.commit(put("t", f"2-{n}", 0, "NC")) if n == 2 else None
        times = [record.at[11:13] for record in store.history()]
    assert times == ["12", "09", "11", "03", "10"]
    with open_store(folder) as store:
        assert [r.n for r in store.history("t", "1")] == [1, 2, 3, 5] == list(store.get("t", "1").revs)
        assert store.get("t", "1")["v"] == 3
        assert [r.n for r in store.changes(3)] == [4, 5]
