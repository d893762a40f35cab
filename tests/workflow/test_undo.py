"""Taking back: by a new transaction, one's own only, and only what nobody has changed since."""

from pathlib import Path

import pytest
from walk_helpers import answer_of, begun, checklist, finding_of, give, item, journal

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.audits import find_audit, open_walk
from qms_tui.workflow.given import Given, from_text


def test_an_answer_with_its_finding_and_nonconformity(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begun(store, anna)
    n = give(walk, "doors", "n")
    back = walk.undo()
    assert (back.item, back.receipt.n, back.what) == ("doors", n + 1, "answer")
    found = answer_of(walk, "doors")
    assert found["progress"] == "to_do" and not {"result", "value", "verdict", "note"} & set(found)
    assert finding_of(walk, "doors")["void"]["why"] == f"undo of {n}"
    assert walk.nonconformities() == []
    line = journal(store_dir)[-1]
    assert line["undoes"] == n and line["why"] == f"undo of {n}"
    assert walk.number is not None and walk.first_open() == "doors"


def test_a_second_answer_goes_back_to_the_first(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "temp", "4", note="at the door")
    give(walk, "temp", "12")
    walk.undo()
    found = answer_of(walk, "temp")
    assert (found["result"], found["value"], found["verdict"], found["note"]) == ("conform", 4, "pass", "at the door")
    assert walk.nonconformities() == []


def test_taking_back_a_conform_revives_the_nonconformity(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n", statement="Door 3")
    (before,) = walk.nonconformities()
    give(walk, "doors", "y")
    walk.undo()
    (after,) = walk.nonconformities()
    assert after == before and "void" not in finding_of(walk, "doors")


def test_several_in_a_row_then_nothing_is_left(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    walk.answer(item("doors"), Given(note="a note"))
    walk.answer(item("doors"), Given(evidence=["some text"]))
    give(walk, "temp", "4")
    give(walk, "temp", "5")
    assert [walk.undo()[0] for _ in range(5)] == ["temp", "temp", "doors", "doors", "doors"]
    for id_ in ("doors", "temp"):
        assert not {"result", "value", "note", "evidence"} & set(answer_of(walk, id_))
    with pytest.raises(Refused, match="nothing of yours"):
        walk.undo()


def test_an_undo_is_not_undone_but_a_new_answer_is(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    walk.undo()
    give(walk, "doors", "p")
    walk.undo()
    assert "result" not in answer_of(walk, "doors")
    with pytest.raises(Refused, match="nothing of yours"):
        walk.undo()


def test_a_note_and_evidence_alone(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n", note="first")
    walk.answer(item("doors"), Given(note="second"))
    walk.undo()
    assert answer_of(walk, "doors")["note"] == "first"
    walk.answer(item("doors"), Given(evidence=["one"]))
    walk.answer(item("doors"), Given(evidence=["two"]))
    walk.undo()
    assert len(answer_of(walk, "doors")["evidence"]) == 1
    assert len(walk.nonconformities()) == 1


def test_an_added_item(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    added, _receipt = walk.add_item("More?", item("doors"))
    give(walk, added, "n")
    assert walk.undo()[0] == added and added in [e.item.id for e in walk.entries()]
    assert walk.undo()[0] == added and added not in [e.item.id for e in walk.entries()]
    assert answer_of(walk, added)["void"]["by"] == "anna"


def test_never_another_persons(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    with pytest.raises(Refused, match="nothing of yours"):
        other.undo()
    give(other, "temp", "4")
    assert walk.undo()[0] == "doors" and answer_of(walk, "temp")["result"] == "conform"


def test_refused_when_somebody_changed_it_since(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    other.answer(item("doors"), from_text(item("doors"), "n"))
    with pytest.raises(Refused, match=r"changed again since \(ben, 2\)"):
        walk.undo()
    other.undo()
    assert walk.undo()[0] == "doors"


def test_a_colleagues_note_outlives_the_answer_that_is_taken_back(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    other.answer(item("doors"), Given(note="by ben"))
    walk.refresh()
    assert answer_of(walk, "doors")["by"] == "anna"
    walk.undo()
    assert answer_of(walk, "doors")["note"] == "by ben" and "result" not in answer_of(walk, "doors")


def test_in_another_session_and_not_in_another_audit(store: Store, store_dir: Path, anna: Actor) -> None:
    walk, other = begun(store, anna), begun(store, anna)
    give(walk, "doors", "y")
    give(other, "doors", "n")
    with open_store(store_dir) as again:
        resumed = open_walk(again, anna, find_audit(again, str(walk.number)))
        assert resumed.undo()[0] == "doors"
        with pytest.raises(Refused):
            resumed.undo()
        other.refresh()
    assert answer_of(other, "doors")["result"] == "nonconform"
    assert checklist().digest == other.checklist.digest


def test_completing_is_no_step(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    walk.complete("rest later")
    walk.reopen("the rest")
    assert walk.undo()[0] == "doors"


def test_an_added_item_at_which_a_colleague_noted_something_stays(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    added, _receipt = walk.add_item("More?", item("doors"))
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    other.answer(next(e.item for e in other.entries() if e.item.id == added), Given(note="by ben"))
    with pytest.raises(Refused, match="entered at the added item since"):
        walk.undo()
    assert answer_of(walk, added)["note"] == "by ben" and "void" not in answer_of(walk, added)


def test_it_is_said_what_of_the_item_was_taken_back(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    walk.answer(item("doors"), Given(note="by the fan"))
    walk.answer(item("doors"), Given(evidence=["07:00 closed"]))
    walk.answer(item("doors"), Given("conform", grade="observation", statement="Squeaks", criterion="QMS 4.1"))
    walk.answer(item("temp"), Given(note="broken"))
    walk.add_item("More?", item("doors"))
    taken = [walk.undo() for _ in range(6)]
    assert [back.what for back in taken] == ["item", "note", "finding", "evidence", "note", "answer"]
    assert taken[3].words(walk.all_entries()) == "Evidence taken back: Doors close by themselves"


def test_a_nonconformity_that_somebody_has_worked_on_stays(store: Store, anna: Actor, ben: Actor) -> None:
    """A field that the answer did not set, or an action: the nonconformity is not taken away under it."""
    walk = begun(store, anna)
    give(walk, "doors", "n")
    (raised,) = walk.nonconformities()
    n = store.commit(Tx(uuid7(), ben, [Op("nonconformities", raised.id, {"owner": "ben"})])).n
    with pytest.raises(Refused, match=rf"{raised['number']} was worked on since \(ben, {n}\); cancel it instead"):
        walk.undo()
    give(walk, "temp", "12")
    (other,) = (nc for nc in walk.nonconformities() if nc.id != raised.id)
    n = store.commit(Tx(uuid7(), ben, [Op("actions", uuid7(), {"nonconformity": other.id}, 0, "AC")])).n
    with pytest.raises(Refused, match=rf"{other['number']} was worked on since \(ben, {n}\)"):
        walk.undo()
    assert len(walk.nonconformities()) == 2 and answer_of(walk, "temp")["result"] == "nonconform"
