"""A nonconformity as a document: the whole story, and any text as it was typed."""

import json
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from qms_tui.export.nonconformity import render
from qms_tui.records.effect import CheckResult
from qms_tui.store.base import Store
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.cases import case_of
from qms_tui.workflow.nonconformities import row_of

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))
from case_walk import ANNA, BEN, DORA, analysed, carried_out, planned, raised

HEAD = (7, "a" * 64)
NASTY = "# *a* [b](c) <i>門</i> `d` | 1. & -"


@pytest.fixture
def number(store: Store) -> str:
    number = raised(store, NASTY, due="2999-01-01")
    analysed(store, number)
    action = planned(store, number)
    actions.move(store, ANNA, action, "2999-01-01", "ill")
    actions.note(store, BEN, action, "half way")
    carried_out(store, number, action)
    effect.check(store, DORA, number, CheckResult("not_effective", 7, "still there"))
    analysed(store, number, NASTY)
    carried_out(store, number, planned(store, number))
    handling.edit(store, ANNA, number, {"need": NASTY, "due": "2999-02-01"}, "later")
    effect.check(store, DORA, number, CheckResult("effective", 1), NASTY)
    return number


def test_the_story_is_whole(store: Store, number: str) -> None:
    document = render(row_of(store, case_of(store, number)), "md", HEAD)
    for told in (
        "Status: closed", "## Lesson", "## Cycle 1", "## Cycle 2", "Read back: nobody owns the form - therefore:",
        "Moved from 2999-01-01 to 2999-02-01: later", "to 2999-01-01: ill", "half way", "Verified by anna",
        "Verdict: not effective, dora", "Verdict: effective, dora", "Note: still there", "Found: 7 per week",
        "before ############################## 9", "after  ###                            1", "## Timeline",
        "cycle 2 begins at analysis", "Weak:", "Done by ben", f"`qms-tui verify --head 7:{'a' * 64}`",
    ):  # fmt: skip
        assert told in document, told
    assert document.index("## Cycle 1") < document.index("## Cycle 2") < document.index("## Timeline")


def test_any_text_is_shown_as_it_was_typed(store: Store, number: str) -> None:
    tokens = MarkdownIt("commonmark").parse(render(row_of(store, case_of(store, number)), "md", HEAD))
    shown = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert f"{number} {NASTY}" in shown  # the heading
    assert shown.count(NASTY) == 2  # need and lesson, each a paragraph
    parts = [part for token in tokens for part in token.children or ()]
    assert not any(part.type in ("em_open", "link_open", "html_inline") for part in parts)
    assert len([part for part in parts if part.type == "code_inline"]) == 2  # the head and the command that proves it


def test_the_json_is_that_of_show(store: Store, number: str) -> None:
    data = json.loads(render(row_of(store, case_of(store, number), ANNA), "json", HEAD))
    assert {"number", "status", "cycles", "timeline", "trail", "lesson"} <= set(data) and "steps" not in data
    assert data["head"] == {"n": 7, "h": "a" * 64}
    assert [cycle["effectiveness"]["verdict"] for cycle in data["cycles"]] == ["not_effective", "effective"]


def test_one_that_was_just_raised_and_one_that_was_cancelled(store: Store) -> None:
    number = raised(store)
    handling.relate(store, ANNA, number, raised(store))
    handling.hand_over(store, ANNA, number, "head office", "their supplier")
    causes.add_why(store, ANNA, number, "x")
    handling.cancel(store, ANNA, number, "no requirement")
    document = render(row_of(store, case_of(store, number)), "md", HEAD)
    for told in (
        "Cancelled because: no requirement",
        "Handed over to head office: their supplier",
        "Similar ones: NC-",
    ):
        assert told in document
    assert "Actions" not in document and "Effectiveness" not in document
