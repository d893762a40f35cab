"""Beginning, going on, what was answered before, completing and reopening."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from walk_helpers import ASKED, answer_of, begun, finding_of, give, item, journal

from qms_tui.records.gates import Refused
from qms_tui.reports.similar import WITHIN
from qms_tui.store.base import Actor, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.audits import audit_rows, cancel, find_audit, latest_in_progress, load_record, open_walk
from qms_tui.workflow.begin import begin, go_on
from qms_tui.workflow.given import Given
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.walk import About


def test_looking_records_nothing(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begin(store, anna, "weekly-check", About(subject="looking"))
    assert walk.entries() and walk.missing() and walk.figures().coverage == 0 and walk.first_open()
    assert not walk.refresh() and walk.nonconformities() == [] and walk.past("doors") == []
    with pytest.raises(Refused, match="nothing has been recorded yet"):
        walk.complete("why")
    with pytest.raises(Refused):
        walk.undo()
    with pytest.raises(Refused):
        walk.reopen("why")
    assert not store_dir.exists()


def test_describing_begins_the_audit_and_changes_it_later(store: Store, anna: Actor) -> None:
    walk = begun(store, anna, subject="north")
    walk.describe(About("south", "hall 2", ("ben", "徐")))
    assert walk.about == About("south", "hall 2", ("ben", "徐"))
    walk.describe(About("south"))
    audit = find_audit(store, str(walk.number).lower())
    assert audit["subject"] == "south" and "team" not in audit and "site" not in audit


def test_going_on_after_my_latest_answer(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    assert walk.first_open() == "doors"
    give(walk, "handled", "4")
    assert walk.first_open() == "van"
    other = open_walk(store, ben, find_audit(store, str(walk.number)))
    assert other.first_open() == "doors"
    give(other, "doors", "y")
    walk.refresh()
    assert other.first_open() == "temp" and walk.first_open() == "van"
    for id_, typed in (("van", "Good"), ("subjects", "Tone"), ("service", "2026-01-01"), ("risk", "1x1")):
        give(walk, id_, typed)
    assert walk.first_open() == "temp"
    give(walk, "temp", "4")
    give(walk, "waited", "no")
    assert walk.first_open() is None


def test_the_latest_audit_of_each(store: Store, anna: Actor, ben: Actor) -> None:
    with pytest.raises(Unknown, match="no audit is in progress"):
        latest_in_progress(store, anna)
    first, second = begun(store, anna), begun(store, ben)
    give(first, "doors", "y")
    give(second, "doors", "y")
    assert latest_in_progress(store, anna).id == first.audit_id
    assert latest_in_progress(store, Actor("carol")).id == second.audit_id
    third = begun(store, anna)
    third.describe(About("only begun"))
    assert latest_in_progress(store, anna).id == third.audit_id
    assert latest_in_progress(store, ben).id == second.audit_id
    third.complete("nothing to do")
    assert go_on(store, anna, None).audit_id == first.audit_id
    assert go_on(store, anna, str(second.number).lower()).audit_id == second.audit_id
    with pytest.raises(Unknown, match=r"A-1: no such audit; see: qms-tui audit list"):
        go_on(store, anna, "A-1")


def test_an_audit_keeps_the_checklist_it_began_with(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    changed = begun(store, anna, text="- [ ] Other question {#doors}\n")
    give(changed, "doors", "y")
    resumed = open_walk(store, anna, find_audit(store, str(walk.number)))
    assert resumed.checklist.digest == walk.checklist.digest != changed.checklist.digest
    assert [e.item.id for e in resumed.entries()][:8] == ASKED


def test_answers_of_the_last_times(store: Store, anna: Actor) -> None:
    for temp in ("3", "4", "5", "12"):
        walk = begun(store, anna, subject=f"round {temp}")
        give(walk, "temp", temp, note=f"n{temp}")
        if temp == "5":
            cancel(store, anna, find_audit(store, str(walk.number)), "wrong van")
    past = begun(store, anna).past("temp")
    assert [(p.value, p.result, p.note, p.unit) for p in past] == [
        (12, "nonconform", "n12", "°C"),
        (4, "conform", "n4", "°C"),
        (3, "conform", "n3", "°C"),
    ]
    assert past[0].audit == "A-" + past[0].audit[2:6] + "-0004" and past[0].subject == "round 12"
    assert [p.value for p in open_walk(store, anna, find_audit(store, past[0].audit)).past("temp")] == [4, 3]


def test_a_repeat_within_a_year_is_seen_by_itself(store: Store, anna: Actor) -> None:
    first = begun(store, anna)
    give(first, "doors", "n")
    give(first, "temp", "12")
    give(first, "temp", "4")
    second = begun(store, anna)
    give(second, "doors", "n")
    give(second, "temp", "12")
    raised = {nc["item"]: nc for nc in second.nonconformities()}
    (before,) = first.nonconformities()
    assert raised["doors"]["repeat_of"] == before["number"]
    assert "repeat_of" not in raised["temp"]  # the earlier one was withdrawn


@pytest.mark.parametrize(
    ("age", "repeated"), [(WITHIN - timedelta(hours=1), True), (WITHIN + timedelta(hours=1), False)]
)
def test_a_repeat_is_counted_from_a_year_back(store: Store, anna: Actor, age: timedelta, repeated: bool) -> None:
    first = begun(store, anna)
    give(first, "doors", "n")
    (before,) = first.nonconformities()
    opened = (datetime.now(UTC) - age).isoformat()
    store.commit(Tx(uuid7(), anna, [Op("nonconformities", before.id, {"opened": opened})]))
    second = begun(store, anna)
    give(second, "doors", "n")
    (after,) = second.nonconformities()
    assert after.get("repeat_of") == (before["number"] if repeated else None)


def test_completing_lists_what_is_missing_and_keeps_the_reason(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    give(walk, "temp", "12")
    walk.answer(item("waited"), Given("not_assessed"))
    assert [(m.item, m.what) for m in walk.missing()] == [
        ("temp", "evidence"),
        ("waited", "reason"),
        *((id_, "answer") for id_ in ASKED[3:]),
    ]
    with pytest.raises(Refused, match="7 things are missing"):
        walk.complete()
    walk.complete("the lights went out", summary="Half a round")
    audit = find_audit(store, str(walk.number))
    assert audit["status"] == "completed" and audit["completed"] and audit["summary"] == "Half a round"
    assert [left["item"] for left in audit["left"]] == [m.item for m in walk.missing()]
    assert {left["reason"] for left in audit["left"]} == {"the lights went out"}
    assert audit["figures"] == walk.figures().as_json()


def test_completing_with_nothing_missing(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begun(store, anna)
    for id_, typed in zip(ASKED, ["y", "4", "no", "5", "Good", "Tone", "2026-01-01", "1x1"], strict=True):
        give(walk, id_, typed)
    assert walk.missing() == []
    walk.complete()
    audit = find_audit(store, str(walk.number))
    assert "left" not in audit and audit["figures"]["conformity"] == 100 and not audit["figures"]["provisional"]
    assert journal(store_dir)[-1]["why"] == ""


def test_figures_are_frozen_and_derived_again_after_reopening(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    walk.complete("later")
    audit = find_audit(store, str(walk.number))
    store.commit(Tx(uuid7(), anna, [Op("audits", audit.id, {"figures": {**audit["figures"], "coverage": 1.5}})]))
    (row,) = audit_rows(store, anna, [find_audit(store, str(walk.number))])
    assert row["coverage"] == 1.5
    walk.refresh()
    walk.reopen("a door was overlooked")
    audit = find_audit(store, str(walk.number))
    assert audit["status"] == "in_progress" and not {"figures", "left", "completed"} & set(audit)
    (row,) = audit_rows(store, anna, [audit])
    assert row["coverage"] == 12.5
    give(walk, "doors", "n")
    assert finding_of(walk, "doors")["grade"] == "major"
    assert list(store.history())[-2].why == "a door was overlooked"
    with pytest.raises(Refused):
        walk.reopen("again")


def test_the_whole_record_of_an_audit(store: Store, anna: Actor, ben: Actor) -> None:
    walk, other = begun(store, anna), begun(store, ben)
    give(walk, "doors", "n")
    give(other, "doors", "n")
    give(walk, "temp", "4")
    record = load_record(store, anna, find_audit(store, str(walk.number)))
    assert [row["n"] for row in record.trail] == [1, 3]
    assert {row["number"] for row in record.trail} == {walk.number}
    assert [nc["id"] for nc in record.nonconformities] == [nc.id for nc in walk.nonconformities()]
    assert record.figures == walk.figures() and record.checklist.digest == walk.checklist.digest


def test_a_cancelled_audit(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    cancel(store, anna, find_audit(store, str(walk.number)), "wrong day")
    walk.refresh()
    assert walk.frozen
    with pytest.raises(Refused):
        give(walk, "doors", "n")
    assert answer_of(walk, "doors")["result"] == "conform"
