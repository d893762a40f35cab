"""The documents as the journal leaves them."""

from collections.abc import Iterable

from qms_tui.store.base import Doc
from qms_tui.store.line import Entry


class State:
    """Tables of documents. A document in here is never changed, only replaced: who holds one may read on."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Doc]] = {}
        self.transactions: dict[str, int] = {}  # id -> n
        self._highest: dict[tuple[str, str], int] = {}  # (table, "NC-2026") -> 12

    def doc(self, table: str, id: str) -> Doc | None:  # noqa: A002
        return self.tables.get(table, {}).get(id)

    def next_number(self, table: str, series: str, taken: Iterable[str] = ()) -> str:
        """`NC-2026-0001` for the series `NC-2026`: one above the highest ever given, and above those just `taken`."""
        highest = self._highest.get((table, series), 0)
        for number in taken:
            head, _dash, digits = number.rpartition("-")
            if head == series:
                highest = max(highest, int(digits))
        return f"{series}-{highest + 1:04d}"

    def apply(self, entry: Entry) -> None:
        n = entry["n"]
        for table, id, changes in entry["ops"]:  # noqa: A001
            docs = self.tables.setdefault(table, {})
            doc = Doc(docs.get(id, {}), id, n)
            for field, values in changes.items():
                if len(values) == 2:
                    doc[field] = values[1]
                    if field == "number":
                        self._note(table, values[1])
                else:
                    doc.pop(field, None)
            docs[id] = doc
        self.transactions[entry["id"]] = n

    def _note(self, table: str, number: object) -> None:
        if not isinstance(number, str):
            return
        series, _dash, digits = number.rpartition("-")
        if series and digits.isascii() and digits.isdecimal() and len(digits) < 16:
            key = table, series
            self._highest[key] = max(self._highest.get(key, 0), int(digits))
