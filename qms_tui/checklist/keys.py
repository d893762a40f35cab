"""The words of the grammar, and a line taken apart into key and value."""

import re
from functools import lru_cache
from typing import NamedTuple, get_args

from qms_tui.checklist.aliases import FIELDS, IF_AFTER, IF_BEFORE, IF_GLUED
from qms_tui.checklist.model import AnswerName, ChecklistKind, Evidence, Severity
from qms_tui.checklist.text import fold, nearest

ANSWERS: tuple[str, ...] = get_args(AnswerName)
EVIDENCES: tuple[str, ...] = get_args(Evidence)
KINDS: tuple[str, ...] = get_args(ChecklistKind)
SEVERITIES: tuple[str, ...] = get_args(Severity)

FIELD_KEYS = (
    "answer", "limits", "target", "expect", "evidence", "severity", "clause", "indicator", "weight", "default", "na",
    "every", "help", "id", "only if",
)  # fmt: skip
FRONT_KEYS = (
    "checklist", "id", "title", "kind", "version", "language", "cadence", "owner", "standard", "description", "tags",
    "answer", "severity", "evidence", "na", "weight", "scale", "accept", "pass_mark", "items",
)  # fmt: skip

_UNSEEN = " \t\n\r\x0b\x0c\u00a0\u3000\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
"""White space, and marks of direction that editors put around right-to-left text."""
_LINE = re.compile(r"(?P<open>[*_]{0,3})(?P<key>[^:：﹕*_\n][^:：﹕\n]{0,59})(?P<colon>[:：﹕])(?P<rest>[^\n]*)")


class KeyValue(NamedTuple):
    """`value` begins at character `offset` of the line."""

    key: str
    value: str
    offset: int


def split(line: str) -> KeyValue | None:
    """`**Answer:** yes/no` as KeyValue("Answer", "yes/no", 12); None where the line has no colon near its start."""
    match = _LINE.match(line)
    if match is None:
        return None
    opened, key, rest = match["open"], match["key"].rstrip(), match["rest"]
    offset = match.start("rest")
    if opened:
        if key.endswith(opened):
            key = key.removesuffix(opened).rstrip()
        elif rest.startswith(opened):
            rest, offset = rest[len(opened) :], offset + len(opened)
        elif rest.rstrip().endswith(opened):
            rest = rest.rstrip().removesuffix(opened)
        else:
            return None
    offset += len(rest) - len(rest.lstrip(_UNSEEN))
    return KeyValue(key.strip(_UNSEEN), rest.strip(_UNSEEN), offset)


def canonical(key: str) -> str | None:
    """The key of the grammar that `key` is written for, in any of the languages, or None."""
    return FIELDS.canonical(key)


def condition(key: str) -> str | None:
    """What a key such as `if no`, `wenn nein`, `若否` or `いいえの場合` compares with, or None."""
    first, _, rest = key.partition(" ")
    if rest and fold(first) in _IF_BEFORE:
        return rest.strip()
    key = key.strip()
    for word in IF_GLUED:
        if key.startswith(word) and len(key) > len(word):
            return _without_marks(key.removeprefix(word).removesuffix("時").removesuffix("时"))
    for word in IF_AFTER:
        if key.endswith(word) and len(key) > len(word):
            return _without_marks(key.removesuffix(word))
    return None


@lru_cache(maxsize=256)
def near_key(key: str) -> str | None:
    """The key that a mistyped one (`severty`) was meant for, or None."""
    folded = fold(key)
    if len(folded) < 4 or len(folded) > 12 or folded in FIELDS.words:
        return None
    return nearest(folded, (known for known in FIELDS.words if len(known) > 3), 0.8)


def _without_marks(text: str) -> str:
    return text.strip(' \u3000「」『』“”"')


_IF_BEFORE = {word for each in IF_BEFORE.values() for word in each}
