"""What was refused or left is offered again: by its key, after other entries, in another session, to no other item."""

import threading
from pathlib import Path

import pytest
from screen_helpers import BOUND, FullDisk, Session, colleague_answers, home, walking

from qms_tui.store.base import Actor, Store
from qms_tui.store.drafts import load_draft
from qms_tui.store.open import open_store
from qms_tui.workflow.given import Given

NOT_YET = "! not recorded"


async def refused_meanwhile(session: Session, disk: FullDisk, key: str, text: str) -> None:
    """A text that the disk refuses while its author already types another one."""
    disk.full = True
    session.app.recorder.submit(lambda: session.app.drained.wait(5), lambda _done: None, lambda _error: None)
    await session.press(key)
    await session.type(text)
    await session.press("slash")
    await session.type("doo", enter=False)
    session.app.drained.set()
    await session.until(lambda: session.message.startswith(NOT_YET), "the refusal")
    await session.pilot.press("f10")
    disk.full = False


@pytest.mark.parametrize(
    ("key", "text"),
    [("m", "seen at 07:30"), ("e", "07:00 ok, 08:00 alarm"), ("plus", "Who has the key?"), ("b", "Shop")],
)
async def test_a_text_refused_while_another_is_typed_is_offered_by_its_key(
    store_dir: Path, anna: Actor, key: str, text: str
) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        session.app.drained = threading.Event()
        await refused_meanwhile(session, disk, key, text)
        await session.press("y", "up")  # the answer is recorded; the text still is not
        await session.settle()
        await session.press(key)
        await session.until(lambda: session.prompt.is_open, "the text")
        assert session.prompt.value == text
        await session.pilot.press("enter")
        await session.settle()
        assert store.head()[0] == 2
        session.app.save()
        assert not any("kept" in walk for walk in load_draft(store_dir, "anna")["walks"].values())
    store.close()


async def test_a_finding_that_was_left_outlives_a_note(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "s")
        await session.type(" at the gate")
        await session.press("q", "m")
        await session.type("seen")
        await session.settle()
        await session.press("n")
        assert session.walk_screen.form.draft.statement.endswith(" at the gate")


async def test_n_again_opens_the_finding_as_it_is_recorded(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "s")
        await session.type(" at the gate")
        await session.press("enter")
        await session.settle()
        await session.press("up", "n")
        assert session.walk_screen.form.draft.statement.endswith(" at the gate")
        await session.press("q", "p")
        assert not session.walk_screen.form.draft.statement.endswith(" at the gate")


async def test_q_right_after_a_text_that_is_refused_stays_once(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "up")
        await session.settle()
        disk.full = True
        await session.press("m")
        await session.type("seen")
        await session.press("q")
        await session.until(lambda: session.prompt.is_open, "the text given back")
        await session.settle()
        assert session.message.startswith(NOT_YET) and session.app.is_running
        await session.pilot.press("f10", "q")
        await session.until(lambda: not session.app.is_running, "the end")
        number = session.walk.number
    store.close()
    with open_store(store_dir) as again:
        async with walking(again, store_dir, anna, resume=number) as session:
            assert "seen" in session.message and session.message.startswith("! Not recorded yet")
            await session.go("doors")
            await session.press("m")
            assert session.prompt.value == "seen"


async def test_the_line_goes_while_a_text_is_refused(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        number = session.walk.number
        disk.full = True
        entry = session.walk_screen.current
        assert entry is not None and entry.item.id == "temp"
        session.walk_screen.giving.record(entry, Given(note="the fan stands still"), stay=True)
        session.app.save()  # before the screen has heard of the refusal
    store.close()
    with open_store(store_dir) as again:
        async with walking(again, store_dir, anna, resume=number) as session:
            assert "the fan stands still" in session.message
            await session.go("temp")
            await session.press("m")
            assert session.prompt.value == "the fan stands still"


async def test_a_key_read_before_the_line_went_is_recorded_after_it(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        session.app.save()
        await session.press("y")
        await session.settle()
        assert (session.answer("doors") or {}).get("result") == "conform"


@pytest.mark.parametrize("what", ["text", "finding"])
async def test_a_draft_of_an_item_no_longer_asked_goes_to_no_other(
    store: Store, store_dir: Path, anna: Actor, ben: Actor, what: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("waited")
        await session.press("y")
        await session.press("enter") if session.walk_screen.form.is_open else None
        await session.settle()
        await session.go("who")
        if what == "finding":
            await session.press("enter")
            await session.type("Ms Lin")
            await session.settle()
            await session.go("who")
            await session.press("f")
        else:
            await session.press("enter")
            await session.type("Ms Lin", enter=False)
        session.app.save()
        number = session.walk.number
    colleague_answers(store_dir, ben, number, "waited", Given("conform", "no", "pass"))
    async with walking(store, store_dir, anna, resume=number) as session:
        before = store.head()
        await session.until(lambda: session.prompt.is_open or session.walk_screen.form.is_open, "the draft")
        await session.pilot.press("enter")
        await session.settle()
        assert store.head() == before and "no longer asked" in session.message


async def test_two_windows_of_a_person_keep_each_others_texts(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as first:
        await first.press("y")
        await first.settle()
        number = first.walk.number
        with open_store(store_dir) as beside:
            async with walking(beside, store_dir, anna, resume=number) as second:
                await first.press("m")
                await first.type("typed in the first", enter=False)
                first.app.save()
                await second.press("q")
                await second.until(lambda: not second.app.is_running, "the end")
            async with walking(beside, store_dir, anna, resume=number) as third:
                assert third.prompt.is_open and third.prompt.value == "typed in the first"
                await third.pilot.press("f10")
                await third.press("m")
                await third.type("typed in the third", enter=False)
                third.app.save()
                first.app.save()
                kept = load_draft(store_dir, "anna")["walks"].values()
                assert {one.get("text") for one in kept} == {"typed in the first", "typed in the third"}


async def test_a_look_at_a_checklist_makes_no_store(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("down", "q")
        await session.until(lambda: not session.app.is_running, "the end")
    assert not store_dir.exists()


@pytest.mark.parametrize(("keys", "goes_on"), [("qq", False), ("qs", True), ("qy", True)])
async def test_keys_behind_q_are_for_the_screen_below(
    store: Store, store_dir: Path, anna: Actor, keys: str, goes_on: bool
) -> None:
    async with home(store, store_dir, anna) as session:
        await session.press("enter")
        await session.until(lambda: session.walk_screen.prompt.is_ready, "the walk")
        gate = threading.Event()
        session.app.recorder.submit(lambda: gate.wait(BOUND), lambda _done: None, lambda _error: None)
        await session.press(*keys)
        assert len(session.app.screen_stack) == 2
        gate.set()
        await session.until(lambda: not session.app.is_running or len(session.app.screen_stack) == 1, "home")
        if goes_on:
            await session.settle()
            assert session.shows("Start a check")
        else:
            await session.until(lambda: not session.app.is_running, "the end")
        assert store.head()[0] == 0
