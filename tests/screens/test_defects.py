"""A defect in looking at what is typed comes to light, and takes nothing with it that was seen before."""

from pathlib import Path
from typing import Any

import pytest
from case_screen_helpers import open_case, raised
from screen_helpers import home, walking

from qms_tui.screens.case import CaseScreen
from qms_tui.screens.drafts import Drafts
from qms_tui.screens.following import Following
from qms_tui.screens.walk import WalkScreen
from qms_tui.store.base import Actor, Store


def fail(*_given: Any) -> Any:
    raise RuntimeError("a defect in looking")


@pytest.mark.parametrize("looked_at", ["a key", "a moment later"])
async def test_a_defect_in_looking_is_no_silence(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch, looked_at: str
) -> None:
    monkeypatch.setattr("qms_tui.screens.draft_keeper.KEEP_SECONDS", 600)  # looked at by nothing but what is tried
    with pytest.raises(RuntimeError, match="a defect in looking"):
        async with walking(store, store_dir, anna) as session:
            app = session.app
            await session.press("m")
            await session.type("half a thou", enter=False)
            await session.pilot.press("g")  # before it, all of that was seen
            await session.settle()
            with monkeypatch.context() as broken:
                broken.setattr(WalkScreen, "standing", fail)
                if looked_at == "a key":
                    await session.pilot.press("h")
                else:
                    app.call_later(app.keeping.keeper.keep)
                await session.until(lambda: app.keeping.keeper.is_closed, "the crash")
    app.end(crashed=True)
    async with walking(store, store_dir, anna) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value.startswith("half a thou")


async def test_a_screen_that_breaks_while_it_is_made_takes_no_text_from_the_one_below(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(store, anna)
    with pytest.raises(RuntimeError, match="a defect in looking"):
        async with home(store, store_dir, anna) as session:
            app = session.app
            await open_case(session)
            await session.press("w")
            await session.type("The door closer was broke", enter=False)
            await session.pilot.press("n")
            monkeypatch.setattr(CaseScreen, "compose", fail)
            app.call_later(app.routes.nonconformity, "NC-2026-0001")
            await session.until(lambda: app.keeping.keeper.is_closed, "the crash")
    app.end(crashed=True)
    assert "The door closer was broke" in str(Drafts(store_dir, anna.name).typed())


async def test_a_defect_in_looking_for_news_is_no_silence(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuntimeError, match="a defect in looking"):
        async with home(store, store_dir, anna) as session:
            app = session.app
            monkeypatch.setattr(Following, "_look", fail)
            await session.until(lambda: app.keeping.keeper.is_closed, "the crash")
    app.end(crashed=True)


async def test_a_defect_in_showing_news_is_no_silence(
    store: Store, store_dir: Path, anna: Actor, ben: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuntimeError, match="a defect in looking"):
        async with home(store, store_dir, anna) as session:
            app = session.app
            monkeypatch.setattr(Following, "_news", fail)
            session.app.screen.following.end()
            session.app.screen.following.begin()
            raised(store, ben)
            await session.until(lambda: app.keeping.keeper.is_closed, "the crash")
    app.end(crashed=True)
