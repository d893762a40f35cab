"""The forms of a nonconformity: raising one, an action, the effectiveness plan, the check."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from qms_tui.i18n import _
from qms_tui.records import actions as gates
from qms_tui.records.case import Case, require_names
from qms_tui.records.effect import (
    CheckResult,
    field_label,
    require_comparable,
    require_not_fixed,
    require_other_checker,
    require_time,
)
from qms_tui.records.words import (
    ACTION_KINDS,
    PRIORITIES,
    VERDICTS,
    grade_label,
    kind_label,
    priority_label,
    verdict_label,
)
from qms_tui.reports.case import effect_row
from qms_tui.screens.case_rows import day_help, effect_lines
from qms_tui.screens.form import Again, Field, Form, Values
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.store.base import Actor, Receipt, Store
from qms_tui.workflow import actions, effect, handling
from qms_tui.workflow.clock import today
from qms_tui.workflow.typed import read_day, read_name, read_promised, read_value


def raise_form(store: Store, actor: Actor) -> Form:
    """A nonconformity outside of a walk; ends with its number."""
    fields = [
        Field("statement", _("what was found"), _("what is not as it must be: where, when, how much")),
        Field("criterion", _("checked against"), _("the requirement that is not met: a clause, a rule, an agreement")),
        Field("grade", _("grade"), choices=[(grade, grade_label(grade)) for grade in ("minor", "major")]),
        Field("owner", _("owner"), _("who sees to it"), read=read_name, short=True),
        Field("due", _("due date"), day_help(), read=read_promised, short=True),
    ]

    def record(values: Values) -> str:
        number, _receipt = handling.raise_nonconformity(
            store,
            actor,
            values["statement"],
            values["criterion"],
            values["grade"],
            owner=values["owner"] or None,
            due=read_day(values["due"]) if values["due"] else None,
        )
        return number

    values = {"statement": "", "criterion": "", "grade": "minor", "owner": "", "due": ""}
    return Form("raise", _("Raise a nonconformity"), fields, values, record)


def action_form(store: Store, actor: Actor, case: Case, action: Mapping[str, Any] | None = None) -> Form:
    """A new action of a case, ending with its number; or what an action says, ending with the receipt."""
    cycle = (action or {}).get("cycle", case.cycle)

    def carry_out(*names: str) -> None:
        require_names(names)
        gates.require_separate(case, {"cycle": cycle, "contributors": names})

    def agree(now: Values) -> None:
        team = {"owner": now["owner"], "contributors": _people(now["contributors"])}
        gates.require_separate(case, {"cycle": cycle, **team, "verifier": now["verifier"]})

    fields = [
        Field("title", _("what is to be done"), _("so that somebody else can see whether it was done")),
        Field("kind", _("kind"), choices=[(kind, kind_label(kind)) for kind in ACTION_KINDS]),
        Field("owner", _("owner"), _("one person who answers for it"), read=carry_out, short=True),
        Field("due", _("due date"), day_help(), read=read_promised, short=True),
        Field(
            "contributors",
            _("with"),
            _("who else works on it, with commas"),
            read=lambda text: carry_out(*_people(text)),
        ),
        Field(
            "verifier", _("verifier"), _("who will verify it: nobody who carries it out"), read=read_name, short=True
        ),
        Field("priority", _("priority"), choices=[(p, priority_label(p)) for p in PRIORITIES]),
    ]
    if action is not None:
        fields = [field for field in fields if field.id not in ("kind", "due")]  # a due date is moved, with a reason

    def record(now: Values, seen: Mapping[str, Any] | None = action) -> str | Receipt:
        given: dict[str, Any] = {f: now[f] for f in ("owner", "verifier", "priority") if now[f] != before[f]}
        if now["contributors"] != before["contributors"]:
            given["contributors"] = _people(now["contributors"])
        if action is not None:
            if now["title"] != before["title"]:
                given["title"] = now["title"]
            return actions.assign(store, actor, str(action["number"]), given, seen=seen)
        given["due"] = read_day(now["due"]) if now["due"] else None
        number, _receipt = actions.add(store, actor, case.number, now["kind"], now["title"], given)
        return number

    before = _action_values(action or {})
    number = str((action or {}).get("number") or "")
    title = _("Edit {number}").format(number=number) if number else _("An action for {number}").format(
        number=case.number)  # fmt: skip
    again = Again(record, _action_values) if action is not None else None
    return Form(f"action {number or case.number}", title, fields, before, record, again=again, agree=agree)


def _action_values(action: Mapping[str, Any]) -> Values:
    return {
        "title": action.get("title") or "",
        "kind": action.get("kind") or "corrective",
        "owner": action.get("owner") or "",
        "due": action.get("due") or "",
        "contributors": ", ".join(action.get("contributors") or ()),
        "verifier": action.get("verifier") or "",
        "priority": action.get("priority") or "normal",
    }


def _people(text: str) -> list[str]:
    return [name for part in text.replace("，", ",").replace("、", ",").split(",") if (name := part.strip())]


def plan_form(store: Store, actor: Actor, case: Case) -> Form:
    """How the effect will be shown, of the present cycle; ends with the receipt."""
    plan = case.effect

    def measured(field: str, help_: str = "", read: Callable[[str], object] = str, *, short: bool = True) -> Field:
        def checked(text: str) -> None:
            require_not_fixed(case, field)
            read(text)

        return Field(field, field_label(field), help_, read=checked, short=short)

    fields = [
        measured("indicator", _("what is measured, such as late answers a week"), short=False),
        measured("method", _("how else the effect is found out, where nothing is measured"), short=False),
        measured("baseline", _("what it is now, before anything is changed"), read_value),
        measured("target", _("what it is to be"), read_value),
        measured("unit"),
        Field(
            "check_date",
            field_label("check_date"),
            _("late enough for the effect to show") + ": " + day_help(),
            read=partial(read_promised, gate="check date"),
            short=True,
        ),
        Field(
            "checker",
            field_label("checker"),
            _("nobody who owns it or carries an action out"),
            read=lambda text: require_other_checker(case, read_name(text)),
            short=True,
        ),
        Field("why", _("reason"), _("of a change after work started")),
    ]

    def agree(now: Values) -> None:
        require_comparable(read_value(now["baseline"]), read_value(now["target"]))

    def said(plan: Mapping[str, Any]) -> Values:
        return {field.id: _text(plan.get(field.id)) for field in fields}

    values = said(plan)
    last = {} if plan else case.effects.get(case.cycle - 1, {})
    offered = _as_last(values, last)

    # What is offered must not take the place of a plan that somebody else made meanwhile.
    def record(now: Values, seen: Mapping[str, Any] | None = plan or ({} if last else None)) -> Receipt:
        given: dict[str, Any] = {
            field: now[field] for field in ("indicator", "method", "unit", "checker") if now[field] != values[field]
        }
        given |= {field: read_value(now[field]) for field in ("baseline", "target") if now[field] != values[field]}
        if now["check_date"] != values["check_date"]:
            given["check_date"] = read_day(now["check_date"])
        return effect.plan(store, actor, case.number, given, now["why"], seen=seen)

    title = _("How the effect of {number} will be shown").format(number=case.number)

    def beside(_now: Values, width: int) -> Sequence[Line]:
        words = _("as in cycle {n}, from what was found then; only s records it").format(n=case.cycle - 1)
        return wrap(words, width) if last else ()

    return Form(f"plan {case.number}", title, fields, offered, record, beside, again=Again(record, said), agree=agree)


def _as_last(values: Values, last: Mapping[str, Any]) -> Values:
    """A plan to begin with: measured as in the cycle before, from the value that was found there."""
    same = {field: _text(last.get(field)) for field in ("indicator", "method", "unit", "target", "checker")}
    return {**values, **same, "baseline": _text(last.get("value"))} if last else values


def check_form(store: Store, actor: Actor, case: Case) -> Form:
    """What was found on the day; ends with the state reached."""
    plan = case.effect
    fields = [
        Field("value", _("after"), _("what it is now, measured as the baseline was"), read=read_value, short=True),
        Field("verdict", _("verdict"), choices=[("", "-"), *((v, verdict_label(v)) for v in VERDICTS)]),
        Field("note", _("note"), _("how it was found; needed for a verdict against the target")),
        Field("lesson", _("lesson"), _("what others can learn from it; needed to close")),
    ]

    def record(values: Values) -> str:
        if not values["verdict"]:
            raise ValueError(_("choose the verdict: enter on it"))
        value = read_value(values["value"]) if values["value"] else None
        result = CheckResult(values["verdict"], value, values["note"])
        reached, _receipt = effect.check(store, actor, case.number, result, values["lesson"], seen=case.nonconformity)
        return reached

    def agree(now: Values) -> None:
        require_time(case, now["verdict"], today())

    values = {"value": "", "verdict": "", "note": "", "lesson": str(case.nonconformity.get("lesson") or "")}
    title = _("Effect of {number}, cycle {n}").format(number=case.number, n=case.cycle)
    return Form(
        f"check {case.number} {case.cycle}", title, fields, values, record, partial(_beside_check, plan), agree=agree
    )


def _beside_check(plan: Mapping[str, Any], values: Values, width: int) -> Sequence[Line]:
    """Before and after side by side, as the value is typed."""
    try:
        value = read_value(values["value"]) if values["value"] else None
    except ValueError:
        value = None
    return effect_lines(effect_row({**plan, "value": value}), width)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
