"""A nonconformity whole, as `nc show --json`, the register and exports give it."""

from collections.abc import Mapping
from typing import Any

from qms_tui.records import causes as tree
from qms_tui.records import effect as effects
from qms_tui.records import nonconformity as gates
from qms_tui.records.case import Case, Document
from qms_tui.reports.action_rows import action_row
from qms_tui.reports.rows import by_number, nonconformity_row

PLAN = ("indicator", "method", "baseline", "target", "unit", "check_date", "checker")
RESULT = ("value", "verdict", "note", "checked_by", "checked_at")


def case_json(case: Case, audit: str | None, today: str, by: str | None = None) -> dict[str, Any]:
    """The nonconformity with sections, and of every cycle its causes, actions and effectiveness.

    With `by`, a person's name, `steps` says what that person may do next.
    """
    own = case.nonconformity
    row = nonconformity_row(own, audit, today)
    row |= {"question": own.get("question")}
    row |= {section: own.get(section) for section in gates.SECTIONS}
    row |= {
        "related": own.get("related") or [],
        "lesson": own.get("lesson"),
        "moves": own.get("moves") or [],
        "handed_over": own.get("handed_over"),
        "cancelled_because": own.get("cancelled_because"),
        "void": own.get("void"),
        "cycles": [cycle_json(case, cycle, today) for cycle in range(1, case.cycle + 1)],
    }
    if by is not None:
        row["steps"] = [step_row(step) for step in gates.steps(case, by, today)]
    return row


def cycle_json(case: Case, cycle: int, today: str) -> dict[str, Any]:
    """One pass from analysis to effectiveness check."""
    causes = case.causes_of(cycle)
    ids = sorted(case.actions_of(cycle), key=lambda id_: by_number(str(case.actions[id_].get("number"))))
    return {
        "cycle": cycle,
        "causes": [cause_row(why) for why in tree.tree(causes)],
        "read_back": tree.read_back(causes, str(case.nonconformity["statement"])),
        "weaknesses": [
            {"code": found.code, "cause": found.cause, "message": found.message} for found in tree.warnings(causes)
        ],
        "actions": [action_json(case, id_, today) for id_ in ids],
        "effectiveness": effect_row(case.effects.get(cycle)),
    }


def cause_row(why: tree.Why) -> dict[str, Any]:
    """One why as `nc show --json` gives it; `depth` counts from 0."""
    cause = why.cause
    return {
        "id": why.id,
        "label": why.label,
        "depth": why.depth,
        "parent": cause.get("parent"),
        "text": cause["text"],
        "evidence": cause.get("evidence"),
        "category": cause.get("category"),
        "root": bool(cause.get("root")),
        "by": cause["by"],
        "at": cause["at"],
    }


def action_json(case: Case, id_: str, today: str) -> dict[str, Any]:
    """An action whole: its row, milestones, moves, refusals, notes and how it ended."""
    action = case.actions[id_]
    return {
        **action_row(action, case.number, today),
        "milestones": action.get("milestones") or [],
        "moves": action.get("moves") or [],
        "refused": action.get("refused") or [],
        "notes": [
            {"text": note["text"], "by": note["by"], "at": note["at"]} for note in case.notes if note["of"] == id_
        ],
        "outcome": action.get("outcome"),
        "done_by": action.get("done_by"),
        "done_at": action.get("done_at"),
        "verified_by": action.get("verified_by"),
        "verified_at": action.get("verified_at"),
        "verified_note": action.get("verified_note"),
        "cancelled_because": action.get("cancelled_because"),
    }


def effect_row(effect: Document | None) -> dict[str, Any] | None:
    """The effectiveness plan and what was found; `reached` says whether numbers reach the target."""
    if not effect:
        return None
    row: dict[str, Any] = {field: effect.get(field) for field in (*PLAN, *RESULT)}
    row["moves"] = effect.get("moves") or []
    row["reached"] = effects.reached(effect.get("baseline"), effect.get("target"), effect.get("value"))
    row["missing"] = effects.lacking(effect)
    return row


def step_row(step: gates.Step) -> Mapping[str, Any]:
    """A transition: `allowed`, or the gate that bars it and what is missing."""
    return {
        "step": step.name,
        "to": step.to,
        "allowed": step.allowed,
        "gate": step.gate or None,
        "missing": step.missing or None,
    }
