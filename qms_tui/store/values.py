"""The values a document may hold: what JSON can carry there and back without changing it."""

import json
import math
from collections.abc import Mapping
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import Invalid

MAX_DEPTH = 64
_SIMPLE = frozenset({str, int, float, bool, type(None)})
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def plain(value: Any, where: str, depth: int = 0) -> Any:
    """A copy made of plain JSON types; enum members and tuples become what JSON makes of them.

    Raises Invalid, naming `where`, for what JSON cannot hold: NaN, Infinity, half of a surrogate pair, keys that are
    not text, whole numbers beyond 64 bits, other types.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return text(value, where)
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise Invalid(_("{where}: a whole number beyond 64 bits cannot be recorded").format(where=where))
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Invalid(_("{where}: {value} is not a number that can be recorded").format(where=where, value=value))
        return float(value)
    if depth >= MAX_DEPTH:
        raise Invalid(_("{where}: nested too deeply to be recorded").format(where=where))
    if isinstance(value, dict | Mapping):
        return {text(key, where): plain(inner, f"{where}.{key}", depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, where, depth + 1) for inner in value]
    raise Invalid(_("{where}: a {type} cannot be recorded").format(where=where, type=type(value).__name__))


def text(value: Any, where: str) -> str:
    """Text that UTF-8 can hold. Raises Invalid."""
    if not isinstance(value, str):
        raise Invalid(_("{where}: {value!r} is not text").format(where=where, value=value))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Invalid(
            _("{where}: the character at position {position} is half of a surrogate pair; type it again").format(
                where=where.encode(errors="backslashreplace").decode(), position=error.start + 1
            )
        ) from None
    return value if type(value) is str else str.__str__(value)


def copied(value: Any) -> Any:
    """A copy that shares nothing that can change."""
    if isinstance(value, dict):
        return {key: inner if type(inner) in _SIMPLE else copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [inner if type(inner) in _SIMPLE else copied(inner) for inner in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1, 1.0 and true differ; the order of keys does not matter."""
    if type(one) is str or one is None:
        return bool(one == other)
    return bool(one == other) and _canonical(one) == _canonical(other)
