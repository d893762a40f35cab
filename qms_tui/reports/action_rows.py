"""Rows of actions, as screens and `action list` show them: pure functions over stored documents."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from qms_tui.records.case import Document, folded
from qms_tui.records.dates import is_overdue
from qms_tui.records.words import ACTION_ENDED
from qms_tui.reports.rows import by_number

SOON = 7  # days before a due date from which on it is due soon
_WAITING = ("done", *sorted(ACTION_ENDED))  # no work of its owner is left


def is_open_action(action: Document) -> bool:
    """Whether something is left to do: by its owner, or by who verifies it."""
    return not action.get("void") and action["status"] not in ACTION_ENDED


def action_row(action: Document, nonconformity: str | None, today: str) -> dict[str, Any]:
    """An action; `nonconformity` is the number of the one it belongs to. Overdue and due soon are derived."""
    due = action.get("due")
    owed = not action.get("void") and action["status"] not in _WAITING
    return {
        "number": action["number"],
        "nonconformity": nonconformity,
        "cycle": action["cycle"],
        "kind": action["kind"],
        "title": action["title"],
        "owner": action.get("owner"),
        "contributors": action.get("contributors") or [],
        "verifier": action.get("verifier"),
        "due": due,
        "status": action["status"],
        "priority": action["priority"],
        "overdue": owed and is_overdue(due, today),
        "due_soon": owed and bool(due and today <= due <= days_after(today, SOON)),
        "moved": len(action.get("moves") or ()),
    }


@lru_cache(maxsize=64)
def days_after(day: str, days: int) -> str:
    """An ISO date so many days after another."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def passing(
    today: str,
    *,
    open_only: bool = False,
    overdue: bool = False,
    owner: str | None = None,
    mine: str | None = None,
) -> Callable[[Document], bool]:
    """The filters of `action list` as a question to each action; withdrawn ones never pass.

    `mine` is the name of somebody who owns it or contributes to it.
    """
    owned, taking_part = owner and folded(owner), mine and folded(mine)

    def passes(action: Document) -> bool:
        return (
            (
                not taking_part
                or folded(action.get("owner")) == taking_part
                or taking_part in map(folded, action.get("contributors") or ())
            )
            and (not owned or folded(action.get("owner")) == owned)
            and (not open_only or is_open_action(action))
            and (not overdue or (action["status"] not in _WAITING and is_overdue(action.get("due"), today)))
            and not action.get("void")
        )

    return passes


def action_rows(actions: Iterable[Document], numbers: Mapping[str, str], today: str) -> list[dict[str, Any]]:
    """Rows by number; `numbers` maps ids of nonconformities to their numbers."""
    rows = [action_row(action, numbers.get(action["nonconformity"]), today) for action in actions]
    return sorted(rows, key=lambda row: by_number(str(row["number"])))
