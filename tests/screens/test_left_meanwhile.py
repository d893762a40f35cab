"""What comes back from the recorder's thread when its screen has been left, or is not made yet."""

import threading
from pathlib import Path

import pytest
from case_screen_helpers import raised
from screen_helpers import BOUND, home, walking
from textual.events import Key

from qms_tui.screens.form import FormScreen
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.summary import SummaryScreen
from qms_tui.screens.there import when_there
from qms_tui.store.base import Actor, Store


@pytest.mark.parametrize("opens", ["l", "m", "r"])
async def test_a_list_left_before_it_is_filled_harms_nothing(
    store: Store, store_dir: Path, anna: Actor, opens: str
) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        slow = threading.Event()
        session.app.recorder.submit(lambda: slow.wait(BOUND), lambda _done: None, lambda _error: None)
        await session.pilot.press(opens)
        await session.until(lambda: len(session.app.screen_stack) == 2 and session.app.screen.is_mounted, "the list")
        left = session.app.screen
        assert isinstance(left, ListScreen)
        await session.until(lambda: getattr(left, "prompt", None) is None or left.prompt.is_ready, "its keys")
        await session.pilot.press("q")
        await session.until(lambda: len(session.app.screen_stack) == 1, "home")
        slow.set()
        await session.settle()
        assert session.shows("Start a check")


async def test_a_screen_that_is_being_left_has_lost_its_widgets(store: Store, store_dir: Path, anna: Actor) -> None:
    """Between the key and the end of its removal a screen is still attached: what comes then is let go."""
    async with home(store, store_dir, anna) as session:
        await session.press("l")
        await session.settle()
        screen = session.app.screen
        assert isinstance(screen, ListScreen)
        shown: list[object] = []
        when_there(screen, lambda: shown.append(screen.rows))
        assert len(shown) == 1
        removing = session.app.pop_screen()
        assert screen.is_attached
        when_there(screen, lambda: shown.append(screen.rows))
        await removing
        when_there(screen, lambda: shown.append(screen.rows))
        assert len(shown) == 1


async def test_a_walk_that_cannot_be_opened_takes_nothing_away_that_lies_over_it(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        app = session.app
        slow = threading.Event()
        app.recorder.submit(lambda: slow.wait(BOUND), lambda _done: None, lambda _error: None)
        app.open_audit("A-2026-0404", None)
        app.routes.raise_new()
        await session.until(lambda: isinstance(app.screen, FormScreen) and app.screen.is_ready, "the form")
        await session.press("enter")
        await session.type("The van stood open", enter=False)
        slow.set()
        await session.until(lambda: "A-2026-0404" in session.message, "why it cannot be opened")
        assert session.prompt.value == "The van stood open"
        await session.pilot.press("enter")
        await session.press("q")
        await session.until(lambda: app.screen is app.screen_stack[0], "home")
        assert "A-2026-0404" in session.message
        assert app.is_running and app.routes.typed


async def test_keys_meant_for_a_walk_that_cannot_be_opened_do_nothing_below_it(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with home(store, store_dir, anna) as session:
        slow = threading.Event()
        session.app.recorder.submit(lambda: slow.wait(BOUND), lambda _done: None, lambda _error: None)
        session.app.open_audit("A-2026-0404", None)
        await session.until(lambda: session.app.screen is session.walk_screen and session.walk_screen.is_mounted)
        session.app.post_message(Key("r", "r"))
        await session.pilot.pause()
        slow.set()
        await session.until(lambda: len(session.app.screen_stack) == 1, "home")
        await session.settle()
        assert "A-2026-0404" in session.message and len(session.app.screen_stack) == 1


async def test_an_answer_that_arrives_while_the_summary_is_being_made(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        walk = session.walk_screen
        walk.action_summary()
        assert not session.app.screen.is_mounted
        walk.show_changes()
        await session.until(lambda: session.shows("Summary"), "the summary")
        assert isinstance(session.app.screen, SummaryScreen)
