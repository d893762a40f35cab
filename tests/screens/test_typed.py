"""Texts typed in several windows of one person: none takes another's place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from case_screen_helpers import open_case, raised
from hypothesis import given
from hypothesis import strategies as st
from screen_helpers import home

from qms_tui.screens.drafts import Drafts
from qms_tui.screens.typed import TypedTexts
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store


def opened(disk: Mapping[str, Any]) -> TypedTexts:
    typed = TypedTexts()
    typed.take_in(disk)
    return typed


def closed(typed: TypedTexts, disk: Mapping[str, Any]) -> dict[str, Any]:
    written = typed.over(disk)
    typed.wrote()
    return written


def test_the_second_window_keeps_its_text_beside_the_first_ones() -> None:
    one, two = opened({}), opened({})
    one.keep("why", "ice")
    two.keep("why", "a clogged filter")
    disk = closed(two, closed(one, {}))
    later = opened(disk)
    assert later.others("why") == 1
    first = later.get("why")
    later.forget("why")
    assert {first, later.get("why")} == {"ice", "a clogged filter"} and later.others("why") == 0
    disk = closed(later, disk)
    assert disk == {"why": later.get("why")}
    later.forget("why")
    assert closed(later, disk) == {}


def test_what_another_window_typed_since_outlives_what_was_recorded_here() -> None:
    here, there = opened({}), opened({})
    here.keep("why", "ice")
    disk = closed(here, {})
    there.keep("why", "ice, and a clogged filter")
    disk = closed(there, disk)
    here.forget("why")
    assert "ice, and a clogged filter" in closed(here, disk).values()


def test_a_window_that_keeps_twice_replaces_its_own() -> None:
    typed = opened({})
    typed.keep("why", "ic")
    disk = closed(typed, {})
    typed.keep("why", "ice")
    assert closed(typed, disk) == {"why": "ice"}


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["keep", "close", "open"])), max_size=12))
def test_no_text_that_a_window_left_is_ever_gone(steps: list[tuple[int, str]]) -> None:
    """Windows open, type under one key and close in any order: each one's last text is on the disk or in a window."""
    disk: dict[str, Any] = {}
    windows = [opened({}) for _ in range(3)]
    last: dict[int, str] = {}
    for n, (who, what) in enumerate(steps):
        if what == "keep":
            if windows[who].get("why") in (None, last.get(who)):  # else it edits what another one typed
                last[who] = f"{who}: {n}"
                windows[who].keep("why", last[who])
        else:
            disk = closed(windows[who], disk)
            if what == "open":
                windows[who] = opened(disk)
                last = {w: text for w, text in last.items() if w != who or text in disk.values()}
    for window in windows:
        disk = closed(window, disk)
    assert set(last.values()) <= set(disk.values())


async def test_two_windows_with_a_why_each(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    texts = ["The unit was iced over", "The door stood open"]
    with open_store(store_dir) as other:
        async with home(store, store_dir, anna) as one, home(other, store_dir, anna) as two:
            for session, text in zip((one, two), texts, strict=True):
                await open_case(session)
                await session.press("w")
                await session.paste(text)
            one.app.save()
            two.app.save()
    assert sorted(Drafts(store_dir, anna.name).typed().values()) == sorted(texts)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.until(lambda: session.prompt.is_open, "the prompt")
        assert "1 more was typed for this in another window" in session.message
        first = session.prompt.value
        await session.pilot.press("enter")
        await session.settle()
        await session.pilot.press("f10")
        session.rows.action_first()
        await session.press("w")
        await session.until(lambda: session.prompt.is_open, "the prompt")
        assert {first, session.prompt.value} == set(texts) and not session.message
