"""What was answered the last times follows a question through new wordings; what is in doubt waits for a person."""

import pytest
from walk_helpers import give

from qms_tui.checklist.parse import parse
from qms_tui.records.gates import Refused
from qms_tui.store.base import Conflict
from qms_tui.workflow.audits import find_audit, open_walk
from qms_tui.workflow.trail import trail_of
from qms_tui.workflow.walk import About, Walk

FIRST = """\
---
id: round
---
## Hall
- [ ] Check that the fire door is closed
- [ ] The lamp above the stairs works
- [ ] The key cabinet is locked
"""
SURE = FIRST.replace("Check that the fire door", "Verify that each fire door")
TURNED = FIRST.replace("is locked", "is not locked")


def walk_of(store, actor, text: str) -> Walk:
    return Walk(store, actor, parse(text.encode(), "round.md"), None, About())


def item_of(walk: Walk, words: str) -> str:
    return next(item.id for item in walk.checklist.items if words in item.question)


def answer_all(walk: Walk, note: str) -> Walk:
    for item in walk.checklist.items:
        give(walk, item.id, "n" if "locked" in item.question else "y", note=note)
    return walk


def past_of(walk: Walk, words: str) -> list[tuple[str | None, bool]]:
    return [(p.note, p.sure) for p in walk.past(item_of(walk, words))]


def test_a_reworded_question_keeps_its_history_and_the_wording_then(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, SURE)
    assert past_of(walk, "fire door") == [("one", True)] and past_of(walk, "lamp") == [("one", True)]
    assert walk.past(item_of(walk, "fire door"))[0].question == "Check that the fire door is closed"
    answer_all(walk, "two")
    third = walk_of(store, anna, SURE.replace("each fire door", "every fire door"))
    assert past_of(third, "fire door") == [("two", True), ("one", True)]
    again = open_walk(store, anna, find_audit(store, str(walk.number)))
    assert past_of(again, "fire door") == [("one", True)]


def test_only_what_differs_is_kept_and_with_the_first_entry(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, SURE)
    assert walk.past("") == [] and store.find("lineage") == []
    give(walk, item_of(walk, "lamp"), "y")
    (kept,) = store.find("lineage")
    assert kept["item"] == item_of(walk, "fire door") and kept["thread"] == item_of(
        walk_of(store, anna, FIRST), "fire door"
    )
    answer_all(walk_of(store, anna, SURE), "three")
    assert len(store.find("lineage")) == 1


def test_a_turned_wording_is_never_carried_unasked(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, TURNED)
    item = item_of(walk, "locked")
    assert past_of(walk, "locked") == [("one", False)] and walk.lineage.asked == {item}
    doubt = walk.lineage.open_question(item)
    assert doubt and (doubt["was"], doubt["doubt"]) == ("The key cabinet is locked", "negation")
    give(walk, item, "n", grade="major")
    raised = walk.nonconformity_of(item)
    assert raised and "repeat_of" not in raised
    later = walk_of(store, anna, TURNED.replace("## Hall", "## Entrance hall"))
    assert past_of(later, "locked") == [(None, True), ("one", False)]


def reworded(text: str) -> str:
    return text.replace("The key cabinet is locked", "The key cabinet in the office is kept locked by night")


@pytest.mark.parametrize("denied", [True, False])
def test_what_is_in_doubt_or_denied_is_no_repeat_by_its_wording(store, anna, denied):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, reworded(FIRST))
    item = item_of(walk, "locked")
    assert walk.lineage.asked == {item}
    if denied:
        walk.decide_history(item, same=False)
    give(walk, item, "n", grade="major", statement="The key cabinet is locked: not fulfilled")
    assert (walk.nonconformity_of(item) or {}).get("repeat_of") is None


def test_a_link_is_parted_when_a_person_then_says_that_it_is_another_question(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, TURNED)
    item = item_of(walk, "locked")
    walk.decide_history(item, same=True)
    give(walk, item, "n", grade="major")
    assert (walk.nonconformity_of(item) or {})["repeat_of"] == "NC-2026-0001"
    walk.decide_history(item, same=False)
    assert (walk.nonconformity_of(item) or {}).get("repeat_of") is None


@pytest.mark.parametrize("begun", [True, False])
def test_a_person_says_that_it_is_the_same_question(store, anna, ben, begun):
    first = answer_all(walk_of(store, anna, FIRST), "one")
    number = (first.nonconformity_of(item_of(first, "locked")) or {})["number"]
    walk = walk_of(store, anna, TURNED)
    item = item_of(walk, "locked")
    if begun:
        give(walk, item_of(walk, "lamp"), "y")
    walk.decide_history(item, same=True)
    assert past_of(walk, "locked") == [("one", True)] and not walk.lineage.asked
    give(walk, item, "n", grade="major", note="two")
    assert (walk.nonconformity_of(item) or {})["repeat_of"] == number
    assert past_of(walk_of(store, ben, TURNED), "locked") == [("two", True), ("one", True)]
    later = walk_of(store, ben, TURNED.replace("The key", "Each key"))
    assert past_of(later, "locked") == [("two", True), ("one", True)]
    kept = store.get("lineage", walk.lineage.id_of(item))
    assert kept and (kept["state"], kept["by"]) == ("confirmed", "anna") and kept["at"]


def test_a_person_says_that_it_is_another_question_and_may_change_their_mind(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, TURNED)
    item = item_of(walk, "locked")
    walk.decide_history(item, same=False)
    assert past_of(walk, "locked") == [] and not walk.lineage.asked
    walk.decide_history(item, same=True)
    assert past_of(walk, "locked") == [("one", True)]
    with pytest.raises(Refused, match="nothing is in doubt"):
        walk.decide_history(item_of(walk, "lamp"), same=True)
    walk.complete("enough")
    with pytest.raises(Refused):
        walk.decide_history(item, same=False)


def test_two_begin_on_a_new_version_and_one_decides(store, anna, ben):
    answer_all(walk_of(store, anna, FIRST), "one")
    mine, theirs = walk_of(store, anna, TURNED), walk_of(store, ben, TURNED)
    item = item_of(mine, "locked")
    assert mine.past(item) and theirs.past(item)
    mine.decide_history(item, same=True)
    give(theirs, item, "y")
    assert theirs.number != mine.number and past_of(theirs, "locked") == [("one", True)]
    third = walk_of(store, ben, TURNED)
    assert not third.lineage.asked
    seen = store.get("lineage", mine.lineage.id_of(item))
    assert seen and seen["state"] == "confirmed"


def test_a_colleague_decided_first(store, anna, ben):
    answer_all(walk_of(store, anna, FIRST), "one")
    mine, theirs = walk_of(store, anna, TURNED), walk_of(store, ben, TURNED)
    item = item_of(mine, "locked")
    assert mine.past(item) and theirs.past(item)
    mine.decide_history(item, same=False)
    with pytest.raises(Conflict):
        theirs.decide_history(item, same=True)


def test_what_was_removed_and_comes_back_has_its_history_again(store, anna):
    answer_all(walk_of(store, anna, FIRST), "one")
    answer_all(walk_of(store, anna, FIRST.replace("- [ ] Check that the fire door is closed\n", "")), "two")
    back = walk_of(store, anna, SURE)
    assert past_of(back, "fire door") == [("one", True)] and past_of(back, "lamp") == [("two", True), ("one", True)]


def test_a_renumbered_code_leads_to_no_other_history(store, anna):
    text = "- [ ] 4.1 Scope is written down\n- [ ] 4.2 Roles are assigned to people\n"
    answer_all(walk_of(store, anna, text), "one")
    new = "- [ ] 4.1 Context is understood\n- [ ] 4.2 Scope is written down\n- [ ] 4.3 Roles are assigned to people\n"
    walk = answer_all(walk_of(store, anna, new), "two")
    assert (past_of(walk, "Context"), past_of(walk, "Scope"), past_of(walk, "Roles")) == (
        [],
        [("one", True)],
        [("one", True)],
    )
    third = walk_of(store, anna, new + "- [ ] 4.4 Records\n")
    assert past_of(third, "Context") == [("two", True)] and past_of(third, "Scope") == [("two", True), ("one", True)]


def test_another_language_reads_the_answers_by_its_ids(store, anna):
    english = "---\nid: round\nlanguage: en\n---\n- [ ] The door is locked {#door}\n"
    chinese = "---\nid: round\nlanguage: zh-Hant\n---\n- [ ] 門已上鎖 {#door}\n"
    answer_all(walk_of(store, anna, english), "one")
    answer_all(walk_of(store, anna, chinese), "two")
    assert past_of(walk_of(store, anna, english), "door") == [("two", True), ("one", True)]
    turned = walk_of(store, anna, english.replace("is locked", "is never locked"))
    assert [sure for _, sure in past_of(turned, "door")] == [False, False]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The key cabinet is locked {#key}", "The key cabinet is not locked {#key}"),
        ("4.1 Scope is written down", "4.1 Context is understood"),
        ("The key cabinet is locked", "The key cabinet is not locked"),
    ],
)
def test_the_same_id_alone_makes_no_repeat(store, anna, before, after):
    give((first := walk_of(store, anna, f"- [ ] {before}\n")), first.checklist.items[0].id, "n", grade="major")
    assert first.nonconformity_of(first.checklist.items[0].id)
    walk = walk_of(store, anna, f"- [ ] {after}\n")
    item = walk.checklist.items[0].id
    give(walk, item, "n", grade="major")
    assert "repeat_of" not in (walk.nonconformity_of(item) or {"repeat_of": "none was raised"})


@pytest.mark.parametrize("begun", [True, False])
def test_a_decision_stands_in_the_trail_of_the_audits_of_that_text(store, anna, ben, begun):
    first = answer_all(walk_of(store, anna, FIRST), "one")
    walk = walk_of(store, anna, TURNED)
    item = item_of(walk, "locked")
    if begun:
        give(walk, item_of(walk, "lamp"), "y")
        assert not any(
            change["table"] == "lineage" for row in trail_of(store, walk.audit_id) for change in row["changes"]
        )
    walk.decide_history(item, same=True)
    later = answer_all(walk_of(store, ben, TURNED), "two")
    for audit in (walk, later):
        decided = [
            (row["by"], change["new"])
            for row in trail_of(store, audit.audit_id)
            for change in row["changes"]
            if (change["table"], change["field"]) == ("lineage", "state")
        ]
        assert decided == ([("anna", "asked")] if begun else []) + [("anna", "confirmed")]
    assert not any(change["table"] == "lineage" for row in trail_of(store, first.audit_id) for change in row["changes"])
