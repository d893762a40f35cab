"""Transitions of an audit and their gates.

Each transition is a pure function from a document to the fields that it sets; a refused one raises `Refused`, which
says the gate and what is missing. States after OCA management-system and ISO 19011 6.4-6.7.
"""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from qms_tui.i18n import _, ngettext
from qms_tui.records.words import FAILING, status_label


class Refused(Exception):
    """A transition that its gate bars. The message is one line: the gate, what is missing, what to do.

    Where that is done by a command it is `words` and, behind them, `by_command`: a screen has keys for it.
    """

    def __init__(self, gate: str, words: str, by_command: str = "") -> None:
        super().__init__("; ".join(filter(None, (words, by_command))))
        self.gate = gate
        self.words = words


class Barred(Refused):
    """As Refused, its message beginning with the gate's name; `missing` is what stands behind it."""

    def __init__(self, gate: str, missing: str, by_command: str = "") -> None:
        super().__init__(gate, f"{gate_label(gate)}: {missing}", by_command)
        self.missing = missing


def gate_label(gate: str) -> str:
    """The name of a gate as a person reads it."""
    return {
        "status": _("status"),
        "reason": _("reason"),
        "comment": _("comment"),
        "due date": _("due date"),
        "owner": _("owner"),
        "verifier": _("verifier"),
        "checker": _("checker"),
        "root cause": _("root cause"),
        "cause": _("cause"),
        "corrective action": _("corrective action"),
        "effectiveness plan": _("effectiveness plan"),
        "effectiveness check": _("effectiveness check"),
        "open actions": _("open actions"),
        "check date": _("check date"),
        "target": _("target"),
        "lesson": _("lesson"),
        "repeat": _("repeat"),
        "nonconformity": _("nonconformity"),
        "nonconformities": _("nonconformities"),
    }.get(gate, gate)


class Missing(NamedTuple):
    """Something an audit still lacks: which item, and whether it is its answer, its evidence or its reason."""

    item: str
    question: str
    what: Literal["answer", "evidence", "reason"]

    @property
    def words(self) -> str:
        """What is missing as a person reads it."""
        return missing_words(self.what)


def missing_words(what: str) -> str:
    """What is missing as a person reads it."""
    return {
        "answer": _("no answer"),
        "evidence": _("no evidence"),
        "reason": _("no reason"),
    }.get(what, what)


def missing_of(item: str, question: str, evidence_rule: str, answer: Mapping[str, Any] | None) -> list[Missing]:
    """What one asked item lacks. `evidence_rule` is required | if fail | optional."""
    result = answer.get("result") if answer else None
    if answer is None or result is None:
        return [Missing(item, question, "answer")]
    if result == "not_assessed":
        return [] if answer.get("note") else [Missing(item, question, "reason")]
    wanted = evidence_rule == "required" or (evidence_rule == "if fail" and result in FAILING)
    if wanted and result != "not_applicable" and not answer.get("evidence"):
        return [Missing(item, question, "evidence")]
    return []


def require_walkable(audit: Mapping[str, Any]) -> None:
    """Answers and findings change only while the audit is in progress."""
    status, number = audit["status"], audit.get("number", "?")
    if audit.get("void"):
        raise Refused("frozen", _("{number} was withdrawn").format(number=number))
    if status == "in_progress":
        return
    by_command = {
        "completed": _("reopen it first: qms-tui audit reopen {number} --why ..."),
        "closed": _("what is found now belongs in a new audit: qms-tui run --only-flagged {number}"),
        "cancelled": _("begin a new one: qms-tui run {checklist}"),
    }.get(status, "")
    words = _("{number} is {status}: its answers are frozen")
    if not by_command:
        words = _("{number} is {status}; its answers change only while it is in progress")
    checklist = shlex.quote(str(audit.get("source") or audit.get("checklist")))
    raise Refused(
        "frozen",
        words.format(number=number, status=status_label(status)),
        by_command.format(number=number, checklist=checklist),
    )


def complete(audit: Mapping[str, Any], missing: Sequence[Missing], reason: str, at: str) -> dict[str, Any]:
    """in_progress -> completed. What is missing needs a reason, which is kept item by item in `left`."""
    require_walkable(audit)
    if missing and not reason.strip():
        raise Refused(
            "missing",
            ngettext(
                "{n} thing is missing ({items}); answer it or give a reason for leaving it",
                "{n} things are missing ({items}); answer them or give a reason for leaving them",
                len(missing),
            ).format(n=len(missing), items=", ".join([m.item for m in missing[:5]] + ["..."] * (len(missing) > 5))),
        )
    left = [{"item": m.item, "missing": m.what, "reason": reason.strip()} for m in missing]
    return {"status": "completed", "completed": at, "left": left or None}


def reopen(audit: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """completed -> in_progress. Needs a reason; the sign-offs made before no longer hold."""
    if audit["status"] != "completed":
        raise Refused(
            "reopen",
            _("{number} is {status}; only a completed audit is reopened").format(
                number=audit.get("number", "?"), status=status_label(audit["status"])
            ),
        )
    if not reason.strip():
        raise Refused("reason", _("reopening needs a reason"), _("give it: --why TEXT"))
    return {"status": "in_progress", "completed": None, "left": None, "figures": None}


def cancel(audit: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """draft, planned or in_progress -> cancelled. Needs a reason."""
    if audit["status"] not in ("draft", "planned", "in_progress"):
        raise Refused(
            "cancel",
            _("{number} is {status}; it can no longer be cancelled").format(
                number=audit.get("number", "?"), status=status_label(audit["status"])
            ),
        )
    if not reason.strip():
        raise Refused("reason", _("cancelling needs a reason"), _("give it: --why TEXT"))
    return {"status": "cancelled", "cancelled_because": reason.strip()}


def close(audit: Mapping[str, Any], left: Sequence[str], at: str) -> dict[str, Any]:
    """completed -> closed. `left` are numbers of its nonconformities neither ended nor handed over: they bar it."""
    if audit["status"] != "completed" or audit.get("void"):
        raise Barred(
            "status",
            _("{number} is {status}; only a completed audit is closed").format(
                number=audit.get("number", "?"), status=status_label(audit["status"])
            ),
        )
    if left:
        raise Barred(
            "nonconformities", _("{left}: deal with them first, or hand them over").format(left=", ".join(left))
        )
    return {"status": "closed", "closed": at}
