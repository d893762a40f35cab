"""The operations that one answer makes: the answer, its finding, and the nonconformity it raises."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qms_tui.checklist.model import Item
from qms_tui.checklist.values import explain
from qms_tui.i18n import _
from qms_tui.records.grading import require_grade, suggested_grade
from qms_tui.records.words import ENDED, FAILING, RAISING, Grade
from qms_tui.store.base import Doc, Op
from qms_tui.store.ids import uuid7
from qms_tui.workflow.given import Given, show_value

RAISED = "nonconformities"


class Situation(NamedTuple):
    """What stands in the record for one item of one audit before it is answered."""

    audit_id: str
    checklist_id: str
    item: Item
    answer: Doc | None
    finding: Doc | None
    nonconformity: Doc | None
    repeat_of: str | None = None
    adhoc: bool = False

    @property
    def key(self) -> str:
        """The id that the item's answer and finding share: two people who answer it meet in one document."""
        return f"{self.audit_id}/{self.item.id}"


class FindingDraft(NamedTuple):
    """A finding before it is accepted, filled in from the item."""

    grade: Grade
    statement: str
    criterion: str


def suggest_finding(item: Item, given: Given) -> FindingDraft:
    """The finding that an answer suggests; what the person gave stands before what the item says."""
    result = given.result or "nonconform"
    said = item.question.rstrip("?.: ")
    if given.value is not None:
        said = f"{said}: {show_value(item, given.value)}"
        why = explain(item, given.value)
        said = f"{said} ({why})" if why else said
    elif result == "partial":
        said = _("Only partly fulfilled: {what}").format(what=said)
    elif result == "corrected_on_spot":
        said = _("Corrected on the spot: {what}").format(what=said)
    else:
        said = _("Not fulfilled: {what}").format(what=said)
    return FindingDraft(
        grade=given.grade or suggested_grade(item.severity, result),
        statement=given.statement or (f"{said}. {given.note}" if given.note else said),
        criterion=given.criterion or ", ".join(item.clause) or item.question,
    )


def wants_finding(given: Given) -> bool:
    """Failing answers and corrections make a finding; any other does when a grade or a statement is given."""
    return (
        given.result in FAILING
        or given.result == "corrected_on_spot"
        or given.grade is not None
        or bool(given.statement)
    )


def answer_ops(now: Situation, given: Given, evidence: list[dict[str, Any]], by: str, at: str) -> list[Op]:
    """The operations of one answer; `evidence` are the entries to add. `at` is UTC, ISO 8601.

    Raises Refused for a grade that the answer contradicts.
    """
    require_grade(
        given.result or (now.answer["result"] if now.answer and "result" in now.answer else None), given.grade
    )
    ops = [_answer_op(now, given, evidence, by, at)]
    if given.result is None and not (given.grade or given.statement):
        return ops  # a note or evidence alone leaves the finding as it stands
    if wants_finding(given):
        ops += _finding_ops(now, suggest_finding(now.item, given), by, at)
    else:
        why = _("the item was answered again: {result}").format(result=given.result)
        ops += withdraw_ops(now.finding, now.nonconformity, {"why": why, "by": by, "at": at})
    return ops


def _answer_op(now: Situation, given: Given, evidence: list[dict[str, Any]], by: str, at: str) -> Op:
    # Who answered and when stays when a note or evidence is added; evidence has its own name and time.
    fields: dict[str, Any] = {"by": by, "at": at} if given.result is not None or now.answer is None else {}
    if now.answer is None:
        fields |= {
            "audit": now.audit_id,
            "checklist": now.checklist_id,
            "item": now.item.id,
            "question": now.item.question,
            "section": list(now.item.section),
            "progress": "to_do",
            "adhoc": True if now.adhoc else None,
        }
    if given.result is not None:
        fields |= {
            "progress": "done",
            "result": given.result,
            "value": given.value,
            "unit": (now.item.answer.unit or None) if given.value is not None else None,
            "verdict": given.verdict,
        }
    if given.note is not None:
        fields["note"] = given.note or None
    if evidence:
        before = now.answer.get("evidence") if now.answer is not None else None
        fields["evidence"] = [*(before or []), *evidence]
    return Op("answers", now.key, fields, base_rev=now.answer.rev if now.answer else 0)


def _finding_ops(now: Situation, draft: FindingDraft, by: str, at: str) -> list[Op]:
    fields: dict[str, Any] = {
        "audit": now.audit_id,
        "item": now.item.id,
        "grade": draft.grade,
        "statement": draft.statement,
        "criterion": draft.criterion,
        "by": by,
        "at": at,
        "void": None,
    }
    raised: list[Op] = []
    if draft.grade in RAISING:
        raised = [_raise_op(now, draft, at)]
        fields["nonconformity"] = raised[0].id
    else:
        why = _("the finding was graded {grade}").format(grade=draft.grade)
        raised = withdraw_ops(None, now.nonconformity, {"why": why, "by": by, "at": at})
    return [Op("findings", now.key, fields, base_rev=now.finding.rev if now.finding else 0), *raised]


def _raise_op(now: Situation, draft: FindingDraft, at: str) -> Op:
    said = {"grade": draft.grade, "statement": draft.statement, "criterion": draft.criterion}
    if now.nonconformity is not None and now.nonconformity["status"] not in ENDED:
        return Op(RAISED, now.nonconformity.id, {**said, "void": None}, base_rev=now.nonconformity.rev)
    closed = now.nonconformity is not None and now.nonconformity["status"] == "closed"
    fields = {
        **said,
        "status": "draft",
        "audit": now.audit_id,
        "checklist": now.checklist_id,
        "item": now.item.id,
        "question": now.item.question,
        "finding": now.key,
        "cycle": 1,
        "repeat_of": now.nonconformity["number"] if closed and now.nonconformity else now.repeat_of,
        "opened": at,
    }
    return Op(RAISED, uuid7(), fields, base_rev=0, number="NC")


def withdraw_ops(finding: Doc | None, nonconformity: Doc | None, void: Mapping[str, Any]) -> list[Op]:
    """Take back a finding and its nonconformity that no answer supports any more; both stay, marked `void`."""
    ops: list[Op] = []
    if finding is not None and not finding.get("void"):
        ops.append(Op("findings", finding.id, {"void": dict(void)}, base_rev=finding.rev))
    # Where work has begun on the nonconformity it goes its own way, with its own reasons.
    if nonconformity is not None and not nonconformity.get("void") and nonconformity["status"] == "draft":
        ops.append(Op(RAISED, nonconformity.id, {"void": dict(void)}, base_rev=nonconformity.rev))
    return ops


def added_item_op(audit_id: str, checklist_id: str, question: str, after: Item, by: str, at: str) -> Op:
    """The operation that adds an ad-hoc item, not answered yet, after another one."""
    item_id = f"added-{uuid7()[-8:]}"
    fields = {
        "audit": audit_id,
        "checklist": checklist_id,
        "item": item_id,
        "question": question,
        "section": list(after.section),
        "progress": "to_do",
        "adhoc": True,
        "after": after.id,
        "by": by,
        "at": at,
    }
    return Op("answers", f"{audit_id}/{item_id}", fields, base_rev=0)


def with_draft(given: Given, draft: FindingDraft) -> Given:
    """The answer with the finding as its author left it."""
    return given._replace(grade=draft.grade, statement=draft.statement, criterion=draft.criterion)


def merged(doc: Mapping[str, Any] | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A document after its changes; None removes a field."""
    return {key: value for key, value in {**(doc or {}), **changes}.items() if value is not None}
