"""Whatever people do in whatever order: nothing closes without a verified action and an effect check."""

from typing import Any

import pytest
from case_walk import PLAN
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from qms_tui.records import actions, effect, nonconformity
from qms_tui.records.case import Case, implementers, same_person
from qms_tui.records.gates import Barred

TODAY, AT = "2026-11-22", "2026-11-22T10:00:00.000Z"
PEOPLE = st.sampled_from(["anna", "ben", "Ben ", "cleo", "dora"])
DAYS = st.sampled_from(["2026-11-20", "2026-11-22", "2026-12-01"])


class Way(RuleBasedStateMachine):
    """The pure transitions, applied to documents as the store would; what is barred changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.nc: dict[str, Any] = {"number": "NC-1", "status": "draft", "cycle": 1, "statement": "s"}
        self.causes: dict[str, dict[str, Any]] = {}
        self.actions: dict[str, dict[str, Any]] = {}
        self.effects: dict[int, dict[str, Any]] = {}

    def case(self) -> Case:
        return Case(self.nc, self.causes, self.actions, self.effects)

    @rule(root=st.booleans())
    def why(self, root: bool) -> None:
        try:
            nonconformity.require_before_work(self.case())
        except Barred:
            return
        self.causes[str(len(self.causes))] = {"cycle": self.nc["cycle"], "text": "w", "root": root or None}

    @rule(kind=st.sampled_from(["corrective", "training", "correction"]), owner=PEOPLE, due=DAYS)
    def add(self, kind: str, owner: str, due: str) -> None:
        try:
            made = actions.new(self.case(), kind, "t", {"owner": owner, "due": due}, "anna", AT, TODAY)
        except Barred:
            return
        self.actions[f"a{len(self.actions)}"] = made

    @rule(checker=PEOPLE, day=DAYS, whole=st.booleans())
    def plan(self, checker: str, day: str, whole: bool) -> None:
        given = {**PLAN, "checker": checker, "check_date": day} if whole else {"checker": checker}
        try:
            fields = effect.plan(self.case(), given, "", "anna", AT, TODAY)
        except Barred:
            return
        self.effects.setdefault(self.nc["cycle"], {}).update(fields)

    @precondition(lambda self: self.actions)
    @rule(pick=st.integers(0, 9), what=st.sampled_from(["start", "done", "verify", "refuse", "cancel"]), by=PEOPLE)
    def act(self, pick: int, what: str, by: str) -> None:
        id_ = sorted(self.actions)[pick % len(self.actions)]
        action = self.actions[id_]
        try:
            match what:
                case "start":
                    fields = actions.start(self.case(), action, by)
                case "done":
                    fields = actions.done(action, "built", by, AT)
                case "verify":
                    fields = actions.verify(action, "seen", by, AT)
                case "refuse":
                    fields = actions.refuse(action, "c", by, AT)
                case _:
                    fields = actions.cancel(action, "r")
        except Barred:
            return
        self.actions[id_] = {**action, **fields}

    @rule()
    def advance(self) -> None:
        try:
            self.nc.update(nonconformity.advance(self.case()))
        except Barred:
            return

    @rule(verdict=st.sampled_from(["effective", "not_effective"]), value=st.sampled_from([None, 1, 7]), by=PEOPLE)
    def check(self, verdict: str, value: int | None, by: str) -> None:
        result, case = effect.CheckResult(verdict, value), self.case()
        try:
            fields = nonconformity.conclude(case, result, "lesson", by, AT, TODAY)
        except Barred:
            return
        self.effects[case.cycle].update(effect.check(case, result, by, AT, TODAY))
        self.nc.update(fields)

    @rule()
    def cancel(self) -> None:
        if len(self.actions) < 3:
            return  # else most ways would end here
        try:
            self.nc.update(nonconformity.cancel(self.case(), "r", "2026-11-22T10:00:00.000Z"))
        except Barred:
            return

    @invariant()
    def nothing_closes_without_a_verified_action_and_an_effect_check(self) -> None:
        if self.nc["status"] != "closed":
            return
        own = self.case().actions_of(self.nc["cycle"])
        verified = [a for a in own.values() if a["status"] == "verified" and a["kind"] == "corrective"]
        assert verified and all(not same_person(a["verified_by"], a["owner"]) for a in verified)
        found = self.effects[self.nc["cycle"]]
        assert found["verdict"] == "effective" and found["value"] is not None
        assert not any(same_person(name, found["checked_by"]) for name in implementers(own))
        assert all(a["status"] in ("verified", "closed", "cancelled") for a in self.actions.values())
        assert any(c["root"] for c in self.causes.values() if c["cycle"] == self.nc["cycle"])

    @invariant()
    def no_work_on_the_cause_before_its_effect_is_planned(self) -> None:
        for action in self.actions.values():
            if action["kind"] != "correction" and action["status"] in ("in_progress", "done", "verified"):
                assert not effect.lacking(self.effects[action["cycle"]])

    @invariant()
    def each_earlier_cycle_was_found_not_effective(self) -> None:
        for cycle in range(1, self.nc["cycle"]):
            assert self.effects[cycle]["verdict"] == "not_effective"


SETTINGS = settings(
    max_examples=150, stateful_step_count=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_no_way_closes_without_a_verified_action_and_an_effect_check() -> None:
    run_state_machine_as_test(Way, settings=SETTINGS)


def test_the_ways_do_reach_a_closed_one() -> None:
    """A walk that never closes would prove nothing: the same rules, in the right order, close in the second cycle."""
    way = Way()
    for verdict, value in (("not_effective", 7), ("effective", 1)):
        way.why(True)
        if way.nc["status"] == "draft":
            way.advance()
        way.advance()
        way.add("corrective", "ben", "2026-12-01")
        way.plan("dora", "2026-11-22", True)
        way.advance()
        newest = len(way.actions) - 1
        for what, by in (("start", "ben"), ("done", "ben"), ("verify", "anna")):
            way.act(newest, what, by)
        way.advance()
        way.check(verdict, value, "dora")
        way.nothing_closes_without_a_verified_action_and_an_effect_check()
    assert way.nc["status"] == "closed" and way.nc["cycle"] == 2


def test_the_invariant_notices_one_that_was_closed_past_its_gates() -> None:
    way = Way()
    way.nc.update(status="closed")
    with pytest.raises((AssertionError, KeyError)):
        way.nothing_closes_without_a_verified_action_and_an_effect_check()
