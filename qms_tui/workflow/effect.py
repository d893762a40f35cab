"""Planning how an effect will be shown, and checking it. Use cases raise as those of `workflow.handling`."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms_tui.records import actions as action_gates
from qms_tui.records import effect as gates
from qms_tui.records import nonconformity as nc_gates
from qms_tui.records.case import Case
from qms_tui.records.effect import CheckResult
from qms_tui.store.base import Actor, Doc, Op, Receipt, Store
from qms_tui.workflow import cases
from qms_tui.workflow.clock import now, today
from qms_tui.workflow.handling import Seen, require_same_state


def plan(
    store: Store, actor: Actor, number: str, given: Mapping[str, Any], why: str = "", seen: Seen = None
) -> Receipt:
    """Set fields of the present cycle's effectiveness plan; `seen` is that plan's document as the person saw it.

    `given`: indicator, method, baseline, target, unit, check_date, checker; None leaves a field.
    """

    def build(case: Case) -> Sequence[Op]:
        nc_gates.require_open(case)
        wanted = {field: value for field, value in given.items() if value is not None}
        if isinstance(case.effect, Doc):
            cases.require_seen(store, cases.EFFECTS, case.effect, seen, wanted)
        return _effect_ops(case, gates.plan(case, wanted, why, actor.name, now(), today()))

    return cases.change(store, actor, number, build, why)


def check(
    store: Store, actor: Actor, number: str, result: CheckResult, lesson: str = "", seen: Seen = None
) -> tuple[str, Receipt]:
    """Record what was found; effective closes the nonconformity, not effective begins its next cycle.

    The verified actions of the cycle are closed with it. Gives the state reached.
    """
    reached = ""

    def build(case: Case) -> Sequence[Op]:
        nonlocal reached
        require_same_state(store, case, seen)
        at, day = now(), today()
        fields = nc_gates.conclude(case, result, lesson, actor.name, at, day)
        reached = fields["status"]
        closed = [
            cases.op(action, action_gates.close(action), cases.ACTIONS)
            for action in case.actions.values()
            if action["status"] == "verified"
        ]
        checked = _effect_ops(case, gates.check(case, result, actor.name, at, day))
        return [*checked, *closed, cases.op(case.nonconformity, fields)]

    receipt = cases.change(store, actor, number, build, result.note)
    return reached, receipt


def _effect_ops(case: Case, fields: Mapping[str, Any]) -> list[Op]:
    if isinstance(case.effect, Doc):
        return [cases.op(case.effect, fields, cases.EFFECTS)]
    said = {field: value for field, value in fields.items() if value is not None}
    if not said:
        return []
    own = cases.stored(case.nonconformity).id
    whole = {"nonconformity": own, "cycle": case.cycle, **said}
    return [Op(cases.EFFECTS, f"{own}/{case.cycle}", whole, base_rev=0)]
