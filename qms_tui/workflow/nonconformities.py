"""Lists and details of nonconformities and their actions. A list imports no more than it needs."""

from typing import Any, get_args

from qms_tui.i18n import _
from qms_tui.records.case import Case
from qms_tui.records.words import ACTION_ENDED, ENDED, NONCONFORMITY_STATUSES, ActionStatus
from qms_tui.reports import action_rows, rows
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.cases import (
    ACTIONS,
    NONCONFORMITIES,
    by_number,
    find_action,
    find_nonconformity,
    load_case,
    stored,
)
from qms_tui.workflow.clock import today
from qms_tui.workflow.unknown import Unknown

OPEN = tuple(one for one in NONCONFORMITY_STATUSES if one not in ENDED)
OPEN_ACTIONS = tuple(one for one in get_args(ActionStatus) if one not in ACTION_ENDED)


def list_rows(store: Store, *, audit: str | None = None, sort: str = "number", **filters: Any) -> list[dict[str, Any]]:
    """Rows in order; `filters` are those of `reports.rows.passing`, `audit` a number in any case. Raises Unknown."""
    audit_id = None
    if audit is not None:
        run = by_number(store, "audits", audit)
        if run is None:
            raise Unknown(_("{number}: no such audit; see: qms-tui audit list").format(number=audit.strip().upper()))
        audit_id = run.id
    day = today()
    passes = rows.passing(day, audit=audit_id, **filters)
    open_only = filters.get("open_only") or filters.get("overdue")
    found = [
        doc
        for by in _narrowed("audit", audit_id, OPEN if open_only else None)
        for doc in store.scan(NONCONFORMITIES, passes, by=by)
    ]
    return rows.nonconformity_rows(
        found, store.numbers("audits", {doc["audit"] for doc in found if doc.get("audit")}), day, sort
    )


def _narrowed(belongs: str, to: str | None, statuses: tuple[str, ...] | None) -> list[tuple[str, str]] | list[None]:
    """The indexes to ask: what it belongs to, or each of the statuses, or None for the whole table."""
    if to is not None:
        return [(belongs, to)]
    return [("status", status) for status in statuses] if statuses else [None]


def list_actions(store: Store, *, nonconformity: str | None = None, **filters: Any) -> list[dict[str, Any]]:
    """Rows by number; `filters` are those of `action_rows.passing`, `nonconformity` is a number. Raises Unknown."""
    own = find_nonconformity(store, nonconformity).id if nonconformity else None
    day = today()
    passes = action_rows.passing(day, **filters)
    open_only = filters.get("open_only") or filters.get("overdue")
    found = [
        doc
        for by in _narrowed("nonconformity", own, OPEN_ACTIONS if open_only else None)
        for doc in store.scan(ACTIONS, passes, by=by)
    ]
    numbers = store.numbers(NONCONFORMITIES, {doc["nonconformity"] for doc in found})
    return action_rows.action_rows(found, numbers, day)


def show_row(store: Store, number: str, actor: Actor | None = None) -> dict[str, Any]:
    """One nonconformity whole, with `timeline`, `trail` and similar `candidates`; with an actor also `steps`.

    Raises Unknown.
    """
    from qms_tui.workflow.repeats import similar_rows

    case = load_case(store, find_nonconformity(store, number))
    return {**row_of(store, case, actor), "candidates": similar_rows(store, case)}


def row_of(store: Store, case: Case, actor: Actor | None = None) -> dict[str, Any]:
    """As `show_row`, of a loaded case, without candidates."""
    from qms_tui.reports.case import case_json
    from qms_tui.reports.timeline import timeline
    from qms_tui.workflow.trail import numbers_in, trail_of

    own = stored(case.nonconformity)
    audit = store.number("audits", own.get("audit") or "")
    row = case_json(case, audit, today(), actor.name if actor else None)
    trail = trail_of(store, own.id)
    return {**row, "timeline": timeline(trail, numbers_in(store, trail)), "trail": trail}


def show_action(store: Store, number: str, actor: Actor | None = None) -> dict[str, Any]:
    """One action whole, with its `timeline` and `trail`; with an actor also `steps`. Raises Unknown."""
    from qms_tui.records.actions import steps
    from qms_tui.reports.case import action_json, step_row
    from qms_tui.reports.timeline import timeline
    from qms_tui.workflow.trail import numbers_in, trail_of

    found = find_action(store, number)
    nonconformity = store.get(NONCONFORMITIES, found["nonconformity"])
    if nonconformity is None:
        raise Unknown(_("{number}: its nonconformity is not in the store").format(number=number))
    case = load_case(store, nonconformity)
    row = action_json(case, found.id, today())
    if actor is not None:
        row["steps"] = [step_row(step) for step in steps(case, found, actor.name)]
    trail = trail_of(store, found.id)
    return {**row, "timeline": timeline(trail, numbers_in(store, trail)), "trail": trail}
