"""Makes the pictures: the real app on a store of its own, walked by the keys that stand here, drawn as SVG.

The clock stands still at half past nine on a Monday, and Anna walks, so the same program makes the same pictures.
"""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from rich.cells import cell_len

from qms_tui import i18n
from qms_tui.screens.app import QmsApp
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow import actions, causes, clock, effect, handling
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
    before: Callable[[Path], None] | None = None  # what the store at this path holds already


def half_a_walk(store: Path) -> None:
    """There is something to go on with."""
    with still_clock():
        asyncio.run(draw(Picture("", (80, 24), (*TO_ROOM, "enter")), store))


def three_weeks_of_work(folder: Path) -> None:
    """The nonconformity of docs/first-nonconformity.md, whose work has begun."""
    anna, ben, number = Actor("anna"), Actor("ben"), "NC-2026-0001"

    def why(store: Store, text: str, above: str | None, evidence: str, category: str = "") -> str:
        end = {"root": True, "category": category} if category else {}
        return causes.add_why(store, anna, number, text, above, {"evidence": evidence, **end})[0]

    with _days_ago(folder, 21) as store:
        statement = "Two of three jobs were closed without the customer's confirmation"
        handling.raise_nonconformity(store, anna, statement, "QMS 1.5, QMS 4.1, ISO 9001 8.5.1")
        told = {"correction": "Both customers were called and have confirmed",
                "containment": "The desk asks before it closes a job, until this is solved"}  # fmt: skip
        handling.edit(store, anna, number, {"owner": "anna", "due": _day(39), **told})
    with _days_ago(folder, 20) as store:
        first = why(store, "The ticket system closes a job without a confirmation", None, "Tried with job 4720")
        empty = why(store, "The field for it may stay empty", first, "The form of 2019")
        why(store, "Nobody owns the form, so nobody adapts it", empty, "The list of documents names no owner", "method")
        hidden = why(store, "The phone app does not show the field", first, "Seen on two phones")
        why(store, "The app was taken over without a test on the phone", hidden, "No record of a test", "machine")
        handling.edit(store, anna, number, {"similar": "None among ten jobs of the workshop"})
        handling.advance(store, anna, number)
    with _days_ago(folder, 18) as store:
        counted = {"indicator": "jobs closed without confirmation", "unit": "a week", "baseline": 9, "target": 2}
        effect.plan(store, anna, number, {**counted, "check_date": _day(21), "checker": "dora"})
        form, _receipt = actions.add(
            store,
            anna,
            number,
            "corrective",
            "Make the confirmation a required field",
            {"owner": "ben", "due": _day(-4)},
        )
        actions.add(store, anna, number, "training", "Show the desk the new form", {"owner": "cleo", "due": _day(3)})
        handling.advance(store, anna, number)
    with _days_ago(folder, 5) as store:
        actions.start(store, ben, form)
        actions.done(store, ben, form, "Released on the desk's computers")
    with _days_ago(folder, 4) as store:
        actions.verify(store, anna, form, "Tried on two computers: no job closes without it")


def _day(ahead: int) -> str:
    return (MOMENT + timedelta(days=ahead)).date().isoformat()


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
    Picture("home", (80, 24), (), None, before=half_a_walk),
    Picture("nonconformity", (100, 40), ("r", "enter", *["j"] * 13), None, before=three_weeks_of_work),
)  # fmt: skip


@contextmanager
def still_clock(moment: datetime = MOMENT) -> Iterator[None]:
    class StillDatetime(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return moment.astimezone(tz)

    class StillDate(date):
        @classmethod
        def today(cls) -> date:
            return moment.date()

    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    i18n.use("en")
    try:
        with patch.object(clock, "datetime", StillDatetime), patch.object(clock, "date", StillDate):
            yield
    finally:
        if zone is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = zone
        time.tzset()
        i18n.use(None)


@contextmanager
def _days_ago(folder: Path, days: int) -> Iterator[Store]:
    moment = MOMENT - timedelta(days=days)
    with still_clock(moment), open_store(folder, lambda: moment) as store:
        yield store


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
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        if picture.before is not None:
            picture.before(store)
        with still_clock():
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
