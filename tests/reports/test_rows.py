"""Rows and their filters."""

import time
from typing import Any

import pytest

from qms_tui.reports.rows import age_of, audit_row, by_number, nonconformity_row, nonconformity_rows, passing

TODAY = "2026-11-22"
AUDITS = {"a1": "A-2026-0001", "a2": "A-2026-0002"}


def nc(n: int, **fields: Any) -> dict[str, Any]:
    return {
        "number": f"NC-2026-{n:04d}",
        "status": "draft",
        "grade": "minor",
        "statement": "s",
        "criterion": "c",
        "audit": "a1",
        "cycle": 1,
        "opened": "2026-11-01T08:00:00.000Z",
        **fields,
    }


ALL = [
    nc(3, grade="major", due="2026-11-21", owner="anna", opened="2026-10-01T08:00:00.000Z"),
    nc(1, due="2026-11-22", owner="ben"),
    nc(2, due="2026-11-01", status="closed", owner="anna"),
    nc(
        4,
        audit="a2",
        status="verification",
        due="2026-12-01",
        criterion="ISO 9001 8.5, QMS 4.1",
        opened="2026-11-20T08:00:00.000Z",
    ),
    nc(5, due="2020-01-01", void={"why": "w", "by": "anna", "at": "2026-11-01T08:00:00.000Z"}),
    nc(6, status="cancelled", due="2020-01-01"),
]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [1, 2, 3, 4, 6]),
        ({"open_only": True}, [1, 3, 4]),
        ({"overdue": True}, [3]),
        ({"grade": "major"}, [3]),
        ({"owner": "anna"}, [2, 3]),
        ({"owner": "anna", "open_only": True}, [3]),
        ({"owner": " Anna "}, [2, 3]),
        ({"audit": "a2"}, [4]),
        ({"audit": "a9"}, []),
        ({"clause": "QMS 4.1"}, [4]),
        ({"clause": "qms 4"}, [4]),
        ({"clause": "QMS 4.11"}, []),
        ({"clause": "4.1"}, [4]),
        ({"age": 21}, [1, 2, 3, 6]),
        ({"age": 22}, [3]),
    ],
)
def test_filters(filters: dict[str, Any], numbers: list[int]) -> None:
    rows = nonconformity_rows(list(filter(passing(TODAY, **filters), ALL)), AUDITS, TODAY)
    assert [int(row["number"][-4:]) for row in rows] == numbers


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("number", [1, 2, 3, 4, 6]),
        ("due", [6, 2, 3, 1, 4]),
        ("age", [3, 1, 2, 6, 4]),
        ("grade", [3, 1, 2, 4, 6]),
        ("status", [1, 3, 4, 2, 6]),
        ("owner", [2, 3, 1, 4, 6]),
    ],
)
def test_orders(sort: str, numbers: list[int]) -> None:
    rows = nonconformity_rows(list(filter(passing(TODAY), ALL)), AUDITS, TODAY, sort)
    assert [int(row["number"][-4:]) for row in rows] == numbers


@pytest.mark.parametrize(
    ("today", "status", "overdue"),
    [
        ("2026-11-21", "draft", False),
        ("2026-11-22", "draft", True),
        ("2026-11-22", "closed", False),
        ("2026-11-22", "cancelled", False),
    ],
)
def test_overdue_is_derived_from_the_day(today: str, status: str, overdue: bool) -> None:
    assert nonconformity_row(nc(1, due="2026-11-21", status=status), None, today)["overdue"] is overdue


def test_without_a_due_date_nothing_is_overdue() -> None:
    row = nonconformity_row(nc(1), "A-2026-0001", TODAY)
    assert (row["overdue"], row["due"], row["owner"], row["repeat_of"], row["closed"]) == (
        False,
        None,
        None,
        None,
        None,
    )
    assert {"number", "status", "grade", "statement", "criterion", "audit", "item", "cycle", "opened"} <= set(row)


def test_numbers_are_ordered_as_numbers() -> None:
    numbers = ["NC-2025-10000", "NC-2026-0001", "NC-2026-9999", "NC-2026-10000", "NC-2026-10001"]
    assert sorted(set(numbers), key=by_number) == numbers
    rows = nonconformity_rows([nc(10000), nc(9999)], AUDITS, TODAY)
    assert [row["number"] for row in rows] == ["NC-2026-9999", "NC-2026-10000"]


def test_an_audit_row_has_the_keys_that_scripts_use() -> None:
    audit = {
        "number": "A-2026-0001",
        "title": "T",
        "kind": "check",
        "checklist": "t",
        "status": "in_progress",
        "lead": "anna",
        "started": "2026-11-01T08:00:00.000Z",
    }
    row = audit_row(audit, {"items": 1, "answered": 0})
    assert row == {**audit, "subject": None, "completed": None, "items": 1, "answered": 0}


@pytest.mark.parametrize(
    ("fields", "age"),
    [
        ({}, 21),
        ({"status": "closed", "closed": "2026-11-10T08:00:00.000Z"}, 9),
        ({"status": "cancelled", "cancelled": "2026-11-03T08:00:00.000Z"}, 2),
        ({"opened": "2026-11-21T20:00:00.000Z"}, 0),  # already the 22nd there
        ({"status": "closed", "closed": "2026-11-10T20:00:00.000Z"}, 10),
    ],
)
def test_age_ends_with_it_and_counts_local_days(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], age: int
) -> None:
    monkeypatch.setenv("TZ", "Asia/Taipei")
    time.tzset()
    try:
        assert age_of({"status": "draft", "opened": "2026-11-01T08:00:00.000Z", **fields}, "2026-11-22") == age
    finally:
        monkeypatch.undo()
        time.tzset()
