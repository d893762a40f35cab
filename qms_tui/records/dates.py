"""Dates that are promised: not in the past, and moved only with a reason that stays visible."""

from collections.abc import Mapping
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.gates import Barred


def require_future(gate: str, day: str, today: str) -> None:
    """A promised day is today or later. ISO dates. Raises Barred."""
    if day < today:
        raise Barred(gate, _("{day} is in the past; today is {today}").format(day=day, today=today))


def moved(
    document: Mapping[str, Any], field: str, gate: str, day: str, why: str, by: str, at: str, today: str
) -> dict[str, Any]:
    """The fields that set a promised day; a later change of it is kept in `moves` with its reason. Raises Barred."""
    require_future(gate, day, today)
    old = document.get(field)
    if old is None or old == day:
        return {field: day}
    if not why.strip():
        raise Barred(gate, _("{old} was promised; moving it to {new} needs a reason").format(old=old, new=day))
    move = {"old": old, "new": day, "why": why.strip(), "by": by, "at": at}
    return {field: day, "moves": [*(document.get("moves") or []), move]}


def is_overdue(due: str | None, today: str) -> bool:
    """Whether a day is past; both are ISO dates, and the day itself is not late."""
    return bool(due and due < today)
