"""Two people on one audit: each on a store of their own, one folder."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from walk_helpers import answer_of, begun, give, item

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Conflict, Receipt, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.audits import cancel, find_audit, open_walk
from qms_tui.workflow.begin import go_on
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import About, Walk

Pair = tuple[Walk, Walk]


@pytest.fixture
def pair(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> Iterator[Pair]:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    with open_store(store_dir) as second:
        yield walk, open_walk(second, ben, find_audit(second, str(walk.number)))


def test_each_sees_the_other_after_a_refresh(pair: Pair) -> None:
    anna, ben = pair
    give(anna, "temp", "12")
    added, _receipt = anna.add_item("More?", item("doors"))
    assert not ben.nonconformities()
    assert ben.refresh() and not ben.refresh()
    assert answer_of(ben, "temp")["value"] == 12 and len(ben.nonconformities()) == 1
    assert added in [e.item.id for e in ben.entries()]
    give(ben, "waited", "yes")
    assert anna.refresh() and "who" in [e.item.id for e in anna.entries()]
    assert anna.figures() == ben.figures()


def test_a_refresh_tells_whether_it_concerns_this_audit(pair: Pair) -> None:
    anna, ben = pair
    other = begun(ben.store, ben.actor)
    give(other, "doors", "n")
    assert not anna.refresh()


def test_a_stale_answer_conflicts_with_both_values_and_nothing_is_lost(pair: Pair) -> None:
    anna, ben = pair
    give(anna, "temp", "4")
    head = anna.store.head()
    with pytest.raises(Conflict) as conflict:
        give(ben, "temp", "12")
    message = str(conflict.value)
    assert message == "anna was first here: 4 °C, conform; yours: 12 °C, nonconform"
    assert conflict.value.mine["value"] == 12 and conflict.value.theirs is not None
    assert conflict.value.theirs["value"] == 4
    assert anna.store.head() == head and not anna.refresh()
    ben.refresh()
    assert answer_of(ben, "temp")["value"] == 4 and ben.nonconformities() == []
    give(ben, "temp", "12")
    anna.refresh()
    assert answer_of(anna, "temp")["value"] == 12
    assert [c.old for r in anna.store.history("answers") for c in r.changes if c.field == "value"] == [None, 4]


def test_different_items_do_not_conflict(pair: Pair) -> None:
    anna, ben = pair
    give(anna, "temp", "12")
    give(ben, "van", "Poor")
    give(anna, "handled", "4")
    ben.refresh()
    numbers = sorted(nc["number"] for nc in ben.store.find("nonconformities"))
    assert len(set(numbers)) == 2
    assert anna.figures() == ben.figures()


@pytest.mark.parametrize("end", ["complete", "cancel"])
def test_nothing_gets_into_an_audit_that_a_colleague_has_ended(pair: Pair, end: str) -> None:
    anna, ben = pair
    give(ben, "temp", "4")
    if end == "complete":
        ben.complete("time is up")
    else:
        cancel(ben.store, ben.actor, find_audit(ben.store, str(ben.number)), "wrong day")
    head = ben.store.head()
    for late in (
        lambda: give(anna, "van", "Poor"),
        lambda: anna.answer(item("doors"), Given(note="late")),
        lambda: anna.add_item("More?", item("doors")),
        anna.undo,
    ):
        with pytest.raises(Refused, match=r"A-.* its answers are frozen"):
            late()
    ben.refresh()
    assert ben.store.head() == head
    anna.refresh()
    with pytest.raises(Refused, match="reopen it first" if end == "complete" else "begin a new one: qms-tui run"):
        give(anna, "van", "Poor")


def test_a_subject_that_a_colleague_changed_is_no_conflict(pair: Pair) -> None:
    anna, ben = pair
    ben.describe(About("north"))
    give(anna, "temp", "4")
    assert anna.about.subject == "north"


def test_completing_counts_what_a_colleague_has_just_answered(pair: Pair) -> None:
    anna, ben = pair
    give(ben, "temp", "12")
    give(ben, "waited", "no")
    anna.complete("rest later")
    audit = find_audit(anna.store, str(anna.number))
    assert audit["figures"]["answered"] == 3
    assert [left["item"] for left in audit["left"]][:2] == ["temp", "handled"]


def test_the_figures_frozen_count_an_answer_on_its_way(pair: Pair) -> None:
    anna, ben = pair

    with ThreadPoolExecutor() as pool:
        completing: list[Future[Receipt]] = []

        def answer_meanwhile() -> Tx:
            completing.append(pool.submit(anna.complete, "rest later"))
            time.sleep(0.2)  # she has looked at what is answered, and waits for the store
            return Tx(uuid7(), ben.actor, ben.plan_answer(item("temp"), Given("conform", 4)), "")

        ben.store.transact(answer_meanwhile)
        completing[0].result()
    audit = find_audit(anna.store, str(anna.number))
    assert audit["figures"]["answered"] == 2
    assert audit["figures"] == anna.figures().as_json()


def test_another_window_of_the_same_person_is_not_overwritten_unseen(pair: Pair, store_dir: Path) -> None:
    anna, _ben = pair
    with open_store(store_dir) as third:
        window = open_walk(third, anna.actor, find_audit(third, str(anna.number)))
        give(anna, "temp", "4")
        seen = 0
        window.refresh()  # taken in, and not yet shown
        with pytest.raises(Conflict, match=r"you changed it in another window: 4 °C, conform; yours: nonconform"):
            window.answer(item("temp"), Given("nonconform"), seen)
        assert window.nonconformities() == []
        give(window, "temp", "12")


def test_what_one_window_gave_ahead_of_its_screen_is_no_conflict(pair: Pair) -> None:
    anna, _ben = pair
    for value in (4, 5, 6):
        anna.answer(item("temp"), Given("conform", value), 0)
    assert answer_of(anna, "temp")["value"] == 6


def test_evidence_of_two_people_is_kept_beside_each_other(pair: Pair) -> None:
    anna, ben = pair
    seen = answer_of(anna, "doors").rev
    ben.answer(item("doors"), Given(evidence=["ben saw it"]), seen)
    anna.answer(item("doors"), Given(evidence=["anna saw it"]), seen)
    assert [(kept["by"], kept["size"]) for kept in answer_of(anna, "doors")["evidence"]] == [("ben", 10), ("anna", 11)]


def test_a_note_and_evidence_stand_beside_a_colleagues_answer(pair: Pair) -> None:
    anna, ben = pair
    give(ben, "temp", "4")
    anna.answer(item("temp"), Given(note="by the fan", evidence=["07:00 4.1"]), 0)
    answer = answer_of(anna, "temp")
    assert (answer["by"], answer["value"], answer["note"], len(answer["evidence"])) == ("ben", 4, "by the fan", 1)


def test_an_answer_stands_beside_a_colleagues_note(pair: Pair) -> None:
    anna, ben = pair
    ben.answer(item("temp"), Given(note="by the fan"), 0)
    anna.answer(item("temp"), Given("conform", 4, "pass"), 0)
    answer = answer_of(anna, "temp")
    assert (answer["by"], answer["value"], answer["note"]) == ("anna", 4, "by the fan")


def test_two_notes_contradict_each_other_and_are_told_as_notes(pair: Pair) -> None:
    anna, ben = pair
    ben.answer(item("temp"), Given(note="by the fan"), 0)
    with pytest.raises(Conflict, match=r"^ben wrote a note first: by the fan; yours: by the door$"):
        anna.answer(item("temp"), Given(note="by the door"), 0)


def test_evidence_of_ones_own_hides_no_answer_that_came_before_it(pair: Pair) -> None:
    anna, ben = pair
    give(ben, "temp", "4")
    anna.answer(item("temp"), Given(evidence=["07:00 12.0"]), 0)
    with pytest.raises(Conflict, match="ben was first here"):
        anna.answer(item("temp"), Given("nonconform", 12, "fail"), 0)
    assert anna.nonconformities() == []


def test_a_finding_that_a_colleague_edited_is_not_overwritten(pair: Pair) -> None:
    anna, ben = pair
    give(anna, "temp", "12")
    ben.refresh()
    seen = answer_of(anna, "temp").rev
    again = Given("nonconform", 12, "fail", grade="minor", criterion="QMS 4.1")
    ben.answer(item("temp"), again._replace(statement="The fan is broken"), seen)
    with pytest.raises(Conflict, match="ben was first here"):
        anna.answer(item("temp"), again._replace(statement="The door stood open"), seen)


def test_who_goes_on_without_a_number_is_told_whose_audit_it_is(store: Store, anna: Actor, ben: Actor) -> None:
    give(begun(store, anna), "doors", "y")
    assert not go_on(store, anna, None).news
    walk = go_on(store, ben, None)
    assert walk.news == "Begun by anna; you have not worked on it yet."
    give(walk, "temp", "12")
    assert not go_on(store, ben, None).news
