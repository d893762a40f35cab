"""A window that gets too small, and large again, while something goes on below."""

from pathlib import Path

from case_screen_helpers import open_case, raised
from screen_helpers import HeldStore, Session, home, walking

from qms_tui.records.causes import tree
from qms_tui.screens.case import CaseScreen
from qms_tui.screens.too_small import TooSmallScreen
from qms_tui.screens.walk import WalkScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.cases import case_of


async def shrink(session: Session) -> None:
    await session.pilot.resize_terminal(30, 10)
    await session.until(lambda: isinstance(session.app.screen, TooSmallScreen), "the words")


async def grow(session: Session, below: type) -> None:
    await session.pilot.resize_terminal(80, 24)
    await session.until(lambda: isinstance(session.app.screen, below), "the screen below")


async def test_a_walk_is_left_below_it(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await session.press("enter")
        await session.until(lambda: session.shows("n no"), "the walk")
        await session.press("down", "y")
        await session.press("q", "j")
        await session.until(lambda: session.walk_screen._leaving, "the way out")
        await shrink(session)
        held.gate.set()
        await session.until(lambda: not any(isinstance(s, WalkScreen) for s in session.app.screen_stack), "home")
        assert isinstance(session.app.screen, TooSmallScreen)
        await session.pilot.resize_terminal(80, 24)
        await session.until(lambda: session.shows("Start a check"), "home")
        await session.settle()
        await session.press("r")
        await session.until(lambda: session.shows("Nonconformities"), "the register")


async def test_a_walk_that_came_first_ends_the_program_below_it(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    async with walking(held, store_dir, anna) as session:
        await session.press("y", "q")
        await shrink(session)
        held.gate.set()
        await session.until(lambda: not session.app.is_running, "the end")


async def test_a_text_is_typed_on_after_it(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type("The door closer was broken")
        await session.type("Nobody", enter=False)
        await shrink(session)
        await grow(session, CaseScreen)
        await session.press("x", "shift+tab", "y")
        assert session.prompt.value == "Nobodyxy"
        held.gate.set()
        await session.settle()


async def test_keys_that_came_before_it_wait_below_it(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("n", "w", "i", "c", "y", "enter")
        await shrink(session)
        await session.press("z")
        await grow(session, CaseScreen)
        held.gate.set()
        await session.settle()
        assert [why.cause["text"] for why in tree(case_of(store, number).causes_of(1))] == ["icy"]
