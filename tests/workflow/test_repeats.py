"""Repeats across audits, similar ones, and the lessons learned."""

import pytest
from case_walk import ANNA, BEN, analysed, closed, nc, raised
from walk_helpers import TEXT, begun, give

from qms_tui.records.gates import Barred
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import causes, handling
from qms_tui.workflow.cases import case_of
from qms_tui.workflow.lessons import lessons
from qms_tui.workflow.nonconformities import list_rows, show_row
from qms_tui.workflow.repeats import similar_rows
from qms_tui.workflow.unknown import Unknown

REWORDED = TEXT.replace("Doors close by themselves {#doors}", "Do all doors close by themselves? {#closing}")
TURNED = TEXT.replace("Doors close by themselves {#doors}", "Doors open by themselves {#opening}")


def test_a_repeat_is_recognised_across_two_audits_with_reworded_items(store: Store, anna: Actor) -> None:
    first = begun(store, anna)
    give(first, "doors", "n")
    give(first, "temp", "12")
    second = begun(store, anna, REWORDED)
    second.decide_history("closing", same=True)
    give(second, "closing", "n")
    give(second, "temp", "13")
    doors, temp, closing, again = list_rows(store)
    assert (closing["repeat_of"], again["repeat_of"]) == (doors["number"], temp["number"])
    assert (doors["repeat_of"], temp["repeat_of"]) == (None, None)
    (candidate, *_rest) = show_row(store, closing["number"])["candidates"]
    assert candidate["number"] == doors["number"] and candidate["recent"]
    assert set(candidate["reasons"]) == {"wording", "clause"}


def test_words_that_turn_the_meaning_are_no_repeat(store: Store, anna: Actor) -> None:
    give(begun(store, anna), "doors", "n")
    give(begun(store, anna, TURNED), "opening", "n")
    assert [row["repeat_of"] for row in list_rows(store)] == [None, None]


def test_a_passing_answer_and_a_note_link_nothing(store: Store, anna: Actor) -> None:
    give(begun(store, anna), "doors", "n")
    walk = begun(store, anna)
    give(walk, "doors", "y")
    give(walk, "doors", "n")
    assert [row["repeat_of"] for row in list_rows(store)] == [None, list_rows(store)[0]["number"]]


def test_one_that_is_raised_by_hand_is_a_repeat_too(store: Store) -> None:
    first = raised(store, "A job was closed without the customer's confirmation")
    second = raised(store, "Jobs were closed without confirmation of the customer")
    third = raised(store, "The server room is too warm")
    assert (nc(store, second)["repeat_of"], nc(store, third).get("repeat_of")) == (first, None)


def test_the_same_root_cause_is_a_repeat(store: Store) -> None:
    first, second, third = (raised(store, text) for text in ("Jobs unconfirmed", "Invoices late", "Keys lost"))
    analysed(store, first, "Nobody owns the form")
    why, _receipt = causes.add_why(store, BEN, second, "The form has no owner: nobody owns it")
    assert nc(store, second).get("repeat_of") is None  # a why is no root cause yet
    causes.change_why(store, BEN, second, why, {"root": True})
    assert nc(store, second)["repeat_of"] == first
    causes.add_why(store, ANNA, third, "The key board hangs outside", None, {"root": True})
    assert nc(store, third).get("repeat_of") is None


def test_a_link_by_cause_is_no_circle_and_replaces_none(store: Store) -> None:
    first, second = raised(store, "Jobs unconfirmed"), raised(store, "Invoices late")
    handling.mark_repeat(store, ANNA, second, first)
    analysed(store, second, "Nobody owns the form")
    analysed(store, first, "Nobody owns the form")
    assert (nc(store, first).get("repeat_of"), nc(store, second)["repeat_of"]) == (None, first)


def test_similar_ones_come_with_their_lesson(store: Store) -> None:
    old = closed(store, "A job was closed unconfirmed")
    new = raised(store, "Two jobs were closed unconfirmed")
    raised(store, "Keys lost")
    rows = similar_rows(store, case_of(store, new))
    assert rows[0]["number"] == old and rows[0]["lesson"] and rows[0]["score"] > rows[1]["score"]
    assert "wording" not in rows[1]["reasons"]
    assert len(similar_rows(store, case_of(store, new), most=1)) == 1


def test_lessons_are_searched_and_offered_at_the_item(store: Store, anna: Actor) -> None:
    number = closed(store, "A job was closed unconfirmed")
    assert [row["number"] for row in lessons(store)] == [number]
    assert [row["number"] for row in lessons(store, "fields EMPTY")] == [number]
    assert [row["number"] for row in lessons(store, number)] == [number]
    assert lessons(store, "temperature") == []

    walk = begun(store, anna)
    give(walk, "doors", "n")
    found = list_rows(store)[-1]["number"]
    assert begun(store, anna).lessons("doors") == []
    from case_walk import carried_out, checked, planned

    analysed(store, found, "the hinges have no plan")
    carried_out(store, found, planned(store, found))
    checked(store, found)
    later = begun(store, anna)
    assert later.lessons("doors") == [f"{found}: fields that may be empty will be"] and later.lessons("temp") == []


def test_one_that_was_raised_later_is_near_too(store: Store) -> None:
    first = raised(store, "A job was closed without the customer's confirmation")
    raised(store, "Jobs were closed without confirmation of the customer")
    assert similar_rows(store, case_of(store, first))[0]["recent"]


def test_a_repeat_is_parted_and_none_repeats_a_cancelled_one(store: Store) -> None:
    first = raised(store, "A job was closed without the customer's confirmation")
    second = raised(store, "Jobs were closed without confirmation of the customer")
    handling.part_repeat(store, ANNA, second, first)
    assert nc(store, second).get("repeat_of") is None
    with pytest.raises(Barred, match="no repeat of"):
        handling.part_repeat(store, ANNA, second, first)
    handling.cancel(store, ANNA, first, "not so")
    with pytest.raises(Barred, match="cancelled"):
        handling.mark_repeat(store, ANNA, second, first)


def test_one_that_is_raised_by_hand_names_an_item_of_its_audit(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    number = str(walk.number)
    with pytest.raises(Unknown, match="did you mean 'doors'"):
        handling.raise_nonconformity(store, anna, "Open", "QMS 4.1", audit=number, item="dors")
    with pytest.raises(Unknown, match="no item ladder"):
        handling.raise_nonconformity(store, anna, "Open", "QMS 4.1", audit=number, item="ladder")
    assert handling.raise_nonconformity(store, anna, "Open", "QMS 4.1", audit=number, item="doors")[0]
