"""Lists that are looked at while others record, each in another window."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from case_screen_helpers import IN_A_WEEK, in_work, raised
from screen_helpers import Session, home
from textual.events import Key

from qms_tui.screens import following, register, register_rows
from qms_tui.screens.case import CaseScreen
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets import row_list
from qms_tui.screens.widgets.row_list import Row
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow import actions, causes, handling, nonconformities
from qms_tui.workflow.answering import Given
from qms_tui.workflow.begin import begin
from qms_tui.workflow.walk import About, Walk


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "REST", 0.0)


@pytest.fixture
def seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_list, "LAG", -1.0)


@pytest.fixture
def slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed is not seen before the test ends."""
    monkeypatch.setattr(row_list, "LAG", 3600.0)


@pytest.fixture
def elsewhere(store_dir: Path) -> Iterator[Store]:
    """The store as another window has it open."""
    opened = open_store(store_dir)
    yield opened
    opened.close()


async def open_list(session: Session, key: str) -> None:
    await session.press(key)
    await session.until(lambda: session.prompt.is_ready and session.rows.rows, "the list")


async def looked_at(session: Session, elsewhere: Store) -> None:
    """Until the screen knows of all that was recorded, and has read what it shows of it."""
    screen = session.app.screen
    assert isinstance(screen, ListScreen)
    shown = screen.following
    assert shown is not None
    elsewhere.refresh()
    await session.until(lambda: shown.n == elsewhere.head()[0], "the news")
    await session.settle()


def numbers(session: Session) -> list[str]:
    return [row.key for row in session.rows.rows]


def here(session: Session) -> str:
    return session.rows.selected.key if session.rows.selected else ""


def walk(store: Store, actor: Actor, folder: Path) -> Walk:
    file = folder / "checklist.md"
    file.write_text("# Doors\n\n- [ ] Doors close\n- [ ] Locks lock\n", "utf-8")
    return begin(store, actor, str(file), About())


async def test_the_register_takes_in_what_is_raised_and_closed(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    first, second, third = (raised(store, anna, f"Door {n} stands open") for n in range(3))
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        session.rows.move_to(second)
        fourth = raised(elsewhere, ben, "Badge not returned")
        await session.until(lambda: fourth in numbers(session), "what was raised")
        assert here(session) == second
        assert session.shows("Nonconformities: 4 of 4")
        handling.cancel(elsewhere, ben, first, "the wrong room")
        await session.until(lambda: first not in numbers(session), "the cancelled one to go")
        assert here(session) == second and session.shows("Door 1 stands open")
        handling.cancel(elsewhere, ben, second, "the wrong room")
        await session.until(lambda: second not in numbers(session), "the one under the cursor to go")
        assert here(session) == third and "Door 2 stands open" in session.lines()


async def test_filter_order_message_and_what_is_typed_stay(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    first, second = raised(store, anna, "Door stands open"), raised(store, anna, "Badge of the door lost", "minor")
    raised(store, anna, "Server room too warm")
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        await session.press("s", "s", "s", "slash")
        await session.type("doo", enter=False)
        third = raised(elsewhere, ben, "Door to the archive not locked")
        raised(elsewhere, ben, "Key lost")
        await session.until(lambda: third in numbers(session), "what was raised")
        await looked_at(session, elsewhere)
        assert session.prompt.is_open and session.prompt.value == "doo"
        await session.type("r")
        await session.press("s", "s")
        assert session.message == "sorted by owner" and set(numbers(session)) == {first, second, third}
        handling.edit(elsewhere, ben, third, {"owner": "anna"})
        await session.until(lambda: numbers(session)[0] == third, "the new order")
        assert session.message == "sorted by owner"
        assert session.shows("/door, open, by owner")


async def test_that_there_is_none_is_said_until_there_is_one(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        handling.cancel(elsewhere, ben, number, "the wrong room")
        await session.until(lambda: "None that matches" in session.message, "that there is none")
        raised(elsewhere, ben)
        await session.until(lambda: session.rows.rows and not session.message, "the other one")


@pytest.mark.usefixtures("slow_line")
async def test_enter_opens_the_row_that_was_seen(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    first, second, third = (raised(store, anna, f"Door {n} stands open") for n in range(3))
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        session.rows.move_to(second)
        handling.cancel(elsewhere, ben, second, "the wrong room")
        await session.until(lambda: here(session) == third, "the row to go")
        await session.press("enter")  # pressed before the line had brought the change
        await session.until(lambda: session.shows("cancelled") and session.shows("Door 1"), "the one that was meant")
        await session.press("q")
        await session.settle()
        await session.press("enter")  # what one comes to is what one sees
        await session.until(lambda: isinstance(session.app.screen, CaseScreen) and session.shows("Door 2"))
        assert first not in session.lines()[0]


@pytest.mark.usefixtures("slow_line")
@pytest.mark.parametrize("key", ["down", "end"])
async def test_enter_at_the_end_opens_no_row_that_nobody_saw(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor, key: str
) -> None:
    _first, second = (raised(store, anna, f"Door {n} stands open") for n in range(2))
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        session.rows.move_to(second)
        third = raised(elsewhere, ben, "Badge not returned")
        await session.until(lambda: third in numbers(session), "what was raised")
        await session.press(key, "enter")
        await session.until(lambda: isinstance(session.app.screen, CaseScreen) and session.shows("Door 1"), "the last")


@pytest.mark.usefixtures("slow_line")
async def test_keys_in_a_burst_are_about_the_rows_that_were_seen(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    """The screen's thread has taken the keys while the change came; all are about the list as it was."""
    all_ = [raised(store, anna, f"Door {n} stands open") for n in range(6)]
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        session.rows.move_to(all_[1])
        handling.cancel(elsewhere, ben, all_[1], "the wrong room")
        handling.cancel(elsewhere, ben, all_[3], "the wrong room")
        await session.until(lambda: len(numbers(session)) == 4, "two rows to go")
        for key in ("down", "down", "enter", "q", "down"):  # the fourth is gone: the second down passes it over
            session.app.post_message(Key(key, key if len(key) == 1 else None))
        await session.settle()
        await session.until(lambda: here(session) == all_[5], "the last key")


async def test_no_key_is_lost_while_others_record(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    all_ = [raised(store, anna, f"Door {n} stands open") for n in range(12)]
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")

        def record() -> None:
            for n in range(8):
                raised(elsewhere, ben, f"Badge {n} not returned")

        other = threading.Thread(target=record)
        other.start()
        for _ in range(11):
            session.app.post_message(Key("down", None))
        other.join()
        await session.settle()
        assert here(session) == all_[11]
        await session.until(lambda: len(numbers(session)) == 20, "all that was raised")
        assert here(session) == all_[11]


async def test_nothing_is_read_for_what_the_list_does_not_show(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    causes.add_why(store, anna, number, "The closer is too weak")  # the first one changes the state too
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        await looked_at(session, elsewhere)
        given = session.given
        causes.add_why(elsewhere, ben, number, "Nobody adjusts it")
        await looked_at(session, elsewhere)
        assert session.given == given


async def test_the_rows_of_news_are_made_outside_the_thread_of_the_screen(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        makers = []
        make = register_rows.register_rows

        def noted(rows: Sequence[Mapping[str, Any]], width: int) -> list[Row]:
            makers.append(threading.current_thread())
            return make(rows, width)

        monkeypatch.setattr(register_rows, "register_rows", noted)
        other = raised(elsewhere, ben, "Badge not returned")
        await session.until(lambda: other in numbers(session), "what was raised")
        await session.settle()
        assert makers and threading.current_thread() not in makers


async def test_a_screen_below_another_does_nothing(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        await session.press("question_mark")
        await session.until(lambda: not threads("follower"), "both lists to stop")
        given = session.given
        other = raised(elsewhere, ben, "Badge not returned")
        await session.settle()
        assert session.given == given
        await session.press("q")
        await session.until(lambda: other in numbers(session), "what was raised meanwhile")
        await session.press("q")
        await session.until(lambda: len(threads("follower")) == 1, "the register to stop")


def threads(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


@pytest.mark.usefixtures("seen_at_once")
async def test_my_work_keeps_the_cursor_on_what_goes_to_another_section(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor
) -> None:
    number, action = in_work(store, anna)  # ben's
    dora = Actor("dora")
    async with home(store, store_dir, ben) as session:
        await open_list(session, "m")
        assert here(session) == f"action {action}"
        handling.edit(elsewhere, dora, number, {"owner": "ben", "due": IN_A_WEEK})
        await session.until(lambda: f"nonconformity {number}" in numbers(session), "what was given to ben")
        assert here(session) == f"action {action}"
        later = (date.today() + timedelta(days=30)).isoformat()
        actions.move(elsewhere, dora, action, later, "the part is late")
        await session.until(lambda: session.shows("Later: 1"), "the later day")
        assert here(session) == f"action {action}" and session.shows(f"due date: {later}")
        actions.cancel(elsewhere, dora, action, "the wrong part")
        handling.cancel(elsewhere, dora, number, "the wrong room")
        await session.until(lambda: not session.rows.selected, "nothing to do")


@pytest.mark.usefixtures("slow_line")
async def test_home_follows_audits_and_nonconformities(
    store: Store, store_dir: Path, elsewhere: Store, anna: Actor, ben: Actor, tmp_path: Path
) -> None:
    async with home(store, store_dir, anna) as session:
        session.rows.move_to("checklist monthly-check")
        theirs = walk(elsewhere, ben, tmp_path)
        doors, locks = (entry.item for entry in theirs.entries())
        theirs.answer(doors, Given("conform"))
        await session.until(lambda: session.shows("1 of 2 answered"), "the audit")
        theirs.answer(locks, Given("conform"))
        await session.until(lambda: session.shows("2 of 2 answered"), "its second answer")
        late = (date.today() + timedelta(days=1)).isoformat()
        number = raised(elsewhere, ben)
        handling.edit(elsewhere, ben, number, {"due": late})
        await session.until(lambda: session.shows(f"{number} major nonconformity, due {late}"), "the nonconformity")
        assert here(session) == "checklist monthly-check"
        session.rows.move_to(f"audit {theirs.number}")
        theirs.complete()
        await session.until(lambda: not session.shows("answered"), "the audit to go")
        await session.press("enter")
        await session.until(
            lambda: isinstance(session.app.screen, WalkScreen) and session.shows(f"{theirs.number} completed"),
            "the audit that was seen",
        )


async def test_a_new_day_is_news(store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = raised(store, anna)
    handling.edit(store, anna, number, {"due": date.today().isoformat()})
    async with home(store, store_dir, anna) as session:
        await open_list(session, "r")
        assert not session.rows.rows[0].mark
        for module in (register, nonconformities, following):  # the last one tells
            monkeypatch.setattr(module, "today", lambda: (date.today() + timedelta(days=1)).isoformat())
        await session.until(lambda: session.rows.rows[0].mark == "!", "that it is overdue")
