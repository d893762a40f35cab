"""A key that records at once, pressed just when somebody else has changed what it is about: it records nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from case_screen_helpers import in_work, open_action, open_case, planned, raised
from screen_helpers import Session, home

from qms_tui.screens import following
from qms_tui.screens.widgets import row_list
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow import actions, causes, handling
from qms_tui.workflow.cases import case_of

PRESS_AGAIN = "! ben changed this just now; press the key again if it still holds"


@pytest.fixture(autouse=True)
def slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed is read at once, and not seen before a test says so."""
    monkeypatch.setattr(following, "REST", 0.0)
    monkeypatch.setattr(row_list, "LAG", 3600.0)


@pytest.fixture
def elsewhere(store_dir: Path) -> Iterator[Store]:
    """The store as another window has it open."""
    opened = open_store(store_dir)
    yield opened
    opened.close()


async def changed(session: Session, elsewhere: Store, change: Callable[[], object]) -> None:
    elsewhere.refresh()
    change()
    await session.until(lambda: session.message == "changed by ben", "the news")


async def refused(session: Session, store: Store, *keys: str) -> None:
    """Each key is refused, and nothing is recorded."""
    store.refresh()
    before = store.head()
    for key in keys:
        await session.press(key)
        await session.settle()
        assert session.message == PRESS_AGAIN, key
    store.refresh()
    assert store.head() == before


async def test_the_next_state(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, _action = planned(store, anna)
    async with home(store, store_dir, anna) as session:
        screen = await open_case(session)
        session.rows.move_to("step 0")
        await changed(session, elsewhere, lambda: causes.add_why(elsewhere, ben, number, "Nobody cleans it"))
        await refused(session, store, "n", "enter")
        monkeypatch.setattr(row_list, "LAG", -1.0)
        screen.tell_others(["ben"])
        await session.press("n")
        await session.settle()
        assert case_of(store, number).status == "in_progress"


@pytest.mark.parametrize("what", ["root", "taken back"])
async def test_the_root_cause(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor, what: str
) -> None:
    number = raised(store, anna)
    first, _done = causes.add_why(store, anna, number, "The unit was iced over")
    causes.add_why(store, anna, number, "The door stood open")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {first}")
        if what == "root":
            await changed(session, elsewhere, lambda: causes.change_why(elsewhere, ben, number, first, {"root": True}))
        else:
            await changed(session, elsewhere, lambda: causes.withdraw_why(elsewhere, ben, number, first, "It was not"))
        await refused(session, store, "r")


async def test_a_similar_one(store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor) -> None:
    number, other = raised(store, anna), raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.until(lambda: any(row.key == f"similar {other}" for row in session.rows.rows), "the similar one")
        session.rows.move_to(f"similar {other}")
        await changed(session, elsewhere, lambda: handling.edit(elsewhere, ben, number, {"owner": "ben"}))
        await refused(session, store, "l", "p")


async def test_an_action_that_begins(store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor) -> None:
    _number, action = in_work(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await changed(session, elsewhere, lambda: actions.note(elsewhere, ben, action, "The parts are here"))
        await refused(session, store, "s")
