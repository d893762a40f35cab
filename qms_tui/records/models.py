"""The documents, validated by pydantic before they are written. Unknown fields survive.

Times are UTC, ISO 8601 with Z. Documents refer to each other by id; an answer and its finding share the id
`<audit id>/<item id>`, so that two people who answer the same item meet in one document.
"""

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from qms_tui.records.words import AuditStatus, Grade, NonconformityStatus, Progress, Result, Verdict


class _Document(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Void(_Document):
    why: str
    by: str
    at: str


class PinnedChecklist(_Document):
    """A checklist's file as it was when an audit began; the document's id is its SHA-256."""

    text: str
    title: str
    checklist: str
    name: str = Field(min_length=1)


class Left(_Document):
    item: str
    missing: str
    reason: str = Field(min_length=1)


class Audit(_Document):
    """A run of a checklist: check, inspection, audit, risk review or management review."""

    number: str | None = None  # assigned inside the commit
    title: str = Field(min_length=1)
    kind: str
    status: AuditStatus
    checklist: str
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    subject: str | None = None
    site: str | None = None
    lead: str
    team: list[str] | None = None
    started: AwareDatetime = Field(strict=False)
    completed: AwareDatetime | None = Field(default=None, strict=False)
    summary: str | None = None
    left: list[Left] | None = None
    figures: dict[str, Any] | None = None
    void: _Void | None = None


class Evidence(_Document):
    """A kept file or pasted text, by content."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    name: str
    size: int = Field(ge=0)
    at: AwareDatetime = Field(strict=False)
    by: str


class Answer(_Document):
    audit: str
    checklist: str
    item: str
    question: str = Field(min_length=1)
    section: list[str]
    progress: Progress
    result: Result | None = None
    value: str | int | float | list[str] | None = None
    unit: str | None = None
    verdict: Verdict | None = None
    note: str | None = None
    evidence: list[Evidence] | None = None
    adhoc: bool | None = None
    after: str | None = None
    by: str
    at: AwareDatetime = Field(strict=False)
    void: _Void | None = None


class Finding(_Document):
    audit: str
    item: str
    grade: Grade
    statement: str = Field(min_length=1)
    criterion: str
    nonconformity: str | None = None
    by: str
    at: AwareDatetime = Field(strict=False)
    void: _Void | None = None


class Nonconformity(_Document):
    number: str | None = None  # assigned inside the commit
    status: NonconformityStatus
    grade: Grade
    statement: str = Field(min_length=1)
    criterion: str
    audit: str | None = None
    checklist: str | None = None
    item: str | None = None
    finding: str | None = None
    owner: str | None = None
    due: str | None = None
    cycle: int = Field(ge=1)
    repeat_of: str | None = None
    opened: AwareDatetime = Field(strict=False)
    closed: AwareDatetime | None = Field(default=None, strict=False)
    void: _Void | None = None


MODELS: dict[str, type[_Document]] = {
    "checklists": PinnedChecklist,
    "audits": Audit,
    "answers": Answer,
    "findings": Finding,
    "nonconformities": Nonconformity,
}


class InvalidDocument(ValueError):
    """A document that its model refuses; one line: table, field, what."""


def check(table: str, fields: dict[str, Any]) -> None:
    """Raise InvalidDocument unless `fields` is a whole, valid document of `table`."""
    try:
        MODELS[table].model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidDocument(f"{table}: {where}: {first['msg']}") from error
