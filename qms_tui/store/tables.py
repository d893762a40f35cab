"""TinyDB over the journal, through the extension points its documentation names: `JournalDB(store, by, why)`.

A table reads the documents in memory; a change through a table becomes one transaction of the journal. There is no
hard delete. A field set to None is removed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from qms_tui.i18n import _
from qms_tui.store.base import Actor, Doc, Fields, Op, Query, StoreError, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.plan import checked
from qms_tui.store.values import copied

Update = Fields | Callable[[MutableMapping[str, Any]], None]


def no_delete() -> StoreError:
    return StoreError(_("nothing is deleted here: set void and say why"))


class StoredDoc(Doc, Document):
    """A copy of a stored document, as TinyDB hands it out."""

    def __init__(self, value: Fields, doc_id: str) -> None:
        dict.__init__(self, copied(value))
        self.id = str(doc_id)
        self.revs = getattr(value, "revs", (0,))
        self.doc_id = self.id  # type: ignore[assignment]  # TinyDB's own ids are numbers


class NoCache:
    """In place of the query cache, which would not notice other processes."""

    def __init__(self, capacity: int = 0) -> None: ...

    def get(self, key: object) -> None: ...

    def __setitem__(self, key: object, value: object) -> None: ...

    def __len__(self) -> int:
        return 0

    def clear(self) -> None: ...


class Stored(Mapping[str, Doc]):
    """The documents of a table; one asked for by its id is read alone."""

    def __init__(self, store: JournalStore, table: str) -> None:
        self._store = store
        self._table = table

    def __getitem__(self, key: str) -> Doc:
        doc = self._store.peek(self._table, key)
        if doc is None:
            raise KeyError(key)
        return doc

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.snapshot(self._table))

    def __len__(self) -> int:
        return len(self._store.snapshot(self._table))


class Overlay(dict[str, dict[str, Any]]):
    """What an updater sees of a table: the documents it touches are copied, the others are not."""

    def __init__(self, stored: Mapping[str, Doc]) -> None:
        super().__init__()
        self.stored = stored

    def __missing__(self, key: str) -> dict[str, Any]:
        self[key] = copied(self.stored[key])
        return self[key]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self.stored

    def peek(self, key: str) -> Mapping[str, Any]:
        """A document to look at."""
        return self[key] if super().__contains__(key) else self.stored[key]

    def select(self, cond: Query | None, doc_ids: Iterable[str] | None) -> list[str]:
        """Ids of existing documents. Raises KeyError for one that does not exist."""
        if doc_ids is None:
            return [key for key in self.stored if cond is None or cond(self.peek(key))]
        ids = [str(key) for key in doc_ids]
        if absent := [key for key in ids if key not in self]:
            raise KeyError(_("no such document: {ids}").format(ids=", ".join(absent)))
        return ids

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise no_delete()

    __delitem__ = pop = popitem = _refuse

    def clear(self) -> None:
        if len(self.stored):
            raise no_delete()

    def ops(self, table: str) -> list[Op]:
        """The touched documents as operations that make them what they are now."""
        return [
            Op(table, key, {field: None for field in self.stored.get(key, {}) if field not in doc} | doc)
            for key, doc in self.items()
        ]


class JournalStorage(Storage):
    """The whole of the tables, to read. Writing goes through a table."""

    def __init__(self, store: JournalStore, by: Actor, why: str) -> None:
        self.store = store
        self.by = by
        self.why = why

    def read(self) -> dict[str, dict[str, Any]]:
        return {name: dict(self.store.snapshot(name)) for name in self.store.tables()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise no_delete()


class JournalTable(Table):
    """A TinyDB table whose ids are UUIDv7 text."""

    document_class = StoredDoc  # type: ignore[assignment]  # two dict bases
    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int, and takes any class
    query_cache_class = NoCache  # type: ignore[assignment]  # has what TinyDB asks of its own LRUCache

    def _stored(self) -> Stored:
        return Stored(cast(JournalStorage, self._storage).store, self._name)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return dict(cast(JournalStorage, self._storage).store.snapshot(self._name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = cast(JournalStorage, self._storage)

        def build() -> Tx:
            overlay = Overlay(self._stored())
            updater(overlay)
            return checked(Tx(uuid7(), storage.by, overlay.ops(self._name), storage.why))

        storage.store.transact(build)

    def _get_next_id(self) -> str:
        return uuid7()

    def __len__(self) -> int:
        return len(self._stored())

    def __iter__(self) -> Iterator[Document]:
        documents = cast(JournalStorage, self._storage).store.snapshot(self._name)
        return (StoredDoc(doc, doc.id) for doc in documents.values())

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """As TinyDB's, without a walk through the table for ids."""
        if doc_id is not None:
            doc = self._stored().get(str(doc_id))
            return None if doc is None else StoredDoc(doc, doc.id)
        if doc_ids is not None:
            stored = self._stored()
            return [StoredDoc(stored[key], key) for key in dict.fromkeys(map(str, doc_ids)) if key in stored]
        return super().get(cond)

    def insert(self, document: Fields) -> str:  # type: ignore[override]  # ids are text
        return cast(str, super().insert(_own(document)))

    def insert_multiple(self, documents: Iterable[Fields]) -> list[str]:  # type: ignore[override]  # ids are text
        return cast(list[str], super().insert_multiple([_own(document) for document in documents]))

    def update(  # type: ignore[override]  # ids are text
        self, fields: Update, cond: Query | None = None, doc_ids: Iterable[str] | None = None
    ) -> list[str]:
        """As TinyDB's, but an id that does not exist raises KeyError and nothing is changed."""
        updated: list[str] = []

        def updater(table: Overlay) -> None:
            updated.extend(table.select(cond, doc_ids))
            for key in updated:
                _change(table[key], fields)

        self._update_table(updater)
        return updated

    def update_multiple(self, updates: Iterable[tuple[Update, Query]]) -> list[str]:  # type: ignore[override]  # ids are text
        updated: list[str] = []
        pairs = list(updates)

        def updater(table: Overlay) -> None:
            for key in table.stored:
                for fields, cond in pairs:
                    if cond(table.peek(key)):
                        updated.append(key)
                        _change(table[key], fields)

        self._update_table(updater)
        return updated

    def upsert(self, document: Fields, cond: Query | None = None) -> list[str]:  # type: ignore[override]  # ids are text
        own = str(document.doc_id) if isinstance(document, Document) else None
        if own is None and cond is None:
            raise ValueError(_("upsert needs a query, or a document with a doc_id"))
        written: list[str] = []

        def updater(table: Overlay) -> None:
            found = table.select(cond, None) if own is None else [own] if own in table else []
            written.extend(found or [own or self._get_next_id()])
            for key in written:
                if found:
                    table[key].update(document)
                else:
                    table[key] = dict(document)

        self._update_table(updater)
        return written

    def remove(self, cond: Any = None, doc_ids: Any = None) -> NoReturn:
        raise no_delete()

    def truncate(self) -> NoReturn:
        raise no_delete()


class JournalDB(TinyDB):
    """TinyDB on a journal store; changes through it are recorded as `by`, because of `why`."""

    table_class = JournalTable

    def __init__(self, store: JournalStore, by: Actor, why: str = "") -> None:
        super().__init__(store, by, why, storage=JournalStorage)

    def drop_tables(self) -> NoReturn:
        raise no_delete()

    def drop_table(self, name: str) -> NoReturn:
        raise no_delete()


def _own(document: Fields) -> Fields:
    if isinstance(document, Document) and not isinstance(document, StoredDoc):
        return StoredDoc(document, str(document.doc_id))
    return document


def _change(doc: dict[str, Any], fields: Update) -> None:
    if callable(fields):
        fields(doc)
    else:
        doc.update(fields)
