"""TinyDB's own interface to the tables."""

import importlib.metadata
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from store_helpers import ANNA, put
from tinydb import where
from tinydb.operations import delete, increment
from tinydb.table import Document

from qms_tui.store.base import StoreError
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.open import open_store
from qms_tui.store.tables import JournalDB


@pytest.fixture
def store(tmp_path: Path) -> JournalStore:
    return open_store(tmp_path / "store")


def test_a_change_through_tinydb_is_a_transaction(store: JournalStore) -> None:
    table = JournalDB(store, ANNA, "by hand").table("t")
    key = table.insert({"name": "x", "n": 1})
    assert table.update(increment("n"), doc_ids=[key]) == [key]
    assert table.update(delete("name"), where("n") == 2) == [key]
    assert store.get("t", key) == {"n": 2} == table.get(doc_id=key)
    assert [(r.by, r.why, [(c.field, c.old, c.new) for c in r.changes]) for r in store.changes(1)] == [
        ("anna", "by hand", [("n", 1, 2)]),
        ("anna", "by hand", [("name", "x", None)]),
    ]


def test_several_documents_are_one_transaction(store: JournalStore) -> None:
    table = JournalDB(store, ANNA).table("t")
    keys = table.insert_multiple([{"n": i} for i in range(5)])
    assert store.head()[0] == 1
    assert table.update({"seen": True}, where("n") > 2) == keys[3:]
    assert table.update_multiple([({"a": 1}, where("n") == 0), ({"b": 1}, where("a") == 1)]) == [keys[0], keys[0]]
    assert store.head()[0] == 3
    assert store.get("t", keys[0]) == {"n": 0, "a": 1, "b": 1}
    assert table.count(where("seen") == True) == 2  # noqa: E712  # TinyDB's words for it
    assert len(table) == 5 == len(table.all()) == len(list(table))
    assert table.get(where("n") == 4).doc_id == keys[4]
    assert [d.doc_id for d in table.get(doc_ids=[keys[1], "no", keys[0]])] == [keys[1], keys[0]]
    assert table.contains(doc_id=keys[0]) and not table.contains(doc_id="no")


def test_own_ids_and_upsert(store: JournalStore) -> None:
    table = JournalDB(store, ANNA).table("t")
    assert table.insert(Document({"a": 1}, doc_id=7)) == "7"
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({"a": 1}, doc_id="7"))
    assert table.upsert(Document({"b": 2}, doc_id="7")) == ["7"]
    assert table.upsert(Document({"b": 2}, doc_id="8")) == ["8"]
    assert table.upsert({"c": 3}, where("b") == 2) == ["7", "8"]
    (new,) = table.upsert({"c": 4}, where("b") == 9)
    assert store.find("t") == [{"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 3}, {"c": 4}]
    assert [doc.id for doc in store.find("t")] == ["7", "8", new]
    with pytest.raises(ValueError, match="upsert"):
        table.upsert({"c": 4})


def test_an_id_that_does_not_exist_is_an_error_and_changes_nothing(store: JournalStore) -> None:
    table = JournalDB(store, ANNA).table("t")
    key = table.insert({"n": 1})
    with pytest.raises(KeyError, match="nobody"):
        table.update({"n": 2}, doc_ids=[key, "nobody"])
    assert store.get("t", key) == {"n": 1}
    assert store.head()[0] == 1


def test_nothing_is_deleted(store: JournalStore) -> None:
    db = JournalDB(store, ANNA)
    table = db.table("t")
    table.insert({"n": 1})
    for attempt in (
        lambda: table.remove(where("n") == 1),
        table.truncate,
        db.drop_tables,
        lambda: db.drop_table("t"),
        lambda: db.storage.write({}),
        lambda: table._update_table(lambda docs: docs.clear()),
    ):
        with pytest.raises(StoreError, match="nothing is deleted"):
            attempt()
    assert len(table) == 1 and db.tables() == {"t"}


def test_documents_of_tinydb_are_copies_and_fresh(store: JournalStore, tmp_path: Path) -> None:
    table = JournalDB(store, ANNA).table("t")
    table.insert({"list": [1]})
    query = where("list").any([1])
    table.search(query)[0]["list"].append(2)
    table.all()[0]["list"].append(2)
    assert table.search(query) == [{"list": [1]}]
    with open_store(tmp_path / "store") as other:
        other.commit(put("t", "2", list=[1]))
    store.refresh()
    assert len(table.search(query)) == 2


def test_a_failed_updater_changes_nothing(store: JournalStore) -> None:
    table = JournalDB(store, ANNA).table("t")
    keys = table.insert_multiple([{"n": 1}, {"n": "x"}])
    with pytest.raises(TypeError):
        table.update(increment("n"))
    assert [doc["n"] for doc in store.find("t")] == [1, "x"]
    assert store.commit(put("t", keys[0], n=2)).n == 2


def test_the_work_of_a_commit_does_not_grow_with_the_table(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = JournalDB(store, ANNA).table("t")
    keys = table.insert_multiple([{"n": i} for i in range(2000)])
    copies = []
    for module in ("tables", "journal_store"):
        monkeypatch.setattr(f"qms_tui.store.{module}.copied", lambda value: copies.append(1) or dict(value))
    table.update({"n": -1}, doc_ids=[random.choice(keys)])
    table.update({"n": -2}, where("n") == -1)
    store.commit(put("t", keys[0], n=5))
    assert store.get("t", keys[0]) == {"n": 5}
    assert len(copies) == 3


@pytest.fixture
def tinydbs_tests(request: pytest.FixtureRequest) -> Path:
    """The folder of the tests in TinyDB's source distribution, of the installed version; kept for later runs."""
    version = importlib.metadata.version("tinydb")
    kept = request.config.cache.mkdir("tinydb") / f"tinydb-{version}"
    if not kept.exists():
        pip = [shutil.which("pip") or sys.executable, *([] if shutil.which("pip") else ["-m", "pip"])]
        command = [*pip, "download", "--no-binary", ":all:", "--no-deps", "-d", kept.parent, f"tinydb=={version}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"TinyDB's source distribution cannot be had: {done.stderr[-200:]}")
        with tarfile.open(kept.with_name(f"tinydb-{version}.tar.gz")) as archive:
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and newer
            archive.extractall(kept.parent, **safely)  # type: ignore[arg-type]  # noqa: S202 - PyPI's own file
    return kept / "tests"


@pytest.mark.slow
def test_tinydbs_own_tests(tinydbs_tests: Path, tmp_path: Path) -> None:
    """All pass but those that `tinydb_contract.EXPECTED` names with a reason, and these fail."""
    here = Path(__file__).parent
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "tinydb_contract",
        "-c",
        os.devnull,
    ]
    names = [tinydbs_tests / f"test_{name}.py" for name in ("tables", "tinydb", "operations")]
    environment = os.environ | {"CONTRACT_FOLDER": str(tmp_path), "PYTHONPATH": f"{here}:{here.parents[1]}"}
    done = subprocess.run(
        [*command, f"--rootdir={tinydbs_tests.parent}", *names], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (passed|xfailed|skipped)", done.stdout)}
    assert counts["passed"] > 100 and "skipped" not in counts, done.stdout[-300:]
