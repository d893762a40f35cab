"""Whys taken back and added by keys: where the cursor stands afterwards, and what no slip can do."""

from pathlib import Path

from case_screen_helpers import open_case, raised
from screen_helpers import home

from qms_tui.records.causes import tree
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import causes
from qms_tui.workflow.cases import case_of


async def test_the_cursor_stays_among_the_whys_and_no_slip_cancels_the_nonconformity(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    iced, _done = causes.add_why(store, anna, number, "The cooling unit was iced over")
    causes.add_why(store, anna, number, "Its filter was clogged", iced)
    causes.add_why(store, anna, number, "The fan was blocked", iced)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        whys = [row.key for row in session.rows.rows if row.key.startswith("why ")]
        for taken, then in ((1, whys[2]), (2, whys[0]), (0, "whys 1")):
            session.rows.move_to(whys[taken])
            await session.press("x")
            await session.type("not so")
            await session.settle()
            assert session.rows.selected is not None and session.rows.selected.key == then
        await session.press("x")
        assert not session.prompt.is_open and "Put the cursor on a why" in session.message
        assert case_of(store, number).status == "analysis"
        await session.press("z")
        assert number in session.prompt.label
        await session.type("raised twice")
        await session.settle()
        assert case_of(store, number).status == "cancelled"


async def test_a_refused_due_date_stays_in_its_field(store: Store, store_dir: Path, anna: Actor) -> None:
    """What is typed at once after the refusal is text, not commands."""
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to("field due")
        await session.press("enter")
        await session.type("31.12.2026")
        assert session.prompt.is_open and session.prompt.value == "31.12.2026"
        assert "'31.12.2026' is no day" in session.message
        await session.pilot.press(*["backspace"] * 10)
        await session.type("2026-12-31")
        await session.settle()
        assert case_of(store, number).nonconformity["due"] == "2026-12-31"
        await session.press("enter")
        await session.pilot.press("ctrl+u")
        await session.type("carla")
        assert "'carla' is no day" in session.message and session.prompt.label != "Why is it moved to carla?"
        await session.pilot.press("f10")


async def test_what_is_typed_after_a_refusal_takes_the_place_of_a_short_value(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    other = raised(store, anna, "The van was not locked overnight")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to("field due")
        await session.press("enter")
        await session.type("31.2.")
        await session.type("2026-02-31")  # no such day
        assert session.prompt.value == "2026-02-31" and "'2026-02-31' is no day" in session.message
        await session.pilot.press("end", "backspace", "0")  # the cursor was moved: it is mended
        assert session.prompt.value == "2026-02-30"
        await session.pilot.press("f10")
        session.rows.move_to("field owner")
        await session.press("enter")
        await session.type("+14")
        await session.settle()
        assert "is a day, not the name" in session.message
        await session.type("ben")
        await session.settle()
        await session.press("l")
        await session.type("NC-2020-0001")
        await session.settle()
        await session.type(other)
        await session.settle()
        found = case_of(store, number).nonconformity
        assert (found.get("due"), found["owner"], found["related"]) == (None, "ben", [other])


async def test_after_a_refusal_a_longer_text_is_gone_on_with(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    why, _done = causes.add_why(store, anna, number, "The filter was clogged")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {why}")
        await session.press("enter")
        causes.withdraw_why(store, anna, number, why, "not so")
        await session.type(" since May")
        await session.settle()
        assert "took this why back" in session.message and session.prompt.is_open
        await session.type(", as the log shows", enter=False)
        assert session.prompt.value == "The filter was clogged since May, as the log shows"


async def test_a_text_that_the_record_refuses_stands_in_its_field_again(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    other = raised(store, anna, "The van was not locked overnight")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to("field owner")
        await session.press("l")
        await session.type("NC-2020-0001")
        await session.settle()
        assert session.prompt.value == "NC-2020-0001"
        assert session.message == "! not recorded: NC-2020-0001: no such nonconformity"
        await session.pilot.press("ctrl+u")
        await session.type(other)
        await session.settle()
        assert len(case_of(store, number).nonconformity.get("related") or []) == 1


async def test_where_a_why_lies_is_chosen_by_number_and_shown_before_it_is_recorded(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    why, _done = causes.add_why(store, anna, number, "Nobody owns the list")
    async with home(store, store_dir, anna) as session:
        await session.pilot.resize_terminal(40, 15)
        await open_case(session)
        session.rows.move_to(f"why {why}")
        await session.press("g")
        assert session.shows("1 people") and session.shows("6 environment")
        await session.type("9")
        assert "none of 1 to 6" in session.message and session.prompt.is_open
        await session.pilot.press("ctrl+u", "f")
        assert session.shows("a category of your own")
        await session.pilot.press("ctrl+u")
        await session.type("2")
        await session.settle()
        assert case_of(store, number).causes[why]["category"] == "method"


async def test_tab_at_the_end_of_a_chain_asks_beside_its_last_why(store: Store, store_dir: Path, anna: Actor) -> None:
    """Also while the last one is still on its way to the disk."""
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type("The cooling unit was iced over")
        await session.type("Its filter was clogged")
        await session.pilot.press("tab")
        assert "Why? The cooling unit" in session.prompt.label
        await session.type("The fan was blocked")
        await session.pilot.press("enter")
        await session.settle()
        labels = [(why.label, why.cause["text"]) for why in tree(case_of(store, number).causes_of(1))]
        assert labels[1:] == [("1.1", "Its filter was clogged"), ("1.2", "The fan was blocked")]
