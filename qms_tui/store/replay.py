"""Whether each change starts from what the lines before it left, and human numbers are given in order."""

from collections.abc import Iterator
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.line import Entry
from qms_tui.store.state import State
from qms_tui.store.values import same


class Replay:
    """Holds entries against the documents of a state, and then makes them part of it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._highest: dict[tuple[str, str], int] = {}  # (table, "NC-2026") -> 12

    def apply(self, entry: Entry) -> Iterator[str]:
        """What is wrong with the entry's changes; then they are part of the documents. Raises PartLost."""
        now: dict[tuple[str, str], dict[str, Any]] = {}  # one entry may change a document twice
        for table, id, changes in entry["ops"]:
            doc = now.get((table, id))
            if doc is None:
                doc = now[table, id] = dict(self._state.doc(table, id) or {})
            for field, values in changes.items():
                if not same(values[0], doc.get(field)):
                    yield _("{table} {id}: the old value of {field} is not what the lines before it left").format(
                        table=table, id=id, field=field
                    )
                if len(values) == 1:
                    doc.pop(field, None)
                    continue
                doc[field] = values[1]
                if field == "number" and isinstance(values[1], str):
                    yield from self._numbered(table, values[1])
        self._state.apply(entry)

    def _numbered(self, table: str, number: str) -> Iterator[str]:
        series, _dash, digits = number.rpartition("-")
        if not (series and digits.isascii() and digits.isdecimal() and len(digits) < 16):
            return
        highest, given = self._highest.get((table, series), 0), int(digits)
        if given <= highest:
            yield _("{number} is given a second time").format(number=number)
        elif given > highest + 1:
            yield _("{number} is given, but {before} never was").format(
                number=number, before=f"{series}-{given - 1:04d}"
            )
        self._highest[table, series] = max(highest, given)
