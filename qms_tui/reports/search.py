"""Narrowing a register as one types: words, all of which must occur in a row, and `field:value`.

The same text works in the register's screen and in `nc list --find`: `pump owner:ben clause:4.1 age:30`.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.words import GRADES, grade_label, status_label
from qms_tui.reports.rows import passing

Row = Mapping[str, Any]

FIELDS = ("owner", "clause", "age", "grade", "audit")
_SEARCHED = ("number", "statement", "criterion", "audit", "item", "owner", "due", "repeat_of", "grade", "status")


class Sought(NamedTuple):
    """What a text asks for: folded words, and filters as `reports.rows.passing` takes them (`audit` is a number)."""

    words: tuple[str, ...]
    filters: Mapping[str, Any]


def read_search(text: str) -> Sought:
    """Words and fields of a text; a field that it is not, or without a value that fits, is a word."""
    words: list[str] = []
    filters: dict[str, Any] = {}
    for word in text.split():
        field, colon, value = word.replace("：", ":").partition(":")
        field = field.casefold()
        if not (colon and value and field in FIELDS) or (field == "age" and not value.isdecimal()):
            words.append(word.casefold())
        elif field == "age":
            filters[field] = int(value)
        else:
            filters[field] = value.upper() if field == "audit" else value.casefold() if field == "grade" else value
    return Sought(tuple(words), filters)


def flaw_of(text: str) -> str:
    """Why a text asks for something that there is not, in one line: a field that is none, a value that cannot fit."""
    for word in text.split():
        field, colon, value = word.replace("：", ":").partition(":")
        if not colon or value.startswith("//") or not field.isalpha():
            continue
        if not value:
            if field.casefold() in FIELDS:
                return _("'{word}': write behind the colon, without a space, what is sought").format(word=word)
            continue
        if field.casefold() not in FIELDS:
            near = get_close_matches(field.casefold(), FIELDS, n=1)
            known = ": ".join(FIELDS) + ":"
            hint = _("did you mean {near}:?").format(near=near[0]) + " " if near else ""
            return _("'{word}': {hint}known are {known}").format(word=word, hint=hint, known=known)
        if field.casefold() == "age" and not value.isdecimal():
            return _("'{word}': write the days as a number: age:30").format(word=word)
        if field.casefold() == "grade" and value.casefold() not in GRADES:
            return _("'{word}': the grades are {known}").format(word=word, known=", ".join(GRADES))
    return ""


class Searchable(NamedTuple):
    """A row with all that may be sought in it, folded once."""

    row: Row
    words: str


def searchable(rows: Iterable[Row]) -> list[Searchable]:
    """`rows` as `nc list --json` gives them. Labels are sought as well as the codes of the record."""
    return [Searchable(row, _words(row)) for row in rows]


def _words(row: Row) -> str:
    said = [str(row[field]) for field in _SEARCHED if row[field]]
    return "\n".join([*said, grade_label(row["grade"]), status_label(row["status"])]).casefold()


def found(rows: Sequence[Searchable], text: str, today: str, **filters: Any) -> list[Row]:
    """The rows that a text asks for and that pass further `filters`."""
    sought = read_search(text)
    wanted = {**sought.filters, **filters}
    passes = passing(today, **wanted) if wanted else None
    return [
        one.row
        for one in rows
        if all(word in one.words for word in sought.words) and (passes is None or passes(one.row))
    ]
