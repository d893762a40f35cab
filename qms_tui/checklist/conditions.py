"""Which items are asked, given the answers so far."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms_tui.checklist.model import Condition, Item
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.relations import RESULT_WORDS
from qms_tui.checklist.text import fold
from qms_tui.checklist.values import rating


def asked(items: Sequence[Item], answers: Mapping[str, Mapping[str, Any]]) -> list[Item]:
    """The items whose conditions all hold, in order. `answers` maps an item's id to its answer document.

    A document has `result` and `value`, each may be absent. A condition on an item that is not asked, or that has no
    answer yet, does not hold, whatever its sign.
    """
    open_items: dict[str, Item] = {}
    for item in items:
        if all(_holds(condition, open_items, answers) for condition in item.conditions):
            open_items[item.id] = item
    return list(open_items.values())


def _holds(condition: Condition, open_items: Mapping[str, Item], answers: Mapping[str, Mapping[str, Any]]) -> bool:
    parent = open_items.get(condition.item)
    document = answers.get(condition.item)
    if parent is None or document is None:
        return False
    result, value = document.get("result"), document.get("value")
    if result is None and value is None:
        return False
    equal = _is(parent, condition.value, result, value) if condition.op in ("=", "!=") else None
    if equal is not None:
        return equal == (condition.op == "=")
    return _compares(parent, condition, value)


def _is(parent: Item, word: str, result: Any, value: Any) -> bool:
    """Whether the answer is `word`: an option, a number, or a word of a result."""
    folded = fold(word)
    match parent.answer.name:
        case "one of" | "any of" if any(fold(option) == folded for option in parent.answer.options):
            values = value if isinstance(value, list) else [value]
            return any(fold(str(each)) == folded for each in values)
        case "yes/no" if folded in ("yes", "no"):
            return _yes_no(parent, result, value) == folded
        case "pass/fail" if folded in ("yes", "no"):
            folded = "pass" if folded == "yes" else "fail"
    if folded in RESULT_WORDS:
        return result in RESULT_WORDS[folded]
    left, right = _number(parent, value), _number(parent, word)
    if left is not None and right is not None:
        return left == right
    return value is not None and fold(str(value)) == folded


def _yes_no(parent: Item, result: Any, value: Any) -> str:
    """The value yes or no; where only a result was recorded, the value that leads to it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is not None:
        return fold(str(value))
    wanted = parent.expect[0] if parent.expect else "yes"
    if result == "conform":
        return wanted
    return ("no" if wanted == "yes" else "yes") if result in ("nonconform", "corrected_on_spot") else ""


def _compares(parent: Item, condition: Condition, value: Any) -> bool:
    left: Any = _number(parent, value)
    right: Any = _number(parent, condition.value)
    if left is None or right is None:
        if parent.answer.name != "date" or not isinstance(value, str):
            return False
        left, right = value, condition.value
    match condition.op:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case _:
            return bool(left >= right)


def _number(parent: Item, value: Any) -> float | None:
    """The value as a number, for a risk its rating."""
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or parent.answer.name in ("date", "text"):
        return None
    if parent.answer.name == "risk" and (rated := rating(value)) is not None:
        return rated
    try:
        return float(read_decimal(value))
    except ValueError:
        return None
