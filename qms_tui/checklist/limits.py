"""The value of `limits:` read into Limits and a unit."""

import re
from decimal import Decimal

from qms_tui.checklist.aliases import BETWEEN, BOUNDS
from qms_tui.checklist.model import Limits
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.text import narrow, squeeze
from qms_tui.i18n import _

_N = r"[+-]?[0-9]{1,30}(?:[.,][0-9]{1,30})?"
_UNIT = r"[^\s0-9<>≤≥=±,;.][^<>≤≥=±,;]{0,30}?"
_BETWEEN = "|".join(rf"\b{word}\b" if word.isascii() else re.escape(word) for word in BETWEEN)
_RANGE = re.compile(
    rf"(?P<low>{_N})\s*(?P<unit1>[^\s0-9<>=±+,;.~–—…-]{{1,12}}?)?\s*(?:\.\.\.?|…|~|–|—|-|{_BETWEEN})\s*"
    rf"(?P<high>{_N})\s*(?P<unit>{_UNIT})?"
)
_PLUS_MINUS = re.compile(
    rf"(?P<mid>{_N})\s*(?P<unit1>[^\s0-9<>=±,;.+-]{{1,12}}?)?\s*(?:±|\+/?-)\s*(?P<by>{_N})\s*(?P<unit>{_UNIT})?"
)
_ONE = r"(?P<op{0}><=|>=|<|>|≤|≥)\s*(?P<n{0}>" + _N.replace("{", "{{").replace("}", "}}") + r")"
_BOUND = re.compile(_ONE.format(1) + rf"\s*(?P<unit>{_UNIT})?")
_BOUNDS = re.compile(
    _ONE.format(1) + rf"\s*(?P<unit1>{_UNIT})?\s*(?:,|;|&|\band\b)\s*" + _ONE.format(2) + rf"\s*(?P<unit>{_UNIT})?"
)
EXAMPLES = "2..8 °C, >= 2, <= 8, 5 ± 1"


def read_limits(text: str) -> tuple[Limits, str]:
    """The limits and their unit ("" where none is written). Raises ValueError with the reason as its message.

    `±` is counted in decimals: 1.1 ± 0.2 allows 0.9.
    """
    written = squeeze(narrow(text))
    plain = _signs(written[:120].replace("\u2212", "-"))
    if match := _RANGE.fullmatch(plain):
        low, high = read_decimal(match["low"]), read_decimal(match["high"])
        return _closed(written, low, high), _unit(written, match["unit1"], match["unit"])
    if match := _PLUS_MINUS.fullmatch(plain):
        mid, by = read_decimal(match["mid"]), read_decimal(match["by"])
        return _closed(written, mid - by, mid + by), _unit(written, match["unit1"], match["unit"])
    if match := _BOUND.fullmatch(plain):
        return _bounds(written, [(match["op1"], match["n1"])]), match["unit"] or ""
    if match := _BOUNDS.fullmatch(plain):
        both = [(match["op1"], match["n1"]), (match["op2"], match["n2"])]
        return _bounds(written, both), _unit(written, match["unit1"], match["unit"])
    raise ValueError(_("the limits '{text}' cannot be read").format(text=written[:60]))


def _signs(text: str) -> str:
    """`mindestens 2`, `至少 2` and `2 以上` as `>= 2`."""
    if led := BOUNDS.lead(text):
        return f"{led[0]} {led[1]}"
    for end, sign in (("以上", ">="), ("以下", "<=")):
        if text.endswith(end):
            return f"{sign} {text.removesuffix(end)}"
    return text


def _closed(written: str, low: Decimal, high: Decimal) -> Limits:
    if low > high:
        raise ValueError(_("the limits '{text}' are reversed").format(text=written[:60]))
    return Limits(written, float(low), float(high))


def _bounds(written: str, bounds: list[tuple[str, str]]) -> Limits:
    low: Decimal | None = None
    high: Decimal | None = None
    low_open = high_open = False
    for op, digits in bounds:
        if op in (">", ">=", "≥"):
            low, low_open = read_decimal(digits), op == ">"
        else:
            high, high_open = read_decimal(digits), op == "<"
    if len(bounds) == 2 and (low is None or high is None):
        raise ValueError(_("the limits '{text}' bound one side twice").format(text=written[:60]))
    if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
        raise ValueError(_("the limits '{text}' allow nothing").format(text=written[:60]))
    return Limits(
        written, None if low is None else float(low), None if high is None else float(high), low_open, high_open
    )


def _unit(written: str, first: str | None, second: str | None) -> str:
    if first and second and first.strip() != second.strip():
        raise ValueError(_("the limits '{text}' have two units").format(text=written[:60]))
    return (second or first or "").strip()
