"""The trail in words, and before and after as bars."""

from typing import Any

import pytest

from qms_tui.reports.bars import before_after
from qms_tui.reports.timeline import timeline


def row(*changes: tuple[str, str, Any, Any], why: str = "", id: str = "x") -> dict[str, Any]:
    return {
        "at": "t",
        "by": "anna",
        "why": why,
        "changes": [{"table": t, "id": id, "field": f, "old": old, "new": new} for t, f, old, new in changes],
    }


NC, CAUSE, ACTION, EFFECT = "nonconformities", "causes", "actions", "effectiveness"


@pytest.mark.parametrize(
    ("changes", "whats"),
    [
        ([(NC, "opened", None, "t"), (NC, "statement", None, "Late"), (NC, "status", None, "draft")], ["raised: Late"]),
        (
            [(NC, "opened", None, "t"), (NC, "statement", None, "Late"), (NC, "repeat_of", None, "NC-1")],
            ["raised: Late", "marked as a repeat of NC-1"],
        ),
        ([(NC, "status", "analysis", "action_plan")], ["from analysis to action plan"]),
        ([(NC, "status", "verification", "analysis"), (NC, "cycle", 1, 2)], ["cycle 2 begins at analysis"]),
        ([(NC, "need", None, "yes"), (NC, "owner", "a", "b")], ["need for action: yes", "owner: from a to b"]),
        ([(NC, "void", None, {"why": "undo"})], ["withdrawn: undo"]),
        ([(NC, "void", {"why": "undo"}, None)], ["no longer withdrawn"]),
        ([(NC, "handed_over", None, {"to": "IT", "why": "theirs"})], ["handed over to IT: theirs"]),
        ([(NC, "repeat_of", None, "NC-1")], ["marked as a repeat of NC-1"]),
        ([(NC, "related", None, ["NC-1", "NC-2"])], ["similar: NC-1, NC-2"]),
        ([(NC, "related", ["NC-1"], None)], ["similar: -"]),
        ([(CAUSE, "text", None, "so"), (CAUSE, "by", None, "anna")], ["why: so"]),
        ([(CAUSE, "text", None, "so"), (CAUSE, "root", None, True)], ["root cause: so"]),
        (
            [
                (CAUSE, "text", None, "so"),
                (CAUSE, "category", None, "method"),
                (CAUSE, "evidence", None, "form of 2019"),
            ],
            ["why: so; lies in: method; evidence: form of 2019"],
        ),
        ([(CAUSE, "evidence", None, "list")], ["why changed: evidence: from - to list"]),
        ([(CAUSE, "text", "so", "thus")], ["why changed: text: from so to thus"]),
        ([(CAUSE, "void", None, {"why": "doubled"})], ["why taken back: doubled"]),
        ([(ACTION, "title", None, "Do"), (ACTION, "kind", None, "training")], ["AC-1 added: training: Do"]),
        (
            [
                *((ACTION, "title", None, "Do"), (ACTION, "kind", None, "training"), (ACTION, "owner", None, "ben")),
                *((ACTION, "priority", None, "high"), (ACTION, "milestones", None, [{"title": "half"}])),
            ],
            ["AC-1 added: training: Do; owner: ben; priority: high", "AC-1 milestone: half"],
        ),
        (
            [(ACTION, "status", "done", "in_progress"), (ACTION, "refused", None, [{"comment": "half"}])],
            ["AC-1 refused: half"],
        ),
        ([(ACTION, "status", "in_progress", "done"), (ACTION, "outcome", None, "built")], ["AC-1 done: built"]),
        (
            [(ACTION, "due", "1", "2"), (ACTION, "moves", None, [{"old": "1", "new": "2", "why": "ill"}])],
            ["AC-1 moved from 1 to 2: ill"],
        ),
        (
            [(ACTION, "owner", "a", "b"), (ACTION, "contributors", None, ["c"])],
            ["AC-1 owner: b", "AC-1 with: c"],
        ),
        (
            [
                (ACTION, "title", "Do", "Do it"),
                (ACTION, "due", None, "2026-12-24"),
                (ACTION, "status", "new", "planned"),
            ],
            ["AC-1 what is to be done: Do it", "AC-1 due date: 2026-12-24", "AC-1 planned"],
        ),
        (
            [(ACTION, "milestones", None, [{"title": "form agreed", "due": "2026-12-24"}, {"title": "told"}])],
            ["AC-1 milestone: form agreed (2026-12-24)", "AC-1 milestone: told"],
        ),
        (
            [(ACTION, "milestones", [{"title": "a"}, {"title": "b"}], [{"title": "b", "done": "2026-12-24"}])],
            ["AC-1 milestone reached: b", "AC-1 milestone taken away: a"],
        ),
        ([(EFFECT, "baseline", None, 9), (EFFECT, "target", None, 2)], ["effectiveness plan: baseline 9, target 2"]),
        ([(EFFECT, "value", None, 1), (EFFECT, "verdict", None, "effective")], ["effect checked: 1: effective"]),
        ([("notes", "text", None, "half way")], ["AC-1 note: half way"]),
        ([("answers", "result", None, "conform")], []),
    ],
)
def test_what_happened_in_words(changes: list[Any], whats: list[str]) -> None:
    assert [event["what"] for event in timeline([row(*changes)], {"x": "AC-1"})] == whats


def test_a_reason_is_said_once() -> None:
    changes = [(NC, "need", None, "yes"), (NC, "similar", None, "no")]
    assert [e["why"] for e in timeline([row(*changes, why="asked")], {})] == ["asked", ""]
    assert [e["why"] for e in timeline([row(*changes, why="yes")], {})] == ["", ""]


@pytest.mark.parametrize(
    ("outcome", "why", "told"),
    [
        ("built, see the log", "built, see the log", ""),
        ("built, see\nthe log", " built, see  the log\n", ""),  # blanks do not count
        ("built", "asked by ben", "asked by ben"),
        ("rebuilt", "built", "built"),  # another word
        ("built, see the log", "built", "built"),  # something else is meant
        ("排氣扇已修", "排氣扇已修", ""),
    ],
)
def test_an_outcome_is_not_said_again_as_its_own_reason(outcome: str, why: str, told: str) -> None:
    done = [(ACTION, "status", "in_progress", "done"), (ACTION, "outcome", None, outcome)]
    (event,) = timeline([row(*done, why=why)], {"x": "AC-1"})
    assert (event["what"], event["why"]) == (f"AC-1 done: {outcome}", told)


def test_bars_stand_on_one_scale() -> None:
    assert before_after(8, 2, 4, 8) == ["before ######## 8", "target ##       2", "after  ####     4"]
    assert before_after(0, 0, 0, 8) == ["before          0", "target          0", "after           0"]
    assert before_after(8, 2, None, 8, "°C") == ["before ######## 8 °C", "target ##       2 °C"]
    for numbers in (("many", 2, 1), (None, None, None), (9, True, 1), (9, -2, 1)):
        assert before_after(*numbers, 8) == []


def test_the_numbers_beside_the_bars_are_whole() -> None:
    lines = before_after(1234567, 1000000, 1100000.5, 20)
    assert [line.split()[-1] for line in lines] == ["1234567", "1000000", "1100000.5"]


def test_what_is_taken_away_and_marked_is_told_in_words() -> None:
    def said(table: str, field: str, old: Any, new: Any) -> list[str]:
        trail = [row((table, field, old, new))]
        return [event["what"] for event in timeline(trail, {"x": "AC-2026-0001"})]

    assert said("causes", "root", None, True) == ["a why is marked as root cause"]
    assert said("causes", "root", True, None) == ["a why is no longer a root cause"]
    assert said("nonconformities", "owner", "ben", None) == ["owner: from ben to -"]
    assert said("actions", "contributors", None, ["dora"]) == ["AC-2026-0001 with: dora"]
    assert said("effectiveness", "unit", "C", None) == ["effectiveness plan: unit -"]
