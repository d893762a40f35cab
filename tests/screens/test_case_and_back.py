"""A nonconformity's screen where nothing is to be recorded, and the way back from an end by mistake."""

import threading
from pathlib import Path

import pytest
from case_screen_helpers import in_work, open_case, raised
from screen_helpers import BOUND, home

from qms_tui.screens import case_view
from qms_tui.screens.action_screen import ActionScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, handling
from qms_tui.workflow.cases import case_of, find_action


async def test_a_plan_in_which_nothing_was_typed_says_so(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        before = store.head()
        await session.press("t", "s")
        await session.settle()
        assert session.message == "nothing to record: nothing was changed" and store.head() == before


async def test_what_was_cancelled_by_mistake_is_opened_again(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    causes.add_why(store, anna, number, "The cooling unit was iced over")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("o")
        assert "only a cancelled one is reopened" in session.message and not session.prompt.is_open
        handling.cancel(store, Actor("ben"), number, "meant another one")
        await session.until(lambda: session.shows("o  opens it again"), "it is cancelled")
        await session.press("o")
        await session.paste("it was not meant")
        await session.pilot.press("enter")
        await session.settle()
        assert case_of(store, number).status == "analysis"
        assert session.message == "recorded" and not session.shows("opens it again")


async def test_what_was_asked_for_before_an_action_was_opened_is_not_the_state_after_it(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = raised(store, anna)
    action, _receipt = actions.add(store, anna, number, "correction", "Fit a closer")
    gate = threading.Event()
    looked_for = case_view.similar_rows
    monkeypatch.setattr(case_view, "similar_rows", lambda *given: gate.wait(BOUND) and looked_for(*given))
    async with home(store, store_dir, anna) as session:
        case = await open_case(session)
        session.rows.move_to(f"action {action}")
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, ActionScreen), "the action")
        gate.set()
        await session.settle()
        assert case.must_wait("z")
        await session.press("q")
        await session.settle()
        assert session.app.screen is case and not case.must_wait("z")


async def test_an_action_is_shown_as_others_leave_it(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = in_work(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"action {action}")
        await session.press("enter")
        await session.until(lambda: session.shows("planned"), "the action")
        actions.start(store, Actor("ben"), action)
        actions.done(store, Actor("ben"), action, "cleaned")
        await session.until(
            lambda: session.shows("v  verified") and session.message == "changed by ben", "what ben did"
        )
        await session.press("v")
        await session.type("looked at it")
        await session.settle()
        assert find_action(store, action)["status"] == "verified"


async def test_what_was_said_of_something_else_goes_when_a_text_is_asked_for(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("n")
        await session.settle()
        assert session.message == "recorded: now analysis"
        await session.press("z")
        assert not session.message
        await session.pilot.press("enter")
        assert case_of(store, number).status == "analysis"


@pytest.mark.parametrize("before", ["", "x"])
async def test_a_wide_character_over_the_edge_of_a_pane_is_shown(
    store: Store, store_dir: Path, anna: Actor, before: str
) -> None:
    raised(store, anna, statement := before + "一二三四五六七八九十甲乙丙丁戊己庚辛壬")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.until(lambda: session.shows("Why?"), "the why asked for")
        assert f"Why? {statement}" in "\n".join(session.lines())
