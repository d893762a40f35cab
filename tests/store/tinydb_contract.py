"""TinyDB's own tests run on our table class: `pytest -p tinydb_contract` with the tests of its source distribution.

Its tests count ids from 1 and empty tables between steps; ours are UUIDs and nothing is deleted. So here an id compares
as a number too, and emptying means going on in a new store. All else is the table class as the program uses it.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import tinydb
from store_helpers import ANNA, HastyDisk
from tinydb.table import Document

from qms_tui.store.open import open_store
from qms_tui.store.tables import JournalDB, JournalTable, StoredDoc

CACHE = "the query cache is off: it would not notice other processes"
DELETE = "nothing is deleted"
STORAGE = "asks for a storage of its own; here it is the journal"
EXPECTED = {  # tests that must fail, and why
    "test_query_cache": CACHE,
    "test_query_cache_size": CACHE,
    "test_lru_cache": CACHE,
    "test_search": CACHE,
    "test_search_path": CACHE,
    "test_remove": DELETE,
    "test_remove_all_fails": DELETE,
    "test_remove_multiple": DELETE,
    "test_remove_ids": DELETE,
    "test_remove_returns_ids": DELETE,
    "test_remove_ids_missing": DELETE,
    "test_remove_ids_mixed": DELETE,
    "test_unique_ids": DELETE,
    "test_doc_ids_json": DELETE,
    "test_tinydb.py::test_delete": DELETE,
    "test_drop_table": DELETE,
    "test_update_ids_missing": "an id that update does not find is an error",
    "test_update_ids_mixed": "an id that update does not find is an error",
    "test_doc_id_missing_consistency": "an id that update does not find is an error",
    "test_insert_invalid_dict": "a value that JSON cannot hold raises Invalid",
    "test_persist_table": "a table is there once a document is",
    "test_table_repr": STORAGE,
    "test_access_storage": STORAGE,
    "test_storage_access": STORAGE,
}


class Id(str):
    """An id that equals its number."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, str(other))

    __hash__ = str.__hash__

    def __sub__(self, other: int) -> int:
        return int(self) - other


class NumberedDoc(StoredDoc):
    def __init__(self, value: Any, doc_id: str) -> None:
        super().__init__(value, doc_id)
        self.doc_id = Id(self.id)


class NumberedTable(JournalTable):
    document_class = NumberedDoc

    def _get_next_id(self) -> str:
        highest = max(map(int, self._stored()), default=0)
        self._given = max(getattr(self, "_given", 0), highest) + 1
        return Id(self._given)

    def insert(self, document: Any) -> str:
        return Id(super().insert(numbered(document)))

    def insert_multiple(self, documents: Iterable[Any]) -> list[str]:
        return list(map(Id, super().insert_multiple(map(numbered, documents))))

    def update(self, *args: Any, **more: Any) -> list[str]:
        return list(map(Id, super().update(*args, **more)))

    def upsert(self, document: Any, cond: Any = None) -> list[str]:
        return list(map(Id, super().upsert(numbered(document), cond)))


def numbered(document: Any) -> Any:
    return NumberedDoc(document, str(document.doc_id)) if isinstance(document, Document) else document


class TinyDB(JournalDB):
    """Takes what the real one takes; a path leads to a store beside it."""

    table_class = NumberedTable

    def __init__(self, path: str | Path | None = None, **_options: Any) -> None:
        folder = Path(f"{path}.store") if path else Path(tempfile.mkdtemp(dir=os.environ["CONTRACT_FOLDER"])) / "store"
        super().__init__(open_store(folder, disk=HastyDisk()), ANNA)

    def drop_tables(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=os.environ["CONTRACT_FOLDER"]))
        self.storage.store.close()
        self.storage.store = open_store(folder / "store", disk=HastyDisk())
        for table in self._tables.values():
            table._given = 0

    truncate = drop_tables

    def close(self) -> None:
        self.storage.store.close()
        super().close()


tinydb.TinyDB = TinyDB


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        name = item.name.partition("[")[0]
        reason = EXPECTED.get(name) or EXPECTED.get(f"{item.path.name}::{name}")
        if reason:
            item.add_marker(pytest.mark.xfail(strict=True, reason=reason))
