"""An ordered map from keys to documents in parts: a look-up reads two or three, a change writes as many anew.

Where a part ends is decided by a hash of the key that begins the next one, so the same documents make the same parts
whatever the order in which they came: a checkpoint's digests can be computed again from the journal alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple
from zlib import crc32

from qms_tui.store.indexes import BRANCHES
from qms_tui.store.parts import Part, Parts

_LAST = chr(0x10FFFF)
Keep = Callable[[Mapping[str, Any]], bool] | None


class Item(NamedTuple):
    """A document's fields and the numbers of the transactions that changed it; none for what is no document."""

    fields: Mapping[str, Any]
    revs: tuple[int, ...] = ()


Kept = tuple[str, Mapping[str, Any], tuple[int, ...]]
"""Key, fields and numbers, of one among thousands: an `Item` for each would cost as much as its document."""


class Entry(NamedTuple):
    """A part below: the first key in it and its digest."""

    first: str
    digest: str


def pack(table: str, items: Mapping[str, Item]) -> Part:
    """Documents as TinyDB keeps them; the numbers beside them, in the same order, a list where there are several."""
    part: Part = {table: {key: item.fields for key, item in items.items()}}
    revs = [item.revs if len(item.revs) != 1 else item.revs[0] for item in items.values()]
    if any(revs):
        part[_trail(table)] = {"1": {"n": revs}}
    return part


def unpack(table: str, part: Part) -> dict[str, Item]:
    """The items of a part that `pack` made."""
    docs = part[table]
    trail = part.get(_trail(table))
    if trail is None:
        return {key: Item(fields) for key, fields in docs.items()}
    numbers = trail["1"]["n"]
    return {key: Item(docs[key], _tuple(revs)) for key, revs in zip(docs, numbers, strict=True)}


def pick(table: str, part: Part, key: str) -> Item | None:
    """One document of a part."""
    docs = part[table]
    if key not in docs:
        return None
    trail = part.get(_trail(table))
    return Item(docs[key], _tuple(trail["1"]["n"][list(docs).index(key)]) if trail else ())


def _tuple(revs: Any) -> tuple[int, ...]:
    return (revs,) if isinstance(revs, int) else tuple(revs)


def _trail(table: str) -> str:
    return f"{table}.trail"


class Tree:
    """The map of one table; `size` is the number of keys in a part, on average. A root is a digest, or "" when empty.

    All of it raises PartLost.
    """

    def __init__(self, parts: Parts, table: str, size: int) -> None:
        self.table = table
        self._parts = parts
        self._size = size

    def get(self, root: str, key: str) -> Item | None:
        """The item of a key; None where there is none."""
        while root:
            level, below = self._read(root)
            if level == 0:
                return pick(self.table, self._parts.read(self.table, root), key)
            firsts = list(below)
            root = below[firsts[max(0, bisect_right(firsts, key) - 1)]]["sha256"]
        return None

    def scan(self, root: str, keep: Keep = None) -> Iterator[Kept]:
        """The items whose fields `keep` keeps, in the order of their keys."""
        for entry in self._leaves(root):
            yield from self._kept(entry.digest, keep)

    def many(self, root: str, keys: Sequence[str], keep: Keep = None) -> Iterator[Kept]:
        """As `scan`, of some keys, which must grow: each part is read once."""
        leaves = list(self._leaves(root))
        at = 0
        for n, entry in enumerate(leaves, 1):
            end = bisect_left(keys, leaves[n].first, at) if n < len(leaves) else len(keys)
            if end > at:
                yield from self._kept(entry.digest, keep, frozenset(keys[at:end]))
            at = end

    def _kept(self, digest: str, keep: Keep, wanted: frozenset[str] | None = None) -> list[Kept]:
        part = self._parts.read(self.table, digest)
        trail = part.get(_trail(self.table))
        numbers = trail["1"]["n"] if trail else repeat(())
        return [
            (key, fields, (revs,) if type(revs) is int else _tuple(revs))
            for (key, fields), revs in zip(part[self.table].items(), numbers, strict=trail is not None)
            if (wanted is None or key in wanted) and (keep is None or keep(fields))
        ]

    def prefixed(self, root: str, prefix: str) -> Iterator[str]:
        """Keys that begin with a text, the greatest first."""
        for digest in self._leaves_down(root, prefix + _LAST):
            keys = list(self._read(digest)[1])
            first = bisect_left(keys, prefix)
            yield from reversed(keys[first : bisect_left(keys, prefix + _LAST, first)])
            if first:
                return

    def update(self, root: str, changes: Mapping[str, Item | None]) -> str:
        """The root after the changes; None takes a key away. Raises ReadOnly too."""
        entries: list[Entry] = []
        for entry, mine in _share(list(self._leaves(root, drop=True)), changes):
            if not mine:
                entries.append(entry)
                continue
            merged: dict[str, Item | None] = {**self._replaced(entry), **mine}
            kept = {key: item for key in sorted(merged) if (item := merged[key]) is not None}
            if kept and entries and not _begins(next(iter(kept)), 0, self._size):
                kept = self._replaced(entries.pop()) | kept  # the key that began this part is gone
            for keys in _chunks(list(kept), 0, self._size):
                part = pack(self.table, {key: kept[key] for key in keys})
                entries.append(Entry(keys[0], self._parts.write(self.table, part)))
        return self._rise(entries)

    def _rise(self, entries: list[Entry]) -> str:
        """The parts above, up to the root."""
        level = 0
        while len(entries) > 1:
            level += 1
            digests = dict(entries)
            name = f"{self.table}.{level}"
            entries = [
                Entry(
                    firsts[0], self._parts.write(self.table, {name: {one: {"sha256": digests[one]} for one in firsts}})
                )
                for firsts in _chunks(list(digests), level, BRANCHES)
            ]
        return entries[0].digest if entries else ""

    def _read(self, digest: str) -> tuple[int, dict[str, Any]]:
        """How high a part stands, 0 for one with documents, and what is in it."""
        part = self._parts.read(self.table, digest)
        name, body = next(iter(part.items()))
        return 0 if name == self.table else int(name.rpartition(".")[2]), body

    def _items(self, digest: str) -> dict[str, Item]:
        return unpack(self.table, self._parts.read(self.table, digest))

    def _replaced(self, entry: Entry) -> dict[str, Item]:
        if not entry.digest:
            return {}
        self._parts.drop(self.table, entry.digest)
        return self._items(entry.digest)

    def _leaves(self, root: str, drop: bool = False) -> Iterator[Entry]:
        """The parts with documents; with `drop` those above are on their way out."""
        if not root:
            return
        level, below = self._read(root)
        if level == 0:
            yield Entry(next(iter(below)), root)
            return
        if drop:
            self._parts.drop(self.table, root)
        for first, digest in below.items():
            if level == 1:
                yield Entry(first, digest["sha256"])
            else:
                yield from self._leaves(digest["sha256"], drop)

    def _leaves_down(self, root: str, before: str) -> Iterator[str]:
        """Digests of the parts with keys below one, the greatest first."""
        if not root:
            return
        level, below = self._read(root)
        if level == 0:
            yield root
            return
        firsts = list(below)
        for first in reversed(firsts[: bisect_left(firsts, before)]):
            yield from self._leaves_down(below[first]["sha256"], before)


def _begins(key: str, level: int, size: int) -> bool:
    """Whether a part begins with this key."""
    return crc32(key.encode(), level) % size == 0


def _chunks(keys: list[str], level: int, size: int) -> Iterator[list[str]]:
    """Sorted keys by part; as one part above where there are few."""
    if level and len(keys) <= size:
        yield keys
        return
    start = 0
    for n in range(1, len(keys)):
        if _begins(keys[n], level, size):
            yield keys[start:n]
            start = n
    if keys:
        yield keys[start:]


def _share(entries: list[Entry], changes: Mapping[str, Item | None]) -> Iterator[tuple[Entry, dict[str, Item | None]]]:
    """Each part with the changes of the keys that belong to it."""
    if not entries:
        entries = [Entry("", "")]
    firsts = [entry.first for entry in entries]
    shares: list[dict[str, Item | None]] = [{} for _entry in entries]
    for key, item in changes.items():
        shares[max(0, bisect_right(firsts, key) - 1)][key] = item
    return zip(entries, shares, strict=True)
