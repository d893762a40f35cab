"""Effectiveness: how it will be shown, fixed before work starts, and what was found on the day."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.case import Case, implementers, require_names, same_person, written
from qms_tui.records.dates import moved
from qms_tui.records.gates import Barred

Value = str | int | float


class CheckResult(NamedTuple):
    """What the checker found: `value` in the plan's unit beside its baseline, and the verdict."""

    verdict: str
    value: Value | None = None
    note: str = ""


PLANNED = ("baseline", "target", "check_date", "checker")


def field_label(field: str) -> str:
    """A field of the effectiveness plan as a person reads it."""
    return {
        "indicator": _("indicator"),
        "method": _("method"),
        "baseline": _("baseline"),
        "target": _("target"),
        "unit": _("unit"),
        "check_date": _("check date"),
        "checker": _("checker"),
    }.get(field, field)


def lacking(plan: Mapping[str, Any]) -> list[str]:
    """The fields that a plan still lacks."""
    missing = [] if plan.get("indicator") or plan.get("method") else ["indicator"]
    return missing + [field for field in PLANNED if plan.get(field) in (None, "")]


def require_plan(case: Case) -> None:
    """What ISO 9001 10.2.1 d) is judged by is fixed before work starts. Raises Barred with what is lacking."""
    missing = lacking(case.effect)
    if missing:
        words = [_("indicator or method") if field == "indicator" else field_label(field) for field in missing]
        raise Barred(
            "effectiveness plan", _("{number} lacks: {fields}").format(number=case.number, fields=", ".join(words))
        )


def require_other_checker(case: Case, checker: str | None) -> None:
    """The checker neither owns the nonconformity nor carries out one of the cycle's actions."""
    if same_person(case.nonconformity.get("owner"), checker):
        raise Barred("checker", _("{name} owns {number}; somebody else checks the effect").format(
            name=checker, number=case.number))  # fmt: skip
    for name in implementers(case.actions_of(case.cycle)):
        if same_person(name, checker):
            raise Barred(
                "checker", _("{name} carries out an action; somebody else checks the effect").format(name=name)
            )


def is_started(case: Case) -> bool:
    """Whether actions are being carried out, or were: the plan is fixed then."""
    return case.status in ("in_progress", "verification")


def require_not_fixed(case: Case, *fields: str) -> None:
    """Once work has started nothing of the plan changes but the check date and the checker. Raises Barred."""
    fixed = [field_label(field) for field in fields if field not in ("check_date", "checker")]
    if fixed and is_started(case):
        raise Barred(
            "effectiveness plan", _("fixed before work started, and stays: {fields}").format(fields=", ".join(fixed))
        )


def plan(case: Case, given: Mapping[str, Any], why: str, by: str, at: str, today: str) -> dict[str, Any]:
    """The fields of the effectiveness plan that `given` sets.

    Before work starts everything may be set; afterwards only the check date and the checker, and with a reason.
    Raises Barred.
    """
    before, started = case.effect, is_started(case)
    changed = {field: written(value) for field, value in given.items() if value is not None}
    changed = {field: value for field, value in changed.items() if value != before.get(field)}
    require_not_fixed(case, *changed)
    if started:
        if changed and not why.strip():
            raise Barred("reason", _("changing the plan after work started needs a reason"))
        if "checker" in changed and changed["checker"] is None:
            raise Barred("checker", _("somebody has to check the effect; name another one"))
    if "baseline" in changed or "target" in changed:
        after = {**before, **changed}
        require_comparable(after.get("baseline"), after.get("target"))
    if "check_date" in changed:
        reason = why if started else why.strip() or _("plan changed before work started")
        changed |= moved(before, "check_date", "check date", changed["check_date"], reason, by, at, today)
    if "checker" in changed:
        require_names([changed["checker"]])
        require_other_checker(case, changed["checker"])
    return changed


def require_checker(case: Case, by: str) -> None:
    """The check is made by the person whom the plan names, who carried out no action of the cycle."""
    require_plan(case)
    require_other_checker(case, by)
    if not same_person(case.effect.get("checker"), by):
        raise Barred(
            "checker", _("{checker} is to check the effect, not {by}").format(checker=case.effect["checker"], by=by)
        )


def require_time(case: Case, verdict: str, today: str) -> None:
    """An effect is shown on the day fixed beforehand, not before; that there is none may show earlier."""
    day = case.effect.get("check_date") or today
    if verdict == "effective" and today < day:
        raise Barred("check date", _("the effect is to be shown on {day}, not before").format(day=day))


def is_number(value: Any) -> bool:
    """Whether a value found or wanted is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def require_comparable(baseline: Any, target: Any) -> None:
    """Before and target are both numbers or both words: else nobody can say whether a value found reaches it."""
    given = baseline not in (None, "") and target not in (None, "")
    if given and is_number(baseline) != is_number(target):
        word, number = (target, baseline) if is_number(baseline) else (baseline, target)
        raise Barred(
            "effectiveness plan",
            _("'{word}' is no number and {number} is one; write baseline and target both as numbers, or both in words")
            .format(word=word, number=number),
        )  # fmt: skip


def reached(baseline: Any, target: Any, value: Any) -> bool | None:
    """Whether a value reaches its target, seen from the baseline; None where they are not all numbers."""
    if not all(map(is_number, (baseline, target, value))):
        return None
    return bool(value <= target) if target < baseline else bool(value >= target)


def _require_shown(effect: Mapping[str, Any], result: CheckResult) -> None:
    """A target that is a number is met by a number; a verdict that the numbers do not bear out needs a note."""
    baseline, target, value = effect.get("baseline"), effect.get("target"), result.value
    if is_number(target) and not is_number(value) and (result.verdict == "effective" or not result.note.strip()):
        raise Barred(
            "target",
            _("'{value}' is no number and the target {target} is one; write what was found as a number").format(
                value=value, target=target
            ),
        )
    hit = reached(baseline, target, value)
    if result.note.strip() or hit == (result.verdict == "effective"):
        return
    if hit is not None:
        words = _("{value} reaches the target {target}") if hit else _("{value} misses the target {target}")
        against = words.format(value=value, target=target)
        raise Barred("target", against + "; " + _("a verdict against it needs a note"))
    if is_number(target):  # a plan made before its baseline had to be a number too
        unshown = _("the baseline '{baseline}' is no number, so {value} alone shows nothing; a verdict needs a note")
        raise Barred("target", unshown.format(baseline=baseline, value=value))


def check(case: Case, result: CheckResult, by: str, at: str, today: str) -> dict[str, Any]:
    """The fields of the check. Raises Barred."""
    require_checker(case, by)
    require_time(case, result.verdict, today)
    if result.value is None or not str(result.value).strip():
        raise Barred("effectiveness check", _("{number} needs the value found").format(number=case.number))
    _require_shown(case.effect, result)
    return {
        "value": result.value,
        "verdict": result.verdict,
        "note": result.note.strip() or None,
        "checked_by": by,
        "checked_at": at,
    }
