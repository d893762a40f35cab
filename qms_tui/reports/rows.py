"""Rows of the lists that screens and commands show: the same pure functions over stored documents."""

from collections.abc import Iterable, Mapping
from typing import Any

from qms_tui.records.words import ENDED

Document = Mapping[str, Any]


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


def by_number(number: str) -> tuple[str, int, int]:
    """Orders human numbers: NC-2026-10000 after NC-2026-9999."""
    prefix, _dash, rest = number.partition("-")
    year, _dash, count = rest.partition("-")
    return (prefix, int(year), int(count)) if year.isdecimal() and count.isdecimal() else (number, 0, 0)


def is_open(nonconformity: Document) -> bool:
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
        "overdue": bool(due and due < today and is_open(nonconformity)),
        "cycle": nonconformity["cycle"],
        "repeat_of": nonconformity.get("repeat_of"),
        "opened": nonconformity["opened"],
        "closed": nonconformity.get("closed"),
    }


def nonconformity_rows(
    nonconformities: Iterable[Document],
    audit_numbers: Mapping[str, str],
    today: str,
    *,
    open_only: bool = False,
    overdue: bool = False,
    grade: str | None = None,
    owner: str | None = None,
    audit: str | None = None,
) -> list[dict[str, Any]]:
    """The rows that pass every filter, in the order of their numbers. Void ones are left out."""
    rows = [
        nonconformity_row(doc, audit_numbers.get(doc.get("audit") or ""), today)
        for doc in nonconformities
        if not doc.get("void") and (is_open(doc) or not open_only)
    ]
    return sorted(
        (
            row
            for row in rows
            if (row["overdue"] or not overdue)
            and (grade is None or row["grade"] == grade)
            and (owner is None or row["owner"] == owner)
            and (audit is None or row["audit"] == audit)
        ),
        key=lambda row: by_number(str(row["number"])),
    )
