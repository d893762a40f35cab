"""Front matter: what a file says of itself and the defaults of its items."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, cast

import yaml

from qms_tui.checklist.answers import BadAnswer, read_answer
from qms_tui.checklist.keys import EVIDENCES, FRONT_KEYS, KINDS, SEVERITIES
from qms_tui.checklist.model import Answer, ChecklistKind, Evidence, Severity
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.report import Report
from qms_tui.checklist.text import did_you_mean, fold
from qms_tui.i18n import _

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # strings only: `version: 1.10` stays 1.10
_STRICT = re.compile(r"^checklist[ \t]*:", re.MULTILINE)
_ITEMS = ("tasks", "tables", "lists")


@dataclass(frozen=True, slots=True)
class Front:
    """Values as read; "" or None where absent. `answer` ... `weight` are the defaults of all items."""

    strict: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    kind: ChecklistKind = "check"
    tags: tuple[str, ...] = ()
    scale: dict[str, tuple[str, ...]] = field(default_factory=dict)
    accept: float | None = None
    pass_mark: float | None = None
    items: str = ""
    answer: Answer | None = None
    severity: Severity | None = None
    evidence: Evidence | None = None
    na: bool | None = None
    weight: float | None = None


def truth(text: str) -> bool | None:
    """`yes`, `true`, `no`, `false` as bool; None for other words."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(fold(text))


def read_front(source: str | None, report: Report) -> Front:
    """The front matter, its problems in `report`, whose strictness it sets. `source` is None where there is none."""
    if source is None:
        return Front()
    report.strict = bool(_STRICT.search(source))
    try:
        data = yaml.load(source, Loader=_LOADER)  # noqa: S506 - a loader of strings
    except Exception as error:  # a YAML library raises more than YAMLError on hostile text
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column) if mark else (0, 0)
        reason = getattr(error, "problem", None) or type(error).__name__
        report.add("W002", line, column, _("the front matter is not YAML: {reason}").format(reason=reason))
        return Front(strict=report.strict)
    if data is None or data == "":
        return Front(strict=report.strict)
    if not isinstance(data, dict):
        report.add(
            "W002", 1, 0, _("the front matter is not a list of keys"), _("write lines such as 'title: Fire drill'")
        )
        return Front(strict=report.strict)
    return _Reader(source, report).read(data)


class _Reader:
    def __init__(self, source: str, report: Report) -> None:
        self.lines = source.split("\n")
        self.report = report

    def read(self, data: dict[Any, Any]) -> Front:
        front = Front(strict="checklist" in data)
        self.report.strict = front.strict
        for key, value in data.items():
            if not isinstance(key, str) or key not in FRONT_KEYS:
                if front.strict:
                    text = str(key)[:60] if isinstance(key, str) else _("(not a word)")
                    message = _("unknown front-matter key '{key}'").format(key=text)
                    self.report.add("W201", self.line(text), 0, message, did_you_mean(text, FRONT_KEYS))
                continue
            front = self.take(front, key, value)
        return front

    def take(self, front: Front, key: str, value: Any) -> Front:
        """`front` with one key more, or as it was where the value cannot be read."""
        if key == "tags":
            tags: list[Any] = (
                value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
            )
            return replace(front, tags=tuple(word.strip() for word in tags if isinstance(word, str) and word.strip()))
        if key == "scale":
            return replace(front, scale=_scale(value))
        if not isinstance(value, str):
            return self.refuse(front, key, "E106", _("'{key}' takes one value").format(key=key), "")
        text = value.strip()
        if key == "checklist":
            if text != "1":
                return self.refuse(
                    front, key, "E106", _("unknown format 'checklist: {text}'").format(text=text[:20]), "checklist: 1"
                )
            return front
        if not text:
            return front
        words = {"kind": KINDS, "items": _ITEMS, "severity": SEVERITIES, "evidence": EVIDENCES}.get(key)
        if words is not None:
            if fold(text) in words:
                return replace(front, **cast(Any, {key: fold(text)}))
            message = _("unknown {key} '{text}'").format(key=key, text=text[:60])
            return self.refuse(front, key, "E110" if key == "severity" else "E106", message, did_you_mean(text, words))
        if key in ("accept", "pass_mark", "weight"):
            return self.number(front, key, text)
        if key == "na":
            if truth(text) is None:
                return self.refuse(
                    front, key, "E106", _("na is yes or no, not '{text}'").format(text=text[:60]), "na: no"
                )
            return replace(front, na=truth(text))
        if key == "answer":
            try:
                return replace(front, answer=read_answer(text))
            except BadAnswer as error:
                return self.refuse(front, key, error.code, str(error), error.help)
        return replace(front, texts=front.texts | {key: text})

    def number(self, front: Front, key: str, text: str) -> Front:
        try:
            number = float(read_decimal(text.removesuffix("%")))
            if number < 0:
                raise ValueError(_("'{text}' is below 0").format(text=text))
        except ValueError as error:
            return self.refuse(front, key, "E108" if key == "weight" else "E106", str(error), "")
        return replace(front, **cast(Any, {key: number}))

    def refuse(self, front: Front, key: str, code: str, message: str, help: str) -> Front:  # noqa: A002
        if front.strict or key in ("answer", "severity", "evidence"):
            self.report.add(code, self.line(key), 0, message, help)
        return front

    def line(self, key: str) -> int:
        """The line of the file, from 0, on which the key stands."""
        return next((n for n, line in enumerate(self.lines, 1) if line.startswith(key)), 1)


def _scale(value: Any) -> dict[str, tuple[str, ...]]:
    """Labels by axis: `{impact: [slight, grave]}`; a bare list gets the axis ""."""
    axes = value if isinstance(value, dict) else {"": value}
    scale: dict[str, tuple[str, ...]] = {}
    for axis, labels in axes.items():
        each = list(labels.values()) if isinstance(labels, dict) else labels
        if isinstance(each, str):
            each = [label.strip() for label in each.split(",")]
        if isinstance(axis, str) and isinstance(each, list):
            scale[axis] = tuple(label for label in each if isinstance(label, str))
    return scale
