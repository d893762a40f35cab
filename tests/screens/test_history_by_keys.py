"""A question that may be an earlier one: marked, explained, and decided by a key."""

from pathlib import Path

import pytest
from screen_helpers import Golden, walking

from qms_tui.screens.widgets.row_list import RowList
from qms_tui.store.base import Actor, Store

TEXT = """\
---
id: round
title: Round
---
## Hall

- [ ] Check that the fire door is closed
- [ ] The key cabinet is locked
"""
TURNED = TEXT.replace("is locked", "is not locked").replace("Check that the", "Verify that each")


async def answer_once(store: Store, store_dir: Path, who: Actor) -> None:
    async with walking(store, store_dir, who, TEXT) as session:
        await session.press("y", "y")
        await session.settle()


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
async def test_what_is_in_doubt_is_shown(
    golden: Golden, store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    await answer_once(store, store_dir, anna)
    async with walking(store, store_dir, anna, TURNED, size=size) as session:
        await session.until(lambda: session.message.startswith("Changed since its last audit: 2 reworded"))
        shown = ["begun", *session.lines()]
        await session.press("down")
        shown += ["in doubt", *session.lines()]
        await session.press("equals_sign")
        await session.settle()
        shown += ["decided", *session.lines()]
    golden(f"history_{size[0]}x{size[1]}", shown)


@pytest.mark.parametrize(
    ("key", "state", "past"), [("equals_sign", "confirmed", 1), ("exclamation_mark", "refused", 0)]
)
async def test_a_key_decides(store: Store, store_dir: Path, anna: Actor, key: str, state: str, past: int) -> None:
    await answer_once(store, store_dir, anna)
    async with walking(store, store_dir, anna, TURNED) as session:
        await session.press("down")
        item = session.current
        assert session.mark(item) == "=" and not session.walk.number
        await session.press(key)
        await session.settle()
        assert session.mark(item) == " " and session.walk.number
        assert len([p for p in session.walk.past(item) if p.sure]) == past
        assert not session.shows("perhaps,") and session.shows("before,") is bool(past)
        (kept,) = store.find("lineage", lambda doc: doc["item"] == item)
        assert (kept["state"], kept["by"]) == (state, "anna")


async def test_the_keys_say_where_nothing_is_in_doubt(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXT) as session:
        await session.press("equals_sign")
        await session.settle()
        assert session.message == "! nothing is in doubt here" and store.find("audits") == []


async def test_the_summary_names_what_is_undecided_and_leads_there(store: Store, store_dir: Path, anna: Actor) -> None:
    await answer_once(store, store_dir, anna)
    async with walking(store, store_dir, anna, TURNED, size=(40, 15)) as session:
        await session.press("y", "y")
        await session.settle()
        (item,) = session.walk.lineage.asked
        await session.press("home", "s")
        await session.until(lambda: session.shows("the same question as before?"), "what is undecided")
        summary = session.app.screen
        summary.query_one(RowList).move_to(f"{item}#=")
        await session.press("enter")
        await session.until(lambda: session.current == item, "the item")
        await session.press("equals_sign")
        await session.settle()
        await session.press("s")
        await session.until(lambda: session.shows("by section"), "the summary")
        assert not session.shows("the same question as before?")
