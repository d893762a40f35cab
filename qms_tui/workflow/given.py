"""What a person gives as an answer, and what it means for its item."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qms_tui.checklist.model import Answer, Item
from qms_tui.checklist.values import BadValue, option_label, read_value, verdict
from qms_tui.i18n import _
from qms_tui.records.words import GRADES, RESULTS, Grade, Result, Verdict, read_result

Value = str | int | float | list[str]


class BadAnswer(ValueError):
    """An answer that its item cannot take. One line: what was given, what is allowed."""


class Given(NamedTuple):
    """An answer ready to be recorded. `evidence` holds paths; grade, statement and criterion edit the finding."""

    result: Result | None = None
    value: Value | None = None
    verdict: Verdict | None = None
    note: str | None = None
    evidence: Sequence[str] = ()
    grade: Grade | None = None
    statement: str | None = None
    criterion: str | None = None


def from_result(item: Item, result: Result) -> Given:
    """An answer by one key. Raises BadAnswer where the item wants a value, or may not be left out."""
    _refuse_na(item, result)
    if item.answer.name == "yes/no" and result in ("conform", "nonconform"):
        expected = item.expect[0] if item.expect else "yes"
        other = "no" if expected == "yes" else "yes"
        value = expected if result == "conform" else other
        return Given(result, value, "pass" if result == "conform" else "fail")
    if result == "conform" and item.answer.name not in ("pass/fail", "none"):
        raise BadAnswer(_("this item wants a value: {answer}").format(answer=answer_label(item.answer)))
    return Given(result)


def _refuse_na(item: Item, result: Result | None) -> None:
    if result == "not_applicable" and not item.na:
        raise BadAnswer(_("this item always applies; it cannot be answered 'not applicable'"))


def from_value(item: Item, value: Value, accept: float | None, result: Result | None = None) -> Given:
    """An answer by value; the verdict decides the result unless another one is given with it.

    Raises BadAnswer when the value fails and `result` says conform, and where the item may not be left out.
    """
    _refuse_na(item, result)
    judged = verdict(item, value, accept)
    if result is None:
        result = "nonconform" if judged == "fail" else "conform"
    elif result == "conform" and judged == "fail":
        raise BadAnswer(_("{value} does not pass, so it cannot be conform").format(value=show_value(item, value)))
    return Given(result, value, judged)


def from_text(item: Item, text: str, accept: float | None = None, *, keys: bool = True) -> Given:
    """An answer as typed: a value of the item's kind, else a word for a result (y, n, p, a, c, pass, fail ...).

    `keys` False: typed where an answer in words is asked for, so that no single letter stands for a result.
    Raises BadAnswer.
    """
    if item.answer.name in ("pass/fail", "none"):
        result = read_result(text)
        if result is None:
            raise BadAnswer(_("'{text}' is no answer; use y, n, p, a or c").format(text=text))
        return from_result(item, result)
    key = text.strip().casefold()
    if keys and item.answer.name == "text" and key in ("y", "n", "p", "a", "c", "n/a") and (result := read_result(key)):
        return from_result(item, result)  # one letter is the key of a result, not an answer in words
    try:
        return from_value(item, read_value(item, text), accept)
    except BadValue as error:
        result = read_result(text)
        if result is None:
            raise BadAnswer(str(error)) from error
        return from_result(item, result)


_KEYS = ("result", "value", "note", "evidence", "grade", "statement", "criterion")


def from_entry(item: Item, entry: object, accept: float | None = None) -> Given:
    """An answer from a file: a text, a list (of an "any of" item), or a mapping with any of result, value ...

    Raises BadAnswer.
    """
    if isinstance(entry, str):
        return from_text(item, entry, accept)
    if isinstance(entry, list) and item.answer.name == "any of":
        entry = {"value": entry}
    if not isinstance(entry, Mapping):
        raise BadAnswer(_("an answer is a text or a mapping, not {kind}").format(kind=type(entry).__name__))
    unknown = [str(key) for key in entry if key not in _KEYS]
    if unknown:
        raise BadAnswer(_("unknown key '{key}'; known are {known}").format(key=unknown[0], known=", ".join(_KEYS)))
    fields = {key: value for key, value in entry.items() if value not in ("", None)}
    if not fields:
        raise BadAnswer(_("it says nothing; known are {known}").format(known=", ".join(_KEYS)))
    result = _result(fields.get("result"))
    given = Given()
    if "value" in fields:
        try:
            given = from_value(item, read_value(item, ", ".join(_texts("value", fields["value"]))), accept, result)
        except BadValue as error:
            raise BadAnswer(str(error)) from error
    elif result is not None:
        given = from_result(item, result)
    grade = fields.get("grade")
    if grade is not None and grade not in GRADES:
        raise BadAnswer(_("'{grade}' is no grade; known are {known}").format(grade=grade, known=", ".join(GRADES)))
    return Given(
        given.result,
        given.value,
        given.verdict,
        note=_text("note", fields),
        evidence=_texts("evidence", fields.get("evidence", [])),
        grade=grade,
        statement=_text("statement", fields),
        criterion=_text("criterion", fields),
    )


def _result(word: object) -> Result | None:
    if word is None:
        return None
    result = read_result(str(word))
    if result is None:
        raise BadAnswer(_("'{word}' is no result; known are {known}").format(word=word, known=", ".join(RESULTS)))
    return result


def _text(key: str, fields: Mapping[str, Any]) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise BadAnswer(_("'{key}' takes a text").format(key=key))
    return value


def _texts(key: str, value: object) -> list[str]:
    """A text or a list of texts, as a list."""
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise BadAnswer(_("'{key}' takes a text or a list of texts").format(key=key))
    return [str(text) for text in texts]


def show_value(item: Item, value: Value) -> str:
    """A value as a person reads it, with its unit."""
    if item.answer.name == "yes/no":
        return option_label(item, str(value))
    text = ", ".join(value) if isinstance(value, list) else str(value)
    if isinstance(value, float):
        text = text.removesuffix(".0")
    return f"{text} {item.answer.unit}".rstrip()


def answer_label(answer: Answer) -> str:
    """The kind of an answer as a person reads it: `number °C`, `score 1-5`."""
    match answer.name:
        case "number":
            return f"{_('number')} {answer.unit}".rstrip()
        case "score":
            return _("score {low}-{high}").format(low=answer.low, high=answer.high)
        case "risk":
            return _("risk {low}x{high}").format(low=answer.low, high=answer.high)
        case "one of":
            return _("one of: {options}").format(options=", ".join(answer.options))
        case "any of":
            return _("any of: {options}").format(options=", ".join(answer.options))
        case _:
            words = {"yes/no": _("yes/no"), "text": _("text"), "date": _("date"), "none": _("to be read")}
            return words.get(answer.name, answer.name)
