"""The documents as the journal leaves them: what a checkpoint holds, in parts, and over it what came since."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from operator import itemgetter
from typing import Any, TypeVar

from qms_tui.store.base import Doc
from qms_tui.store.indexes import DOCUMENTS, GROUPED, INDEXES, KEYS, Index
from qms_tui.store.line import Entry
from qms_tui.store.parts import PartLost, Parts
from qms_tui.store.tree import Item, Keep, Kept, Tree, pack, unpack

_SERIES = ".series"  # tree of the highest human numbers given
_NUMBERS = ".numbers"  # tree of human numbers by document
_ATTEMPTS = 3  # from a newer checkpoint, from the whole journal, and that in a folder of our own
Found = TypeVar("Found")
Change = dict[str, list[Any]]  # field -> [old, new] or [old]


class State:
    """Tables of documents. A document in here is never changed, only replaced: who holds one may read on.

    What an entry changes is worked out when somebody asks, so an entry costs no reading. `rebuild` is called when a
    part is lost, with the number of times that it did not help; it makes the state again from the journal.
    """

    def __init__(self, parts: Parts, rebuild: Callable[[int], None]) -> None:
        self.roots: dict[str, str] = {}  # tree -> digest of its topmost part
        self.n = 0  # the last line applied
        self.folded = 0  # the line up to which the documents are in parts
        self.transactions: dict[str, int] = {}  # id -> n, of what came since
        self._parts = parts
        self._rebuild = rebuild
        self._since: dict[str, dict[str, Doc | list[tuple[int, Change]]]] = {}  # by table and id
        self._watched: dict[tuple[str, str], set[str]] = {}  # (table, index) -> ids whose value may be another
        self._highest: dict[tuple[str, str], int] = {}  # (table, "NC-2026") -> 12

    def reset(self, roots: Mapping[str, str], n: int) -> None:
        """Begin from parts that hold the documents as of line n, or from nothing."""
        self.roots = dict(roots)
        self.n = self.folded = n
        self.transactions = {}
        self._since, self._watched, self._highest = {}, {}, {}

    # Reading

    def tables(self) -> list[str]:
        """Names of the tables that have documents."""
        plain = {name[name.startswith("..") :] for name in self.roots if name.startswith("..") or name[:1] != "."}
        return sorted(plain | set(self._since))

    def doc(self, table: str, id: str) -> Doc | None:
        return self._sure(lambda: self._doc(table, id))

    def docs(self, table: str, keep: Keep = None) -> dict[str, Doc]:
        """What `keep` keeps of a whole table, in the order in which documents were first written.

        Those of one transaction are ordered by id.
        """
        return self._sure(lambda: _ordered(self._docs(table, keep)))

    def within(self, table: str, group: str) -> dict[str, Doc]:
        """The documents whose id begins with the group and a slash."""
        return self._sure(lambda: _ordered(self._within(table, group)))

    def by(self, table: str, name: str, value: str, keep: Keep = None, last: int | None = None) -> dict[str, Doc]:
        """The documents of which an index has the value; with `last` so many of those with the greatest ids.

        Raises KeyError for an index that there is not.
        """
        index = next((each for each in INDEXES.get(table, ()) if each.name == name), None)
        if index is None:
            raise KeyError(f"{table}: {name}")
        return self._sure(lambda: self._by(table, index, value, keep, last))

    def number(self, table: str, id: str) -> str | None:
        """The human number of a document, without reading the document."""
        return self._sure(lambda: self._number(table, id))

    def next_number(self, table: str, series: str, taken: Iterable[str] = ()) -> str:
        """`NC-2026-0001` for the series `NC-2026`: one above the highest ever given, and above those just `taken`."""
        highest = self._sure(lambda: self._last(table, series))
        for number in taken:
            head, _dash, digits = number.rpartition("-")
            if head == series:
                highest = max(highest, int(digits))
        return f"{series}-{highest + 1:04d}"

    def _sure(self, read: Callable[[], Found]) -> Found:
        for attempt in range(_ATTEMPTS):
            try:
                return read()
            except PartLost:
                self._rebuild(attempt)
        return read()

    def _doc(self, table: str, id: str) -> Doc | None:
        since = self._since.get(table, {}).get(id)
        if since is None:
            return _made(self._before(table, id), id)
        if isinstance(since, Doc):
            return since
        doc = _made(self._before(table, id), id)
        for n, changes in since:
            doc = _changed(doc, id, n, changes)
        assert doc is not None  # noqa: S101 - there is no empty list of changes
        self._since[table][id] = doc
        return doc

    def _before(self, table: str, id: str) -> Item | None:
        """A document as the checkpoint has it."""
        if table in GROUPED:
            return self._group(table, id.partition("/")[0]).get(id)
        return self._get(self._tree(table), id)

    def _group(self, table: str, group: str) -> dict[str, Item]:
        entry = self._get(self._tree(table), group)
        return {} if entry is None else self._part(table, group, entry.fields)

    def _part(self, table: str, group: str, entry: Mapping[str, Any]) -> dict[str, Item]:
        return unpack(table, self._parts.read(table, entry["sha256"], group))

    def _docs(self, table: str, keep: Keep) -> dict[str, Doc]:
        tree, since = self._tree(table), self._since.get(table, {})
        if table in GROUPED:
            parts = (self._part(table, key, entry) for key, entry, _revs in tree.scan(self._root(tree)))
            pairs = (pair for part in parts for pair in part.items())
            found: Iterator[Kept] = ((one, *item) for one, item in pairs if keep is None or keep(item.fields))
        else:
            found = tree.scan(self._root(tree), keep)
        docs = {one: Doc(fields, one, revs) for one, fields, revs in found if one not in since}
        return docs | {one: doc for one, doc in self._newer(table).items() if keep is None or keep(doc)}

    def _within(self, table: str, group: str) -> dict[str, Doc]:
        prefix = f"{group}/"
        docs = {one: Doc(item.fields, one, item.revs) for one, item in self._group(table, group).items()}
        return {one: doc for one, doc in (docs | self._newer(table, prefix)).items() if one.startswith(prefix)}

    def _newer(self, table: str, prefix: str = "") -> dict[str, Doc]:
        keys = (key for key in self._since.get(table, ()) if key.startswith(prefix))
        return {key: doc for key in keys if (doc := self._doc(table, key)) is not None}

    def _by(self, table: str, index: Index, value: str, keep: Keep, last: int | None) -> dict[str, Doc]:
        tree = self._keys(f".{table}.{index.name}")
        prefix = f"{value}\0"
        changed = self._watched.get((table, index.name), set())
        before = (key[len(prefix) :] for key in tree.prefixed(self._root(tree), prefix))
        if last is None:
            ids = [one for one in before if one not in changed] if changed else list(before)
            many = self._many(table, sorted([*ids, *changed]) if changed else ids[::-1], keep)
            return _ordered({one: doc for one, doc in many.items() if one not in changed or index.value(doc) == value})
        ids_down = merge(sorted(changed, reverse=True), (one for one in before if one not in changed), reverse=True)
        found: dict[str, Doc] = {}
        for id in ids_down:
            doc = self._doc(table, id)
            if doc is not None and index.value(doc) == value and (keep is None or keep(doc)):
                found[id] = doc
                if len(found) == last:
                    break
        return _ordered(found)

    def _many(self, table: str, ids: Sequence[str], keep: Keep) -> dict[str, Doc]:
        """What `keep` keeps of the documents with these ids, which must grow."""
        since = self._since.get(table, {})
        newer = {
            one: doc for one in ids if one in since and (doc := self._doc(table, one)) and (keep is None or keep(doc))
        }
        if table in GROUPED:
            older = {one: doc for one in ids if one not in since and (doc := self._doc(table, one))}
            return {one: doc for one, doc in older.items() if keep is None or keep(doc)} | newer
        tree = self._tree(table)
        found = tree.many(self._root(tree), [one for one in ids if one not in since], keep)
        return {one: Doc(fields, one, revs) for one, fields, revs in found} | newer

    def numbers(self, table: str, ids: Iterable[str]) -> dict[str, str]:
        """As `number`, of many documents, those left out that have none."""
        return self._sure(lambda: self._numbers(table, sorted(set(ids))))

    def _numbers(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        since = self._since.get(table, {})
        tree = self._keys(_NUMBERS)
        older = tree.many(self._root(tree), [f"{table} {one}" for one in ids if one not in since])
        found = {key.partition(" ")[2]: fields["number"] for key, fields, _revs in older}
        return found | {one: number for one in ids if one in since and (number := self._number(table, one)) is not None}

    def _number(self, table: str, id: str) -> str | None:
        if id in self._since.get(table, {}):
            doc = self._doc(table, id)
            number = doc and doc.get("number")
        else:
            item = self._get(self._keys(_NUMBERS), f"{table} {id}")
            number = item and item.fields["number"]
        return number if isinstance(number, str) else None

    def _last(self, table: str, series: str) -> int:
        item = self._get(self._keys(_SERIES), f"{table} {series}")
        return max(self._highest.get((table, series), 0), int(item.fields["last"]) if item else 0)

    def _tree(self, table: str) -> Tree:
        """A table's documents, or for a grouped table the digests of the parts that hold them."""
        name = f".{table}" if table.startswith(".") else table  # one dot is for what is not a table
        return Tree(self._parts, name, KEYS if table in GROUPED else DOCUMENTS)

    def _keys(self, name: str) -> Tree:
        return Tree(self._parts, name, KEYS)

    def _root(self, tree: Tree) -> str:
        return self.roots.get(tree.table, "")

    def _get(self, tree: Tree, key: str) -> Item | None:
        return tree.get(self._root(tree), key)

    # What came

    def apply(self, entry: Entry) -> None:
        """Take in the next entry of the journal; what it makes of a document is worked out when that is asked for."""
        n = entry["n"]
        for table, id, changes in entry["ops"]:
            since = self._since.setdefault(table, {})
            have = since.setdefault(id, [])
            if isinstance(have, Doc):
                since[id] = _changed(have, id, n, changes)
            else:
                have.append((n, changes))
            for index in INDEXES.get(table, ()):
                if any(field in changes for field in index.watched()):
                    self._watched.setdefault((table, index.name), set()).add(id)
            if len(values := changes.get("number", ())) == 2:
                self._note(table, values[1])
        self.transactions[entry["id"]] = self.n = n

    def _note(self, table: str, number: object) -> None:
        if not isinstance(number, str):
            return
        series, _dash, digits = number.rpartition("-")
        if series and digits.isascii() and digits.isdecimal() and len(digits) < 16:
            key = table, series
            self._highest[key] = max(self._highest.get(key, 0), int(digits))

    # Into parts

    def fold(self) -> None:
        """Put what came since into parts, of which `roots` are the newest then; the documents stay the same.

        Raises PartLost, ReadOnly; then nothing has changed.
        """
        roots = dict(self.roots)
        numbers: dict[str, Item | None] = {}
        for table, since in self._since.items():
            after = {key: self._item(table, key) for key in since}
            keys: dict[Index, dict[str, Item | None]] = {index: {} for index in INDEXES.get(table, ())}
            for id, item in after.items():
                before = self._before(table, id) if item.revs[0] <= self.folded else None
                for index, changes in keys.items():
                    _move(changes, id, index.value(before.fields) if before else None, index.value(item.fields))
                number = item.fields.get("number")
                if number != (before and before.fields.get("number")):
                    numbers[f"{table} {id}"] = Item({"number": number}) if isinstance(number, str) else None
            for index, changes in keys.items():
                self._into(roots, self._keys(f".{table}.{index.name}"), changes)
            self._into(roots, self._tree(table), self._regrouped(table, after) if table in GROUPED else after)
        self._into(roots, self._keys(_NUMBERS), numbers)
        series = {f"{table} {one}": Item({"last": self._last(table, one)}) for table, one in self._highest}
        self._into(roots, self._keys(_SERIES), series)
        self.reset(roots, self.n)

    def _item(self, table: str, id: str) -> Item:
        doc = self._doc(table, id)
        assert doc is not None  # noqa: S101 - something came for it
        return Item(dict(doc), doc.revs)

    def _into(self, roots: dict[str, str], tree: Tree, changes: Mapping[str, Item | None]) -> None:
        if changes:
            roots[tree.table] = tree.update(roots.get(tree.table, ""), changes)
            if not roots[tree.table]:
                del roots[tree.table]

    def _regrouped(self, table: str, after: Mapping[str, Item]) -> dict[str, Item]:
        """Write the parts of the groups that changed; gives their digests."""
        groups: dict[str, dict[str, Item]] = {}
        for id, item in after.items():
            groups.setdefault(id.partition("/")[0], {})[id] = item
        digests = {}
        for group, items in groups.items():
            entry = self._get(self._tree(table), group)
            if entry is not None:
                self._parts.drop(table, entry.fields["sha256"], group)
            merged = self._group(table, group) | items
            part = pack(table, {key: merged[key] for key in sorted(merged)})
            digests[group] = Item({"sha256": self._parts.write(table, part, group)})
        return digests


def _made(item: Item | None, id: str) -> Doc | None:
    return None if item is None else Doc(item.fields, id, item.revs)


def _changed(doc: Doc | None, id: str, n: int, changes: Change) -> Doc:
    """The document after a transaction; the one before stays as it was."""
    after = Doc(doc or {}, id, (*(doc.revs if doc is not None else ()), n))
    for field, values in changes.items():
        if len(values) == 2:
            after[field] = values[1]
        else:
            after.pop(field, None)
    return after


def _ordered(docs: Mapping[str, Doc]) -> dict[str, Doc]:
    pairs = sorted(docs.items(), key=itemgetter(0))
    pairs.sort(key=lambda pair: pair[1].revs[0])  # twice is quicker than by both: they are nearly in order
    return dict(pairs)


def _move(changes: dict[str, Item | None], id: str, old: str | None, new: str | None) -> None:
    """The changes of an index as one document's value changes."""
    if old != new:
        if old is not None:
            changes[f"{old}\0{id}"] = None
        if new is not None:
            changes[f"{new}\0{id}"] = Item({})
