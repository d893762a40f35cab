"""Bullets that were meant as fields and are none: a mistyped name, a colon left out.

A bullet below an item is guidance where it is no field, and most are. So a name is said to be mistyped only where
hardly anything else can be meant: in words of letters when most of them are right; in Chinese and Japanese, where two
characters make a word, when the wrong one sounds or looks like the right one, or when the value is one of that field.
"""

import re
from collections.abc import Callable
from functools import cache

from qms_tui.checklist import aliases
from qms_tui.checklist.answers import BadAnswer, read_answer
from qms_tui.checklist.keys import near_key
from qms_tui.checklist.limits import read_limits
from qms_tui.checklist.text import fold

# One character as it is written in three scripts, and what an input method offers for its sound or an eye takes for it;
# left out is what makes another word, such as 界線 and 因為.
_ALIKE = (
    "答搭", "案按岸", "回迴", "覆复複復", "範范犯泛笵", "圍围囲維唯", "界介屆", "限現陷", "容溶", "許许栩",
    "值値直植質", "目木", "標标鏢表", "預预欲豫", "期其旗", "應应膺", "證证証症正", "據据拠劇距", "佐左坐",
    "嚴严厳言研", "重种", "度渡肚", "性姓", "級级及急", "條条調", "款欵寬", "依衣一", "指紙旨", "權权全拳",
    "設设社射", "適适事", "每美", "間间問", "說说説", "明名民", "示是", "編编邊遍", "號号好毫", "代帶袋",
    "碼码馬瑪", "當当", "僅仅",
)  # fmt: skip
_LIKES = {char: each[0] for each in _ALIKE for char in each}
_CLAUSES = re.compile(r"(?:[A-Za-z][\w/-]* ){0,2}(?:\d{2,} )?[A-Z]?\d+(?:\.\d+)*(?:[ (][a-z0-9]\)?)?")
_BARE = re.compile(r"[*_`]{0,3}([^\W\d_][^\s:：*_`]*)[*_`]{0,3}[ \u3000]+(\S.*)")


def near_field(key: str, value: str) -> str | None:
    """The field's name that `key` was meant for, or None."""
    near = near_key(key)
    if near is not None or not _is_ideographic(key) or fold(key) in aliases.FIELDS.words:
        return near
    if same := _by_look().get(_plain(key)):
        return max(same, key=lambda name: sum(a == b for a, b in zip(name, key, strict=True)))
    for name, meant in aliases.FIELDS.words.items():
        if _is_ideographic(name) and _one_off(key, name) and (len(name) > 3 or _fits(meant, value)):
            return name
    return None


def without_colon(text: str) -> tuple[str, str] | None:
    """The name and the value of a bullet such as `clause QMS 4.1`; None where it may be a sentence."""
    match = _BARE.fullmatch(text.strip())
    meant = aliases.FIELDS.canonical(match[1]) if match else None
    return (match[1], match[2]) if match and meant and _fits(meant, match[2].strip()) else None


def _fits(meant: str, value: str) -> bool:
    """Whether a value can hardly be anything but one of that field."""
    match meant:
        case "severity":
            return aliases.SEVERITIES.canonical(value) is not None
        case "evidence":
            return aliases.EVIDENCES.canonical(value) is not None
        case "clause":
            parts = re.split(r"[,，、;；]\s*", value)
            return all(_CLAUSES.fullmatch(part.strip()) for part in parts)
        case "answer":
            return _reads(read_answer, value, BadAnswer)
        case "limits":
            return bool(re.search(r"\d\s*(?:\.\.|-|–|~)\s*\d|[<>≤≥]", value)) and _reads(read_limits, value, ValueError)
        case "weight":
            return re.fullmatch(r"\d+(?:[.,]\d+)?", value) is not None
    return False


def _reads(read: Callable[[str], object], value: str, refused: type[Exception]) -> bool:
    try:
        read(value)
    except refused:
        return False
    return True


def _is_ideographic(text: str) -> bool:
    return len(text) > 1 and all("\u3400" <= char <= "\u9fff" for char in text)


def _one_off(one: str, other: str) -> bool:
    """Whether one character is another one."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@cache
def _by_look() -> dict[str, list[str]]:
    """Names by what they look and sound like."""
    found: dict[str, list[str]] = {}
    for name in aliases.FIELDS.words:
        if _is_ideographic(name):
            found.setdefault(_plain(name), []).append(name)
    return found


def _plain(text: str) -> str:
    return "".join(_LIKES.get(char, char) for char in text)
