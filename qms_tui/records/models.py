"""The documents, validated by pydantic before they are written. Unknown fields survive.

Times are UTC, ISO 8601 with Z. Documents refer to each other by id; an answer and its finding share the id
`<audit id>/<item id>`, so that two people who answer the same item meet in one document.
"""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from qms_tui.records.words import (
    ActionKind,
    ActionStatus,
    AuditStatus,
    EffectVerdict,
    Grade,
    NonconformityStatus,
    Priority,
    Progress,
    Result,
    Verdict,
)

_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


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


class Lineage(_Document):
    """Which earlier question an item of a checklist's version continues.

    `thread` names the history in which its own answers stand, `also` earlier ones that are its own too; `maybe` are
    those of which a person is to say whether they are (`state`), with the wording then (`was`) and why it is in doubt.
    """

    checklist: str
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    item: str
    question: str
    thread: str
    also: list[str] | None = None
    maybe: list[str] | None = None
    was: str | None = None
    doubt: str | None = None
    likeness: float | None = None
    state: Literal["asked", "confirmed", "refused"] | None = None
    by: str | None = None
    at: AwareDatetime | None = Field(default=None, strict=False)


class Left(_Document):
    """What an audit lacked when it was completed, and why it was left so."""

    item: str
    missing: str
    reason: str = Field(min_length=1)


class Audit(_Document):
    """A run of a checklist: check, inspection, audit, risk review or management review.

    A re-audit names the audit (`reaudit_of`, its id) whose flagged items it asks again: `only` these of its checklist.
    """

    number: str | None = None  # assigned inside the commit
    title: str = Field(min_length=1)
    kind: str
    status: AuditStatus
    checklist: str
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    source: str | None = None
    subject: str | None = None
    site: str | None = None
    lead: str
    team: list[str] | None = None
    started: AwareDatetime = Field(strict=False)
    completed: AwareDatetime | None = Field(default=None, strict=False)
    closed: AwareDatetime | None = Field(default=None, strict=False)
    reaudit_of: str | None = None
    only: list[str] | None = None
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
    """What was answered to one item in one audit; `value` in `unit`, its `verdict` from the limits of the item."""

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
    """What was found at an item against a criterion (ISO 19011). `nonconformity` is the id of the one it raised."""

    audit: str
    item: str
    grade: Grade
    statement: str = Field(min_length=1)
    criterion: str
    nonconformity: str | None = None
    by: str
    at: AwareDatetime = Field(strict=False)
    void: _Void | None = None


class Moved(_Document):
    """A date that was moved; `old` and `new` are ISO dates."""

    old: str
    new: str
    why: str = Field(min_length=1)
    by: str
    at: str


class HandedOver(_Document):
    """Who outside of the audit carries a nonconformity on, so that the audit may be closed."""

    to: str = Field(min_length=1)
    why: str
    by: str
    at: str


class Nonconformity(_Document):
    """A requirement that is not met, and what is done about it: the letters of ISO 9001 10.2.1.

    `need` is the evaluation of whether action is needed, `similar` what was found when similar ones were looked for,
    `related` the numbers of those. `cycle` counts the passes from analysis to effectiveness check.
    """

    number: str | None = None  # assigned inside the commit
    status: NonconformityStatus
    grade: Grade
    statement: str = Field(min_length=1)
    criterion: str
    question: str | None = None
    audit: str | None = None
    checklist: str | None = None
    item: str | None = None
    finding: str | None = None
    owner: str | None = None
    due: str | None = Field(default=None, pattern=_DATE)
    moves: list[Moved] | None = None
    correction: str | None = None
    containment: str | None = None
    need: str | None = None
    similar: str | None = None
    related: list[str] | None = None
    risks_updated: str | None = None
    qms_changed: str | None = None
    lesson: str | None = None
    handed_over: HandedOver | None = None
    cancelled_because: str | None = None
    cancelled: AwareDatetime | None = Field(default=None, strict=False)
    cycle: int = Field(ge=1)
    repeat_of: str | None = None
    opened: AwareDatetime = Field(strict=False)
    closed: AwareDatetime | None = Field(default=None, strict=False)
    void: _Void | None = None


class Cause(_Document):
    """One why of a nonconformity. `parent` is the why that it answers, absent for the first below the statement."""

    nonconformity: str
    cycle: int = Field(ge=1)
    parent: str | None = None
    text: str = Field(min_length=1)
    evidence: str | None = None
    category: str | None = None
    root: bool | None = None
    by: str
    at: AwareDatetime = Field(strict=False)
    void: _Void | None = None


class Milestone(_Document):
    """A step of an action; `due` and `done` are ISO dates."""

    title: str = Field(min_length=1)
    due: str | None = Field(default=None, pattern=_DATE)
    done: str | None = Field(default=None, pattern=_DATE)


class RefusedVerification(_Document):
    """Why somebody did not see that an action was carried out as agreed."""

    comment: str = Field(min_length=1)
    by: str
    at: str


class Action(_Document):
    """Something to do about a nonconformity, with one accountable owner."""

    number: str | None = None  # assigned inside the commit
    nonconformity: str
    cycle: int = Field(ge=1)
    kind: ActionKind
    title: str = Field(min_length=1)
    status: ActionStatus
    owner: str | None = None
    contributors: list[str] | None = None
    verifier: str | None = None
    due: str | None = Field(default=None, pattern=_DATE)
    moves: list[Moved] | None = None
    priority: Priority
    milestones: list[Milestone] | None = None
    outcome: str | None = None
    done_at: AwareDatetime | None = Field(default=None, strict=False)
    done_by: str | None = None
    verified_at: AwareDatetime | None = Field(default=None, strict=False)
    verified_by: str | None = None
    verified_note: str | None = None
    refused: list[RefusedVerification] | None = None
    cancelled_because: str | None = None
    by: str
    at: AwareDatetime = Field(strict=False)
    void: _Void | None = None


class Effectiveness(_Document):
    """How the effect of one cycle's actions is to be shown, and what was found; its id is `<nonconformity>/<cycle>`.

    `baseline`, `target` and `value` are numbers in `unit`, or texts where a method is described.
    """

    nonconformity: str
    cycle: int = Field(ge=1)
    indicator: str | None = None
    method: str | None = None
    baseline: str | int | float | None = None
    target: str | int | float | None = None
    unit: str | None = None
    check_date: str | None = Field(default=None, pattern=_DATE)
    checker: str | None = None
    moves: list[Moved] | None = None
    value: str | int | float | None = None
    verdict: EffectVerdict | None = None
    note: str | None = None
    checked_by: str | None = None
    checked_at: AwareDatetime | None = Field(default=None, strict=False)


class Note(_Document):
    """A progress note; `of` is the action it belongs to."""

    of: str
    nonconformity: str
    text: str = Field(min_length=1)
    by: str
    at: AwareDatetime = Field(strict=False)


MODELS: dict[str, type[_Document]] = {
    "checklists": PinnedChecklist,
    "lineage": Lineage,
    "audits": Audit,
    "answers": Answer,
    "findings": Finding,
    "nonconformities": Nonconformity,
    "causes": Cause,
    "actions": Action,
    "effectiveness": Effectiveness,
    "notes": Note,
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
