"""Narrowing the register by what is typed."""

from typing import Any

import pytest

from qms_tui.reports.search import flaw_of, found, read_search, searchable

TODAY = "2026-11-27"


def row(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "number": number, "status": "draft", "grade": "minor", "statement": "Pump leaks", "criterion": "QMS 4.1",
        "audit": "A-2026-0001", "item": "pump", "owner": None, "due": None, "overdue": False, "age": 0, "cycle": 1,
        "repeat_of": None, "opened": "2026-11-20T08:00:00Z", "closed": None, **fields,
    }  # fmt: skip


ROWS = searchable(
    [
        row("NC-2026-0001"),
        row("NC-2026-0002", statement="機房門禁紀錄缺少", owner="Ben", grade="major", item="door"),
        row("NC-2026-0003", criterion="ISO 9001 8.5.1", opened="2026-01-02T08:00:00Z", status="closed",
            closed="2026-02-02T08:00:00Z"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3]),
        ("PUMP", [1, 3]),
        ("pump 0003", [3]),
        ("pump nothing", []),
        ("門禁", [2]),
        ("owner:ben", [2]),
        ("owner：BEN", [2]),
        ("grade:Major", [2]),
        ("clause:8.5", [3]),
        ("audit:a-2026-0001 clause:QMS", [1, 2]),
        ("age:30", [3]),
        ("age:soon", []),
        ("colour:red", []),
        ("owner:", []),
    ],
)
def test_words_and_fields(text: str, numbers: list[int]) -> None:
    assert [one["number"] for one in found(ROWS, text, TODAY)] == [f"NC-2026-{n:04}" for n in numbers]


def test_further_filters_count_too() -> None:
    assert [one["number"] for one in found(ROWS, "pump", TODAY, open_only=True)] == ["NC-2026-0001"]


def test_what_a_text_asks_for() -> None:
    assert read_search("Pump owner:ben age:30 x:y") == (("pump", "x:y"), {"owner": "ben", "age": 30})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "ownr:anna",
            "'ownr:anna': did you mean owner:? known are owner: clause: age:",
        ),
        ("pump status:closed", "'status:closed': known are owner:"),
        ("owner: ben", "'owner:': write behind the colon"),
        ("age:soon", "age:30"),
        ("grade:mjor", "the grades are major, minor"),
        ("owner：ben clause:4.1 age:30 Grade:MAJOR pump temperature: 10:30 https://example.org :x", ""),
    ],
)
def test_what_is_mistyped_is_told(text: str, said: str) -> None:
    assert said in flaw_of(text) and bool(flaw_of(text)) is bool(said)
