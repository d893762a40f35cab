"""The summary: reasons are not lost, news are shown, and an outcome that comes late finds nobody and hurts nobody."""

import threading
from pathlib import Path

from screen_helpers import BOUND, FullDisk, HeldStore, Session, colleague_answers, home, walking

from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow.given import Given


async def open_summary(session: Session) -> None:
    await session.press("s")
    await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
    await session.until(lambda: session.prompt.is_ready, "the prompt")


async def test_a_reason_keeps_the_note_that_was_there(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("m")
        await session.type("hinge is loose")
        await session.settle()
        await open_summary(session)
        await session.press("r")
        assert session.prompt.value == "hinge is loose"
        await session.type(", locked today")
        await session.settle()
        answer = session.answer("doors")
        assert answer is not None and answer["result"] == "not_assessed"
        assert answer["note"] == "hinge is loose, locked today"


async def test_a_reason_that_was_not_recorded_is_given_back(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await open_summary(session)
        disk.full = True
        await session.press("c")
        await session.type("the shift ended")
        await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
        assert session.prompt.is_open and session.prompt.value == "the shift ended" and not session.walk.frozen
        disk.full = False
        await session.pilot.press("enter")
        await session.settle()
        assert session.walk.frozen
    store.close()


async def test_a_colleagues_answer_is_seen_in_the_summary(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await open_summary(session)
        assert session.shows("1 of 8 applicable") or session.shows("1 of 7 applicable")
        colleague_answers(store_dir, ben, session.walk.number, "temp", Given("conform", 4, "pass"))
        await session.until(lambda: session.shows("2 of "), "the news")


async def test_completing_while_the_summary_is_left(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    held.gate.set()
    async with walking(held, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await open_summary(session)
        held.gate.clear()
        held.waiting.clear()
        await session.press("c")
        await session.type("the shift ended")
        assert held.waiting.wait(BOUND)
        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        held.gate.set()
        await session.settle()
        assert session.walk.frozen and session.app.is_running
        await session.until(lambda: session.shows("completed"), "the news")


async def test_a_walk_left_before_it_was_open(store: Store, store_dir: Path, anna: Actor) -> None:
    async with home(store, store_dir, anna) as session:
        gate = threading.Event()
        session.app.recorder.submit(lambda: gate.wait(BOUND), lambda _done: None, lambda _error: None)
        await session.press("enter")
        await session.until(lambda: len(session.app.screen_stack) == 2, "the walk")
        await session.press("q")
        await session.until(lambda: len(session.app.screen_stack) == 1, "home")
        gate.set()
        await session.settle()
        assert session.app.is_running and session.shows("Start a check")


async def test_what_does_not_go_is_said_before_a_reason_is_asked(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await open_summary(session)
        assert "c complete" in session.lines()[-1] and "o reopen" not in session.lines()[-1]
        await session.press("o")
        assert not session.prompt.is_open and "only a completed audit is reopened" in session.message
        await session.press("c")
        await session.type("time is up")
        await session.settle()
        assert "c complete" not in session.lines()[-1] and "o reopen" in session.lines()[-1]
        for key in ("c", "r"):
            await session.press("down", key)
            assert not session.prompt.is_open and "answers are frozen" in session.message


async def test_all_figures_can_be_read_on_a_small_screen(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, size=(40, 15)) as session:
        await session.press("n", "enter")
        await session.settle()
        await open_summary(session)
        seen = []
        for _page in range(4):
            seen.append("\n".join(session.lines()[:6]))
            await session.press("f")
        assert "1 major nonconformity" in "".join(seen) and "not applicable left out" in " ".join(
            " ".join(seen).split()
        )
        assert session.shows("no answer: Temperature")


async def test_a_reason_half_typed_when_the_line_goes_is_offered_again(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        number = session.walk.number
        await open_summary(session)
        await session.press("c")
        await session.type("the shift en", enter=False)
        session.app.save()
    async with walking(store, store_dir, anna, resume=number) as session:
        assert session.message.endswith("offered again in the summary: the shift en")
        session.app.save()
    async with walking(store, store_dir, anna, resume=number) as session:
        await open_summary(session)
        await session.press("c")
        await session.until(lambda: session.prompt.is_open, "the question for the reason")
        assert session.prompt.value == "the shift en"
        await session.type("ded")
        await session.settle()
        assert session.walk.frozen and session.walk.audit is not None
        assert session.walk.audit["left"][0]["reason"] == "the shift ended"
        await session.press("o")
        assert session.prompt.value == ""
