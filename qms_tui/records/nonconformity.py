"""Transitions of a nonconformity and their gates, after ISO 9001 10.2.

draft -> analysis -> action_plan -> in_progress -> verification -> closed, or back to analysis as the next cycle;
cancelled from any of them, and from there reopened in the state that it had. Each transition is a pure function from a
case to the fields that it sets; one that a gate bars raises `Barred`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records import effect
from qms_tui.records.case import Case, Document, require_names, same_person, written
from qms_tui.records.causes import roots
from qms_tui.records.dates import moved, require_future
from qms_tui.records.gates import Barred
from qms_tui.records.words import ACTION_ENDED, ENDED, status_label

Fields = dict[str, Any]


def require_open(case: Case) -> None:
    """Nothing of a closed, cancelled or withdrawn nonconformity changes. Raises Barred."""
    if case.nonconformity.get("void"):
        raise Barred("status", _("{number} was withdrawn").format(number=case.number))
    if case.status in ENDED:
        words = _("{number} is {status}").format(number=case.number, status=status_label(case.status))
        reopen_first = _("reopen it first: qms-tui nc reopen {number} --why TEXT").format(number=case.number)
        raise Barred("status", words, reopen_first if case.status == "cancelled" else "")


def require_status(case: Case, *wanted: str) -> None:
    """What is asked for belongs to these states. Raises Barred."""
    require_open(case)
    if case.status not in wanted:
        raise Barred(
            "status",
            _("{number} is in state '{status}'; this is for state '{wanted}'").format(
                number=case.number, status=status_label(case.status), wanted="', '".join(map(status_label, wanted))
            ),
        )


def require_before_work(case: Case) -> None:
    """Causes and the effectiveness plan are settled before work starts, and stand from then on."""
    require_status(case, "draft", "analysis", "action_plan")


def require_root_cause(case: Case) -> None:
    """An action meets a cause: one of the present cycle is known as a root. Raises Barred."""
    if not roots(case.causes_of(case.cycle)):
        raise Barred(
            "root cause",
            _("{number} has no root cause in cycle {cycle}; ask why, and mark the last why of a chain as root").format(
                number=case.number, cycle=case.cycle
            ),
        )


def require_corrective_action(case: Case) -> None:
    """At least one action that meets the cause, with owner and due date; training alone or a correction is none."""
    corrective = [
        action
        for action in case.actions_of(case.cycle).values()
        if action["kind"] == "corrective" and action["status"] != "cancelled"
    ]
    if not corrective:
        raise Barred("corrective action", _("{number} has no corrective action").format(number=case.number))
    if not any(action.get("owner") and action.get("due") for action in corrective):
        raise Barred(
            "corrective action",
            _("{actions}: needs an owner and a due date").format(actions=_numbers(corrective)),
        )


def lacking(action: Document) -> list[str]:
    """What an action is not planned without: its owner, its due date."""
    return [label for label, field in ((_("owner"), "owner"), (_("due date"), "due")) if not action.get(field)]


def unplanned(case: Case) -> str:
    """What its open actions lack to be planned: it bars no work on the others, but none ends without it."""
    return "; ".join(
        _("{fields} of {number}").format(fields=", ".join(lacking(action)), number=action.get("number", "?"))
        for action in case.actions.values()
        if action["status"] == "new" and not action.get("void")
    )


def require_actions_ended(case: Case) -> None:
    """Every action was verified by somebody else, closed or cancelled, and a corrective one of this cycle verified."""
    going = [a for a in case.actions.values() if not a.get("void") and a["status"] not in ACTION_ENDED]
    if going:
        raise Barred(
            "open actions",
            _("{actions}: not ended").format(
                actions=", ".join(f"{a.get('number', '?')} ({status_label(a['status'])})" for a in going)
            ),
        )
    own = case.actions_of(case.cycle).values()
    if not any(a["kind"] == "corrective" and a["status"] in ("verified", "closed") for a in own):
        raise Barred(
            "open actions",
            _("{number} has no verified corrective action in cycle {cycle}").format(
                number=case.number, cycle=case.cycle
            ),
        )


def _numbers(actions: Sequence[Document]) -> str:
    return ", ".join(str(action.get("number", "?")) for action in actions)


SECTIONS = ("correction", "containment", "need", "similar", "risks_updated", "qms_changed")


def new(statement: str, criterion: str, grade: str, owner: str | None, due: str | None, at: str, today: str) -> Fields:
    """One that is raised by hand: a draft, in its first cycle. `due` and `today` are ISO dates. Raises Barred."""
    _require_statement(statement)
    if not criterion.strip():
        raise Barred("nonconformity", _("its criterion is empty; say which requirement is not met"))
    require_names([owner])
    if due is not None:
        require_future("due date", due, today)
    fields = {"status": "draft", "grade": grade, "statement": statement.strip(), "criterion": criterion.strip()}
    return {**fields, "owner": owner, "due": due, "cycle": 1, "opened": at}


def _require_statement(statement: str) -> None:
    if not statement.strip():
        raise Barred("nonconformity", _("its statement is empty; say what is not as it must be"))


def edit(case: Case, given: Mapping[str, Any], why: str, by: str, at: str, today: str) -> Fields:
    """Set owner, due, grade, statement or one of `SECTIONS`. A due date is moved with `why` only. Raises Barred."""
    require_open(case)
    changed = {field: written(value) for field, value in given.items() if value is not None}
    changed = {field: value for field, value in changed.items() if value != case.nonconformity.get(field)}
    if "statement" in changed:
        _require_statement(changed["statement"] or "")
    require_names([changed.get("owner")])
    if same_person(changed.get("owner"), case.effect.get("checker")):
        raise Barred("checker", _("{name} is to check the effect and cannot own it").format(name=changed["owner"]))
    if "due" in changed:
        changed |= moved(case.nonconformity, "due", "due date", changed["due"], why, by, at, today)
    return changed


def to_analysis(case: Case) -> Fields:
    """draft -> analysis."""
    require_status(case, "draft")
    return {"status": "analysis"}


def to_action_plan(case: Case) -> Fields:
    """analysis -> action_plan: a root cause is needed."""
    require_status(case, "analysis")
    require_root_cause(case)
    return {"status": "action_plan"}


def to_in_progress(case: Case) -> Fields:
    """action_plan -> in_progress: a corrective action, and how its effect will be shown by somebody else."""
    require_status(case, "action_plan")
    require_root_cause(case)
    require_corrective_action(case)
    effect.require_plan(case)
    effect.require_comparable(case.effect["baseline"], case.effect["target"])
    effect.require_other_checker(case, case.effect.get("checker"))
    return {"status": "in_progress"}


def to_verification(case: Case) -> Fields:
    """in_progress -> verification: every action ended; now its effect may show."""
    require_status(case, "in_progress")
    require_actions_ended(case)
    return {"status": "verification"}


def conclude(case: Case, result: "effect.CheckResult", lesson: str, by: str, at: str, today: str) -> Fields:
    """verification -> closed when effective, with the lesson; else back to analysis as the next cycle.

    `result` is what the checker found; the fields of the check itself are `effect.check`'s.
    """
    require_status(case, "verification")
    require_actions_ended(case)
    effect.check(case, result, by, at, today)
    if result.verdict == "not_effective":
        return {"status": "analysis", "cycle": case.cycle + 1} | ({"lesson": lesson.strip()} if lesson.strip() else {})
    learned = lesson.strip() or case.nonconformity.get("lesson")
    if not learned:
        raise Barred("lesson", _("{number} was solved; write down what was learned").format(number=case.number))
    return {"status": "closed", "closed": at, "lesson": learned}


def cancel(case: Case, reason: str, at: str) -> Fields:
    """Any open state -> cancelled, with a reason; its open actions are cancelled or ended first."""
    require_open(case)
    going = [a for a in case.actions.values() if not a.get("void") and a["status"] not in ACTION_ENDED]
    if going:
        raise Barred("open actions", _("{actions}: cancel or end them first").format(actions=_numbers(going)))
    if not reason.strip():
        raise Barred("reason", _("cancelling {number} needs a reason").format(number=case.number))
    return {"status": "cancelled", "cancelled_because": reason.strip(), "cancelled": at}


def require_cancelled(case: Case) -> None:
    """Only a cancelled one is opened again: what was closed is a record of an effect that was shown."""
    if case.nonconformity.get("void"):
        require_open(case)
    if case.status == "closed":
        raise Barred(
            "status",
            _("{number} is closed; raise it anew").format(number=case.number),
            _("link that to it: qms-tui nc link NEW {number} --repeat").format(number=case.number),
        )
    if case.status != "cancelled":
        raise Barred("status", _("{number} is in state '{status}'; only a cancelled one is reopened").format(
            number=case.number, status=status_label(case.status)))  # fmt: skip


def reopen(case: Case, before: str, reason: str) -> Fields:
    """cancelled -> the state that it had `before`, with a reason; what belongs to it is as it was."""
    require_cancelled(case)
    if not reason.strip():
        raise Barred("reason", _("reopening {number} needs a reason").format(number=case.number))
    return {"status": before, "cancelled_because": None, "cancelled": None}


def hand_over(case: Case, to: str, reason: str, by: str, at: str) -> Fields:
    """Somebody outside this audit carries it on: the audit may close while it is open."""
    require_open(case)
    if not to.strip():
        raise Barred("owner", _("say to whom {number} is handed over").format(number=case.number))
    require_names([to])
    if not reason.strip():
        raise Barred("reason", _("handing {number} over needs a reason").format(number=case.number))
    return {"handed_over": {"to": to.strip(), "why": reason.strip(), "by": by, "at": at}}


def repeat_of(number: str, of: str, repeats: Mapping[str, str | None]) -> Fields:
    """Mark one nonconformity as a repeat of another; `repeats` maps every number to what it repeats. Raises Barred."""
    chain, at = [number], of
    while at:
        if at in chain:
            raise Barred(
                "repeat", _("circular: {chain}").format(chain=" -> ".join([*chain, at]))
            )  # fmt: skip
        chain.append(at)
        at = repeats.get(at) or ""
    return {"repeat_of": of}


class Step(NamedTuple):
    """A transition that the state has. `gate` is empty when it may be done; `missing` is then what may follow later."""

    name: str
    to: str
    gate: str = ""
    missing: str = ""

    @property
    def allowed(self) -> bool:
        return not self.gate


_FORWARD: Mapping[str, tuple[str, Callable[[Case], Fields]]] = {
    "draft": ("analysis", to_analysis),
    "analysis": ("action_plan", to_action_plan),
    "action_plan": ("in_progress", to_in_progress),
    "in_progress": ("verification", to_verification),
}


def advance(case: Case) -> Fields:
    """The next state on the way, if its gate is open. Raises Barred."""
    require_open(case)
    if case.status not in _FORWARD:
        raise Barred("effectiveness check", _("{number} waits for its effectiveness check").format(number=case.number))
    return _FORWARD[case.status][1](case)


def steps(case: Case, by: str, today: str) -> list[Step]:
    """Each transition that the present state has: allowed, or barred by a gate and what is missing.

    Gates that look at what a person is about to type (a reason, a lesson) are not among them.
    """
    if case.nonconformity.get("void") or case.status in ENDED:
        return []
    found = []
    if case.status in _FORWARD:
        to, transition = _FORWARD[case.status]
        step = _step("advance", to, lambda: transition(case))
        found.append(step._replace(missing=unplanned(case)) if step.allowed and to == "in_progress" else step)
    else:
        found.append(_step("check", "closed", lambda: _may_check(case, "effective", by, today)))
        found.append(_step("check", "analysis", lambda: _may_check(case, "not_effective", by, today)))
    found.append(_step("cancel", "cancelled", lambda: cancel(case, "-", "")))
    return found


def _may_check(case: Case, verdict: str, by: str, today: str) -> None:
    require_actions_ended(case)
    effect.require_checker(case, by)
    effect.require_time(case, verdict, today)


def _step(name: str, to: str, attempt: Callable[[], object]) -> Step:
    try:
        attempt()
    except Barred as barred:
        return Step(name, to, barred.gate, barred.missing)
    return Step(name, to)
