"""A typed answer: read, judged, explained."""

import re
import unicodedata
from datetime import date
from typing import Any, Literal

from qms_tui.checklist.aliases import RESULTS
from qms_tui.checklist.answers import split_words
from qms_tui.checklist.model import Item
from qms_tui.checklist.numbers import read_number
from qms_tui.checklist.text import fold, narrow
from qms_tui.i18n import _

Value = str | float | int | list[str]
Verdict = Literal["pass", "fail"]

_RISK = re.compile(r"([0-9]{1,2})(?:\s*[x×*,/]\s*|\s+)([0-9]{1,2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"p": "pass", "pass": "pass", "f": "fail", "fail": "fail"}


class BadValue(ValueError):
    """An answer that the item does not take. The message is one line: what was given, what is allowed."""


def read_value(item: Item, text: str) -> Value:
    """What was typed as the value to store. Raises BadValue.

    number: int or float · one of: the option · any of: options in their order · text · date: `2025-03-31` ·
    score: int · risk: `4x3` · yes/no: `yes` or `no` · pass/fail: `pass` or `fail`.
    """
    answer = item.answer
    typed = unicodedata.normalize("NFKC", text).strip()
    if answer.name == "none":
        raise BadValue(_("this item takes no answer"))
    if not typed:
        raise BadValue(_("nothing was typed; type {what}").format(what=_allowed(item)))
    match answer.name:
        case "pass/fail" | "yes/no":
            words = _WORDS if answer.name == "pass/fail" else {"y": "yes", "yes": "yes", "n": "no", "no": "no"}
            word = RESULTS.canonical(typed) or fold(typed)
            if word in words:
                return words[word]
        case "number":
            return _number(item, typed)
        case "one of":
            return _option(item, text)
        case "any of":
            chosen = {_option(item, word) for word in _parts(item, text)}
            if chosen:
                return [option for option in answer.options if option in chosen]
        case "date":
            if _DATE.fullmatch(typed):
                try:
                    return date.fromisoformat(typed).isoformat()
                except ValueError:
                    pass
        case "score":
            if re.fullmatch(r"[0-9]{1,9}", typed) and answer.low <= int(typed) <= answer.high:
                return int(typed)
        case "risk":
            if pair := _pair(item, typed):
                return f"{pair[0]}x{pair[1]}"
        case _:
            return text.strip()
    raise BadValue(_("'{text}' is not allowed; type {what}").format(text=text.strip()[:60], what=_allowed(item)))


def verdict(item: Item, value: Any, accept: float | None = None) -> Verdict | None:
    """Whether a value passes; None where nothing decides. `accept` is the highest risk rating that passes."""
    answer = item.answer
    passed: bool | None = None
    match answer.name:
        case "pass/fail":
            passed = {"pass": True, "fail": False}.get(str(value))
        case "yes/no":
            said = ("yes" if value else "no") if isinstance(value, bool) else fold(str(value))
            passed = said in (item.expect or ("yes",)) if said in ("yes", "no") else None
        case "number" | "score" if isinstance(value, int | float):
            if item.limits is not None:
                passed = item.limits.allow(value)
            elif item.expect:
                passed = str(value) in item.expect
        case "one of" | "any of" if item.expect:
            expected = {fold(option) for option in item.expect}
            values = value if isinstance(value, list) else [value]
            passed = bool(values) and all(fold(str(each)) in expected for each in values)
        case "risk" if accept is not None:
            rated = rating(value)
            passed = None if rated is None else rated <= accept
    return None if passed is None else "pass" if passed else "fail"


def option_label(item: Item, option: str) -> str:
    """An option as a person reads it: yes and no are the program's words, others the author's."""
    return {"yes": _("yes"), "no": _("no")}.get(option, option) if item.answer.name == "yes/no" else option


def explain(item: Item, value: Any) -> str:
    """Why a value passes or fails, in a few words: `within 18..27 °C`, `rating 12 of 25`; "" where nothing decides."""
    limits = item.limits
    if item.answer.name in ("number", "score") and limits is not None and isinstance(value, int | float):
        if limits.low is None or limits.high is None:  # `<= 30 min` says itself on which side
            return (limits.text if limits.allow(value) else _("not {limits}")).format(limits=limits.text)
        if limits.allow(value):
            return _("within {limits}").format(limits=limits.text)
        low = limits.low is not None and value <= limits.low
        return (_("below {limits}") if low else _("above {limits}")).format(limits=limits.text)
    if item.answer.name == "risk" and (rated := rating(value)) is not None:
        return _("rating {rating} of {highest}").format(rating=rated, highest=item.answer.low * item.answer.high)
    decided = verdict(item, value)
    expect = item.expect or (("yes",) if item.answer.name == "yes/no" else ())
    if decided is None or not expect:
        return ""
    words = ", ".join(option_label(item, option) for option in expect)
    return (_("as expected: {words}") if decided == "pass" else _("expected: {words}")).format(words=words)


def rating(value: Any) -> int | None:
    """Likelihood times impact of a stored risk (`4x3` is 12)."""
    match = _RISK.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(match[1]) * int(match[2]) if match else None


def _number(item: Item, typed: str) -> int | float:
    unit = unicodedata.normalize("NFKC", item.answer.unit)
    try:
        return read_number(typed.removesuffix(unit) if unit else typed)
    except ValueError as error:
        raise BadValue(str(error)) from None


def _parts(item: Item, text: str) -> list[str]:
    """Split at semicolons, then at commas where the part is not itself an option with a comma."""
    options = {fold(option) for option in item.answer.options}
    parts = narrow(text).split(";")
    return [word for part in parts for word in ((part,) if fold(part) in options else split_words(part))]


def _option(item: Item, text: str) -> str:
    options = item.answer.options
    for option in options:
        if fold(option) == fold(text):
            return option
    typed = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[0-9]{1,4}", typed) and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1]
    raise BadValue(_("'{text}' is not an option; type {what}").format(text=text.strip()[:60], what=_allowed(item)))


def _pair(item: Item, typed: str) -> tuple[int, int] | None:
    low, high = item.answer.low, item.answer.high
    match = _RISK.fullmatch(typed.casefold())
    if match is None and low <= 9 and high <= 9:
        match = re.fullmatch(r"([0-9])([0-9])", typed)
    if match is None:
        return None
    pair = int(match[1]), int(match[2])
    return pair if 1 <= pair[0] <= low and 1 <= pair[1] <= high else None


def _allowed(item: Item) -> str:
    """What may be typed, for a message."""
    answer = item.answer
    match answer.name:
        case "pass/fail":
            return _("pass or fail")
        case "yes/no":
            return _("yes or no")
        case "number":
            return _("a number, for example 23.5")
        case "one of" | "any of":
            return _("one of: {options}").format(options=", ".join(answer.options))
        case "date":
            return _("a date as YYYY-MM-DD")
        case "score":
            return _("a whole number from {low} to {high}").format(low=answer.low, high=answer.high)
        case "risk":
            return _("likelihood x impact, up to {low}x{high}, for example 2x3").format(
                low=answer.low, high=answer.high
            )
        case _:
            return _("some words")
