"""A re-audit asks what was flagged, with the original answer beside the new one."""

from pathlib import Path

import pytest
from walk_helpers import TEXT, begun, give

from qms_tui.checklist.parse import parse
from qms_tui.export.markdown import audit_markdown
from qms_tui.reports.record import record_json
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.audits import find_audit, load_record, open_walk
from qms_tui.workflow.begin import begin
from qms_tui.workflow.given import Given
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.walk import About, Walk

REWORDED = TEXT.replace("Doors close by themselves {#doors}", "Do all doors close by themselves? {#closing}")


def original(store: Store, anna: Actor) -> Walk:
    walk = begun(store, anna, subject="north store")
    give(walk, "doors", "n", note="door 3")
    give(walk, "temp", "12")
    give(walk, "waited", "yes")
    give(walk, "handled", "5")
    give(walk, "van", "Good", grade="minor", statement="dented")
    item, _receipt = walk.add_item("Who has the key?", walk.entries()[0].item)
    give(walk, item, "n")
    return walk


def again(store: Store, ben: Actor, number: str | None, reference: str | None = None) -> Walk:
    return begin(store, ben, reference, About(only_flagged=number))


def ids(walk: Walk) -> list[str]:
    return [entry.item.id for entry in walk.entries()]


def test_what_failed_or_has_a_finding_is_asked_again(store: Store, anna: Actor, ben: Actor) -> None:
    first = original(store, anna)
    walk = again(store, ben, first.number)
    added = next(id_ for id_ in ids(walk) if id_.startswith("added-"))
    assert ids(walk) == ["doors", "temp", "waited", "van", added]
    assert walk.about.subject == "north store"
    (past, *_rest) = walk.past("doors")
    assert (past.audit, past.result, past.note, past.by) == (first.number, "nonconform", "door 3", "anna")
    assert past.finding and past.nonconformity == first.nonconformity_of("doors")["number"]
    assert walk.past("temp")[0].value == 12
    assert len(walk.past("doors")) == 1  # the original does not stand there twice
    give(walk, "doors", "y")
    give(walk, added, "y")
    doc = find_audit(store, str(walk.number))
    assert doc["reaudit_of"] == first.audit_id and doc["only"] == ["doors", "temp", "waited", "van", added]


def test_it_goes_on_where_it_stopped(store: Store, anna: Actor, ben: Actor) -> None:
    first = original(store, anna)
    walk = again(store, ben, first.number)
    give(walk, "doors", "y")
    give(first, "handled", "1")  # what is flagged later is not asked
    resumed = open_walk(store, ben, find_audit(store, str(walk.number)))
    assert ids(resumed) == ids(walk)
    assert resumed.past("temp")[0].value == 12 and resumed.figures().items == 5


def test_the_record_shows_both_answers(store: Store, anna: Actor, ben: Actor) -> None:
    first = original(store, anna)
    walk = again(store, ben, first.number)
    give(walk, "doors", "y", note="hung anew")
    record = load_record(store, ben, find_audit(store, str(walk.number)))
    document, data = audit_markdown(record), record_json(record, "2026-11-28")
    assert f"Re-audit of: {first.number}" in document and data["reaudit_of"] == first.number
    assert f"Before, in {first.number}: nonconform, anna, " in document and "door 3" in document
    (row,) = data["answers"]
    assert (row["result"], row["original"]["result"], row["original"]["note"]) == ("conform", "nonconform", "door 3")
    before = record_json(load_record(store, ben, find_audit(store, str(first.number))), "2026-11-28")
    assert before["reaudit_of"] is None and "original" not in before["answers"][0]


def test_a_newer_version_asks_the_items_that_were_reworded(
    store: Store, anna: Actor, ben: Actor, tmp_path: Path
) -> None:
    first = original(store, anna)
    path = tmp_path / "cold-store.md"
    path.write_text(REWORDED, "utf-8")
    walk = again(store, ben, first.number, str(path))
    assert "closing" in ids(walk) and "doors" not in ids(walk)
    assert walk.past("closing")[0].note == "door 3"


def test_what_other_items_continue_is_kept_too(store: Store, anna: Actor, ben: Actor, tmp_path: Path) -> None:
    """A re-audit that is the first audit of a new version decides for the items that it does not ask, too."""
    walk = begun(store, anna)
    give(walk, "doors", "n")
    give(walk, "temp", "5")
    path = tmp_path / "cold-store.md"
    path.write_text(TEXT.replace("Temperature {#temp}", "Temperatures {#temps}"), "utf-8")
    second = again(store, ben, walk.number, str(path))
    give(second, "doors", "y")
    third = begin(store, ben, str(path), About())
    assert [past.value for past in third.past("temps")] == [5]


def test_an_item_that_is_gone_is_asked_as_it_was(store: Store, anna: Actor, ben: Actor, tmp_path: Path) -> None:
    first = original(store, anna)
    path = tmp_path / "cold-store.md"
    path.write_text(
        TEXT.replace("- [ ] Temperature {#temp}\n  - limits: 2..8 °C\n  - evidence: if fail\n", ""), "utf-8"
    )
    assert parse(path.read_bytes(), "x.md").item("temp") is None
    walk = again(store, ben, first.number, str(path))
    assert "temp" in ids(walk)
    give(walk, "temp", "4")
    assert ids(open_walk(store, ben, find_audit(store, str(walk.number)))) == ids(walk)


def test_an_item_is_asked_with_what_decides_whether_it_is(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "waited", "yes")
    entry = next(e for e in walk.entries() if e.item.id == "who")
    walk.answer(entry.item, Given("conform", "Mr Berg", statement="He waited an hour", grade="minor"))
    give(walk, "waited", "yes")
    second = again(store, ben, walk.number)
    assert ids(second) == ["waited"]
    give(second, "waited", "yes")
    assert ids(second) == ["waited", "who"]


def test_nothing_flagged_is_told(store: Store, anna: Actor, ben: Actor) -> None:
    walk = begun(store, anna)
    give(walk, "doors", "y")
    with pytest.raises(Unknown, match="nothing was flagged"):
        again(store, ben, walk.number)
    with pytest.raises(Unknown):
        again(store, ben, "A-1999-0001")
