"""Whole screens as text at 80x24 and 40x15, in English and with every word of the program translated."""

import gettext
import re
import string
from pathlib import Path

import pytest
from screen_helpers import EVERY_KIND, Golden, Session, home, walking

from qms_tui import i18n
from qms_tui.screens.actions import SCREENS, key_names
from qms_tui.store.base import Actor, Store

SIZES = [(80, 24), (40, 15)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
async def test_screens_of_a_walk(
    golden: Golden, store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    shown: list[str] = []

    async def take(name: str) -> None:
        await session.pilot.pause()
        shown.extend([f"{name} {'=' * (size[0] - len(name) - 1)}", *session.lines()])

    async with walking(store, store_dir, anna, size=size) as session:
        await take("begun")
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open)
        await take("finding")
        await session.press("enter")
        await session.settle()
        await session.press("5")
        await session.type(".5", enter=False)
        await take("typing")
        await session.pilot.press("enter")
        await session.settle()
        await session.press("m")
        await session.type("a note")
        await session.settle()
        await take("answered")
        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen)
        await take("summary")
    async with home(store, store_dir, anna, size=size) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        await take("home")
        await session.press("question_mark")
        await session.until(lambda: session.shows("Keys"))
        await take("help")
    golden(f"screens_{size[0]}x{size[1]}", shown)


# Every letter of a translated word becomes a Georgian one of the same width; fields ({name}) stay.
_FOREIGN = str.maketrans({letter: chr(0x10D0 + at % 26) for at, letter in enumerate(string.ascii_letters)})
_FIELD = re.compile(r"(\{[^{}]*\})")


class Foreign(gettext.NullTranslations):
    """A translation of everything."""

    def gettext(self, message: str) -> str:
        return "".join(part if _FIELD.fullmatch(part) else part.translate(_FOREIGN) for part in _FIELD.split(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_current", Foreign())


# The same checklist without a Latin letter of its own.
WORDLESS = """\
---
checklist: 1
title: 冷庫
accept: 6
---
## 系統

- [ ] 門 {#1}
  - severity: major
  - clause: 8.5.1
  - evidence: required
  > 開門。
- [ ] 溫度 {#2}
  - answer: number °
  - limits: 2..8
  - target: 4
- [ ] 等 {#3}
  - answer: yes/no
  - expect: no
- [ ] 好 {#4}
  - answer: score 1-5
- [ ] 車 {#5}
  - answer: one of: 好, 壞
  - expect: 好
- [ ] 事 {#6}
  - answer: any of: 甲, 乙
- [ ] 日 {#7}
  - answer: date
- [ ] 險 {#8}
  - answer: risk 5x5
- [ ] 字 {#9}
  - answer: text
- [ ] 讀 {#10}
  - answer: none
"""

# What is on the keyboard, in numbers, and in answers as they are stored: the same in every language.
_KEYS = {name for known in SCREENS.values() for action in known for name in (action.shown, *key_names(action))}
_SHOWN = sorted(_KEYS, key=len, reverse=True)
_UNTRANSLATED = re.compile(
    r"\b(A|NC)-\d{4}-\d{4}|\d+x\d+|\b\d+ B,|qms-tui|\b[0-9a-f]{12}\b|0-9|F10|"
    + "|".join(rf"(?<![a-z]){re.escape(key)}(?![a-z])" for key in _SHOWN)
)


def untranslated(lines: list[str]) -> list[str]:
    return [line for line in lines if re.search("[A-Za-z]{2}", _UNTRANSLATED.sub("", line))]


async def test_no_word_of_the_walk_stays_untranslated(store: Store, store_dir: Path, foreign: None) -> None:
    left: dict[str, list[str]] = {}

    def look(where: str) -> None:
        if found := untranslated(session.lines()):
            left[where] = found

    async def answer(keys: list[str], typed: str | None = None) -> None:
        await session.press(*keys)
        if typed is not None:
            await session.type(typed, enter=False)
            look(f"typing {keys}")
            await session.pilot.press("enter")
        await session.until(lambda: not session.prompt.is_open)
        if session.walk_screen.form.is_open:
            look(f"finding {keys}")
            await session.press("enter")
        await session.settle()

    async with walking(store, store_dir, Actor("安"), WORDLESS, size=(100, 40)) as session:
        look("begun")
        for number, keys, typed in [
            ("1", ["n"], None), ("2", ["9"], "9"), ("3", ["y"], None), ("4", ["4"], None), ("5", ["2"], None),
            ("6", ["1"], ""), ("7", ["2"], "026-05-04"), ("8", ["5"], "x5"), ("9", ["enter"], "好"),
        ]:  # fmt: skip
            await session.go(number)
            look(f"item {number}")
            await answer(keys, typed)
            await session.go(number)
            look(f"item {number} answered")
        await session.go("10")
        look("item 10")
        for key in ("m", "e", "slash", "g", "plus", "b"):
            await session.press(key)
            await session.until(lambda: session.prompt.is_open)
            look(f"prompt of {key}")
            await session.pilot.press("f10")
        await session.go("2")
        await session.press("5")
        await session.type("x")
        await session.pilot.pause()
        look("a bad number")
        await session.pilot.press("f10")
        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen)
        look("summary")
        await session.press("c")
        await session.until(lambda: session.prompt.is_open)
        look("completing")
        await session.type("完")
        await session.settle()
        look("completed")
    assert not left, "\n".join(f"{where}: {line}" for where, lines in left.items() for line in lines)


async def test_no_word_of_help_and_home_stays_untranslated(store: Store, store_dir: Path, foreign: None) -> None:
    async with walking(store, store_dir, Actor("安"), WORDLESS) as session:
        await session.press("n", "enter")
        await session.settle()
    async with home(store, store_dir, Actor("安"), size=(100, 40)) as session:
        await session.until(lambda: session.rows.selected)
        bundled = ("checklist ",)
        titles = [row.text.split(",")[0] for row in session.rows.rows if row.key.startswith(bundled)]
        lines = [line for line in session.lines() if not any(title in line for title in titles)]
        assert not untranslated(lines)
        session.rows.action_last()
        await session.press("enter")
        await session.until(lambda: len(session.app.screen_stack) == 2)
        read = re.sub(r"\([a-z_, ]+\)", "", " ".join(session.lines()))  # names of fields, as `log` gives them
        assert not untranslated([read])
        await session.press("q")
        await session.press("question_mark")
        await session.until(lambda: len(session.app.screen_stack) == 2)
        for _page in range(6):
            assert not untranslated(session.lines())
            await session.press("space")


async def test_ascii_only_terminals_get_marks_in_ascii(store: Store, store_dir: Path, anna: Actor) -> None:
    def marks(session: Session) -> str:
        return "".join(row.mark for row in session.rows.rows)

    async with walking(store, store_dir, anna, EVERY_KIND) as session:
        await session.press("y", "5")
        await session.type("")
        await session.settle()
        assert marks(session).isascii()
        own = "".join(session.lines()).replace("°", "")
        assert own.isascii()
