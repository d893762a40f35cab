"""A text that is left, refused or never typed: what is said, what is offered again, what goes."""

from pathlib import Path

import pytest
from case_screen_helpers import BEN, in_work, open_action, open_case, raised
from screen_helpers import FullDisk, Session, home, walking

from qms_tui.records.causes import tree
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow import actions, causes
from qms_tui.workflow.cases import case_of

LEFT = "Left, not recorded; up in an empty prompt brings it back."
NO_REASON = "! A reason is needed; F10 leaves it."
NOTHING = "! Nothing is typed yet; F10 leaves it."
MISSING = "/tmp/no such photo.jpg"


async def refused_evidence(session: Session) -> None:
    await session.press("e")
    await session.paste(MISSING)
    await session.pilot.press("enter")
    await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
    assert session.prompt.is_open and session.prompt.value == MISSING


async def test_a_path_without_a_file_is_given_up_with_f10_and_brought_back_by_the_arrow(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await refused_evidence(session)
        await session.pilot.press("f10")
        assert session.message == LEFT
        await session.press("e")
        assert session.prompt.value == "" and session.shows("up brings back what was left")
        await session.pilot.press("up")
        assert session.prompt.value == MISSING
        await session.pilot.press("f10")
        session.app.save()
    async with walking(store, store_dir, anna) as session:
        assert MISSING not in session.message
        await session.press("e")
        assert session.prompt.value == ""


async def test_a_path_without_a_file_outlives_the_window_until_it_is_given_up(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "up")
        await refused_evidence(session)
        number = session.walk.number
        session.kill()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value == MISSING
        await session.pilot.press("f10")
        await session.press("e")
        assert session.prompt.value == ""


async def test_a_number_that_no_record_holds_is_given_up_with_f10(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, "- [ ] Parts counted {#parts}\n  - answer: number\n") as session:
        await session.press("enter")
        await session.type("9" * 20)
        await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
        assert "beyond 64 bits" in session.message and session.prompt.value == "9" * 20
        await session.pilot.press("f10")
        await session.press("enter")
        assert session.prompt.value == ""


async def test_what_the_disk_does_not_take_is_not_given_up_with_f10(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    with open_store(store_dir, disk=disk) as store:
        async with walking(store, store_dir, anna) as session:
            await session.press("y", "up")
            await session.settle()
            disk.full = True
            await session.press("e")
            await session.type("07:00 ok, 08:00 alarm")
            await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
            await session.pilot.press("f10")
            await session.press("e")
            assert session.prompt.value == "07:00 ok, 08:00 alarm"


@pytest.mark.parametrize("come_to", ["m", "slash", "down"])
async def test_a_refusal_goes_when_another_prompt_or_item_is_come_to(
    store: Store, store_dir: Path, anna: Actor, come_to: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await refused_evidence(session)
        await session.pilot.press("f10")
        await session.press(come_to)
        assert session.message == ""
        await session.pilot.press("f10")
        await session.press("home", "o")
        assert session.message == "! No nonconformity was raised on this item."
        await session.press(come_to)
        assert session.message == ""


@pytest.mark.parametrize("key", ["m", "e", "plus"])
@pytest.mark.parametrize("text", ["", "  "])
async def test_an_empty_text_in_a_walk_is_asked_for_still(
    store: Store, store_dir: Path, anna: Actor, key: str, text: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press(key)
        await session.type(text)
        assert session.message == NOTHING and session.prompt.is_open and store.head()[0] == 0


@pytest.mark.parametrize("text", ["", "  "])
async def test_an_empty_reason_is_asked_for_still(store: Store, store_dir: Path, anna: Actor, text: str) -> None:
    number = raised(store, anna)
    why, _done = causes.add_why(store, anna, number, "The unit was iced over")
    before = store.head()
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {why}")
        for key, said in (("x", NO_REASON), ("z", NO_REASON), ("h", NOTHING), ("l", NOTHING)):
            await session.press(key)
            await session.type(text)
            await session.settle()
            assert session.message == said and session.prompt.is_open
            await session.pilot.press("f10")
            assert not session.prompt.is_open
        await session.press("h")
        await session.type("carla")
        await session.type(text)
        assert session.message == NO_REASON and session.prompt.is_open
        await session.pilot.press("f10")
        await session.press("x")
        await session.type("not so", enter=False)
        await session.pilot.press("ctrl+u")
        await session.type(text)
        assert session.message == NO_REASON and session.prompt.is_open
        await session.pilot.press("f10")
        assert not session.app.routes.typed.get(f"nc {number} withdraw {why}")
    assert store.head() == before


async def test_an_empty_comment_on_an_action_is_asked_for_still(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = in_work(store, anna)
    actions.start(store, BEN, action)
    async with home(store, store_dir, BEN) as session:
        await open_action(session, action)
        for key, said in (("d", NOTHING), ("m", NOTHING), ("z", NO_REASON)):
            await session.press(key)
            await session.pilot.press("enter")
            assert session.message == said and session.prompt.is_open
            await session.pilot.press("f10")


@pytest.mark.parametrize("text", ["", "  "])
async def test_an_empty_reason_in_the_summary_is_asked_for_still(
    store: Store, store_dir: Path, anna: Actor, text: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "s")
        await session.settle()
        before = store.head()
        await session.until(lambda: session.app.screen is not session.walk_screen and session.rows.rows, "the summary")
        for key in ("r", "c"):
            await session.press(key)
            await session.settle()
            await session.type(text)
            await session.settle()
            assert session.message == NO_REASON and session.prompt.is_open
            await session.pilot.press("f10")
        await session.press("r")
        assert session.message == ""
        await session.type("No time", enter=False)
        await session.pilot.press("f10")
        assert session.message == LEFT
        await session.press("r")
        await session.pilot.press("up")
        assert session.prompt.value == "No time"
    assert store.head() == before


async def test_a_chain_of_whys_ends_silently_and_a_why_that_was_left_comes_back(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type("The filter was clogged", enter=False)
        await session.pilot.press("f10")
        assert session.message == LEFT
        await session.press("w")
        assert session.prompt.value == ""
        await session.pilot.press("up", "enter", "enter")
        await session.settle()
        assert session.message == ""
        assert [why.cause["text"] for why in tree(case_of(store, number).causes_of(1))] == ["The filter was clogged"]
