"""What others change while somebody types, and what was typed before: neither is lost, neither is overwritten."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from case_screen_helpers import open_action, open_case, raised
from screen_helpers import HeldStore, Session, home

from qms_tui.screens.case import CaseScreen
from qms_tui.screens.form import FormScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, handling
from qms_tui.workflow.cases import case_of, find_action

IN_A_WEEK = (date.today() + timedelta(days=7)).isoformat()


def with_action(store: Store, by: Actor, **given: Any) -> tuple[str, str]:
    number = raised(store, by)
    plan = {"owner": "ben", "due": IN_A_WEEK, **given}
    action, _receipt = actions.add(store, by, number, "correction", "Reset the unit", plan)
    return number, action


async def open_form(session: Session, key: str) -> None:
    await session.press(key)
    await session.until(lambda: isinstance(session.app.screen, FormScreen) and session.prompt.is_ready, "the form")
    await session.until(lambda: session.rows.rows)


async def put(session: Session, field: str, text: str) -> None:
    """A text in the place of what a field of the form says."""
    session.rows.move_to(field)
    await session.press("enter")
    await session.until(lambda: session.prompt.is_open)
    await session.pilot.press(*["backspace"] * len(session.prompt.value))
    if text:
        await session.paste(text)
    await session.pilot.press("enter")


async def test_a_form_left_half_typed_does_not_bring_back_what_others_changed_since(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    _number, action = with_action(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await open_form(session, "e")
        await put(session, "title", "Reset the unit and log it")
        await session.press("q")
        await session.settle()
        actions.assign(store, ben, action, {"verifier": "carla"})
        await session.press("s")  # refused: it tells that the screen has been read again
        await session.settle()
        session.app.screen.reload()  # type: ignore[attr-defined]
        await session.settle()
        await open_form(session, "e")
        await session.press("s")
        await session.settle()
    found = find_action(store, action)
    assert (found["title"], found.get("verifier")) == ("Reset the unit and log it", "carla")


async def test_a_field_typed_before_says_what_it_became_meanwhile(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    _number, action = with_action(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await open_form(session, "e")
        await put(session, "title", "Reset the unit and log it")
        await session.press("q")
        await session.settle()
        actions.assign(store, ben, action, {"title": "Replace the unit"})
        session.app.screen.reload()  # type: ignore[attr-defined]
        await session.settle()
        await open_form(session, "e")
        assert "meanwhile" in session.message and "Replace the unit" in session.message
        assert session.shows("Reset the unit and log it")


async def test_a_form_meets_no_conflict_over_fields_that_it_leaves_alone(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    _number, action = with_action(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await open_form(session, "e")
        actions.assign(store, ben, action, {"verifier": "carla"})
        await put(session, "title", "Reset the unit and log it")
        await session.press("s")
        await session.settle()
        found = find_action(store, action)
        assert (found["title"], found.get("verifier")) == ("Reset the unit and log it", "carla")


async def test_a_field_that_is_emptied_is_empty_on_the_disk(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = with_action(store, anna, verifier="carla", contributors=["dora"])
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await open_form(session, "e")
        await put(session, "verifier", "")
        await put(session, "contributors", "")
        await session.press("s")
        await session.settle()
        found = find_action(store, action)
        assert found.get("verifier") is None and found.get("contributors") is None
        await open_form(session, "e")
        await put(session, "owner", "")
        await session.press("s")
        await session.settle()
        assert "owner" in session.message and find_action(store, action)["owner"] == "ben"


async def test_help_over_a_form_that_is_recorded_stays_and_then_leads_on(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await session.press("r")
        await session.settle()
        await open_form(session, "n")
        for field, text in {"statement": "Contract without a signature", "criterion": "ISO 9001 8.4.1"}.items():
            await put(session, field, text)
        await session.press("s", "enter")
        assert not session.prompt.is_open  # nothing more is typed into what is on its way
        await session.press("question_mark")
        help_screen = session.app.screen
        held.gate.set()
        await session.settle()
        assert session.app.screen is help_screen
        await session.press("q")
        await session.until(lambda: isinstance(session.app.screen, CaseScreen), "the nonconformity")
        assert not any(isinstance(screen, FormScreen) for screen in session.app.screen_stack)


async def test_a_form_that_was_typed_when_the_line_went_is_offered_from_the_register(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.settle()
        await open_form(session, "n")
        await put(session, "statement", "Contract without a signature")
        session.app.save()
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.settle()
        await open_form(session, "n")
        assert session.shows("Contract without a signature")


async def test_a_refused_day_loses_neither_the_day_nor_the_reason(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = with_action(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("u")
        await session.pilot.press(*["backspace"] * 10)
        await session.type("yesterday")
        assert "'yesterday' is no day" in session.message
        assert session.prompt.is_open and session.prompt.value == "yesterday"
        await session.press("ctrl+u")
        await session.type("2020-01-31")
        await session.type("the part is late")
        await session.settle()
        assert "2020-01-31" in session.message and session.prompt.value == "2020-01-31"
        await session.press("ctrl+u")
        await session.type("+9")
        assert session.prompt.value == "the part is late"
        await session.pilot.press("enter")
        await session.settle()
        moves = find_action(store, action)["moves"]
        assert [move["why"] for move in moves] == ["the part is late"]
        await session.press("u")
        assert session.prompt.value == moves[0]["new"]


async def test_cancelling_what_somebody_has_moved_on_is_a_conflict(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("z")
        await session.paste("entered twice")
        handling.advance(store, ben, number)
        await session.pilot.press("enter")
        await session.settle()
        assert "ben" in session.message
    assert case_of(store, number).status == "analysis"


async def test_keys_on_a_record_that_could_not_be_read_change_nothing(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, action = with_action(store, anna)
    before = store.head()
    async with home(store, store_dir, anna) as session:
        for opened, of, keys in (
            (session.app.routes.action, action, "sdvfuex"),
            (
                session.app.routes.nonconformity,
                number,
                "wratncekiphx",
            ),
        ):
            opened(of)
            screen: Any = session.app.screen
            screen.fetch = lambda _gather, _show, at=screen: at.failed(OSError("the disk is gone"))
            await session.until(lambda at=screen: at.is_mounted and at.is_ready)
            for key in (*keys, "enter"):
                await session.press(key)
                assert session.app.screen is screen and not session.prompt.is_open, key
            await session.press("q")
            await session.settle()
    assert store.head() == before


class CountingStore:
    """A store that notes which tables are looked through whole."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.scanned: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def scan(self, table: str, *args: Any, **how: Any) -> Any:
        if how.get("by") is None:
            self.scanned.append(table)
        return self._store.scan(table, *args, **how)


async def test_similar_ones_are_looked_for_once_until_it_is_about_something_else(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number, other = raised(store, anna), raised(store, anna)
    counting: Any = CountingStore(store)
    async with home(counting, store_dir, anna) as session:
        await open_case(session)
        await session.settle()
        assert session.shows("Do similar ones exist?")
        counting.scanned.clear()
        await session.press("w")
        await session.type("The filter was clogged")
        await session.pilot.press("f10")
        await session.settle()
        assert session.shows("1 The filter was clogged") and counting.scanned == []
        await session.press("r")
        await session.settle()
        await session.settle()
        assert counting.scanned == ["causes", "nonconformities"]
        session.rows.move_to(f"similar {other}")
        if session.rows.selected is None or session.rows.selected.key != f"similar {other}":
            session.rows.move_to(f"similar {number}")
        await session.press("l")
        await session.settle()
        await session.settle()
        assert session.message == "recorded"  # though the row under the cursor has gone
        assert session.shows("similar to")
