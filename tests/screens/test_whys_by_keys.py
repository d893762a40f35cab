"""Whys taken back and added by keys: where the cursor stands afterwards, and what no slip can do."""

from pathlib import Path

from case_screen_helpers import open_case, raised
from screen_helpers import home

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
