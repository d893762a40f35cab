"""Transitions of an action: what they set, and what bars them."""

from typing import Any, get_args

import pytest
from case_helpers import AT, PLAN, TODAY, action, case
from test_nonconformity_gates import gate_of

from qms_tui.records import actions
from qms_tui.records.case import Case
from qms_tui.records.words import ActionKind, ActionStatus

STATES = get_args(ActionStatus)


def new(of: Case, **given: Any) -> dict[str, Any]:
    return actions.new(of, "corrective", " Ask twice ", given, "anna", AT, TODAY)


def assign(of: Case, on: dict[str, Any], why: str = "", **given: Any) -> dict[str, Any]:
    return actions.assign(of, on, given, why, "anna", AT, TODAY)


def test_a_new_action_with_owner_and_due_date_is_planned() -> None:
    fields = new(case("action_plan", nc={"cycle": 2}), owner="ben", due="2026-12-01", contributors=["cleo"])
    assert (fields["status"], fields["title"], fields["cycle"], fields["priority"]) == (
        "planned",
        "Ask twice",
        2,
        "normal",
    )
    assert new(case(), owner="ben")["status"] == "new"
    assert assign(case(), action("new", due=None), due="2026-12-01") == {"due": "2026-12-01", "status": "planned"}


def test_a_milestone_lies_within_its_action() -> None:
    late = [{"title": "draft", "due": "2026-12-05"}]
    assert gate_of(lambda: new(case(), due="2026-12-01", milestones=late)) == "due date"
    assert new(case(), due="2026-12-05", milestones=late)["milestones"] == late
    assert new(case(), milestones=late)["milestones"] == late
    planned = action("planned", due="2026-12-09", milestones=late)
    assert gate_of(lambda: assign(case(), planned, why="soon", due="2026-12-01")) == "due date"
    assert assign(case(), planned, why="ill", due="2026-12-06")["due"] == "2026-12-06"
    undated = action("new", due=None, milestones=late)
    assert gate_of(lambda: assign(case(), undated, due="2026-12-01")) == "due date"
    assert assign(case(), undated, due="2026-12-05")["due"] == "2026-12-05"
    reached = action("planned", due="2026-12-09", milestones=[{**late[0], "done": "2026-11-22"}])
    assert assign(case(), reached, why="soon", due="2026-12-01")["due"] == "2026-12-01"


@pytest.mark.parametrize(
    ("given", "gate"),
    [
        ({"due": "2026-11-21"}, "due date"),
        ({"owner": "ben", "verifier": "Ben"}, "verifier"),
        ({"contributors": ["cleo"], "verifier": "cleo"}, "verifier"),
        ({"owner": "dora"}, "checker"),
        ({"contributors": ["dora"]}, "checker"),
        ({"milestones": [{"title": "draft", "due": "2026-11-01"}]}, "due date"),
    ],
)
def test_what_bars_a_new_action(given: dict[str, Any], gate: str) -> None:
    assert gate_of(lambda: new(case("action_plan"), **given)) == gate


@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_what_has_ended_takes_no_action(status: str) -> None:
    assert gate_of(lambda: new(case(status))) == "status"


def test_a_due_date_moves_with_a_reason() -> None:
    assert gate_of(lambda: assign(case(), action(), due="2026-12-05")) == "due date"
    moved = assign(case(), action(), "ill", due="2026-12-05")
    assert moved["due"] == "2026-12-05" and moved["moves"][0]["why"] == "ill"
    assert assign(case(), action(), due="2026-12-01", priority="high") == {"priority": "high"}


@pytest.mark.parametrize("status", STATES)
def test_each_transition_is_of_its_states(status: str) -> None:
    of, on = case("in_progress"), action(status)
    ways = {
        "assign": (("new", "planned", "in_progress"), lambda: assign(of, on, priority="high")),
        "start": (("planned",), lambda: actions.start(of, on, "ben")),
        "done": (("in_progress",), lambda: actions.done(on, "built", "ben", AT)),
        "verify": (("done",), lambda: actions.verify(on, "seen", "anna", AT)),
        "refuse": (("done",), lambda: actions.refuse(on, "half", "anna", AT)),
        "close": (("verified",), lambda: actions.close(on)),
        "cancel": (("new", "planned", "in_progress", "done"), lambda: actions.cancel(on, "moot")),
    }
    for states, transition in ways.values():
        if status in states:
            assert transition()
        else:
            assert gate_of(transition) == "status"


@pytest.mark.parametrize("kind", get_args(ActionKind))
@pytest.mark.parametrize("status", ["draft", "analysis", "action_plan", "in_progress", "verification"])
def test_work_on_the_cause_waits_for_the_effectiveness_plan(kind: str, status: str) -> None:
    on = action(kind=kind)
    if kind in ("correction", "containment") or status in ("in_progress", "verification"):
        assert actions.start(case(status), on, "ben") == {"status": "in_progress"}
    else:
        assert gate_of(lambda: actions.start(case(status), on, "ben")) == "effectiveness plan"


def test_who_carries_it_out_starts_it_and_its_owner_says_done() -> None:
    on = action(contributors=["cleo"])
    assert actions.start(case("in_progress"), on, "Cleo")
    assert gate_of(lambda: actions.start(case("in_progress"), on, "anna")) == "owner"
    going = {**on, "status": "in_progress"}
    assert gate_of(lambda: actions.done(going, "built", "cleo", AT)) == "owner"
    assert gate_of(lambda: actions.done(going, " ", "ben", AT)) == "comment"
    assert actions.done(going, " built ", "BEN", AT) == {
        "status": "done", "done_at": AT, "done_by": "BEN", "outcome": "built"}  # fmt: skip


@pytest.mark.parametrize("by", ["ben", "cleo", "emil"])
def test_somebody_else_verifies_or_refuses(by: str) -> None:
    on = action("done", contributors=["cleo"], done_by="emil")
    assert gate_of(lambda: actions.verify(on, "seen", by, AT)) == "verifier"
    assert gate_of(lambda: actions.refuse(on, "half", by, AT)) == "verifier"


@pytest.mark.parametrize("given", [{"owner": "+30"}, {"contributors": ["cleo", "2026-12-24"]}, {"verifier": "Today"}])
def test_a_day_is_no_person(given: dict[str, Any]) -> None:
    assert gate_of(lambda: actions.assign(case(), action("new"), given, "", "anna", AT, TODAY)) == "owner"
    assert actions.assign(case(), action("new"), {"owner": "u4711", "verifier": "4711"}, "", "anna", AT, TODAY)


def test_a_named_verifier_verifies() -> None:
    on = action("done", verifier="anna")
    assert gate_of(lambda: actions.verify(on, " ", "anna", AT)) == "comment"
    assert actions.verify(on, " seen ", "anna", AT) == {
        "status": "verified", "verified_at": AT, "verified_by": "anna", "verified_note": "seen"}  # fmt: skip
    assert gate_of(lambda: actions.verify(on, "seen", "emil", AT)) == "verifier"


def test_a_refusal_goes_back_with_its_comment_and_all_refusals_stay() -> None:
    on = action("done", done_by="ben", refused=[{"comment": "first", "by": "anna", "at": AT}])
    assert gate_of(lambda: actions.refuse(on, " ", "anna", AT)) == "comment"
    fields = actions.refuse(on, " no photo ", "anna", AT)
    assert (fields["status"], fields["done_by"]) == ("in_progress", None)
    assert [refusal["comment"] for refusal in fields["refused"]] == ["first", "no photo"]


def test_cancelling_needs_a_reason() -> None:
    assert actions.cancel(action(), " moot ") == {"status": "cancelled", "cancelled_because": "moot"}
    assert gate_of(lambda: actions.cancel(action(), " ")) == "reason"


def test_the_next_cycle_may_be_carried_out_by_the_checker_of_the_first() -> None:
    assert assign(case("analysis", nc={"cycle": 2}), action(cycle=2), owner="dora") == {"owner": "dora"}
    planned = case("analysis", nc={"cycle": 2}, effects={2: PLAN})
    assert gate_of(lambda: assign(planned, action(cycle=2), owner="dora")) == "checker"


def test_steps_say_what_may_be_done_and_what_bars_the_rest() -> None:
    def said(status: str, by: str, on: str = "in_progress") -> list[tuple[str, str, str]]:
        return [(step.name, step.to, step.gate) for step in actions.steps(case(on), action(status), by)]

    assert said("new", "ben")[0] == ("assign", "planned", "")
    assert said("planned", "ben") == [("start", "in_progress", ""), ("cancel", "cancelled", "")]
    assert said("planned", "ben", "analysis")[0] == ("start", "in_progress", "effectiveness plan")
    assert said("in_progress", "anna")[0] == ("done", "done", "owner")
    assert said("done", "anna")[:2] == [("verify", "verified", ""), ("refuse", "in_progress", "")]
    assert said("done", "ben")[:2] == [("verify", "verified", "verifier"), ("refuse", "in_progress", "verifier")]
    assert said("verified", "anna") == said("closed", "anna") == said("cancelled", "anna") == []


def test_a_milestone_is_reached_while_there_is_work() -> None:
    to_reach = [{"title": "form agreed", "due": "2026-12-05"}]
    for status in STATES:
        on = action(status, milestones=to_reach)
        if status in ("new", "planned", "in_progress"):
            assert actions.reach(case(), on, "form", TODAY)["milestones"][0]["done"] == TODAY
        else:
            assert gate_of(lambda on=on: actions.reach(case(), on, "form", TODAY)) == "status"
    ended = case("closed")
    assert gate_of(lambda: actions.reach(ended, action("planned", milestones=to_reach), "form", TODAY)) == "status"
