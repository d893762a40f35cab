"""What is similar, and what is a repeat."""

from typing import Any

import pytest

from qms_tui.reports.similar import Subject, clauses, is_recent, terms, wording


def nc(statement: str = "s", **fields: Any) -> dict[str, Any]:
    return {"statement": statement, "criterion": "QMS 4.1", "opened": "2026-06-01T08:00:00.000Z", **fields}


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Doors close by themselves", "Do all doors close by themselves?", True),
        (
            "All backups of the last 7 days ended without error",
            "The backups of the last seven days ended without errors",
            True,
        ),
        ("Every complaint has an owner", "Each open complaint has a named owner", True),
        ("伺服器室溫度正常", "伺服器室的溫度是否正常", True),
        ("Doors close by themselves", "Room temperature", False),
        ("Three closed jobs followed every step", "Server room temperature", False),
        ("", "", False),
    ],
)
def test_wording(one: str, other: str, like: bool) -> None:
    assert (wording(one, other) >= 0.6) is like
    assert wording(one, other) == pytest.approx(wording(other, one), abs=0.2)


def test_terms_and_clauses() -> None:
    assert terms("Not fulfilled: The doors are closed") == {"door", "clos"}
    assert clauses("ISO 9001 8.5.1, QMS 4.1; qms 4.1") == {"iso 9001 8.5.1", "qms 4.1"}
    assert clauses("Doors close by themselves") == frozenset()


DOORS = nc("Not fulfilled: Doors close", question="Doors close by themselves", checklist="round", item="doors")


@pytest.mark.parametrize(
    ("other", "repeat"),
    [
        ({"item": "doors", "checklist": "round", "question": "Anything else", "criterion": "x"}, True),
        ({"item": "doors-2", "checklist": "round", "question": "Do all doors close by themselves?"}, True),
        ({"item": "d", "checklist": "other", "question": "Doors close by themselves", "criterion": "qms 4.1"}, True),
        ({"item": "d", "checklist": "other", "question": "Doors close by themselves", "criterion": "QMS 9.1"}, False),
        ({"item": "d", "checklist": "round", "question": "Doors do not close by themselves"}, False),
        ({"item": "d", "checklist": "round", "question": "Doors open by themselves"}, False),
        ({"item": "temp", "checklist": "round", "question": "Room temperature"}, False),
        ({"statement": "Doors close badly", "item": None}, True),
    ],
)
def test_a_repeat_is_the_same_requirement_in_whatever_words(other: dict[str, Any], repeat: bool) -> None:
    assert Subject(DOORS).repeats(nc(**{"statement": "s", **other})) is repeat


def test_why_one_is_similar_and_how_much() -> None:
    mine = Subject(DOORS, ["nobody owns the form"])
    item, item_score = mine.reasons(nc(item="doors", checklist="round", criterion="x"), [])
    cause, cause_score = mine.reasons(nc("Late", criterion="x"), ["the form has nobody who owns it", "rain"])
    clause, clause_score = mine.reasons(nc("Late"), ["rain"])
    nothing, zero = mine.reasons(nc("Late", criterion="x"), ["rain"])
    assert (item, cause, clause, nothing) == (["item"], ["cause"], ["clause"], [])
    assert item_score > cause_score > clause_score > zero == 0
    assert mine.reasons(nc("The doors stay open and do not close", criterion="x"), [])[0] == ["wording"]


def test_recent_is_within_twelve_months_before() -> None:
    at = "2027-05-31T08:00:00.000Z"
    assert is_recent(nc(), at)
    assert not is_recent(nc(opened="2026-05-30T08:00:00.000Z"), at)
    assert not is_recent(nc(opened="2027-06-01T08:00:00.000Z"), at)
