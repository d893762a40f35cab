"""An audit as Markdown and JSON. Times, digests and ids differ from run to run and are replaced in the golden."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qms_tui.checklist.parse import parse
from qms_tui.export.audit import render
from qms_tui.export.markdown import paragraph, plain
from qms_tui.reports.record import AuditRecord, record_json
from qms_tui.reports.score import POINTS
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.audits import cancel, find_audit, load_record
from qms_tui.workflow.given import Given, from_text
from qms_tui.workflow.walk import About, Walk

GOLDENS = Path(__file__).parent / "goldens"
TEXT = """\
---
checklist: 1
title: Cold store round
id: cold-store
---
Not an item.

## Systems

- [ ] Doors close by themselves {#doors}
  - severity: major
  - clause: ISO 9001 8.5.1
  - weight: 2
- [ ] Temperature {#temp}
  - limits: 2..8 °C
  - evidence: if fail
- [ ] Did any customer wait? {#waited}
  - answer: yes/no
  - expect: no
  - if yes:
    - [ ] Which customer? {#who}
      - answer: text

## People

- [ ] `code`, *stars* & <b>tags</b> | in a question {#odd}
- [ ] Subjects {#subjects}
  - answer: any of: Tone, Price, Delay
- [ ] Read the notice first {#notice}
  - answer: none
"""


@pytest.fixture
def walk(store: Store) -> Walk:
    walk = Walk(
        store,
        Actor("anna", "root SHA256:abc"),
        parse(TEXT.encode(), "cold-store.md"),
        None,
        About("北倉 #1", "Hall 2", ("ben",)),
    )

    def give(id_: str, typed: str, **fields: Any) -> None:
        entry = next(e for e in walk.entries() if e.item.id == id_)
        said = from_text(entry.item, typed)
        walk.answer(entry.item, Given(said.result, said.value, said.verdict, **fields))

    give("doors", "n", statement="Door 3 stays open", note="two\nlines *and* `code`")
    give("temp", "12,5", evidence=["the display said 12.5"])
    give("waited", "yes")
    give("who", "王小姐 [/] 🙂")
    give("waited", "no")
    give("subjects", "Tone; Delay")
    added, _receipt = walk.add_item("Who has the key?", walk.entries()[0].item)
    give(added, "c", grade="observation")
    return walk


def record_of(walk: Walk) -> AuditRecord:
    return load_record(walk.store, walk.actor, find_audit(walk.store, str(walk.number)))


def steady(text: str) -> str:
    """Without what differs from run to run."""
    for pattern, word in (
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME"),
        (r"(NC|A)-[0-9]{4}-", r"\1-YEAR-"),
        (r"[0-9a-f]{64}", "DIGEST"),
        (r"added-[0-9a-f]{8}", "added-1"),
    ):
        text = re.sub(pattern, word, text)
    return text


def test_markdown_of_an_audit_in_progress(walk: Walk) -> None:
    assert steady(render(record_of(walk), "md", "2026-11-22")) == (GOLDENS / "in_progress.md").read_text("utf-8")


def test_markdown_of_a_completed_audit(walk: Walk) -> None:
    walk.complete("the *notice* was gone", summary="1. Half a round\n- and no more")
    assert steady(render(record_of(walk), "md", "2026-11-22")) == (GOLDENS / "completed.md").read_text("utf-8")


def test_a_reopened_audit_says_so_at_its_head(walk: Walk) -> None:
    assert "Reopened" not in render(record_of(walk), "md", "2026-11-22")
    for why in ("a door was *overlooked*", "once more"):
        walk.complete("the notice was gone")
        walk.reopen(why)
    head = render(record_of(walk), "md", "2026-11-22").partition("## ")[0]
    assert re.findall(r"- Reopened: [^,]+Z, (.*)", head) == [r"anna: a door was \*overlooked\*", "anna: once more"]
    walk.complete("the notice was gone")
    assert "Reopened" in render(record_of(walk), "md", "2026-11-22")
    reopened = record_json(record_of(walk), "2026-11-22")["reopened"]
    assert [(one["by"], one["why"]) for one in reopened] == [("anna", "a door was *overlooked*"), ("anna", "once more")]


def test_a_completed_audit_keeps_the_figures_it_was_completed_with(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.complete("the notice was gone")
    monkeypatch.setitem(POINTS, "partial", 0.0)  # a later version of the program may count otherwise
    monkeypatch.setitem(POINTS, "corrected_on_spot", 0.0)
    data = record_json(record_of(walk), "2026-11-22")
    assert data["conformity"] == 42.9 and "= 3 / 7 = 42.9 %" in data["formula"]
    walk.reopen("one more door")
    assert record_json(record_of(walk), "2026-11-22")["conformity"] != 42.9


def test_a_cancelled_audit_says_why(walk: Walk) -> None:
    cancel(walk.store, walk.actor, find_audit(walk.store, str(walk.number)), "wrong shop")
    assert "- Cancelled because: wrong shop\n" in render(record_of(walk), "md", "2026-11-22")


def test_an_audit_without_findings_has_no_such_section(store: Store, anna: Actor) -> None:
    walk = Walk(store, anna, parse(b"- [ ] a\n", "a.md"), None, About())
    walk.answer(walk.entries()[0].item, Given("conform"))
    text = render(record_of(walk), "md", "2026-11-22")
    assert "## Findings" not in text and "## Missing" not in text and "Conformity: 100 %\n" in text


def test_json_gives_back_what_was_entered(walk: Walk) -> None:
    data = json.loads(render(record_of(walk), "json", "2026-11-22"))
    answers = {a["item"]: a for a in data["answers"]}
    added = next(id_ for id_ in answers if id_.startswith("added-"))
    assert list(answers) == ["doors", added, "temp", "waited", "who", "subjects"]
    assert answers["doors"]["note"] == "two\nlines *and* `code`"
    assert (answers["temp"]["value"], answers["temp"]["unit"], answers["temp"]["verdict"]) == (12.5, "°C", "fail")
    assert answers["who"]["value"] == "王小姐 [/] 🙂" and not answers["who"]["asked"]
    assert answers["subjects"]["value"] == ["Tone", "Delay"] and answers[added]["adhoc"]
    assert answers["temp"]["evidence"][0]["size"] == 21
    assert data["checklist_text"] == TEXT
    assert [row["n"] for row in data["trail"]] == list(range(1, 9))
    assert data["head"] == dict(zip(("n", "h"), walk.store.head(), strict=True))
    assert [(f["item"], f["grade"], bool(f["nonconformity"])) for f in data["findings"]] == [
        ("doors", "major", True),
        (added, "observation", False),
        ("temp", "minor", True),
    ]
    assert {nc["audit"] for nc in data["nonconformities"]} == {data["number"]}


def test_evidence_alone_and_an_added_question_alone_are_in_the_json(store: Store, anna: Actor) -> None:
    walk = Walk(store, anna, parse(TEXT.encode(), "cold-store.md"), None, About())
    walk.answer(walk.entries()[0].item, Given(evidence=["a torn seal"]))
    added, _receipt = walk.add_item("More?", walk.entries()[1].item)
    rows = record_json(record_of(walk), "2026-11-22")["answers"]
    assert [(row["item"], row["result"], len(row["evidence"])) for row in rows] == [
        ("doors", None, 1),
        (added, None, 0),
    ]


def test_figures_beside_the_score(walk: Walk) -> None:
    data = record_json(record_of(walk), "2026-11-22")
    assert (data["items"], data["applicable"], data["answered"]) == (6, 6, 5)
    assert (data["coverage"], data["conformity"], data["provisional"]) == (83.3, 42.9, True)
    assert "= 3 / 7 = 42.9 %" in data["formula"]
    assert data["missing"] == [{"item": "odd", "missing": "answer"}]


COMMONMARK = MarkdownIt("gfm-like", {"linkify": False})


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("*_`[]()<>&#|~\\-+=1. !:\n"),
        max_size=40,
    )
)
@example("&lt;b&gt; &amp;")
@example("1. one")
@example("12) twelve")
@example("- a + b")
@example("+ a")
@example("# a | b\n---")
@example("https://example.org/*a*")
def test_a_text_is_shown_as_it_is(text: str) -> None:
    """Whatever a person writes, Markdown renders it as plain text."""
    shown = " ".join(text.split())
    for source in (paragraph(text), f"- Note: {plain(text)}\n"):
        inlines = [token for token in COMMONMARK.parse(source) if token.type == "inline"]
        said = "".join(child.content for token in inlines for child in token.children or [])
        assert {child.type for token in inlines for child in token.children or []} <= {"text", "text_special"}
        assert said.removeprefix("Note:").strip() == shown.strip()


def test_what_is_done_about_its_nonconformities_is_told_in_the_trail(walk: Walk) -> None:
    anna, store = walk.actor, walk.store
    number = str(walk.nonconformities()[0]["number"])
    causes.add_why(store, anna, number, "the seal is old", given={"evidence": "ticket 5531", "category": "machine"})
    action, _receipt = actions.add(store, anna, number, "correction", "New seal", {"owner": "ben", "due": "2999-12-24"})
    actions.note(store, anna, action, "ordered")
    effect.plan(store, anna, number, {"indicator": "days too warm", "baseline": 9, "target": 2})
    handling.edit(store, anna, number, {"owner": "dora"})
    told = render(load_record(store, anna, find_audit(store, str(walk.number))), "md", "2026-11-22")
    for line in (
        f"{number}: why: the seal is old; lies in: machine; evidence: ticket 5531",
        f"{action} added: correction: New seal; owner: ben; due date: 2999-12-24",
        f"{action} note: ordered",
        f"{number}: effectiveness plan: indicator days too warm, baseline 9, target 2",
        f"{number}: owner: dora",
    ):
        assert f"\n  - {line}\n" in told, line
