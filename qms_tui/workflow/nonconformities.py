"""Lists and details of nonconformities and their actions."""

from typing import Any

from qms_tui.i18n import _
from qms_tui.records.case import Case
from qms_tui.reports import action_rows, rows
from qms_tui.reports.case import case_json
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.cases import ACTIONS, NONCONFORMITIES, find_action, find_nonconformity, load_case, stored
from qms_tui.workflow.clock import today
from qms_tui.workflow.trail import trail_of
from qms_tui.workflow.unknown import Unknown


def list_rows(store: Store, *, audit: str | None = None, sort: str = "number", **filters: Any) -> list[dict[str, Any]]:
    """Rows in order; `filters` are those of `reports.rows.passes`, `audit` a number in any case. Raises Unknown."""
    numbers = {doc.id: str(doc["number"]) for doc in store.find("audits")}
    if audit is not None:
        wanted = audit.strip().casefold()
        audit = next((id_ for id_, number in numbers.items() if number.casefold() == wanted), None)
        if audit is None:
            raise Unknown(_("{number}: no such audit; see: qms-tui audit list").format(number=wanted.upper()))
    day = today()
    found = store.find(NONCONFORMITIES, lambda doc: rows.passes(doc, day, audit=audit, **filters))
    return rows.nonconformity_rows(found, numbers, day, sort)


def list_actions(store: Store, *, nonconformity: str | None = None, **filters: Any) -> list[dict[str, Any]]:
    """Rows by number; `filters` are those of `reports.action_rows.passes`, `nonconformity` a number. Raises Unknown."""
    own = find_nonconformity(store, nonconformity).id if nonconformity else None
    day = today()
    found = store.find(
        ACTIONS,
        lambda doc: own in (None, doc["nonconformity"]) and action_rows.passes(doc, day, **filters),
    )
    wanted = {doc["nonconformity"] for doc in found}
    numbers = {id_: str(doc["number"]) for id_ in wanted if (doc := store.get(NONCONFORMITIES, id_))}
    return action_rows.action_rows(found, numbers, day)


def show_row(store: Store, number: str, actor: Actor | None = None) -> dict[str, Any]:
    """One nonconformity whole, with its `trail`; with an actor also `steps`: what they may do next. Raises Unknown."""
    return row_of(store, load_case(store, find_nonconformity(store, number)), actor)


def row_of(store: Store, case: Case, actor: Actor | None = None) -> dict[str, Any]:
    """As `show_row`, of a loaded case."""
    own = stored(case.nonconformity)
    audit = store.get("audits", own.get("audit") or "")
    row = case_json(case, audit["number"] if audit else None, today(), actor.name if actor else None)
    return {**row, "trail": trail_of(store, own.id)}


def show_action(store: Store, number: str, actor: Actor | None = None) -> dict[str, Any]:
    """One action whole, with its `trail`; with an actor also `steps`. Raises Unknown."""
    from qms_tui.records.actions import steps
    from qms_tui.reports.case import action_json, step_row

    found = find_action(store, number)
    nonconformity = store.get(NONCONFORMITIES, found["nonconformity"])
    if nonconformity is None:
        raise Unknown(_("{number}: its nonconformity is not in the store").format(number=number))
    case = load_case(store, nonconformity)
    row = action_json(case, found.id, today())
    if actor is not None:
        row["steps"] = [step_row(step) for step in steps(case, found, actor.name)]
    return {**row, "trail": trail_of(store, found.id)}
