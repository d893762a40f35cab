"""Rows of the lists that screens and commands show: the same pure functions over stored documents."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from qms_tui.records.case import same_person
from qms_tui.records.dates import is_overdue
from qms_tui.records.words import ENDED, GRADES, NONCONFORMITY_STATUSES

Document = Mapping[str, Any]
Row = TypeVar("Row", bound=Document)


def audit_row(audit: Document, figures: Document) -> dict[str, Any]:
    """An audit with its figures (`Figures.as_json`)."""
    return {
        "number": audit["number"],
        "title": audit["title"],
        "kind": audit["kind"],
        "checklist": audit["checklist"],
        "subject": audit.get("subject"),
        "status": audit["status"],
        "lead": audit["lead"],
        "started": audit["started"],
        "completed": audit.get("completed"),
        **figures,
    }


def by_number(number: str) -> tuple[str, int]:
    """Orders human numbers: NC-2026-10000 after NC-2026-9999."""
    series, _dash, count = number.rpartition("-")
    return (series, int(count)) if count.isdecimal() else (number, 0)


def is_open(nonconformity: Document) -> bool:
    """Neither ended nor void."""
    return not nonconformity.get("void") and nonconformity["status"] not in ENDED


def nonconformity_row(nonconformity: Document, audit_number: str | None, today: str) -> dict[str, Any]:
    """A nonconformity. `today` is an ISO date; overdue is derived from it, never stored."""
    due = nonconformity.get("due")
    return {
        "number": nonconformity["number"],
        "status": nonconformity["status"],
        "grade": nonconformity["grade"],
        "statement": nonconformity["statement"],
        "criterion": nonconformity["criterion"],
        "audit": audit_number,
        "item": nonconformity.get("item"),
        "owner": nonconformity.get("owner"),
        "due": due,
        "overdue": is_overdue(due, today) and is_open(nonconformity),
        "age": age_of(nonconformity, today),
        "cycle": nonconformity["cycle"],
        "repeat_of": nonconformity.get("repeat_of"),
        "opened": nonconformity["opened"],
        "closed": nonconformity.get("closed"),
        "cancelled": nonconformity.get("cancelled"),
    }


SORTS = ("number", "due", "age", "grade", "status", "owner")


def passing(
    today: str,
    *,
    open_only: bool = False,
    overdue: bool = False,
    grade: str | None = None,
    owner: str | None = None,
    audit: str | None = None,
    clause: str | None = None,
    age: int | None = None,
) -> Callable[[Document], bool]:
    """The filters of `nc list` as a question to each nonconformity; withdrawn ones never pass.

    `audit` is the id of the audit that raised it, `clause` the beginning of a clause that its criterion names, `age`
    the days that it was open for, at least.
    """
    asked: list[Callable[[Document], bool]] = [lambda doc: not doc.get("void")]
    if open_only or overdue:
        asked.append(is_open)
    if overdue:
        asked.append(lambda doc: is_overdue(doc.get("due"), today))
    if grade is not None:
        asked.append(lambda doc: doc["grade"] == grade)
    if owner is not None:
        asked.append(lambda doc: same_person(doc.get("owner"), owner))
    if audit is not None:
        asked.append(lambda doc: doc.get("audit") == audit)
    if clause is not None:
        asked.append(lambda doc: _names(doc["criterion"], clause))
    if age is not None:
        asked.append(lambda doc: age_of(doc, today) >= age)
    return asked[0] if len(asked) == 1 else lambda doc: all(passes(doc) for passes in asked)


def _names(criterion: str, clause: str) -> bool:
    wanted = " ".join(clause.split()).casefold()
    found = re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\w)", " ".join(criterion.split()).casefold())
    return found is not None


def age_of(nonconformity: Document, today: str) -> int:
    """Days from its opening until it was closed or cancelled, or until today; days as they are here, not in UTC."""
    ended = nonconformity.get("closed") or nonconformity.get("cancelled")
    end = _day(ended) if ended else date.fromisoformat(today)
    return max(0, (end - _day(nonconformity["opened"])).days)


def _day(at: str) -> date:
    """The local day of a time in UTC."""
    return date.fromtimestamp(datetime.fromisoformat(at).timestamp())  # half of what `astimezone` costs a row


def nonconformity_rows(
    nonconformities: Iterable[Document], audit_numbers: Mapping[str, str], today: str, sort: str = "number"
) -> list[dict[str, Any]]:
    """Rows of documents, sorted as `sort_rows` does."""
    return sort_rows(
        [nonconformity_row(doc, audit_numbers.get(doc.get("audit") or ""), today) for doc in nonconformities], sort
    )


def sort_rows(rows: Iterable[Row], sort: str) -> list[Row]:
    """Rows in the order of `sort`: the oldest, the worst, the soonest due first; then by number."""
    ordered = sorted(rows, key=lambda row: by_number(str(row["number"])))
    if sort != "number":
        ordered.sort(key=_ORDER[sort])
    return ordered


_ORDER: Mapping[str, Callable[[Document], Any]] = {
    "due": lambda row: row["due"] or "9999",
    "age": lambda row: -row["age"],
    "grade": lambda row: GRADES.index(row["grade"]),
    "status": lambda row: NONCONFORMITY_STATUSES.index(row["status"]),
    "owner": lambda row: (row["owner"] is None, str(row["owner"]).casefold()),
}
