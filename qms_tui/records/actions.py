"""Transitions of an action and their gates: new -> planned -> in_progress -> done -> verified -> closed; cancelled.

Done is what its owner says; verified is what somebody else has seen. Each transition is a pure function from the action
and its case to the fields that it sets; one that a gate bars raises `Barred`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.case import Case, Document, require_names, same_person, written
from qms_tui.records.dates import moved, require_future
from qms_tui.records.gates import Barred
from qms_tui.records.nonconformity import Step, lacking, require_open
from qms_tui.records.words import IMMEDIATE, status_label

Fields = dict[str, Any]


def _require(action: Document, *wanted: str) -> None:
    if action["status"] not in wanted or action.get("void"):
        raise Barred(
            "status",
            _("{number} is in state '{status}'; this is for state '{wanted}'").format(
                number=action.get("number", "?"),
                status=status_label(action["status"]),
                wanted="', '".join(map(status_label, wanted)),
            ),
        )


def _team(action: Document) -> list[str]:
    return [name for name in (action.get("owner"), *(action.get("contributors") or ())) if name]


def require_editable(action: Document) -> None:
    """What an action says is changed until it is done. Raises Barred."""
    _require(action, "new", "planned", "in_progress")


def require_separate(case: Case, action: Document) -> None:
    """Nobody who carries an action out verifies it, or checks the effect of its cycle. Raises Barred."""
    for name in _team(action):
        if same_person(name, action.get("verifier")):
            raise Barred("verifier", _("{name} carries the action out; somebody else verifies it").format(name=name))
        if action.get("cycle") == case.cycle and same_person(name, case.effect.get("checker")):
            raise Barred("checker", _("{name} is to check the effect and carries out no action").format(name=name))


def new(case: Case, kind: str, title: str, given: Mapping[str, Any], by: str, at: str, today: str) -> Fields:
    """A new action of a case; planned at once when `given` has an owner and a due date. Raises Barred."""
    require_open(case)
    action: Fields = {
        "cycle": case.cycle,
        "kind": kind,
        "title": title.strip(),
        "status": "new",
        "priority": "normal",
        "by": by,
        "at": at,
    }
    return action | assign(case, action, given, "", by, at, today)


def assign(case: Case, action: Document, given: Mapping[str, Any], why: str, by: str, at: str, today: str) -> Fields:
    """Set owner, contributors, verifier, due, priority, title; with owner and due date a new action is planned.

    Nobody who carries it out verifies it, or checks the effect. A due date is moved with `why` only. Raises Barred.
    """
    require_editable(action)
    set_ = {field: written(value) for field, value in given.items() if value is not None}
    set_ = {field: value for field, value in set_.items() if value != action.get(field)}
    after = {**action, **set_}
    if not after.get("title"):
        raise Barred("nonconformity", _("the action is empty; say what is to be done"))
    if action["status"] != "new" and not after.get("owner"):
        raise Barred("owner", _("{number} was planned with an owner; name another one").format(number=action["number"]))
    require_names([*_team(set_), set_.get("verifier")])
    require_separate(case, after)
    for milestone in set_.get("milestones") or ():
        if milestone.get("due") and milestone not in (action.get("milestones") or ()) and not milestone.get("done"):
            require_future("due date", milestone["due"], today)
    earlier = "due" in set_ and (not action.get("due") or str(set_["due"]) < action["due"])
    _require_within(after, "milestones" in set_ or earlier)
    if "due" in set_:
        set_ |= moved(action, "due", "due date", set_["due"], why, by, at, today)
    if action["status"] == "new" and after.get("owner") and after.get("due"):
        set_["status"] = "planned"
    return set_


def reach(case: Case, action: Document, title: str, today: str) -> Fields:
    """Mark a milestone as reached today. `title` is its title or its beginning, in any case. Raises Barred."""
    require_open(case)
    _require(action, "new", "planned", "in_progress")
    wanted = title.strip().casefold()
    milestones = [dict(milestone) for milestone in action.get("milestones") or ()]
    waiting = [milestone for milestone in milestones if not milestone.get("done")]
    meant = [milestone for milestone in waiting if wanted and milestone["title"].casefold().startswith(wanted)]
    if len(meant) != 1:
        known = ", ".join(milestone["title"] for milestone in waiting) or "-"
        raise Barred("milestone", _("name one of: {known}").format(known=known))
    meant[0]["done"] = today
    return {"milestones": milestones}


def require_startable(case: Case, action: Document) -> None:
    """A correction or containment may start at once; anything else waits until it is fixed how its effect will show."""
    _require(action, "planned")
    require_open(case)
    if action["kind"] not in IMMEDIATE and case.status not in ("in_progress", "verification"):
        raise Barred(
            "effectiveness plan",
            _("{number} is in state '{status}'; work starts after its effectiveness plan is fixed").format(
                number=case.number, status=status_label(case.status)
            ),
        )


def _require_within(action: Document, changed: bool) -> None:
    """No milestone that is still to be reached lies behind the action's due date, when one of them is `changed`."""
    due = action.get("due")
    late = [m for m in action.get("milestones") or () if due and not m.get("done") and (m.get("due") or "") > due]
    if changed and late:
        raise Barred(
            "due date",
            _("milestone '{title}' on {day} is after the action's due date {due}").format(
                title=late[0]["title"], day=late[0]["due"], due=due
            ),
        )


def start(case: Case, action: Document, by: str) -> Fields:
    """planned -> in_progress, by who carries it out."""
    require_startable(case, action)
    if not any(same_person(name, by) for name in _team(action)):
        raise Barred("owner", _("{names} carries it out, not {by}").format(names=", ".join(_team(action)), by=by))
    return {"status": "in_progress"}


def done(action: Document, outcome: str, by: str, at: str) -> Fields:
    """in_progress -> done, by its owner, who says what was done."""
    _require(action, "in_progress")
    if not same_person(action.get("owner"), by):
        raise Barred("owner", _("{owner} says when it is done, not {by}").format(owner=action.get("owner"), by=by))
    if not outcome.strip():
        raise Barred("comment", _("say what was done about {number}, and where it can be seen").format(
            number=action.get("number", "?")))  # fmt: skip
    return {"status": "done", "done_at": at, "done_by": by, "outcome": outcome.strip()}


def require_verifier(action: Document, by: str) -> None:
    """Who verifies carried nothing of it out, and is the one named where one is."""
    _require(action, "done")
    if any(same_person(name, by) for name in [*_team(action), action.get("done_by") or ""]):
        raise Barred("verifier", _("{by} carried it out; somebody else verifies it").format(by=by))
    if action.get("verifier") and not same_person(action["verifier"], by):
        raise Barred("verifier", _("{name} is to verify it, not {by}").format(name=action["verifier"], by=by))


def verify(action: Document, note: str, by: str, at: str) -> Fields:
    """done -> verified, by somebody else, who says what was seen."""
    require_verifier(action, by)
    if not note.strip():
        raise Barred("comment", _("say what was looked at to verify {number}").format(
            number=action.get("number", "?")))  # fmt: skip
    return {"status": "verified", "verified_at": at, "verified_by": by, "verified_note": note.strip()}


def refuse(action: Document, comment: str, by: str, at: str) -> Fields:
    """done -> in_progress: it is not what was agreed; the comment says what is missing."""
    require_verifier(action, by)
    if not comment.strip():
        raise Barred("comment", _("refusing {number} needs a comment").format(number=action.get("number", "?")))
    refusal = {"comment": comment.strip(), "by": by, "at": at}
    return {
        "status": "in_progress",
        "done_at": None,
        "done_by": None,
        "refused": [*(action.get("refused") or []), refusal],
    }


def close(action: Document) -> Fields:
    """verified -> closed: when the effect of its cycle was checked."""
    _require(action, "verified")
    return {"status": "closed"}


def cancel(action: Document, reason: str) -> Fields:
    """new, planned, in_progress or done -> cancelled, with a reason."""
    _require(action, "new", "planned", "in_progress", "done")
    if not reason.strip():
        raise Barred("reason", _("cancelling {number} needs a reason").format(number=action.get("number", "?")))
    return {"status": "cancelled", "cancelled_because": reason.strip()}


def steps(case: Case, action: Document, by: str) -> list[Step]:
    """Each transition that the present state has: allowed, or barred by a gate and what is missing.

    Gates that look at what a person is about to type (a reason, a comment) are not among them.
    """
    found: list[Step] = []

    def attempt(name: str, to: str, transition: Callable[[], object]) -> None:
        try:
            transition()
        except Barred as barred:
            found.append(Step(name, to, barred.gate, barred.missing))
        else:
            found.append(Step(name, to))

    match action["status"]:
        case "new":
            found.append(Step("assign", "planned", "", ", ".join(lacking(action))))
        case "planned":
            attempt("start", "in_progress", lambda: start(case, action, by))
        case "in_progress":
            attempt("done", "done", lambda: done(action, "-", by, ""))
        case "done":
            attempt("verify", "verified", lambda: verify(action, "-", by, ""))
            attempt("refuse", "in_progress", lambda: require_verifier(action, by))
    if action["status"] in ("new", "planned", "in_progress", "done"):
        found.append(Step("cancel", "cancelled"))
    return found
