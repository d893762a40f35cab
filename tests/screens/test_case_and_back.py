"""A nonconformity's screen where nothing is to be recorded, and the way back from an end by mistake."""

from pathlib import Path

from case_screen_helpers import open_case, raised
from screen_helpers import home

from qms_tui.store.base import Actor, Store
from qms_tui.workflow import causes, handling
from qms_tui.workflow.cases import case_of


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
