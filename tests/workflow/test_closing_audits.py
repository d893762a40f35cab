"""An audit closes when each of its nonconformities is dealt with or handed over."""

import pytest
from case_walk import ANNA, analysed, carried_out, checked, planned
from walk_helpers import begun, give

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import audits, handling
from qms_tui.workflow.nonconformities import list_rows


def test_each_is_closed_cancelled_or_handed_over(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    for item in ("doors", "temp", "van"):
        give(walk, item, {"doors": "n", "temp": "12", "van": "Poor"}[item])
    number = str(walk.number)
    with pytest.raises(Refused):
        audits.close(store, anna, number)
    walk.complete("half a round")
    doors, temp, van = (row["number"] for row in list_rows(store))
    with pytest.raises(Refused, match=f"nonconformities: {doors}, {temp}, {van}: "):
        audits.close(store, anna, number)
    analysed(store, doors)
    carried_out(store, doors, planned(store, doors))
    checked(store, doors)
    handling.cancel(store, ANNA, temp, "the display was wrong")
    with pytest.raises(Refused, match=f"nonconformities: {van}: "):
        audits.close(store, anna, number)
    handling.hand_over(store, ANNA, van, "the garage", "their work")
    audits.close(store, anna, number)
    assert audits.find_audit(store, number)["status"] == "closed"
    with pytest.raises(Refused):
        audits.open_walk(store, anna, audits.find_audit(store, number)).reopen("why")
    with pytest.raises(Refused, match="is closed"):
        handling.raise_nonconformity(store, ANNA, "late", "QMS 4.1", audit=number)
