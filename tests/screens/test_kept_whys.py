"""Whys that were typed and refused, or never heard of again: each is offered where it belongs, none twice."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from case_screen_helpers import open_case, raised
from screen_helpers import HeldStore, Session, home

from qms_tui.records.causes import tree
from qms_tui.screens.case import CaseScreen
from qms_tui.screens.drafts import Drafts
from qms_tui.screens.typed import TypedTexts
from qms_tui.store.base import Actor, Busy, Receipt, Store, Tx
from qms_tui.workflow import causes
from qms_tui.workflow.cases import case_of

DOOR = "The door closer was broken"
NOBODY = "Nobody looks after door closers"
LIST = "They are on no list"


class Refusing(HeldStore):
    """Refuses what waited, while `refuses`."""

    refuses = True

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        return super().transact(self._busy if self.refuses else build)

    def _busy(self) -> Tx:
        raise Busy("ben is writing")


async def asked(session: Session) -> str:
    """What stands in the prompt when a why is asked for."""
    await session.press("w")
    await session.until(lambda: session.prompt.is_open, "the prompt")
    return session.prompt.value


async def leave_prompt(session: Session) -> None:
    await session.pilot.press("f10")
    await session.until(lambda: not session.prompt.is_open, "the prompt left")


def labels(store: Store, number: str) -> list[tuple[str, str]]:
    return [(why.label, why.cause["text"]) for why in tree(case_of(store, number).causes_of(1))]


@pytest.mark.parametrize("how", ["kill", "hangup"])
async def test_a_why_that_is_refused_when_the_window_goes(store: Store, store_dir: Path, anna: Actor, how: str) -> None:
    number = raised(store, anna)
    held = Refusing(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type(DOOR)
        await session.type(NOBODY, enter=False)  # below one that will never be
        if how == "kill":
            session.kill()
            held.gate.set()
        else:
            held.waiting.wait()
            threading.Timer(0.1, held.gate.set).start()
            session.app.save()
    assert not case_of(store, number).causes
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        assert await asked(session) == DOOR
        await session.pilot.press("enter")
        await session.until(lambda: DOOR in session.prompt.label, "the next prompt")
        assert session.prompt.value == NOBODY
        await session.pilot.press("enter")
        await session.settle()
        await leave_prompt(session)
        assert labels(store, number) == [("1", DOOR), ("1.1", NOBODY)]
        assert not session.app.routes.typed


async def test_a_chain_that_is_refused_is_offered_as_a_chain(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    held = Refusing(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        for text in (DOOR, NOBODY, LIST):
            await session.type(text)
        held.gate.set()
        await session.settle()
        assert "ben is writing" in session.message or "no such why" in session.message
        held.refuses = False
        await leave_prompt(session)
        assert await asked(session) == DOOR and "2 more whys are not recorded yet" in session.message
        for text in (NOBODY, LIST, ""):
            await session.pilot.press("enter")
            await session.settle()
            assert session.prompt.is_open and session.prompt.value == text
        await leave_prompt(session)
        assert labels(store, number) == [("1", DOOR), ("1.1", NOBODY), ("1.1.1", LIST)]
        assert not session.app.routes.typed


async def test_below_a_refused_one_that_is_given_up_the_rest_is_offered_further_up(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    iced, _done = causes.add_why(store, anna, number, "The unit was iced over")
    held = Refusing(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {iced}")
        await session.press("w")
        await session.type(DOOR)
        await session.type(NOBODY)
        held.gate.set()
        await session.settle()
        held.refuses = False
        await leave_prompt(session)
        session.rows.action_first()
        assert await asked(session) == ""
        await leave_prompt(session)
        session.rows.move_to(f"why {iced}")
        assert await asked(session) == DOOR
        await leave_prompt(session)
        assert await asked(session) == NOBODY
        await session.pilot.press("enter")
        await session.settle()
        await leave_prompt(session)
        session.rows.move_to(f"why {iced}")
        assert await asked(session) == ""
        assert labels(store, number)[1:] == [("1.1", NOBODY)] and not session.app.routes.typed


async def test_branches_that_are_refused_are_offered_one_after_the_other(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    raised(store, anna)
    held = Refusing(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        for text in (DOOR, NOBODY):
            await session.type(text, enter=False)
            await session.pilot.press("tab")
        await session.type(LIST, enter=False)  # still typed when the others are refused
        held.gate.set()
        await session.settle()
        assert session.prompt.value == LIST
        await leave_prompt(session)
        assert await asked(session) == DOOR
        await leave_prompt(session)
        assert await asked(session) == NOBODY and "more" not in session.message
        await leave_prompt(session)
        assert await asked(session) == "" and not session.app.routes.typed


async def test_one_that_was_recorded_after_all_is_not_offered(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type(DOOR)
        await session.type(NOBODY, enter=False)
        session.kill()
        held.gate.set()
    assert labels(store, number) == [("1", DOOR)]
    assert sorted(Drafts(store_dir, anna.name).typed().values()) == sorted([DOOR, NOBODY])
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        assert await asked(session) == ""
        await leave_prompt(session)
        session.rows.move_to(f"why {next(iter(case_of(store, number).causes))}")
        assert await asked(session) == NOBODY
        await leave_prompt(session)
        session.app.save()
    assert not Drafts(store_dir, anna.name).typed()


def test_texts_are_found_by_how_their_key_begins() -> None:
    typed = TypedTexts()
    typed.keep("nc 1 why a", "x")
    typed.keep("nc 11 why a", "y")
    assert typed.under("nc 1 why ") == {"nc 1 why a": "x"}


async def test_nothing_is_looked_at_while_the_screens_go(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type(DOOR, enter=False)
        keeper, screen = session.app.keeping.keeper, session.app.screen
        assert isinstance(screen, CaseScreen)
        screen._unfollow = keeper.keep  # a look that falls due when its widgets are gone
