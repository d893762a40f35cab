"""The footers of a nonconformity and an action: the keys that can do something in the present state."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from qms_tui.records.actions import require_editable
from qms_tui.records.case import Case, Document
from qms_tui.records.gates import Barred
from qms_tui.records.nonconformity import require_before_work, require_cancelled, require_open
from qms_tui.screens.action_rows import STEP_KEYS
from qms_tui.screens.actions import ACTION, ACTION_OPEN, CASE, CASE_BEFORE_WORK, CASE_OPEN, hints
from qms_tui.screens.widgets.key_footer import KeyHint

Of = TypeVar("Of")


def case_hints(case: Case, row: Mapping[str, Any]) -> list[KeyHint]:
    """`row` is the case as `nc show --json` gives it."""
    barred = {"advance", "check"} - {step["step"] for step in row["steps"]}
    barred |= set() if row["audit"] else {"audit"}
    for gate, keys in (
        (require_open, CASE_OPEN),
        (require_before_work, CASE_BEFORE_WORK),
        (require_cancelled, frozenset({"reopen"})),
    ):
        barred |= keys if _bars(gate, case) else set()
    return hints([action for action in CASE if action.id not in barred])


def action_hints(action: Document, row: Mapping[str, Any]) -> list[KeyHint]:
    """`row` is the action as `action show --json` gives it."""
    barred = STEP_KEYS.keys() - ACTION_OPEN - {step["step"] for step in row["steps"]}
    barred |= ACTION_OPEN if _bars(require_editable, action) else set()
    return hints([key for key in ACTION if key.id not in barred])


def _bars(gate: Callable[[Of], object], of: Of) -> bool:
    try:
        gate(of)
    except Barred:
        return True
    return False
