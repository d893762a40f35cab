"""What each field means: a value read into an item, or refused with a code and how to mend it."""

from collections.abc import Callable
from typing import Any, cast

from qms_tui.checklist import aliases
from qms_tui.checklist.answers import BadAnswer, read_answer, split_words
from qms_tui.checklist.draft import Field
from qms_tui.checklist.front import truth
from qms_tui.checklist.keys import EVIDENCES, SEVERITIES
from qms_tui.checklist.limits import EXAMPLES, read_limits
from qms_tui.checklist.model import Answer, Item
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.text import did_you_mean, fold, nearest
from qms_tui.checklist.values import BadValue, read_value
from qms_tui.i18n import _


class Refused(ValueError):
    """A field that cannot be read: its code, a message and how to mend it."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.help = help


_Reader = Callable[[Item, str, dict[str, Field]], Item]


def _answer(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    try:
        return item._replace(answer=read_answer(value))
    except BadAnswer as error:
        raise Refused(error.code, str(error), error.help) from None


def _limits(item: Item, value: str, fields: dict[str, Field]) -> Item:
    answer = item.answer
    if "answer" not in fields and answer.name not in ("number", "score"):
        answer = Answer("number")
    if answer.name not in ("number", "score"):
        message = _("'{kind}' takes no limits").format(kind=answer.name)
        raise Refused("E105", message, _("write 'answer: number', or remove the limits"))
    try:
        limits, unit = read_limits(value)
    except ValueError as error:
        raise Refused("E104", str(error), _("for example {examples}").format(examples=EXAMPLES)) from None
    if answer.name == "number" and unit:
        if answer.unit and fold(answer.unit) != fold(unit):
            message = _("the limits are in {unit}, the answer in {other}").format(unit=unit, other=answer.unit)
            raise Refused("E104", message, _("write one unit"))
        answer = answer._replace(unit=answer.unit or unit)
    return item._replace(answer=answer, limits=limits)


def _expect(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    if item.answer.name in ("number", "text", "date", "risk", "none"):
        message = _("'{kind}' has no options to expect").format(kind=item.answer.name)
        raise Refused("E106", message, _("use limits for a number, or remove the line"))
    try:
        read: Any = read_value(item, value)
    except BadValue:
        words = split_words(value)
        try:
            read = [each for word in words for each in _as_list(read_value(item, word))]
        except BadValue as error:
            raise Refused("E106", str(error), _help(item, value)) from None
    return item._replace(expect=tuple(str(each) for each in _as_list(read)))


def _default(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    if fold(value) == "n/a" or aliases.RESULTS.canonical(value) == "na":
        return item._replace(default="na")
    try:
        read = read_value(item, value)
    except BadValue as error:
        raise Refused("E106", str(error), _help(item, value)) from None
    return item._replace(default=", ".join(read) if isinstance(read, list) else str(read))


def _severity(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    severity = aliases.SEVERITIES.canonical(value)
    if severity is None:
        raise Refused("E110", _("unknown severity '{text}'").format(text=value[:60]), did_you_mean(value, SEVERITIES))
    return item._replace(severity=cast(Any, severity))


def _evidence(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    evidence = aliases.EVIDENCES.canonical(value)
    if evidence is None:
        raise Refused("E106", _("unknown evidence '{text}'").format(text=value[:60]), did_you_mean(value, EVIDENCES))
    return item._replace(evidence=cast(Any, evidence))


def _na(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    allowed = truth(value)
    if allowed is None:
        raise Refused("E106", _("na is yes or no, not '{text}'").format(text=value[:60]), _("write 'na: no'"))
    return item._replace(na=allowed)


def _weight(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    try:
        weight = float(read_decimal(value))
    except ValueError as error:
        raise Refused("E108", str(error), _("for example 'weight: 2'")) from None
    if weight < 0:
        raise Refused("E108", _("the weight '{text}' is below 0").format(text=value), _("for example 'weight: 2'"))
    return item._replace(weight=weight)


def _clause(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    return item._replace(clause=split_words(value))


def _target(item: Item, value: str, _fields: dict[str, Field]) -> Item:
    if item.answer.name in ("number", "score"):
        unit = item.answer.unit
        plain = value.strip()
        if unit and fold(plain).endswith(fold(unit)):
            plain = plain[: -len(unit)].strip()
        try:
            wanted = float(read_decimal(plain))
        except ValueError as error:
            try:
                read_limits(value)
            except ValueError:
                raise Refused("E104", str(error), _("for example 'target: 22'")) from None
        else:
            if item.limits is not None and not item.limits.allow(wanted):
                message = _("the target '{text}' lies outside the limits {limits}")
                raise Refused("E104", message.format(text=value, limits=item.limits.text))
    return item._replace(target=value)


def _text(key: str) -> _Reader:
    def read(item: Item, value: str, _fields: dict[str, Field]) -> Item:
        return item._replace(**cast(Any, {key: value}))

    return read


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _help(item: Item, value: str) -> str:
    return did_you_mean(value, item.answer.options) if nearest(value, item.answer.options) else ""


# In this order: limits look at the answer, expect and default at both. `id` and `only if` are read elsewhere.
READERS: dict[str, _Reader] = {
    "answer": _answer,
    "limits": _limits,
    "expect": _expect,
    "default": _default,
    "severity": _severity,
    "evidence": _evidence,
    "na": _na,
    "weight": _weight,
    "clause": _clause,
    "target": _target,
    "indicator": _text("indicator"),
    "every": _text("every"),
    "help": _text("help"),
}
EMPTY = {"answer": "E103", "limits": "E104", "severity": "E110", "weight": "E108"}
