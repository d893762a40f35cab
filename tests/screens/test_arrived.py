"""What reached the disk is not offered again, however the window ends before the screen is told; what did not, is."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from case_screen_helpers import open_case, raised
from screen_helpers import BOUND, HeldStore, Session, home, walking
from test_seen_and_kept import open_form, put

from qms_tui.screens.drafts import Drafts
from qms_tui.store.base import Actor, Busy, Receipt, Store, Tx
from qms_tui.workflow import handling
from qms_tui.workflow.cases import case_of

ROUND = "# Round\n" + "".join(f"- [ ] Door {n} closes {{#d{n}}}\n" for n in range(1, 6))
REASON = "The rest is locked until Monday"


class RefusingStore(HeldStore):
    """A held store that is busy when it lets a commit through, while `refuse`."""

    refuse = False

    def transact(self, build: Callable[[], Tx]) -> Receipt:
        if not self.refuse:
            return super().transact(build)
        self.waiting.set()
        assert self.gate.wait(BOUND)
        raise Busy("ben is writing")


async def line_goes(session: Session, held: HeldStore) -> None:
    """While a write waits, which the store then takes."""
    await session.until(held.waiting.is_set)
    threading.Timer(0.1, held.gate.set).start()
    session.app.save()
    session.app.end(crashed=False)


async def looked(session: Session) -> None:
    await session.until(lambda: not session.app.keeping.keeper.is_due, "what is typed, on the disk")


def kill(session: Session) -> None:
    """Leave what lies on the disk; nothing is looked at any more."""
    session.app.keeping.keeper.end()
    session.app.drafts.end(kept=False)


@pytest.mark.parametrize("how", ["the line goes", "ctrl+q"])
async def test_a_text_recorded_on_the_way_out(store: Store, store_dir: Path, anna: Actor, how: str) -> None:
    number = raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("z")
        await session.type("Raised twice")
        if how == "ctrl+q":
            await session.pilot.press(how)
            held.gate.set()
            await session.until(lambda: session.app._exit)
        else:
            await line_goes(session, held)
    assert case_of(store, number).status == "cancelled"
    assert not Drafts(store_dir, "anna").typed()


async def test_a_day_and_its_reason_recorded_while_the_line_goes(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    handling.edit(store, anna, number, {"due": "2027-01-01"})
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to("field due")
        await session.press("enter")
        await session.pilot.press("ctrl+u")
        await session.type("2027-02-01")
        await session.type("The part comes late")
        await line_goes(session, held)
    assert case_of(store, number).nonconformity["due"] == "2027-02-01"
    assert not Drafts(store_dir, "anna").typed()


async def test_a_form_recorded_while_the_line_goes(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await session.press("r")
        await session.settle()
        await open_form(session, "n")
        await put(session, "statement", "Contract without a signature")
        await put(session, "criterion", "ISO 9001 8.4.1")
        await session.press("s")
        await line_goes(session, held)
    assert len(store.find("nonconformities", lambda _doc: True)) == 1
    assert not Drafts(store_dir, "anna").typed()


async def test_a_reason_recorded_while_the_line_goes(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna, ROUND) as session:
        await session.press("y")
        await session.settle()
        number = session.walk.number
        held.gate.clear()
        held.waiting.clear()
        await session.press("s", "c")
        await session.type(REASON)
        await line_goes(session, held)
    async with walking(store, store_dir, anna, resume=number) as session:
        assert session.walk.frozen and not session.walk_screen.reason and REASON not in session.message


async def test_a_note_refused_once_and_recorded_while_the_line_goes(store: Store, store_dir: Path, anna: Actor) -> None:
    held = RefusingStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna, ROUND) as session:
        await session.press("y")
        await session.settle()
        number, item = session.walk.number, session.current
        held.refuse = True
        await session.press("m")
        await session.type("Seen on Monday")
        await session.settle()
        assert session.prompt.value == "Seen on Monday"
        held.refuse = False
        held.gate.clear()
        held.waiting.clear()
        await session.pilot.press("enter")
        await line_goes(session, held)
        assert (session.answer(item) or {})["note"] == "Seen on Monday"
    async with walking(store, store_dir, anna, resume=number) as session:
        assert not session.prompt.is_open and not session.walk_screen.standing().get("kept")


async def test_a_text_recorded_after_it_was_looked_at_does_not_come_back_after_a_kill(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("z")
        await session.type("Raised twice")
        await looked(session)
        held.gate.set()
        await session.settle()
        assert case_of(store, number).status == "cancelled"
        await looked(session)
        kill(session)
    assert not Drafts(store_dir, "anna").typed()


async def test_a_note_recorded_after_it_was_looked_at_does_not_come_back_after_a_kill(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    held = HeldStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna, ROUND) as session:
        await session.press("y")
        await session.settle()
        number, item = session.walk.number, session.current
        held.gate.clear()
        await session.press("m")
        await session.type("Seen on Monday")
        await looked(session)
        held.gate.set()
        await session.settle()
        assert (session.answer(item) or {})["note"] == "Seen on Monday"
        await looked(session)
        kill(session)
    async with walking(store, store_dir, anna, resume=number) as session:
        assert not session.walk_screen.standing().get("kept")


@pytest.mark.parametrize("when", ["on its way", "refused"])
@pytest.mark.parametrize("how", ["asked again", "killed"])
async def test_a_reason_that_is_not_recorded_when_the_summary_is_left(
    store: Store, store_dir: Path, anna: Actor, when: str, how: str
) -> None:
    held = RefusingStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna, ROUND) as session:
        await session.press("y")
        await session.settle()
        number = session.walk.number
        held.gate.clear()
        held.refuse = True
        await session.press("s", "c")
        await session.type(REASON)
        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen)
        if when == "refused":
            held.gate.set()
            await session.settle()
            assert "ben is writing" in session.message
        assert session.walk_screen.standing()["reason"] == REASON
        if how == "killed":
            session.kill()
        held.gate.set()
        await session.settle()
        held.refuse = False
        if how == "asked again":
            await ask_to_complete(session)
            assert session.prompt.value == REASON
            await session.pilot.press("enter")
            await session.settle()
            assert session.walk.frozen and not session.walk_screen.reason
    if how == "killed":
        async with walking(store, store_dir, anna, resume=number) as session:
            await ask_to_complete(session)
            assert session.prompt.value == REASON


async def ask_to_complete(session: Session) -> None:
    await session.press("s", "c")
    await session.until(lambda: session.prompt.is_open)


async def test_a_reason_that_is_left_with_f10_is_not_offered_again(store: Store, store_dir: Path, anna: Actor) -> None:
    held = RefusingStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna, ROUND) as session:
        await session.press("y")
        await session.settle()
        held.refuse = True
        await ask_to_complete(session)
        await session.type(REASON)
        await session.settle()
        assert session.prompt.value == REASON
        await session.press("f10", "q")
        assert not session.walk_screen.standing().get("reason")
        await ask_to_complete(session)
        assert session.prompt.value == ""


async def test_a_text_kept_by_an_earlier_window_goes_when_it_is_recorded_and_left_with_q(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("z")
        await session.type("Raised twice", enter=False)
        session.app.save()
        session.app.end(crashed=False)
    assert Drafts(store_dir, "anna").typed()
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("z")
        await session.until(lambda: session.prompt.value == "Raised twice")
        await session.pilot.press("enter")
        await session.settle()
        assert case_of(store, number).status == "cancelled"
        while len(session.app.screen_stack) > 1:
            await session.press("q")
        await session.pilot.press("q")
        await session.until(lambda: session.app._exit)
        session.app.end(crashed=False)
    assert not Drafts(store_dir, "anna").typed()
