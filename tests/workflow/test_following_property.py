"""Whatever two people answer and take back: findings stand on items that are asked, nonconformities on findings."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from test_following import FOLLOWED
from walk_helpers import begun, give

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, Conflict
from qms_tui.store.open import open_store
from qms_tui.workflow.audits import find_audit, open_walk

STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(
            [("store", "yes"), ("store", "no"), ("store", "a"), ("alarm", "n"), ("alarm", "y"), ("light", "p"), None]
        ),
    ),
    max_size=10,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_findings_stand_on_what_is_asked(steps: list[tuple[bool, tuple[str, str] | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store") as store:
        anna = begun(store, Actor("anna"), FOLLOWED)
        give(anna, "doors", "y")
        ben = open_walk(store, Actor("ben"), find_audit(store, str(anna.number)))
        for hers, step in steps:
            walk = anna if hers else ben
            try:
                if step is None:
                    walk.undo()
                elif step[0] in {entry.item.id for entry in walk.entries()}:
                    give(walk, *step)
            except (Refused, Conflict):
                pass
            walk.refresh()
            entries = {entry.item.id: entry for entry in walk.all_entries()}
            live = [doc for doc in store.find("findings") if not doc.get("void")]
            assert all(entries[doc["item"]].asked for doc in live)
            raised = {doc.get("nonconformity") for doc in live}
            assert all(doc.id in raised for doc in store.find("nonconformities") if not doc.get("void"))
            failed = [e for e in entries.values() if e.asked and e.result in ("nonconform", "partial")]
            assert all(entry.finding is not None for entry in failed)
