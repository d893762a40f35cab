"""A checklist as read from Markdown: what every other part of the program sees of it. Pure data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

AnswerName = Literal["pass/fail", "yes/no", "number", "one of", "any of", "text", "date", "score", "risk", "none"]
Severity = Literal["observation", "minor", "major", "critical"]
Evidence = Literal["required", "if fail", "optional"]
KnownBy = Literal["written", "code", "text"]
ChecklistKind = Literal["check", "inspection", "audit", "risk", "review"]


class Answer(NamedTuple):
    """The kind of answer an item takes.

    `number` has a unit; `one of` and `any of` have options; `score` runs from `low` to `high`; `risk` has `low`
    likelihoods by `high` impacts (5x5).
    """

    name: AnswerName = "pass/fail"
    unit: str = ""
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def __str__(self) -> str:
        """As it stands in a file: `number °C`, `one of: A, B`, `score 1-5`, `risk 5x5`."""
        match self.name:
            case "number":
                return f"number {self.unit}".rstrip()
            case "one of" | "any of":
                return f"{self.name}: {', '.join(self.options)}"
            case "score":
                return f"score {self.low}-{self.high}"
            case "risk":
                return f"risk {self.low}x{self.high}"
            case _:
                return self.name


class Limits(NamedTuple):
    """What a number must keep to; `text` as written. An absent bound is None; an open bound excludes its value."""

    text: str
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def allow(self, value: float) -> bool:
        """Whether a value, in the unit of the item, keeps to them."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))


Sign = Literal["=", "!=", "<", "<=", ">", ">="]
Level = Literal["error", "warning", "info"]


class Condition(NamedTuple):
    """An item is asked only when the answer of item `item` stands in relation `op` to `value`.

    `value` is an option, a number, or a word of a result: yes, no, pass, fail, partial, na.
    """

    item: str
    op: Sign
    value: str


class Diagnostic(NamedTuple):
    """`line` and `column` count from 1, columns in characters; `length` characters from there are meant."""

    line: int
    column: int
    code: str
    severity: Level
    message: str
    help: str = ""
    length: int = 1

    def as_json(self, path: str) -> dict[str, Any]:
        """The diagnostic as `checklist check --json` gives it."""
        return {
            "path": path,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "help": self.help or None,
        }


class Item(NamedTuple):
    """One thing to ask. `section` is the list of headings above it; `line` counts from 1.

    `known_by` says where the id comes from: written for it, a code at the question or in its row, or its text.
    """

    id: str
    question: str
    section: tuple[str, ...]
    line: int
    answer: Answer = Answer()
    limits: Limits | None = None
    target: str = ""
    expect: tuple[str, ...] = ()
    severity: Severity | None = None
    clause: tuple[str, ...] = ()
    evidence: Evidence = "optional"
    indicator: str = ""
    weight: float = 1.0
    default: str = ""
    na: bool = True
    every: str = ""
    help: str = ""
    guidance: str = ""
    conditions: tuple[Condition, ...] = ()
    known_by: KnownBy = "text"

    def as_json(self) -> dict[str, Any]:
        """The item as `checklist show --json` gives it: the written forms, empty fields as null."""
        return {
            "id": self.id,
            "question": self.question,
            "section": list(self.section),
            "answer": str(self.answer),
            "unit": self.answer.unit or None,
            "options": list(self.answer.options) or None,
            "limits": self.limits.text if self.limits else None,
            "target": self.target or None,
            "expect": list(self.expect) or None,
            "severity": self.severity,
            "clause": list(self.clause),
            "evidence": self.evidence,
            "indicator": self.indicator or None,
            "weight": self.weight,
            "default": self.default or None,
            "na": self.na,
            "every": self.every or None,
            "help": self.help or None,
            "guidance": self.guidance or None,
            "only_if": [f"{c.item} {c.op} {c.value}" for c in self.conditions],
            "line": self.line,
        }


class Checklist(NamedTuple):
    """A parsed file. `text` encodes to the file's bytes, a BOM included; `digest` is their SHA-256 (hex)."""

    id: str
    title: str
    items: tuple[Item, ...]
    text: str
    digest: str
    kind: ChecklistKind = "check"
    version: str = ""
    language: str = "en"
    cadence: str = ""
    owner: str = ""
    standard: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    scale: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    accept: float | None = None
    pass_mark: float | None = None
    strict: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    def item(self, id: str) -> Item | None:
        return next((item for item in self.items if item.id == id), None)

    def as_json(self) -> dict[str, Any]:
        """The checklist as `checklist show --json` gives it."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "version": self.version or None,
            "language": self.language,
            "digest": self.digest,
            "cadence": self.cadence or None,
            "owner": self.owner or None,
            "standard": self.standard or None,
            "description": self.description or None,
            "tags": list(self.tags),
            "accept": self.accept,
            "pass_mark": self.pass_mark,
            "items": [item.as_json() for item in self.items],
        }


class ChecklistError(Exception):
    """A file that cannot be a checklist. The message is one line: path, line, what, and how to mend it.

    `diagnostics` are empty where there is no such file to read; else the last reason is among them.
    """

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
