"""A nonconformity on its way, in short form, on a real store."""

from typing import Any

from qms_tui.records.effect import CheckResult
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.cases import find_action, find_nonconformity
from qms_tui.workflow.typed import read_day

ANNA, BEN, DORA = Actor("anna"), Actor("ben"), Actor("dora")
PLAN = {"indicator": "jobs closed unconfirmed", "baseline": 9, "target": 2, "unit": "per week", "checker": "dora"}


def raised(store: Store, statement: str = "A job was closed unconfirmed", **given: Any) -> str:
    number, _receipt = handling.raise_nonconformity(store, ANNA, statement, "QMS 4.1", **given)
    return number


def analysed(store: Store, number: str, cause: str = "nobody owns the form") -> None:
    """Two whys below the statement, the lower one a root cause; action plan reached."""
    first, _receipt = causes.add_why(store, ANNA, number, "the form lets it")
    causes.add_why(store, ANNA, number, cause, first, {"root": True})
    handling.advance(store, ANNA, number)


def planned(store: Store, number: str) -> str:
    """A corrective action of Ben's and Dora's effectiveness plan; in progress reached. The action's number."""
    given = {"owner": "ben", "due": read_day("+7")}
    action, _receipt = actions.add(store, ANNA, number, "corrective", "Make it required", given)
    effect.plan(store, ANNA, number, {**PLAN, "check_date": read_day("today")})
    handling.advance(store, ANNA, number)
    return action


def carried_out(store: Store, number: str, action: str) -> None:
    """Started, done, verified; verification reached."""
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "released to both desks")
    actions.verify(store, ANNA, action, "tried at both")
    handling.advance(store, ANNA, number)


def checked(store: Store, number: str, verdict: str = "effective", value: Any = 1) -> str:
    reached, _receipt = effect.check(
        store, DORA, number, CheckResult(verdict, value), "fields that may be empty will be"
    )
    return reached


def closed(store: Store, statement: str = "A job was closed unconfirmed", **given: Any) -> str:
    number = raised(store, statement, **given)
    analysed(store, number)
    carried_out(store, number, planned(store, number))
    checked(store, number)
    return number


def nc(store: Store, number: str) -> Any:
    return find_nonconformity(store, number)


def act(store: Store, number: str) -> Any:
    return find_action(store, number)
