"""What is said to be recorded is on the disk; what is not comes back; keys sent ahead of the screen are not lost."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from screen_helpers import BOUND, FullDisk, HeldStore, Session, home, walking
from textual.events import Key

from qms_tui.screens.recorder import Recorder
from qms_tui.screens.walk_lines import PENDING, REFUSED
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow.given import Given


async def burst(session: Session, text: str) -> None:
    """Keys that arrive all at once, as over a slow line."""
    for character in text:
        key = {"\r": "enter"}.get(character, character)
        session.app.post_message(Key(key, character))
    await session.pilot.pause()


async def test_nothing_is_called_recorded_before_the_commit_returned(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    held = HeldStore(store)
    async with walking(held, store_dir, anna) as session:
        await session.press("y")
        assert held.waiting.wait(BOUND)
        await session.until(lambda: session.mark("doors") == PENDING, "the mark of what waits")
        await session.press("down", "up")
        assert "recorded" not in session.status and session.walk.number is None
        assert session.shows("not begun") and session.current == "temp"
        held.gate.set()
        await session.settle()
        assert session.mark("doors") == "+" and re.search(r"recorded \d\d:\d\d:\d\d", session.status)


async def test_answers_given_while_the_disk_is_slow_all_arrive(store: Store, store_dir: Path, anna: Actor) -> None:
    held = HeldStore(store)
    async with walking(held, store_dir, anna) as session:
        await session.press("y")
        await session.go("handled")
        await session.press("4", "2")
        assert [session.mark(item) for item in ("doors", "handled", "van")] == [PENDING] * 3
        held.gate.set()
        await session.settle()
        assert [session.mark(item) for item in ("doors", "handled", "van")] == ["+", "+", "+"]
        assert store.head()[0] == 3 and len(store.find("audits")) == 1


async def test_a_disk_that_fails_gives_the_item_back(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        disk.full = True
        await session.press("5")
        await session.type("")
        await session.settle()
        assert session.mark("temp") == REFUSED and session.current == "temp" and session.answer("temp") is None
        assert session.message.startswith("! not recorded") and "\n" not in session.message
        assert session.mark("doors") == "+" and session.prompt.value == "5"
        disk.full = False
        await session.type("")
        await session.settle()
        assert session.mark("temp") == "+" and not session.message
    store.close()


@pytest.mark.parametrize(
    ("key", "text"),
    [("m", "seen at 07:30 [/]"), ("e", "07:00 ok, 08:00 alarm"), ("plus", "Who has the key?"), ("b", "North store")],
)
async def test_a_text_that_was_not_recorded_is_given_back(store_dir: Path, anna: Actor, key: str, text: str) -> None:
    disk = FullDisk()
    disk.full = True
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press(key)
        await session.type(text)
        await session.until(lambda: session.message.startswith("! not recorded"), "the message")
        await session.until(lambda: session.prompt.is_open, "the text given back")
        assert session.prompt.value == text and session.current == "doors"
        disk.full = False
        await session.pilot.press("enter")
        await session.settle()
        assert store.head()[0] == 1 and "not recorded" not in session.message
    store.close()


async def test_a_finding_that_was_not_recorded_is_given_back(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    disk.full = True
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "s")
        await session.type(" at the north gate")
        await session.press("enter")
        await session.until(lambda: session.message.startswith("! not recorded"), "the message")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding given back")
        assert session.walk_screen.form.draft.statement.endswith(" at the north gate")
        disk.full = False
        await session.press("enter")
        await session.settle()
        assert session.nonconformities()[0]["statement"].endswith(" at the north gate")
    store.close()


async def test_a_colleague_who_was_first_is_named(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("down", "5")
        await session.type("")
        await session.settle()
        number = session.walk.number
    other = open_store(store_dir)
    held = HeldStore(other)
    async with walking(held, store_dir, ben, resume=number) as session:
        await session.go("doors")
        await session.press("y")
        assert held.waiting.wait(BOUND)
        from qms_tui.workflow.begin import go_on

        mine = go_on(store, anna, number)
        mine.answer(mine.entries()[0].item, Given("nonconform"))
        held.gate.set()
        await session.decide_later()
        assert session.message.startswith("! anna") and "nonconform" in session.message
        assert session.current == "doors"
        await session.until(lambda: session.mark("doors") == "x", "anna's answer")
    other.close()


async def test_keys_sent_ahead_are_a_value(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("down")
        await burst(session, "7.5\r")
        await session.until(lambda: session.answer("temp"), "the answer")
        answer = session.answer("temp")
        assert answer is not None and answer["value"] == 7.5


async def test_keys_sent_ahead_are_a_note_and_an_answer(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await burst(session, "mnag\ry7.5\rn")
        await session.until(lambda: session.answer("waited"), "the last answer")
        await session.settle()
        doors, temp, waited = (session.answer(item) or {} for item in ("doors", "temp", "waited"))
        assert (doors.get("note"), doors.get("result")) == ("nag", "conform")
        assert temp.get("value") == 7.5 and waited.get("value") == "no"


async def test_keys_sent_ahead_of_a_finding_accept_it(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await burst(session, "ng\r")
        await session.until(lambda: session.finding("doors"), "the finding")
        finding = session.finding("doors")
        assert finding is not None and finding["grade"] == "minor"


class HeldScreen:
    """An app whose thread is busy for as long as `drain` takes."""

    def __init__(self) -> None:
        self.drained = threading.Event()
        self.told: list[Any] = []

    def call_from_thread(self, call: Any, *arguments: Any) -> None:
        assert self.drained.wait(BOUND)
        call(*arguments)

    def call_later(self, call: Any, *arguments: Any) -> bool:
        self.told.append((call, arguments))
        return True


def test_draining_does_not_wait_for_the_screen_that_waits_for_it() -> None:
    screen = HeldScreen()
    recorder = Recorder(screen)  # type: ignore[arg-type]  # what of an app it uses
    written: list[int] = []
    for n in range(20):
        recorder.submit(lambda n=n: written.append(n), lambda _done: None, lambda _error: None)
    drain = threading.Thread(target=recorder.drain, daemon=True)
    drain.start()
    drain.join(BOUND / 2)
    ended = not drain.is_alive()
    screen.drained.set()
    assert ended and written == list(range(20))


def test_every_outcome_is_told_even_of_what_takes_no_time() -> None:
    screen = HeldScreen()
    screen.drained.set()
    recorder = Recorder(screen)
    for _n in range(3000):
        recorder.submit(lambda: None, lambda _done: None, lambda _error: None)
    recorder.drain()
    assert len(screen.told) == 3000


async def test_keys_sent_ahead_of_the_walk_are_taken_before_it_is_left(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with home(store, store_dir, anna) as session:
        gate = threading.Event()
        session.app.recorder.submit(lambda: gate.wait(BOUND), lambda _done: None, lambda _error: None)
        await session.press("enter")
        await session.until(lambda: len(session.app.screen_stack) == 2, "the walk")
        await burst(session, "jyq")
        gate.set()
        await session.until(lambda: len(session.app.screen_stack) == 1, "home")
        assert [answer.get("result") for answer in store.find("answers")] == ["conform"]
