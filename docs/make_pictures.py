"""Makes the pictures: the real app on a store of its own, walked by the keys that stand here, drawn as SVG.

The clock stands still at half past nine on a Monday, and Anna walks, so the same program makes the same pictures.
"""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from rich.cells import cell_len

from qms_tui import i18n
from qms_tui.screens.app import QmsApp
from qms_tui.store.base import Actor
from qms_tui.store.open import open_store
from qms_tui.workflow import clock
from qms_tui.workflow.about import About

FOLDER = Path(__file__).parent / "pictures"
EXAMPLE = Path(__file__).parent / "examples" / "fire-drill.zh-Hant.md"
MOMENT = datetime(2026, 11, 23, 9, 30, 12, tzinfo=UTC)

# A key a word, as Textual names them; "..." is typed text.
FIRST_HALF = (
    *["1", "2", "enter", "y", "n"],
    *["n", "enter"],
    *["4", "y", "y", "2", "enter", "1", "comma", "3", "enter", "0", "enter", "y"],
)
TO_ROOM = (*FIRST_HALF, "2", "9", "enter")


class Picture(NamedTuple):
    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    checklist: str | None = "weekly-check"  # None for the home screen
    subject: str = "Main office"


PICTURES = (
    Picture("walk", (80, 24), (*TO_ROOM, "enter", "up")),
    Picture("walk-40x15", (40, 15), (*TO_ROOM, "enter", "up")),
    Picture(
        "walk-zh",
        (80, 24),
        ("y", "y", "9", "0", "enter", "n", "enter", "2", "3", "enter", "n", "2", "enter", "up", "up", "up", "up"),
        str(EXAMPLE),
        "二號倉庫",
    ),
    Picture("home", (80, 24), (), None),
)  # fmt: skip


class _StillDatetime(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return MOMENT.astimezone(tz)


@contextmanager
def still_clock() -> Iterator[None]:
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    i18n.use("en")
    try:
        with patch.object(clock, "datetime", _StillDatetime):
            yield
    finally:
        if zone is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = zone
        time.tzset()
        i18n.use(None)


async def draw(picture: Picture, folder: Path) -> str:
    """The screen as SVG after the picture's keys."""
    with open_store(folder, lambda: MOMENT) as store:
        app = QmsApp(store, folder, Actor("anna"))
        if picture.checklist is not None:
            app.walk_first(picture.checklist, resume=False, about=About(picture.subject))
        async with app.run_test(size=picture.size) as pilot:
            await _settle(app, pilot)
            for key in picture.keys:
                await pilot.press(key)
                await _settle(app, pilot)
            svg = app.export_screenshot(title="qms-tui", simplify=True)
        app.recorder.drain()
    return tidy(svg)


async def _settle(app: QmsApp, pilot: Any) -> None:
    """Wait until the recorder has done everything given to it so far and the screen shows it."""
    for _round in range(2):
        done = asyncio.Event()
        app.recorder.submit(lambda: None, lambda _none, done=done: done.set(), lambda _error: None)
        await asyncio.wait_for(done.wait(), 30)
        await app.workers.wait_for_complete()
        await pilot.pause()


def tidy(svg: str) -> str:
    """No fonts from elsewhere; a wide character as wide as its two cells; no trailing blanks."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK TC', monospace")
    svg = _TEXT.sub(_placed, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


_TEXT = re.compile(r'<text class="([^"]+)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)" ([^>]*)>([^<]*)</text>')


def _placed(match: re.Match[str]) -> str:
    """A text that mixes narrow and wide characters as one element a run, each where its cells begin."""
    kind, x, y, length, rest, escaped = match.groups()
    text = unescape(escaped)
    if text.isascii():
        return match[0]
    cell, at, parts = float(length) / len(text), float(x), []
    for _wide, run in groupby(text, lambda char: cell_len(char) == 2):
        words = "".join(run)
        width = cell * cell_len(words)
        if words.strip("\u00a0 "):
            shown = escape(words).replace("\u00a0", "&#160;")
            parts.append(
                f'<text class="{kind}" x="{at:g}" y="{y}" textLength="{width:g}" lengthAdjust="spacingAndGlyphs" '
                f"{rest}>{shown}</text>"
            )
        at += width
    return "".join(parts)


def make(picture: Picture) -> str:
    with still_clock(), tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        if picture.name == "home":  # there is something to go on with
            asyncio.run(draw(Picture("", (80, 24), (*TO_ROOM, "enter")), store))
        return asyncio.run(draw(picture, store))


def words(svg: str) -> list[str]:
    """What a picture says, line by line: the same however the library draws it."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for found in re.finditer(r'<text class="[^"]+" x="([\d.]+)" y="([\d.]+)" textLength[^>]*>([^<]*)<', svg):
        lines.setdefault(float(found[2]), []).append((float(found[1]), unescape(found[3]).replace("\u00a0", " ")))
    return [" ".join("".join(text for _x, text in sorted(parts)).split()) for _y, parts in sorted(lines.items())]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.svg").write_text(make(picture), "utf-8")


if __name__ == "__main__":
    main()
