"""What screens and commands see of the record: documents, transactions, the trail, and what may go wrong.

A document is a JSON object with a string id in a table. It changes only by a transaction; a transaction is durable as a
whole or has not happened. Nothing is deleted: a document that is no longer meant carries `void`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

Fields = Mapping[str, Any]
Query = Callable[[Fields], bool]


class Doc(dict[str, Any]):
    """A copy of a stored document. `revs` are the numbers of the transactions that changed it, `rev` the last one's."""

    __slots__ = ("id", "revs")

    def __init__(self, fields: Fields, id: str, revs: tuple[int, ...]) -> None:
        dict.__init__(self, fields)  # `super()` costs as much again, and lists make thousands
        self.id = id
        self.revs = revs

    @property
    def rev(self) -> int:
        """The number of the transaction that changed it last."""
        return self.revs[-1]


class Op(NamedTuple):
    """One document's change.

    `set` maps a field to its new value; None removes the field. `base_rev` is the rev that the author saw: 0 says that
    the document must not exist yet, None that the change holds whatever stands there. `number` asks for the next human
    number with that prefix ("NC" gives `NC-2026-0001` in the field `number`), assigned inside the commit.
    """

    table: str
    id: str
    set: Fields
    base_rev: int | None = None
    number: str | None = None


class Actor(NamedTuple):
    """Who acts: `name` stands in the record; `via` names the operating-system user (and SSH key) when they differ."""

    name: str
    via: str | None = None


class Tx(NamedTuple):
    """A transaction: all of its operations or none. `id` (UUIDv7) makes a repeated commit of the same one harmless."""

    id: str
    by: Actor
    ops: Sequence[Op]
    why: str = ""
    undoes: int | None = None


class Holder(NamedTuple):
    """Who holds the store's lock. `user` is empty where it is another program, `pid` where it is not known."""

    user: str
    pid: str


class Receipt(NamedTuple):
    """What the disk holds now: transaction number, its time (UTC, ISO 8601, Z) and the human numbers it assigned.

    `wrote` is False where all stood so already: nothing was written, and `n` is the last transaction before.
    """

    n: int
    at: str
    numbers: Mapping[str, str] = MappingProxyType({})  # document id -> number
    wrote: bool = True


class Change(NamedTuple):
    """One field of one document in a transaction. None stands for absent."""

    table: str
    id: str
    field: str
    old: Any
    new: Any


class Record(NamedTuple):
    """One line of the trail."""

    n: int
    id: str
    at: str
    by: str
    via: str | None
    why: str
    undoes: int | None
    changes: tuple[Change, ...]


class StoreError(Exception):
    """The store refuses. The message is one line: what, where, and how to mend it."""


class Conflict(StoreError):
    """A document changed since its author read it. Carries both values so that nobody's is lost.

    Where they are known: `first` is the line of the trail that came first, `fields` are those in contradiction.
    """

    def __init__(
        self,
        message: str,
        table: str,
        id: str,
        mine: Fields,
        theirs: Doc | None,
        first: Record | None = None,
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.table = table
        self.id = id
        self.mine = mine
        self.theirs = theirs
        self.first = first
        self.fields = fields


class Busy(StoreError):
    """Somebody else holds the lock for longer than the wait."""


class Damaged(StoreError):
    """The journal's chain is broken at a named line, or the store's format is not one this program knows."""


class ReadOnly(StoreError):
    """The store cannot be written: rights, a full disk, or a failed fsync after which nothing more may be trusted.

    `short` says why and what to do in few words, for as long as it lasts. `unsure`: whether what was being written is
    recorded is not known.
    """

    def __init__(self, message: str, short: str = "", *, unsure: bool = False) -> None:
        super().__init__(message)
        self.short = short or message
        self.unsure = unsure


class Invalid(StoreError):
    """A value that the record cannot hold: NaN, half of a surrogate pair, an object that JSON does not know."""


class EvidenceError(StoreError):
    """An evidence file that does not exist or cannot be read or kept."""


class Store(Protocol):
    """A store. Documents that come out are copies."""

    def get(self, table: str, id: str) -> Doc | None: ...

    def find(
        self,
        table: str,
        query: Query | None = None,
        *,
        within: str | None = None,
        by: tuple[str, str] | None = None,
        last: int | None = None,
    ) -> list[Doc]:
        """Documents in the order in which they were first written, those of one transaction in the order of their ids.

        Without `within` and `by` the whole table is read, however long its history. `within` names an audit: its
        answers or findings. `by` names an index of the table and its value (`store/indexes.py`); with `last` only so
        many of those that pass the query, with the greatest ids. Raises KeyError for an index that there is not.
        """
        ...

    def number(self, table: str, id: str) -> str | None:
        """The human number of a document, without reading the document."""
        ...

    def numbers(self, table: str, ids: Iterable[str]) -> dict[str, str]:
        """As `number`, of many documents at once; those that have none are left out."""
        ...

    def scan(self, table: str, query: Query | None = None, *, by: tuple[str, str] | None = None) -> list[Doc]:
        """As `find`, but the documents are no copies: for lists of thousands, to look at and not to change."""
        ...

    def commit(self, tx: Tx) -> Receipt:
        """Write a transaction durably, then change what `get` and `find` see.

        Raises Conflict, Busy, Damaged, ReadOnly, Invalid; then nothing has changed.
        """
        ...

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        """Commit what `build` makes of the newest state; nobody else writes meanwhile, and `build` must not.

        Raises as `commit`, and what `build` raises.
        """
        ...

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Record]:
        """The trail, oldest first: the whole, of a table, or of the documents with an id. Only the last is quick."""
        ...

    def records(self, numbers: Iterable[int]) -> Iterator[Record]:
        """Lines of the trail by their numbers (`Doc.revs`), which must grow."""
        ...

    def changes(self, after: int) -> Iterator[Record]:
        """Every line after transaction `after`, those too that change nothing."""
        ...

    def head(self) -> tuple[int, str]:
        """Number and hash of the last transaction; (0, 64 zeros) when there is none."""
        ...

    def holder(self) -> Holder | None:
        """Who holds the store while a write of this process waits for it; None while none waits."""
        ...

    def barred(self) -> ReadOnly | None:
        """Why nothing can be written, as far as is known: the rights as they are now, else what the last write met."""
        ...

    def refresh(self) -> bool:
        """Take in what other processes have appended; True when there was something. Costs one fstat when not."""
        ...

    def put_evidence(self, data: bytes) -> str:
        """Keep bytes durably under their SHA-256 and return it. Raises ReadOnly."""
        ...

    def get_evidence(self, digest: str) -> bytes | None: ...

    def close(self) -> None:
        """Close the files. May take some tenths of a second more, once in 2,000 lines: a checkpoint is written."""
        ...
