"""From a human number to the document that bears it."""

from qms_tui.store.base import Doc, Store
from qms_tui.workflow import cases
from qms_tui.workflow.audits import find_audit


def find(store: Store, number: str) -> Doc:
    """An audit (`A-...`), a nonconformity (`NC-...`) or an action (`AC-...`). Raises Unknown."""
    prefix = number.strip().partition("-")[0].casefold()
    if prefix == "nc":
        return cases.find_nonconformity(store, number)
    return cases.find_action(store, number) if prefix == "ac" else find_audit(store, number)
