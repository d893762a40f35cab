"""Findings on follow-up questions go when the question is no longer asked, and come back with it."""

import pytest
from walk_helpers import answer_of, begun, finding_of, give, item

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.audits import find_audit, load_record, open_walk
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import Walk

FOLLOWED = """\
- [ ] Is there a cold store? {#store}
  - answer: yes/no
  - expect: yes, no
  - if yes:
    - [ ] Its alarm works {#alarm}
      - severity: major
    - [ ] The light works {#light}
- [ ] Doors {#doors}
"""


@pytest.fixture
def walk(store: Store, anna: Actor) -> Walk:
    walk = begun(store, anna, FOLLOWED)
    give(walk, "store", "yes")
    give(walk, "alarm", "n", statement="Silent")
    return walk


def open_numbers(walk: Walk) -> list[str]:
    return [str(nc["number"]) for nc in walk.store.find("nonconformities", lambda doc: not doc.get("void"))]


def test_a_question_no_longer_asked_keeps_no_open_nonconformity(walk: Walk) -> None:
    n = give(walk, "store", "no")
    assert open_numbers(walk) == [] and finding_of(walk, "alarm")["void"]["unasked"]
    assert answer_of(walk, "alarm")["result"] == "nonconform"  # what was answered stays in the record
    (record,) = list(walk.store.changes(n - 1))
    assert {change.table for change in record.changes} == {"answers", "findings", "nonconformities"}
    shown = load_record(walk.store, walk.actor, find_audit(walk.store, str(walk.number)))
    assert [e.item.id for e in shown.entries if e.finding] == [] and shown.nonconformities == []


def test_asked_again_it_stands_as_before(walk: Walk) -> None:
    before = finding_of(walk, "alarm")
    give(walk, "store", "no")
    give(walk, "store", "yes")
    assert finding_of(walk, "alarm") == before and len(open_numbers(walk)) == 1


def test_an_undo_of_the_deciding_answer_brings_it_back(walk: Walk) -> None:
    give(walk, "store", "no")
    walk.undo()
    assert len(open_numbers(walk)) == 1


def test_a_finding_that_an_answer_took_back_does_not_return(walk: Walk) -> None:
    give(walk, "alarm", "y")
    give(walk, "store", "no")
    give(walk, "store", "yes")
    assert open_numbers(walk) == [] and "unasked" not in finding_of(walk, "alarm")["void"]


def test_an_undo_that_leaves_a_colleagues_follow_up_unasked(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna, FOLLOWED)
    give(walk, "store", "yes")
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    give(other, "alarm", "n")
    walk.undo()
    assert open_numbers(walk) == []


def test_a_nonconformity_that_is_worked_on_goes_its_own_way(walk: Walk) -> None:
    (raised,) = walk.nonconformities()
    walk.store.commit(Tx(uuid7(), walk.actor, [Op("nonconformities", raised.id, {"status": "analysis"})]))
    walk.refresh()
    give(walk, "store", "no")
    assert len(open_numbers(walk)) == 1


def test_completing_withdraws_what_an_older_record_left_open(walk: Walk) -> None:
    answer = answer_of(walk, "store")
    walk.store.commit(Tx(uuid7(), walk.actor, [Op("answers", answer.id, {"value": "no"})]))
    walk.complete("the rest is not ours")
    assert open_numbers(walk) == []


def test_a_follow_up_answered_while_a_colleague_unasks_it_is_refused(walk: Walk, store: Store, ben: Actor) -> None:
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    light = next(entry.item for entry in other.entries() if entry.item.id == "light")
    give(walk, "store", "no")
    head = store.head()
    with pytest.raises(Refused, match="no longer asked"):
        other.answer(light, Given("nonconform"))
    assert store.head() == head


def test_a_new_finding_after_the_first_nonconformity_was_closed_raises_another(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    (raised,) = walk.nonconformities()
    store.commit(Tx(uuid7(), anna, [Op("nonconformities", raised.id, {"status": "closed"})]))
    walk.refresh()
    give(walk, "doors", "n", statement="Again")
    first, second = sorted(walk.nonconformities(), key=lambda nc: str(nc["number"]))
    assert (first["status"], second["status"], second["statement"]) == ("closed", "draft", "Again")
    assert second["repeat_of"] == first["number"] and "repeat_of" not in first
    assert first["statement"] != "Again" and finding_of(walk, "doors")["nonconformity"] == second.id
    assert item("doors").id == second["item"]
