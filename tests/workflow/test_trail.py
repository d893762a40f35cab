"""The trail: who, when, what before, what after, and why."""

import pytest
from walk_helpers import begun, give, item

from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, handling
from qms_tui.workflow.begin import begin
from qms_tui.workflow.cases import find_nonconformity
from qms_tui.workflow.given import Given
from qms_tui.workflow.nonconformities import list_rows, show_action, show_row
from qms_tui.workflow.numbers import find
from qms_tui.workflow.overview import overview
from qms_tui.workflow.trail import trail_of, trail_rows
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.walk import About


def test_the_trail_of_everything_of_an_audit_and_of_a_nonconformity(store: Store, ben: Actor) -> None:
    anna = Actor("anna", "root SHA256:abc")
    walk, other = begun(store, anna), begun(store, ben)
    give(walk, "temp", "12")
    give(other, "doors", "y")
    give(walk, "temp", "12", statement="Too warm")
    walk.complete("rest later")
    whole = trail_rows(store)
    assert [row["n"] for row in whole] == [1, 2, 3, 4]
    assert [row["number"] for row in whole] == [walk.number, other.number, walk.number, walk.number]
    assert (whole[0]["by"], whole[0]["via"], whole[3]["why"]) == ("anna", "root SHA256:abc", "rest later")
    assert [row["n"] for row in trail_of(store, walk.audit_id)] == [1, 3, 4]
    raised = walk.nonconformity_of("temp")
    assert raised is not None
    rows = trail_of(store, raised.id)
    assert [row["n"] for row in rows] == [1, 3] and {row["number"] for row in rows} == {raised["number"]}
    assert rows[1]["changes"] == [
        {
            "table": "nonconformities",
            "id": raised.id,
            "field": "statement",
            "old": "Temperature: 12 °C (above 2..8 °C)",
            "new": "Too warm",
        }
    ]
    assert [row["n"] for row in trail_rows(store, lambda record: record.by == "ben")] == [2]


def test_an_undo_says_what_it_undoes(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    n = give(walk, "doors", "y")
    walk.answer(item("doors"), Given(note="x"))
    walk.undo()
    assert [row["undoes"] for row in trail_rows(store)] == [None, None, n + 1]


def test_nonconformities_by_number(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "temp", "12")
    give(walk, "doors", "n")
    give(walk, "doors", "y")
    (row,) = list_rows(store, audit=str(walk.number).lower())
    assert row["audit"] == walk.number and row["item"] == "temp" and not row["overdue"]
    number = row["number"]
    assert find_nonconformity(store, f" {number.lower()} ")["number"] == number
    shown = show_row(store, number)
    assert shown["void"] is None and len(shown["trail"]) == 1
    voided = walk.nonconformity_of("doors")
    assert voided is not None
    assert show_row(store, voided["number"])["void"]["by"] == "anna"
    for missing in (lambda: find_nonconformity(store, "NC-1"), lambda: list_rows(store, audit="A-1")):
        with pytest.raises(Unknown, match=r"1: no such .*; see: qms-tui"):
            missing()


def test_what_the_home_screen_offers(store: Store, anna: Actor) -> None:
    empty = overview(store, anna)
    assert not empty.audits and not empty.nonconformities and empty.checklists and not empty.last_used
    walk, done = begun(store, anna), begun(store, anna)
    give(walk, "temp", "12")
    give(done, "doors", "y")
    done.complete("later")
    seen = overview(store, anna)
    assert [row["number"] for row in seen.audits] == [walk.number]
    assert [row["item"] for row in seen.nonconformities] == ["temp"]
    assert not seen.last_used  # of the checklists that are offered
    begin(store, anna, "weekly-check", About()).describe(About("Main office"))
    assert list(overview(store, anna).last_used) == ["weekly-check"]


def test_a_progress_note_stands_in_the_trail_of_its_action(store: Store, anna: Actor) -> None:
    number, _receipt = handling.raise_nonconformity(store, anna, "Late", "QMS 4.1")
    one, _receipt = actions.add(store, anna, number, "correction", "Call")
    other, _receipt = actions.add(store, anna, number, "correction", "Write")
    actions.note(store, anna, one, "nobody answers")
    shown = show_action(store, one)
    assert [event["what"] for event in shown["timeline"]] == [
        f"{one} added: correction: Call",
        f"{one} note: nobody answers",
    ]
    assert [row["number"] for row in shown["trail"]] == [one, one]
    assert [row["n"] for row in trail_of(store, find(store, one).id)] == [2, 4]
    assert [row["n"] for row in trail_of(store, find(store, other).id)] == [3]
    assert show_row(store, number)["timeline"][-1]["what"] == f"{one} note: nobody answers"
