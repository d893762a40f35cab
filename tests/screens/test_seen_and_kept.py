"""What others change while somebody types, and what was typed before: neither is lost, neither is overwritten."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from case_screen_helpers import open_action, open_case, raised
from screen_helpers import HeldStore, Session, home

from qms_tui.screens.case import CaseScreen
from qms_tui.screens.drafts import Drafts
from qms_tui.screens.form import FormScreen
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
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


async def leave_a_title_half_typed(session: Session, action: str) -> None:
    await open_action(session, action)
    await open_form(session, "e")
    await put(session, "title", "Reset the unit and log it")
    await session.press("q")
    await session.settle()


async def test_a_form_left_half_typed_does_not_bring_back_what_others_changed_since(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    _number, action = with_action(store, anna)
    async with home(store, store_dir, anna) as session:
        await leave_a_title_half_typed(session, action)
        actions.assign(store, ben, action, {"verifier": "carla"})
        await session.press("s")  # refused: it tells that the screen has been read again
        await session.settle()
        session.app.screen.reload()
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
        await leave_a_title_half_typed(session, action)
        actions.assign(store, ben, action, {"title": "Replace the unit"})
        session.app.screen.reload()
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
        await session.press("s", "question_mark")
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


async def test_a_field_that_was_being_typed_when_the_line_went_shows_it_when_the_form_is_opened_again(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await open_form(session, "a")
        await put(session, "title", "Clean the filter")
        session.rows.move_to("contributors")
        await session.press("enter")
        await session.paste("carla, do")
        session.app.save()
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await open_form(session, "a")
        assert session.shows("carla, do") and session.shows("Clean the filter")
        assert session.message == "As it was typed before; it is not recorded yet."
        session.rows.move_to("contributors")
        await session.press("enter")
        assert session.prompt.value == "carla, do"
        await session.pilot.press("f10")
        assert session.shows("carla, do")
        await session.press("s")
        await session.settle()
        session.app.save()
    (action,) = case_of(store, number).actions.values()
    assert (action["title"], action["contributors"]) == ("Clean the filter", ["carla", "do"])
    assert not Drafts(store_dir, anna.name).typed()


async def test_a_field_that_was_emptied_before_a_kill_is_as_it_stands(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    _number, action = with_action(store, anna)

    async def begin(session: Session, field: str) -> None:
        await open_action(session, action)
        await open_form(session, "e")
        session.rows.move_to(field)
        await session.press("enter")

    async with home(store, store_dir, anna) as session:
        await begin(session, "contributors")
        await session.paste("carla")
        session.kill()
    for field, stands in (("contributors", ""), ("title", "Reset the unit")):
        async with home(store, store_dir, anna) as session:
            await begin(session, field)
            await session.pilot.press("ctrl+u")
            session.kill()
        async with home(store, store_dir, anna) as session:
            await begin(session, field)
            assert session.prompt.value == stands and not session.message


async def test_a_refused_day_that_was_emptied_before_a_kill_does_not_come_back(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    raised(store, anna)

    async def begin(session: Session) -> None:
        await open_case(session)
        await open_form(session, "a")
        session.rows.move_to("due")
        await session.press("enter")

    async with home(store, store_dir, anna) as session:
        await begin(session)
        await session.paste("next week")
        await session.pilot.press("enter")
        assert session.prompt.value == "next week", session.message
        await session.pilot.press("ctrl+u")
        session.kill()
    async with home(store, store_dir, anna) as session:
        await begin(session)
        assert session.prompt.is_open and "next week" not in session.prompt.value


async def test_what_f10_leaves_in_a_form_is_not_offered_again(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await open_form(session, "a")
        await session.press("enter")
        await session.paste("Clean the fil")
        session.app.screen.keep_typed()  # type: ignore[attr-defined] # as it is a moment after each key
        await session.pilot.press("f10")
        assert not session.shows("Clean the fil")
        session.app.save()
    assert not Drafts(store_dir, anna.name).typed()


async def test_two_windows_with_the_same_form_half_typed(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    texts = ["Clean the filter", "Change the contract"]
    with open_store(store_dir) as other:
        async with home(store, store_dir, anna) as one, home(other, store_dir, anna) as two:
            for session, text in zip((one, two), texts, strict=True):
                await open_case(session)
                await open_form(session, "a")
                await session.press("enter")
                await session.paste(text)
            one.app.save()
            two.app.save()
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await open_form(session, "a")
        assert "1 more was typed for this in another window" in session.message
        first = next(text for text in texts if session.shows(text))
        await put(session, "title", "")  # this one was not meant
        await session.press("q")
        await session.settle()
        await open_form(session, "a")
        assert session.shows(next(text for text in texts if text != first))
        await session.press("s")
        await session.settle()
        session.app.save()
    assert not Drafts(store_dir, anna.name).typed()


async def test_a_refused_day_loses_neither_the_day_nor_the_reason(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = with_action(store, anna, milestones=[{"title": "part ordered", "due": IN_A_WEEK}])
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("u")
        await session.pilot.press(*["backspace"] * 10)
        await session.type("yesterday")
        assert "'yesterday' is no day" in session.message
        assert session.prompt.is_open and session.prompt.value == "yesterday"
        await session.press("ctrl+u")
        await session.type("+1")
        await session.type("the part is late")
        await session.settle()
        assert "is after the action's due date" in session.message and session.prompt.value == "+1"
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
