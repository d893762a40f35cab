"""The text of a condition (`no`, `> 8`, `breach = yes`) read into a Condition."""

import re
from decimal import Decimal
from itertools import islice

from qms_tui.checklist.aliases import RESULTS
from qms_tui.checklist.model import Condition, Item, Sign
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.text import did_you_mean, fold, narrow
from qms_tui.i18n import _

RESULT_WORDS: dict[str, frozenset[str]] = {
    "pass": frozenset({"conform"}),
    "conform": frozenset({"conform"}),
    "fail": frozenset({"nonconform", "corrected_on_spot"}),
    "nonconform": frozenset({"nonconform", "corrected_on_spot"}),
    "partial": frozenset({"partial"}),
    "na": frozenset({"not_applicable"}),
    "n/a": frozenset({"not_applicable"}),
    "not_applicable": frozenset({"not_applicable"}),
    "not applicable": frozenset({"not_applicable"}),
    "not_assessed": frozenset({"not_assessed"}),
    "corrected_on_spot": frozenset({"corrected_on_spot"}),
}
"""Folded word of a condition -> the results it stands for. A failure put right at once was a failure."""

_SIGNS: dict[str | None, Sign] = {
    None: "=", "=": "=", "==": "=", "!=": "!=", "≠": "!=", "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=",
    "≥": ">=",
}  # fmt: skip
_OP = re.compile(r"(!=|<=|>=|==|<|>|=|≤|≥|≠)?\s*(.*)", re.DOTALL)
_ONLY_IF = re.compile(r"([^\s=<>!≤≥≠]{1,64})\s*(!=|<=|>=|==|<|>|=|≤|≥|≠)\s*(.+)", re.DOTALL)


class BadCondition(ValueError):
    """Always E107; `help` mends it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


def read_branch(text: str, parent: Item) -> Condition:
    """What stands after `if`: an optional sign and a value of `parent`. Raises BadCondition."""
    match = _OP.fullmatch(narrow(text).strip())
    sign, value = (match[1], match[2].strip()) if match else (None, "")
    return _checked(parent, _SIGNS[sign], value)


def read_only_if(text: str, earlier: dict[str, Item], lines: dict[str, int]) -> Condition:
    """`id = answer`. `earlier` are the items before by folded id, `lines` the lines of all. Raises BadCondition."""
    match = _ONLY_IF.fullmatch(narrow(text).strip())
    if match is None:
        raise BadCondition(
            _("the condition '{text}' cannot be read").format(text=text[:60]), _("write: only if: id = answer")
        )
    parent = earlier.get(fold(match[1]))
    if parent is None and (later := lines.get(fold(match[1]))) is not None:
        message = _("'{id}' is not asked before this item; it stands on line {line}")
        raise BadCondition(message.format(id=match[1], line=later + 1), _("a condition looks back: move one of them"))
    if parent is None:
        help = did_you_mean(match[1], [item.id for item in islice(reversed(earlier.values()), 50)]) if earlier else ""
        raise BadCondition(_("no earlier item has the id '{id}'").format(id=match[1]), help)
    return _checked(parent, _SIGNS[match[2]], match[3].strip())


def _checked(parent: Item, sign: Sign, value: str) -> Condition:
    answer = parent.answer
    word = fold(value)
    if all(fold(option) != word for option in answer.options):
        word = RESULTS.canonical(word) or word
    ordered = answer.name in ("number", "score", "risk", "date")
    if not word:
        raise BadCondition(_("the condition names no answer"))
    if sign in ("<", "<=", ">", ">=") and not ordered:
        raise BadCondition(
            _("'{sign}' needs a number, '{id}' takes {kind}").format(sign=sign, id=parent.id, kind=answer)
        )
    if answer.name in ("one of", "any of"):
        if option := next((each for each in answer.options if fold(each) == word), None):
            return Condition(parent.id, sign, option)
        allowed: tuple[str, ...] = answer.options
    elif answer.name in ("yes/no", "pass/fail"):
        allowed = ("yes", "no", "pass", "fail", "partial", "na")
        if word in ("yes", "no"):
            return Condition(parent.id, sign, word)
    elif answer.name in ("number", "score"):
        allowed = ("pass", "fail", "na")
        number = value.removesuffix(answer.unit).strip() if answer.unit else value
        try:
            limit = read_decimal(number)
        except ValueError as error:
            if word not in RESULT_WORDS:
                raise BadCondition(str(error)) from None
        else:
            _possible(parent, sign, limit, answer.low, answer.high)
            return Condition(parent.id, sign, f"{limit.normalize():f}")
    elif answer.name == "none":
        raise BadCondition(_("'{id}' takes no answer").format(id=parent.id))
    else:
        if answer.name == "risk" and re.fullmatch(r"[0-9]{1,4}", word):
            _possible(parent, sign, Decimal(word), 1, answer.low * answer.high)
        return Condition(parent.id, sign, value)
    if word in RESULT_WORDS and sign in ("=", "!="):
        return Condition(parent.id, sign, word)
    message = _("'{value}' is not an answer of '{id}'").format(value=value[:60], id=parent.id)
    raise BadCondition(message, did_you_mean(value, allowed))


def _possible(parent: Item, sign: str, limit: Decimal, low: int, high: int) -> None:
    """Raises BadCondition where no score or rating from `low` to `high` can stand in this relation to `limit`."""
    if parent.answer.name not in ("score", "risk"):
        return
    able = {"=": low <= limit <= high, "<": low < limit, "<=": low <= limit, ">": high > limit, ">=": high >= limit}
    if not able.get(sign, True):
        message = _("'{id}' is never {sign} {limit}: it runs from {low} to {high}")
        raise BadCondition(message.format(id=parent.id, sign=sign, limit=limit, low=low, high=high))
