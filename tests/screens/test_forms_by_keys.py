"""Forms filled in by keys: what cannot be taken is told at its field, and a short value is typed anew."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from case_screen_helpers import BEN, IN_A_WEEK, TODAY, in_work, open_action, open_case, planned, raised
from screen_helpers import Session, home

from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, effect, handling
from qms_tui.workflow.cases import case_of, find_action

YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


async def enter(session: Session, field: str, text: str) -> None:
    """Type over a field of the form that is open."""
    await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
    session.rows.move_to(field)
    await session.press("enter")
    await session.type(text)


async def told(session: Session, field: str, text: str, said: str) -> None:
    """A text is refused at its field and stands in the prompt; it is mended there."""
    await enter(session, field, text)
    assert session.prompt.is_open and session.prompt.value == text
    assert session.message == f"! {said}"


async def test_an_action_is_told_at_its_fields_what_its_gate_bars(store: Store, store_dir: Path, anna: Actor) -> None:
    number, _action = planned(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("a")
        await told(session, "due", YESTERDAY, f"due date: {YESTERDAY} is in the past; today is {TODAY}")
        await session.type(IN_A_WEEK)
        await told(
            session, "due", "31.12.", "due date: '31.12.' is no day; write 2026-12-24, today, or +14 for in 14 days"
        )
        await session.type(IN_A_WEEK)
        checker = "checker: dora is to check the effect and carries out no action"
        await told(session, "owner", "dora", checker)
        await session.type("ben")
        await told(session, "contributors", "carla, Dora", checker.replace("dora", "Dora"))
        await session.pilot.press("ctrl+u")
        await session.type("carla")
        await told(session, "verifier", "+14", "owner: '+14' is a day, not the name of a person")
        await session.type("emil")
        await enter(session, "title", "Shade the doors")
        await session.press("s")
        await session.settle()
        added = list(case_of(store, number).actions.values())[-1]
        said = [added["owner"], added["contributors"], added["verifier"], added["due"]]
        assert said == ["ben", ["carla"], "emil", IN_A_WEEK]


async def test_fields_that_contradict_each_other_are_told_and_taken(store: Store, store_dir: Path, anna: Actor) -> None:
    """Two people change places: each field alone would bar the other one."""
    _number, action = planned(store, anna)
    said = "! verifier: {name} carries the action out; somebody else verifies it"
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("e")
        await enter(session, "verifier", "emil")
        assert session.message == ""
        await enter(session, "owner", "emil")
        assert not session.prompt.is_open and session.message == said.format(name="emil")
        await session.press("s")
        await session.settle()
        assert session.message == said.format(name="emil")  # the gate decides
        await enter(session, "verifier", "ben")
        assert session.message == ""
        await session.press("s")
        await session.settle()
    changed = find_action(store, action)
    assert (changed["owner"], changed["verifier"]) == ("emil", "ben")


async def test_a_plan_is_told_at_its_fields_what_its_gate_bars(store: Store, store_dir: Path, anna: Actor) -> None:
    number, _action = planned(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("t")
        await told(session, "check_date", YESTERDAY, f"check date: {YESTERDAY} is in the past; today is {TODAY}")
        await session.type(IN_A_WEEK)
        await told(session, "checker", "ben", "checker: ben carries out an action; somebody else checks the effect")
        await session.type("emil")
        await enter(session, "target", "none at all")
        assert not session.prompt.is_open and "'none at all' is no number and 3 is one" in session.message
        await enter(session, "target", "1")
        assert session.message == ""
        await session.press("s")
        await session.settle()
        plan = case_of(store, number).effect
        assert (plan["target"], plan["check_date"], plan["checker"]) == (1, IN_A_WEEK, "emil")


async def test_what_was_fixed_before_work_started_is_told_at_its_field(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, _action = in_work(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("t")
        fixed = "effectiveness plan: fixed before work started, and stays: {field}"
        await told(session, "target", "1", fixed.format(field="target"))
        await session.pilot.press("f10")
        await session.press("enter")
        await session.pilot.press("enter")  # as it stands
        assert not session.prompt.is_open
        await enter(session, "check_date", IN_A_WEEK)
        await session.press("s")
        await session.settle()
        assert session.message == "! reason: changing the plan after work started needs a reason"
        assert session.rows.selected is not None and session.rows.selected.key == "why"
        await session.press("enter")
        await session.type("The summer is late")
        await session.press("s")
        await session.settle()
        assert case_of(store, number).effect["check_date"] == IN_A_WEEK


async def test_an_effect_that_is_shown_too_early_is_told_with_its_verdict(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, action = planned(store, anna)
    effect.plan(store, anna, number, {"check_date": IN_A_WEEK})
    handling.advance(store, anna, number)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "cleaned")
    actions.verify(store, anna, action, "seen")
    handling.advance(store, anna, number)
    async with home(store, store_dir, Actor("dora")) as session:
        await open_case(session)
        await session.press("c")
        await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
        session.rows.move_to("verdict")
        await session.press("enter")
        assert session.message == f"! check date: the effect is to be shown on {IN_A_WEEK}, not before"
        await session.press("enter")
        assert session.message == ""


async def test_a_due_date_in_the_past_is_told_before_its_reason_is_asked(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, action = planned(store, anna)
    said = f"! due date: {YESTERDAY} is in the past; today is {TODAY}"
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("u")
        await session.type(YESTERDAY)
        assert (session.prompt.label, session.message) == ("Due date", said)
        await session.pilot.press("f10")
        await session.press("q")
        session.rows.move_to("field due")
        await session.press("enter")
        await session.type(YESTERDAY)
        assert session.prompt.is_open and session.message == said
    assert case_of(store, number).nonconformity.get("due") is None


async def test_a_day_that_was_promised_and_has_passed_may_stand(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _number, action = planned(store, anna)
    later = (date.today() + timedelta(days=30)).isoformat()
    monkeypatch.setattr("qms_tui.workflow.typed.today", lambda: later)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("u")
        await session.pilot.press("enter")
        assert not session.prompt.is_open and session.message == ""


async def test_what_is_typed_takes_the_place_of_a_short_value_and_a_longer_one_is_mended(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, action = planned(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("t")
        for field, text in (("check_date", "+14"), ("target", "1"), ("checker", "emil")):
            await enter(session, field, text)
        await enter(session, "indicator", " at noon")
        await session.press("s")
        await session.settle()
        plan = case_of(store, number).effect
        in_two_weeks = (date.today() + timedelta(days=14)).isoformat()
        assert (plan["check_date"], plan["target"], plan["checker"]) == (in_two_weeks, 1, "emil")
        assert plan["indicator"] == "doors that stand open at noon"
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("u")
        await session.pilot.press("end", "backspace")  # the cursor was moved: it is mended
        assert session.prompt.value == IN_A_WEEK[:-1]


async def test_a_nonconformity_raised_by_hand_is_told_at_its_fields(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.rows.selected, "the register")
        await session.press("n")
        await told(session, "due", YESTERDAY, f"due date: {YESTERDAY} is in the past; today is {TODAY}")
        await session.pilot.press("f10")
        await told(session, "owner", "2026-12-24", "owner: '2026-12-24' is a day, not the name of a person")
