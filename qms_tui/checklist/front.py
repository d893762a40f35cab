"""Front matter: what a file says of itself and the defaults of its items."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, cast

import yaml

from qms_tui.checklist import aliases
from qms_tui.checklist.answers import BadAnswer, read_answer
from qms_tui.checklist.keys import FRONT_KEYS
from qms_tui.checklist.model import Answer, ChecklistKind, Evidence, Severity
from qms_tui.checklist.numbers import read_decimal
from qms_tui.checklist.report import Place, Report
from qms_tui.checklist.text import did_you_mean, fold, nearest
from qms_tui.i18n import _

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # strings only: `version: 1.10` stays 1.10
_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<key>[^\s:：#"'-][^:：#"'\n]{0,60}?)(?P=quote)[ \t]*[:：][ \t]*(?P<value>.*)"""
)
_WIDE_COLON = re.compile(r"^([^\s:：#\"'\[{-][^:：#\"'\n]{0,40})：[ \t]*", re.MULTILINE)
_RRULE = (
    r"(?i)(?:RRULE:)?FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;(?:INTERVAL|COUNT|UNTIL|BY[A-Z]{3,8}|WKST)=[0-9A-Z,+-]{1,80}){0,12}"
)
"""A recurrence rule of RFC 5545, as far as it can be a cadence."""
_WORDS = {
    "kind": aliases.KINDS,
    "items": aliases.SOURCES,
    "severity": aliases.SEVERITIES,
    "evidence": aliases.EVIDENCES,
}


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
    """`yes`, `true`, `no`, `false` or a word of another language as bool; None for other words."""
    word = aliases.RESULTS.canonical(text) or fold(text)
    return {"yes": True, "true": True, "no": False, "false": False}.get(word)


def read_front(source: str | None, report: Report) -> Front:
    """The front matter, its problems in `report`, whose strictness it sets. `source` is None where there is none."""
    if source is None:
        return Front()
    lines = source.split("\n")
    report.strict = any(aliases.FRONT.canonical(m["key"]) == "checklist" for m in map(_KEY.match, lines) if m)
    plain = Front(strict=report.strict)
    try:
        data = yaml.load(_WIDE_COLON.sub(r"\1: ", source), Loader=_LOADER)  # noqa: S506 - a loader of strings
    except Exception as error:  # a YAML library raises more than YAMLError on hostile text
        mark = getattr(error, "problem_mark", None)
        line, column = (min(mark.line, len(lines) - 1) + 1, mark.column) if mark else (0, 0)
        reason = getattr(error, "problem", None) or type(error).__name__
        help = _("put a value with ':' or '#' in quotes") if ":" in reason or "mapping" in reason else ""
        report.add("W002", Place(line, column), _("the front matter is not YAML: {reason}").format(reason=reason), help)
        return plain
    if data is None or data == "":
        return plain
    if not isinstance(data, dict):
        help = _("write lines such as 'title: Fire drill'")
        report.add("W002", Place(1), _("the front matter is not a list of keys"), help)
        return plain
    return _Reader(lines, report).read(data)


def unclosed(lines: list[str]) -> bool:
    """Whether the file begins as front matter that no line of dashes ends."""
    if not lines or not re.fullmatch(r"-{3,}\s*", lines[0]):
        return False
    first = _KEY.match(lines[1]) if len(lines) > 1 else None
    return bool(first and aliases.FRONT.canonical(first["key"]))


class _Reader:
    def __init__(self, lines: list[str], report: Report) -> None:
        self.lines = lines
        self.report = report

    def read(self, data: dict[Any, Any]) -> Front:
        front = Front(strict=self.report.strict)
        self.twice()
        for key, value in data.items():
            name = aliases.FRONT.canonical(key) or self.default(key) if isinstance(key, str) else None
            if name is not None:
                front = self.take(front, name, key, value)
            elif front.strict:
                text = str(key)[:60] if isinstance(key, str) else _("(not a word)")
                message = _("unknown front-matter key '{key}'").format(key=text)
                self.report.add("W201", self.place(text, of_key=True), message, did_you_mean(text, FRONT_KEYS))
        return front

    @staticmethod
    def default(key: str) -> str | None:
        """The field that the key gives a default for all items."""
        name = aliases.FIELDS.canonical(key)
        return name if name in ("answer", "severity", "evidence", "na", "weight") else None

    def twice(self) -> None:
        """A key that stands twice: YAML would take the last one and say nothing."""
        if not self.report.strict:
            return
        seen: dict[str, int] = {}
        for number, line in enumerate(self.lines, 1):
            match = _KEY.match(line)
            name = match and (aliases.FRONT.canonical(match["key"]) or self.default(match["key"]))
            if match and name and seen.setdefault(name, number) != number:
                message = _("'{key}' already stands on line {line}").format(key=match["key"], line=seen[name] + 1)
                self.report.add("E109", Place(number, 0, len(match["key"])), message, _("keep one of them"))

    def take(self, front: Front, key: str, written: str, value: Any) -> Front:
        """`front` with one key more, or as it was where the value cannot be read."""
        if key == "tags" and isinstance(value, list | str):
            tags: list[Any] = value if isinstance(value, list) else re.split("[,、，]", value)
            return replace(front, tags=tuple(word.strip() for word in tags if isinstance(word, str) and word.strip()))
        if key == "scale":
            scale = _scale(value)
            if not scale or any(len(labels) < 2 for labels in scale.values()):
                example = "scale: {likelihood: [rare, often], impact: [slight, grave]}"
                return self.refuse(front, written, "E106", _("the scale has no words to choose from"), example)
            return replace(front, scale=scale)
        if not isinstance(value, str):
            return self.refuse(front, written, "E106", _("'{key}' takes one value").format(key=written), "")
        try:
            return self.text(front, key, value.strip())
        except _Bad as bad:
            return self.refuse(front, written, bad.code, str(bad), bad.help)

    def text(self, front: Front, key: str, text: str) -> Front:
        """As `take`, for a value that is a text. Raises _Bad."""
        if key == "checklist":
            if text != "1":
                raise _Bad("E106", _("unknown format 'checklist: {text}'").format(text=text[:20]), "checklist: 1")
            return front
        if not text:
            return front
        if key in _WORDS:
            word = _WORDS[key].canonical(text)
            if word is None:
                message = _("unknown {key} '{text}'").format(key=key, text=text[:60])
                raise _Bad("E110" if key == "severity" else "E106", message, did_you_mean(text, _WORDS[key].table))
            return replace(front, **cast(Any, {key: word}))
        if key in ("accept", "pass_mark", "weight"):
            return replace(front, **cast(Any, {key: _number(key, text)}))
        if key == "na":
            if truth(text) is None:
                raise _Bad("E106", _("na is yes or no, not '{text}'").format(text=text[:60]), "na: no")
            return replace(front, na=truth(text))
        if key == "answer":
            try:
                return replace(front, answer=read_answer(text))
            except BadAnswer as error:
                raise _Bad(error.code, str(error), error.help) from None
        if key == "cadence":
            text = _cadence(text)
        return replace(front, texts=front.texts | {key: text})

    def refuse(self, front: Front, written: str, code: str, message: str, help: str) -> Front:
        if front.strict or self.default(written):
            self.report.add(code, self.place(written), message, help)
        return front

    def place(self, key: str, of_key: bool = False) -> Place:
        """Where the value of the key stands, or the key itself where its value is not on its line."""
        for number, line in enumerate(self.lines, 1):
            match = _KEY.match(line)
            if match and match["key"] == key:
                value = match["value"].partition(" #")[0].rstrip()
                if of_key or not value:
                    return Place(number, match.start("key"), len(key))
                return Place(number, match.start("value"), len(value))
        return Place(1)


class _Bad(ValueError):
    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.help = help


def _number(key: str, text: str) -> float:
    try:
        number = float(read_decimal(text.removesuffix("%")))
    except ValueError as error:
        raise _Bad("E108" if key == "weight" else "E106", str(error)) from None
    if number < 0:
        raise _Bad("E108" if key == "weight" else "E106", _("'{text}' is below 0").format(text=text))
    return number


def _cadence(text: str) -> str:
    word = aliases.CADENCES.canonical(text)
    if word is not None:
        return word
    if re.fullmatch(_RRULE, text):
        return text
    message = _("unknown cadence '{text}'").format(text=text[:60])
    near = nearest(text, aliases.CADENCES.table)
    raise _Bad(
        "E106", message, did_you_mean(text, aliases.CADENCES.table) if near else _("weekly, or FREQ=WEEKLY;BYDAY=MO")
    )


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
