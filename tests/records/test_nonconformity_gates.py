"""Transitions of a nonconformity: what they set, and what bars them."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from case_helpers import AT, PLAN, TODAY, action, case, why

from qms_tui.records import effect, nonconformity
from qms_tui.records.case import Case, same_person
from qms_tui.records.effect import CheckResult
from qms_tui.records.gates import Barred
from qms_tui.records.words import ENDED, NonconformityStatus

STATES = get_args(NonconformityStatus)
GOOD = CheckResult("effective", 1)


def gate_of(transition: Callable[[], object]) -> str:
    with pytest.raises(Barred) as barred:
        transition()
    assert barred.value.missing and barred.value.words.endswith(barred.value.missing)
    assert "\n" not in str(barred.value)
    return barred.value.gate


def conclude(of: Case, result: CheckResult = GOOD, lesson: str = "ask", by: str = "dora", today: str = TODAY) -> Any:
    return nonconformity.conclude(of, result, lesson, by, AT, today)


@pytest.mark.parametrize(
    ("status", "to"),
    [
        ("draft", "analysis"),
        ("analysis", "action_plan"),
        ("action_plan", "in_progress"),
    ],
)
def test_the_way_forward(status: str, to: str) -> None:
    assert nonconformity.advance(case(status)) == {"status": to}


def test_when_every_action_ended_its_effect_is_waited_for() -> None:
    ended = {"a1": action("verified"), "a2": action("cancelled"), "a3": action("closed")}
    assert nonconformity.advance(case("in_progress", actions=ended)) == {"status": "verification"}


@pytest.mark.parametrize("status", STATES)
def test_each_transition_is_of_one_state(status: str) -> None:
    done = case(status, actions={"a1": action("verified")})
    ways = {
        "draft": nonconformity.to_analysis,
        "analysis": nonconformity.to_action_plan,
        "action_plan": nonconformity.to_in_progress,
        "in_progress": nonconformity.to_verification,
        "verification": conclude,
    }
    for state, transition in ways.items():
        if state == status:
            assert transition(done)["status"] != status
        else:
            assert gate_of(lambda transition=transition: transition(done)) == "status"


@pytest.mark.parametrize("causes", [{}, {"w": why()}, {"w": why(root=True, cycle=2)}, {"w": why(root=True, void={})}])
def test_an_action_plan_needs_a_root_cause_of_this_cycle(causes: dict[str, Any]) -> None:
    if causes.get("w", {}).get("void") == {}:
        causes["w"]["void"] = {"why": "x", "by": "anna", "at": AT}
    assert gate_of(lambda: nonconformity.to_action_plan(case("analysis", causes=causes))) == "root cause"


@pytest.mark.parametrize(
    ("actions", "gate"),
    [
        ({}, "corrective action"),
        ({"a": action(kind="training")}, "corrective action"),
        ({"a": action("cancelled")}, "corrective action"),
        ({"a": action(cycle=2)}, "corrective action"),
        ({"a": action("new", owner=None)}, "corrective action"),
        ({"a": action("new", due=None)}, "corrective action"),
        ({"a": action(owner="Dora ")}, "checker"),
        ({"a": action(contributors=["DORA"])}, "checker"),
    ],
)
def test_work_starts_with_a_corrective_action_that_the_checker_does_not_carry_out(
    actions: dict[str, Any], gate: str
) -> None:
    assert gate_of(lambda: nonconformity.to_in_progress(case("action_plan", actions=actions))) == gate


@pytest.mark.parametrize("field", ["indicator", "baseline", "target", "check_date", "checker"])
def test_work_starts_with_a_whole_effectiveness_plan(field: str) -> None:
    lacking = case("action_plan", effects={1: {**PLAN, field: None}})
    assert gate_of(lambda: nonconformity.to_in_progress(lacking)) == "effectiveness plan"


def test_a_method_stands_in_place_of_an_indicator_and_zero_is_a_value() -> None:
    plan = {**PLAN, "indicator": None, "method": "listen to ten calls", "target": 0}
    assert nonconformity.to_in_progress(case("action_plan", effects={1: plan})) == {"status": "in_progress"}


def test_work_does_not_start_on_a_cause_that_was_taken_back() -> None:
    assert gate_of(lambda: nonconformity.to_in_progress(case("action_plan", causes={}))) == "root cause"


def test_the_owner_of_the_nonconformity_is_no_checker() -> None:
    assert gate_of(lambda: nonconformity.to_in_progress(case("action_plan", nc={"owner": "dora"}))) == "checker"
    assert gate_of(lambda: edit(case("analysis"), owner="dora")) == "checker"


@pytest.mark.parametrize("status", ["new", "planned", "in_progress", "done"])
@pytest.mark.parametrize("cycle", [1, 2])
def test_with_an_open_action_of_any_cycle_nothing_is_verified_nor_closed(status: str, cycle: int) -> None:
    actions = {"a": action("verified"), "b": action(status, cycle=cycle)}
    assert gate_of(lambda: nonconformity.to_verification(case("in_progress", actions=actions))) == "open actions"
    assert gate_of(lambda: conclude(case("verification", actions=actions))) == "open actions"


@pytest.mark.parametrize(
    "actions",
    [
        {},
        {"a": action("cancelled")},
        {"a": action("verified", kind="training")},
        {"a": action("verified", cycle=2)},
        {"a": action("verified", void={"why": "x"})},
    ],
)
def test_without_a_verified_corrective_action_nothing_is_closed(actions: dict[str, Any]) -> None:
    assert gate_of(lambda: nonconformity.to_verification(case("in_progress", actions=actions))) == "open actions"
    assert gate_of(lambda: conclude(case("verification", actions=actions))) == "open actions"


DONE = {"a1": action("verified")}


def test_a_day_owns_nothing_and_checks_nothing() -> None:
    assert gate_of(lambda: edit(case("analysis"), owner="+30")) == "owner"
    assert gate_of(lambda: plan(case("analysis"), checker="24.12.2026")) == "owner"
    assert gate_of(lambda: nonconformity.hand_over(case("analysis"), "+30", "theirs", "anna", AT)) == "owner"


def test_effective_closes_with_the_lesson() -> None:
    closed = {"status": "closed", "closed": AT, "lesson": "ask first"}
    assert conclude(case("verification", actions=DONE), lesson=" ask first ") == closed


def test_not_effective_begins_the_next_cycle() -> None:
    result = CheckResult("not_effective", 7)
    assert conclude(case("verification", actions=DONE), result, "") == {"status": "analysis", "cycle": 2}


@pytest.mark.parametrize(
    ("result", "more", "gate"),
    [
        (GOOD, {"lesson": " "}, "lesson"),
        (GOOD, {"by": "ben"}, "checker"),
        (GOOD, {"by": "anna"}, "checker"),
        (GOOD, {"today": "2026-11-21"}, "check date"),
        (CheckResult("effective", None), {}, "effectiveness check"),
        (CheckResult("effective", 3), {}, "target"),
        (CheckResult("not_effective", 2), {}, "target"),
        (CheckResult("effective", " "), {}, "effectiveness check"),
        (CheckResult("effective", "about 12", "as good as reached"), {}, "target"),
        (CheckResult("not_effective", "about 12"), {}, "target"),
    ],
)
def test_what_bars_the_check(result: CheckResult, more: dict[str, str], gate: str) -> None:
    assert gate_of(lambda: conclude(case("verification", actions=DONE), result, **more)) == gate


def test_a_verdict_against_the_numbers_needs_a_note_and_failure_may_show_early() -> None:
    of = case("verification", actions=DONE)
    assert conclude(of, CheckResult("effective", 3, "the third was a test call"))["status"] == "closed"
    assert conclude(of, CheckResult("not_effective", 9), today="2026-11-21")["status"] == "analysis"


def test_what_could_not_be_measured_is_no_effect_with_a_note() -> None:
    result = CheckResult("not_effective", "none counted", "the desk was closed")
    assert conclude(case("verification", actions=DONE), result, "")["cycle"] == 2


@pytest.mark.parametrize(
    ("plan", "value", "note", "gate"),
    [
        ({"baseline": "about 9"}, 12, "", "target"),  # made before both had to be numbers
        ({"baseline": "about 9"}, 1, "", "target"),
        ({"baseline": "about 9"}, 1, "counted twice", ""),
        ({"baseline": "often", "target": "never"}, "never in ten calls", "", ""),
        ({"baseline": "often", "target": "never"}, 0, "", ""),
    ],
)
def test_words_do_not_pass_a_target_that_is_a_number(plan: dict[str, Any], value: Any, note: str, gate: str) -> None:
    of = case("verification", actions=DONE, effects={1: {**PLAN, **plan}})
    if gate:
        assert gate_of(lambda: conclude(of, CheckResult("effective", value, note))) == gate
    else:
        assert conclude(of, CheckResult("effective", value, note))["status"] == "closed"


@pytest.mark.parametrize("plan", [{"baseline": "about 9"}, {"target": "few"}])
def test_baseline_and_target_are_both_numbers_or_both_words(plan: dict[str, Any]) -> None:
    mixed = {1: {**PLAN, **plan}}
    assert gate_of(lambda: nonconformity.to_in_progress(case("action_plan", effects=mixed))) == "effectiveness plan"
    given = {"baseline": 9, "target": 2, **plan}
    assert (
        gate_of(lambda: effect.plan(case("analysis", effects={}), given, "", "anna", AT, TODAY)) == "effectiveness plan"
    )
    assert effect.plan(case("analysis", effects=mixed), {"baseline": "often", "target": "seldom"}, "", "a", AT, TODAY)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "hit"),
    [
        (9, 2, 2, True),
        (9, 2, 2.1, False),
        (70, 90, 90, True),
        (70, 90, 89, False),
        ("many", 2, 1, None),
        (9, 2, None, None),
    ],
)
def test_the_target_is_seen_from_the_baseline(baseline: Any, target: Any, value: Any, hit: bool | None) -> None:
    assert effect.reached(baseline, target, value) is hit


@pytest.mark.parametrize("before", ["draft", "analysis", "action_plan", "in_progress", "verification"])
def test_a_cancelled_one_goes_back_to_the_state_that_it_had(before: str) -> None:
    cancelled = case("cancelled", nc={"cancelled_because": "twice"})
    back = {"status": before, "cancelled_because": None, "cancelled": None}
    assert nonconformity.reopen(cancelled, before, "it was another desk") == back
    assert gate_of(lambda: nonconformity.reopen(cancelled, before, " ")) == "reason"


@pytest.mark.parametrize("of", [*(case(status) for status in STATES if status != "cancelled"), "void"])
def test_only_a_cancelled_one_is_opened_again(of: Any) -> None:
    withdrawn = case("cancelled", nc={"void": {"why": "undo"}})
    assert gate_of(lambda: nonconformity.reopen(withdrawn if of == "void" else of, "draft", "why not")) == "status"


@pytest.mark.parametrize("status", STATES)
def test_cancelling_needs_a_reason_and_no_open_action(status: str) -> None:
    if status in ENDED:
        assert gate_of(lambda: nonconformity.cancel(case(status, actions={}), "twice", AT)) == "status"
        return
    assert nonconformity.cancel(case(status, actions=DONE), " twice ", AT) == {
        "status": "cancelled",
        "cancelled_because": "twice",
        "cancelled": AT,
    }
    assert gate_of(lambda: nonconformity.cancel(case(status, actions=DONE), " ", AT)) == "reason"
    assert gate_of(lambda: nonconformity.cancel(case(status), "twice", AT)) == "open actions"


@pytest.mark.parametrize("status", STATES)
def test_handing_over_names_somebody_and_a_reason(status: str) -> None:
    of = case(status)
    if status in ENDED:
        assert gate_of(lambda: nonconformity.hand_over(of, "IT", "theirs", "anna", AT)) == "status"
        return
    assert nonconformity.hand_over(of, " IT ", "theirs", "anna", AT) == {
        "handed_over": {"to": "IT", "why": "theirs", "by": "anna", "at": AT}
    }
    assert gate_of(lambda: nonconformity.hand_over(of, " ", "theirs", "anna", AT)) == "owner"
    assert gate_of(lambda: nonconformity.hand_over(of, "IT", " ", "anna", AT)) == "reason"


def edit(of: Case, why: str = "", **given: Any) -> dict[str, Any]:
    return nonconformity.edit(of, given, why, "anna", AT, TODAY)


def test_sections_are_written_until_it_ends() -> None:
    assert edit(case("verification"), containment="told the desk", owner=None) == {"containment": "told the desk"}
    for status in ENDED:
        assert gate_of(lambda status=status: edit(case(status), need="x")) == "status"
    assert gate_of(lambda: edit(case("draft", nc={"void": {"why": "x"}}), need="x")) == "status"


def test_a_due_date_is_in_the_future_and_moves_with_a_reason_that_stays() -> None:
    assert edit(case(), due="2026-11-22") == {"due": "2026-11-22"}
    assert gate_of(lambda: edit(case(), due="2026-11-21")) == "due date"
    promised = case("draft", nc={"due": "2026-12-01"})
    assert gate_of(lambda: edit(promised, due="2026-12-08")) == "due date"
    moved = edit(promised, why="parts late", due="2026-12-08")
    move = {"old": "2026-12-01", "new": "2026-12-08", "why": "parts late", "by": "anna", "at": AT}
    assert moved == {"due": "2026-12-08", "moves": [move]}
    again = edit(case("draft", nc=moved), why="again", due="2026-12-09")
    assert [m["new"] for m in again["moves"]] == ["2026-12-08", "2026-12-09"]


def plan(of: Case, why: str = "", **given: Any) -> dict[str, Any]:
    return effect.plan(of, given, why, "anna", AT, TODAY)


def test_the_effectiveness_plan_is_fixed_when_work_starts() -> None:
    fresh = case("analysis", effects={})
    assert plan(fresh, **PLAN) == PLAN
    assert plan(case("analysis"), target=1) == {"target": 1}
    for status in ("in_progress", "verification"):
        of = case(status)
        for given in ({"target": 5}, {"baseline": 1}, {"indicator": "x"}, {"unit": "x"}, {"method": "x"}):
            assert gate_of(lambda of=of, given=given: plan(of, "easier", **given)) == "effectiveness plan"
        assert gate_of(lambda of=of: plan(of, check_date="2026-12-24")) == "reason"
        moved = plan(of, "holidays", check_date="2026-12-24", checker="emil")
        assert moved["checker"] == "emil" and moved["moves"][0]["old"] == PLAN["check_date"]


def test_a_plan_has_a_future_date_and_another_checker() -> None:
    assert gate_of(lambda: plan(case("analysis"), check_date="2026-11-21")) == "check date"
    assert gate_of(lambda: plan(case("analysis"), checker="ben")) == "checker"


def test_a_repeat_is_no_circle() -> None:
    repeats = {"NC-1": None, "NC-2": "NC-1", "NC-3": "NC-2"}
    assert nonconformity.repeat_of("NC-4", "NC-3", repeats) == {"repeat_of": "NC-3"}
    assert gate_of(lambda: nonconformity.repeat_of("NC-1", "NC-3", repeats)) == "repeat"
    assert gate_of(lambda: nonconformity.repeat_of("NC-1", "NC-1", repeats)) == "repeat"


def test_steps_say_what_may_be_done_and_what_bars_the_rest() -> None:
    def said(of: Case, by: str = "dora") -> list[tuple[str, str, str]]:
        return [(step.name, step.to, step.gate) for step in nonconformity.steps(of, by, TODAY)]

    assert said(case("draft", actions={})) == [("advance", "analysis", ""), ("cancel", "cancelled", "")]
    assert said(case("analysis", causes={}))[0] == ("advance", "action_plan", "root cause")
    assert said(case("in_progress"))[1] == ("cancel", "cancelled", "open actions")
    ready = case("verification", actions=DONE)
    assert said(ready)[:2] == [("check", "closed", ""), ("check", "analysis", "")]
    assert said(ready, "ben")[0] == ("check", "closed", "checker")
    early = case("verification", actions=DONE, effects={1: {**PLAN, "check_date": "2026-12-01"}})
    assert said(early)[:2] == [("check", "closed", "check date"), ("check", "analysis", "")]
    assert said(case("closed")) == said(case("cancelled")) == []
    assert gate_of(lambda: nonconformity.advance(ready)) == "effectiveness check"


def test_work_begins_while_another_action_lacks_owner_or_day_and_that_is_said() -> None:
    more = {
        "a2": action("new", number="AC-2026-0002", owner=None),
        "a3": action("new", number="AC-2026-0003", owner=None, due=None, kind="training"),
        "a4": action("cancelled", number="AC-2026-0004", owner=None),
    }
    step = nonconformity.steps(case("action_plan", actions={"a1": action(), **more}), "anna", TODAY)[0]
    assert (step.to, step.allowed) == ("in_progress", True)
    assert step.missing == "owner of AC-2026-0002; owner, due date of AC-2026-0003"
    assert nonconformity.steps(case("action_plan"), "anna", TODAY)[0].missing == ""
    assert nonconformity.steps(case("analysis", actions=more), "anna", TODAY)[0].missing == ""


def test_one_person_is_written_in_several_ways() -> None:
    assert same_person("Anna  Berg ", "anna berg")
    assert not same_person("anna", "ann") and not same_person(None, None) and not same_person("", "")


def test_one_raised_by_hand_is_a_draft_in_its_first_cycle() -> None:
    raised = nonconformity.new(" No signature ", "ISO 9001 8.4.1 ", "minor", "ben", TODAY, AT, TODAY)
    assert (raised["status"], raised["cycle"], raised["opened"]) == ("draft", 1, AT)
    assert (raised["statement"], raised["criterion"]) == ("No signature", "ISO 9001 8.4.1")


@pytest.mark.parametrize(
    ("statement", "criterion", "owner", "due", "gate"),
    [
        (" ", "8.4.1", None, None, "nonconformity"),
        ("No signature", "", None, None, "nonconformity"),
        ("No signature", "8.4.1", "2026-12-24", None, "owner"),
        ("No signature", "8.4.1", None, "2020-01-01", "due date"),
    ],
)
def test_what_cannot_be_raised(statement: str, criterion: str, owner: str | None, due: str | None, gate: str) -> None:
    assert gate_of(lambda: nonconformity.new(statement, criterion, "minor", owner, due, AT, TODAY)) == gate
