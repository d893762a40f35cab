"""The list of checklists and the live preview of a file, over real files."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screen_helpers import Golden, Session, home

from qms_tui.screens.app import QmsApp
from qms_tui.screens.library import LibraryScreen
from qms_tui.screens.preview import PreviewScreen, Watched
from qms_tui.screens.preview_lines import read_preview
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.store.base import Actor, Store

FAULTY = """\
---
checklist: 1
id: cold-room
title: Cold room
---
# Cold room

- [ ] Temperature of the cold room by the door {#cold}
  - limits: 8..2 °C
  - severty: major
- [ ] Was any door open?
  - answer: yes/no
  - expect: no
  - if yes:
    - [ ] Which door?
      - answer: text

| Check | Result |
|---|---|
| Fan runs | |
"""
MENDED = FAULTY.replace("8..2", "2..8").replace("severty", "severity")


def put(store_dir: Path, name: str, text: str) -> Path:
    """Save a file as most editors do: whole, by a rename."""
    path = store_dir / "checklists" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    return path


async def to_library(session: Session) -> None:
    await session.until(lambda: session.rows.selected, "the overview")
    await session.press("l")
    await session.until(lambda: isinstance(session.app.screen, LibraryScreen) and session.rows.selected, "the list")


@asynccontextmanager
async def watching(
    store: Store, store_dir: Path, actor: Actor, path: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Session]:
    app = QmsApp(store, store_dir, actor)
    app.watch_first(path)
    async with app.run_test(size=size):
        session = Session(app)
        await session.until(lambda: session.shows("Cold room"), "the preview")
        try:
            yield session
        finally:
            app.recorder.drain()


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
async def test_the_screens(golden: Golden, store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]) -> None:
    path = put(store_dir, "cold.md", FAULTY)
    put(store_dir, "notes.md", "nothing to ask\n")
    shown: list[str] = []
    async with home(store, store_dir, anna, size=size) as session:
        await to_library(session)
        shown += ["library", *session.lines()]
        await session.press("v")
        await session.until(lambda: session.shows("E104"), "the preview")
        shown += ["preview", *session.lines()]
        put(store_dir, "cold.md", MENDED)
        await session.until(lambda: session.message.startswith("read again"), "the file read again")
        assert not session.shows("E104")
        shown += ["mended", *session.lines()]
        await session.press("q")
        await session.until(lambda: session.shows("cold.md") and not session.shows("problem"), "the list")
    golden(f"library_{size[0]}x{size[1]}", shown)
    assert path.exists()


async def test_a_check_is_started_from_the_list_and_from_the_preview(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    put(store_dir, "cold.md", MENDED)
    async with home(store, store_dir, anna) as session:
        await to_library(session)
        await session.press("enter")
        await session.until(
            lambda: isinstance(session.app.screen, WalkScreen) and session.walk_screen.board, "the walk"
        )
        assert session.walk.checklist.id == "cold-room"
        await session.press("q")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen), "the list")
        await session.press("v")
        await session.until(lambda: session.shows("#cold"), "the preview")
        await session.press("enter")
        await session.until(
            lambda: isinstance(session.app.screen, WalkScreen) and session.walk_screen.board, "the walk"
        )
        await session.press("q")
        await session.until(lambda: isinstance(session.app.screen, PreviewScreen), "the preview")


async def test_what_cannot_be_walked_is_not_started(store: Store, store_dir: Path, anna: Actor) -> None:
    put(store_dir, "notes.md", "nothing to ask\n")
    async with home(store, store_dir, anna) as session:
        await to_library(session)
        await session.press("enter")
        assert "v shows what is wrong" in session.message
        await session.press("v")
        await session.until(lambda: session.shows("E003"), "the preview")
        await session.press("enter")
        assert isinstance(session.app.screen, PreviewScreen) and "no items" in session.message


async def test_a_bundled_one_is_viewed_and_started(store: Store, store_dir: Path, anna: Actor) -> None:
    async with home(store, store_dir, anna) as session:
        await to_library(session)
        await session.press("v")
        await session.until(lambda: session.shows("  (from the front matter)"), "the preview")
        await session.press("enter")
        await session.until(
            lambda: isinstance(session.app.screen, WalkScreen) and session.walk_screen.board, "the walk"
        )


async def test_a_preview_by_itself_follows_the_file_and_keeps_its_place(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    path = put(store_dir, "cold.md", FAULTY)
    async with watching(store, store_dir, anna, path, size=(40, 15)) as session:
        await session.press("space")
        top = session.app.screen.query_one(LinesPane).top
        put(store_dir, "cold.md", FAULTY + "- [ ] One more\n")
        await session.until(lambda: session.shows("5 items"), "the file read again")
        assert session.app.screen.query_one(LinesPane).top == top > 0
        path.unlink()
        await session.until(lambda: "no such file" in session.message, "that it is gone")
        assert session.shows("5 items")
        put(store_dir, "cold.md", MENDED)
        await session.until(lambda: session.shows("4 items") and session.message.startswith("read again"), "it is back")
        await session.press("q")
    assert session.app.return_value is None


async def test_nothing_is_painted_while_nothing_changes(store: Store, store_dir: Path, anna: Actor) -> None:
    path = put(store_dir, "cold.md", MENDED)
    watched = Watched(path)
    assert watched.changed() and not watched.changed()
    os.utime(path, ns=(1, 1))
    assert watched.changed() and not watched.changed() and watched.preview is not None


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"# only\n", "- [ ] [/] \u202e門\x00\n".encode()])
def test_any_bytes_have_a_preview(data: bytes) -> None:
    preview = read_preview(data, "x.md")
    assert preview.items == (1 if data.startswith(b"- [ ]") else 0)
    assert all(preview.lines(width) for width in (10, 40))


@pytest.mark.parametrize("way", ["home", "library", "preview"])
async def test_a_walk_that_cannot_be_opened_is_told_where_it_was_chosen(
    store: Store, store_dir: Path, anna: Actor, way: str
) -> None:
    path = put(store_dir, "cold.md", MENDED)
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        if way == "home":
            session.rows.move_to("checklist cold-room")
        else:
            await to_library(session)
        if way == "preview":
            await session.press("v")
            await session.until(lambda: session.shows("#cold"), "the preview")
        chosen_on = session.app.screen
        path.unlink()
        await session.press("enter")
        await session.until(lambda: session.app.screen is chosen_on and session.message, "why it cannot be opened")
        await session.settle()
        assert session.message.startswith("! ") and "cold" in session.message
        assert session.app.is_running and session.app.not_opened is None
