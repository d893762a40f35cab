"""An answer with its finding and its nonconformity: one line in the journal, and what happens when it changes."""

from pathlib import Path

import pytest
from walk_helpers import TEXT, answer_of, begun, finding_of, give, item, journal

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.given import Given


def test_answer_finding_and_nonconformity_are_one_line(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    give(walk, "temp", "12", note="by the door")
    lines = journal(store_dir)
    assert len(lines) == 2
    assert [op[0] for op in lines[1]["ops"]] == ["answers", "findings", "nonconformities"]
    finding, raised = finding_of(walk, "temp"), walk.nonconformity_of("temp")
    assert raised is not None and finding["nonconformity"] == raised.id
    assert raised["number"].startswith("NC-") and raised["status"] == "draft" and raised["audit"] == walk.audit_id
    assert finding["statement"] == "Temperature: 12 °C (above 2..8 °C). by the door"
    assert (finding["grade"], finding["criterion"]) == ("minor", "Temperature")


def test_the_first_answer_pins_the_checklist_and_begins_the_audit(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begun(store, anna, subject="北倉", team=("ben",))
    assert walk.number is None and not store_dir.exists()
    give(walk, "doors", "y")
    (line,) = journal(store_dir)
    assert [op[0] for op in line["ops"]] == ["checklists", "audits", "answers"]
    audit = store.get("audits", walk.audit_id)
    assert audit is not None and walk.number == audit["number"]
    assert (audit["subject"], audit["team"], audit["lead"]) == ("北倉", ["ben"], "anna")
    pinned = store.get("checklists", audit["digest"])
    assert pinned is not None and pinned["text"] == TEXT


def test_what_is_in_the_answer(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "temp", "12,5")
    found = answer_of(walk, "temp")
    assert {key: found[key] for key in ("progress", "result", "value", "unit", "verdict", "question", "section")} == {
        "progress": "done",
        "result": "nonconform",
        "value": 12.5,
        "unit": "°C",
        "verdict": "fail",
        "question": "Temperature",
        "section": ["Systems"],
    }


def test_conform_voids_and_nonconform_revives_the_same_number(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    raised = walk.nonconformity_of("doors")
    assert raised is not None
    number, finding_id = raised["number"], finding_of(walk, "doors").id
    give(walk, "doors", "y")
    voided = walk.nonconformity_of("doors")
    assert voided is not None and "answered again" in voided["void"]["why"] and voided["void"]["by"] == "anna"
    assert finding_of(walk, "doors")["void"] and walk.nonconformities() == []
    give(walk, "doors", "n", statement="Door 3 stays open", grade="minor")
    (revived,) = walk.nonconformities()
    assert (revived["number"], revived["statement"], revived["grade"]) == (number, "Door 3 stays open", "minor")
    assert finding_of(walk, "doors").id == finding_id and "void" not in finding_of(walk, "doors")
    assert [doc["number"] for doc in store.find("nonconformities")] == [number]


@pytest.mark.parametrize(
    ("typed", "fields", "grade", "raises"),
    [
        ("n", {}, "major", True),
        ("p", {}, "minor", True),
        ("p", {"grade": "observation"}, "observation", False),
        ("c", {}, "observation", False),
        ("c", {"grade": "minor"}, "minor", True),
        ("y", {"grade": "good_practice", "statement": "Doors greased weekly"}, "good_practice", False),
    ],
)
def test_grades_and_what_they_raise(
    store: Store, anna: Actor, typed: str, fields: dict[str, str], grade: str, raises: bool
) -> None:
    walk = begun(store, anna)
    give(walk, "doors", typed, **fields)
    assert finding_of(walk, "doors")["grade"] == grade
    assert bool(walk.nonconformities()) is raises
    assert finding_of(walk, "doors")["criterion"] == "ISO 9001 8.5.1, QMS 4.1"


def test_regrading_to_an_observation_voids_the_nonconformity(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    give(walk, "doors", "n", grade="observation")
    assert walk.nonconformities() == []
    voided = walk.nonconformity_of("doors")
    assert voided is not None and "observation" in voided["void"]["why"]
    assert "void" not in finding_of(walk, "doors")


def test_a_nonconformity_on_which_work_has_begun_is_left_alone(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    raised = walk.nonconformity_of("doors")
    assert raised is not None
    store.commit(Tx(uuid7(), anna, [Op("nonconformities", raised.id, {"status": "analysis"})]))
    walk.refresh()
    give(walk, "doors", "y")
    (kept,) = walk.nonconformities()
    assert kept["status"] == "analysis" and finding_of(walk, "doors")["void"]


def test_a_note_or_evidence_alone_leaves_the_finding(store: Store, store_dir: Path, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n", note="first")
    before = finding_of(walk, "doors")
    walk.answer(item("doors"), Given(note="second"))
    walk.answer(item("doors"), Given(evidence=["the seal is torn"]))
    assert finding_of(walk, "doors") == before and finding_of(walk, "doors").rev == before.rev
    found = answer_of(walk, "doors")
    assert (found["result"], found["note"], len(found["evidence"])) == ("nonconform", "second", 1)
    assert [op[0] for line in journal(store_dir)[1:] for op in line["ops"]] == ["answers", "answers"]


def test_a_note_before_the_answer_stays_with_it(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    walk.answer(item("doors"), Given(note="look twice"))
    assert answer_of(walk, "doors")["progress"] == "to_do" and walk.first_open() == "doors"
    give(walk, "doors", "y")
    assert answer_of(walk, "doors")["note"] == "look twice"
    walk.answer(item("doors"), Given(note=""))
    assert "note" not in answer_of(walk, "doors")


@pytest.mark.parametrize(
    "text",
    ["門沒關好，請看附件", "👩‍🔧🇹🇼 ok", "[/] [bold red]x[/bold red]", "עברית and العربية", "two\nlines\n\tand a tab"],
)
def test_text_comes_back_as_it_was_given(store: Store, anna: Actor, text: str) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n", note=text, statement=text)
    give(walk, "waited", "yes")
    give(walk, "who", text)
    assert answer_of(walk, "doors")["note"] == text
    assert finding_of(walk, "doors")["statement"] == text
    assert answer_of(walk, "who")["value"] == text.strip()


def test_an_added_item_follows_its_trail(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "n")
    first, _receipt = walk.add_item("  Who has the key? ", item("doors"))
    entry = next(e for e in walk.entries() if e.item.id == first)
    second, _receipt = walk.add_item("And the second key?", entry.item)
    ids = [e.item.id for e in walk.entries()]
    assert ids[:4] == ["doors", first, second, "temp"]
    assert entry.adhoc and entry.item.question == "Who has the key?" and entry.item.section == ("Systems",)
    give(walk, second, "n")
    assert finding_of(walk, second)["criterion"] == "And the second key?"
    assert walk.figures().items == 10
    with pytest.raises(ValueError, match="needs its text"):
        walk.add_item("  ", item("doors"))


def test_conditional_items_appear_and_go_with_the_answer(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    assert "who" not in [e.item.id for e in walk.entries()]
    give(walk, "waited", "yes")
    give(walk, "who", "Acme")
    assert walk.figures().answered == 2
    give(walk, "waited", "no")
    assert "who" not in [e.item.id for e in walk.entries()] and walk.figures().answered == 1
    (kept,) = [e for e in walk.all_entries() if e.item.id == "who"]
    assert not kept.asked and kept.answer is not None and kept.answer["value"] == "Acme"


def test_a_note_at_an_item_that_is_no_longer_asked_is_not_lost(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "waited", "yes")
    walk.answer(item("who"), Given(note="ask the desk"))
    give(walk, "waited", "no")
    assert "who" in [e.item.id for e in walk.all_entries()]


def test_frozen_answers(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    walk.complete("the rest tomorrow")
    head = store.head()
    for refused in (
        lambda: give(walk, "doors", "n"),
        lambda: walk.add_item("More?", item("doors")),
        walk.undo,
        lambda: walk.complete("again"),
    ):
        with pytest.raises(Refused, match="reopen it first"):
            refused()
    assert store.head() == head
