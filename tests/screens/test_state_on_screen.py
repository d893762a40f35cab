"""What a screen offers and says in each state: its footer, its header, what came of a check."""

from pathlib import Path

import pytest
from case_screen_helpers import BEN, in_work, open_action, open_case, planned, raised
from screen_helpers import home

from qms_tui.screens.case_hints import action_hints, case_hints
from qms_tui.screens.widgets.status_line import TitleLine
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, handling
from qms_tui.workflow.cases import case_of, find_action
from qms_tui.workflow.nonconformities import row_of, show_action

DORA = Actor("dora")


def case_keys(store: Store, number: str) -> str:
    case = case_of(store, number)
    return "".join(hint.label[0] for hint in case_hints(case, row_of(store, case, BEN)) if len(hint.label) == 1)


def action_keys(store: Store, number: str) -> str:
    hints = action_hints(find_action(store, number), show_action(store, number, BEN))
    return "".join(hint.label for hint in hints if len(hint.label) == 1)


def verified(store: Store, by: Actor) -> tuple[str, str]:
    """In verification: dora checks the effect."""
    number, action = in_work(store, by)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "cleaned, see the log")
    actions.verify(store, by, action, "seen")
    handling.advance(store, by, number)
    return number, action


def test_the_footer_of_a_nonconformity_offers_what_is_possible(store: Store, anna: Actor) -> None:
    number, _action = planned(store, anna)
    assert case_keys(store, number) == "w?qratneglphxz"
    handling.advance(store, anna, number)
    assert case_keys(store, number) == "?qatnlphz"
    number, _action = verified(store, anna)
    assert case_keys(store, number) == "?qatclphz"
    number = raised(store, anna)
    handling.cancel(store, anna, number, "the wrong room")
    assert case_keys(store, number) == "?qo"


def test_the_footer_of_an_action_offers_what_is_possible(store: Store, anna: Actor) -> None:
    number, action = planned(store, anna)
    assert action_keys(store, action) == "?qsmuez"
    handling.advance(store, anna, number)
    actions.start(store, BEN, action)
    assert action_keys(store, action) == "?qdmuez"
    actions.done(store, BEN, action, "cleaned")
    assert action_keys(store, action) == "?qvfmz"
    actions.verify(store, anna, action, "seen")
    assert action_keys(store, action) == "?qm"
    other, _receipt = actions.add(store, anna, number, "training", "Tell the desk")
    actions.cancel(store, anna, other, "told already")
    assert action_keys(store, other) == "?qm"


async def test_a_barred_key_of_one_that_has_ended_says_so_and_asks_nothing(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    _number, action = verified(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        screen = session.app.screen
        for key in ("u", "e"):
            await session.press(key)
            assert session.app.screen is screen and not session.prompt.is_open
            assert "is in state 'verified'" in session.message
            screen.say("")
    number = raised(store, anna)
    handling.cancel(store, anna, number, "the wrong room")
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.rows.selected and session.prompt.is_ready, "the register")
        await session.press("o")
        session.rows.move_to(number)
        await session.press("enter")
        await session.until(lambda: session.shows("cancelled") and session.prompt.is_ready, "the nonconformity")
        for key in ("l", "p"):
            await session.press(key)
            assert not session.prompt.is_open and "is cancelled; o opens it again" in session.message
            session.app.screen.say("")


@pytest.mark.parametrize("width", [80, 40])
async def test_the_state_stays_in_the_header_and_the_title_is_shortened(
    store: Store, store_dir: Path, anna: Actor, width: int
) -> None:
    number, _action = in_work(store, anna)
    title = "Shade the doors of the cold store and oil all of their closers before the summer"
    action, _receipt = actions.add(store, anna, number, "preventive", title, {"owner": "ben"})
    async with home(store, store_dir, anna, size=(width, 15)) as session:
        await open_action(session, action)
        header = session.lines()[0]
        assert header.startswith(f"{action} Shade") and header.endswith("~ new") and len(header) <= width


@pytest.mark.parametrize(
    ("width", "shown"),
    [(40, "NC-2026-0001 major door xxx~ in progress"), (24, "NC-2026-000~ in progress"), (20, "NC-2026-0001 major~ ")],
)
def test_a_title_gives_way_to_the_state_down_to_its_number(width: int, shown: str) -> None:
    line = TitleLine("", "")
    line._shown = ("NC-2026-0001 major door " + "x" * 20, "in progress", "")
    assert "".join(segment.text for segment in line.draw_line(0, width)) == shown


@pytest.mark.parametrize(
    ("value", "said"),
    [("3", "recorded: not effective; cycle 2 begins at analysis"), ("0", "recorded: now closed")],
)
async def test_what_comes_of_a_check_is_said(store: Store, store_dir: Path, anna: Actor, value: str, said: str) -> None:
    number, _action = verified(store, anna)
    async with home(store, store_dir, DORA) as session:
        await open_case(session)
        await session.press("c")
        await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
        session.rows.move_to("verdict")
        await session.press("enter") if value == "0" else await session.press("enter", "enter")
        for field, text in (("value", value), ("lesson", "Look after closers by a list")):
            session.rows.move_to(field)
            await session.press("enter")
            await session.type(text)
        await session.press("s")
        await session.settle()
        assert session.message == said
        assert case_of(store, number).status == ("analysis" if value == "3" else "closed")


@pytest.mark.parametrize("depth", [1, 2])
async def test_a_why_below_one_that_was_taken_back_is_kept_and_says_where_it_is_offered(
    store: Store, store_dir: Path, anna: Actor, depth: int
) -> None:
    number = raised(store, anna)
    why, _done = causes.add_why(store, anna, number, "The unit was iced over")
    row, where = "field statement", "the statement"
    if depth == 2:
        row, where = f"why {why}", "1"
        why, _done = causes.add_why(store, anna, number, "Its filter was clogged", why)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {why}")
        await session.press("w")
        await session.type("Nobody cleans it", enter=False)
        causes.withdraw_why(store, BEN, number, why, "the log says no")
        await session.pilot.press("enter")
        await session.settle()
        said = (
            f"! cause: ben took back the why above: 'the log says no'; your why is kept, w on {where} offers it again"
        )
        assert session.message == said
        await session.pilot.press("f10")
        session.rows.move_to(row)
        await session.press("w")
        assert session.prompt.value == "Nobody cleans it"
        await session.pilot.press("enter", "enter")
        await session.settle()
        labels = [cause["text"] for cause in case_of(store, number).causes_of(1).values()]
        assert labels[-1] == "Nobody cleans it" and len(labels) == depth


async def test_a_why_that_was_taken_back_while_it_was_edited_says_by_whom(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    why, _done = causes.add_why(store, anna, number, "The unit was iced over")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {why}")
        await session.press("e")
        await session.type("photo of 26 November", enter=False)
        causes.withdraw_why(store, BEN, number, why, "the log says no")
        await session.pilot.press("enter")
        await session.settle()
        assert session.message == "! cause: ben took this why back: 'the log says no'"
        assert session.prompt.value == "photo of 26 November"
