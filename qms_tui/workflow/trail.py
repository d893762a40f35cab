"""The trail of the whole store, or of one record with all that belongs to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from qms_tui.reports.trail import trail_row
from qms_tui.store.base import Doc, Record, Store
from qms_tui.workflow.cases import ACTIONS, BELONGING, NONCONFORMITIES, NOTES

_NUMBERED = frozenset({NONCONFORMITIES, *BELONGING})


def trail_rows(store: Store, keep: Callable[[Record], bool] | None = None) -> list[dict[str, Any]]:
    """The trail, oldest first, of the transactions that `keep` keeps."""
    numbers = Numbers(store)
    return [trail_row(record, numbers) for record in store.history() if keep is None or keep(record)]


def trail_of(store: Store, root: str) -> list[dict[str, Any]]:
    """The trail of a document and of all that belongs to it.

    To an audit belong its answers, findings and nonconformities, and what people decided of the history of the
    questions in its version of the checklist, in whichever audit; to a nonconformity its causes, actions, notes and
    effectiveness; to an action its notes.
    """
    docs = [doc for table in ("audits", NONCONFORMITIES, *BELONGING) if (doc := store.get(table, root))]
    docs += [doc for table in ("answers", "findings") for doc in store.find(table, within=root)]
    raised = store.find(NONCONFORMITIES, by=("audit", root))
    for id_ in (root, *(doc.id for doc in raised)):
        docs += [doc for table in BELONGING for doc in store.find(table, by=("nonconformity", id_))]
    docs += raised
    if (audit := store.get("audits", root)) is not None:
        from qms_tui.workflow.lineage import TABLE as LINEAGE  # what shows a nonconformity does not pay for it

        version = ("version", f"{audit['checklist']} {audit['digest']}")
        docs += [doc for doc in store.find(LINEAGE, by=version) if doc.get("by")]
    docs += notes_of(store, root)
    own = frozenset(doc.id for doc in docs)
    numbers = Numbers(store)
    return [trail_row(record, numbers, own) for record in store.records(sorted({n for doc in docs for n in doc.revs}))]


def notes_of(store: Store, action: str) -> list[Doc]:
    """The progress notes of an action, by its id."""
    doc = store.get(ACTIONS, action)
    return (
        store.find(NOTES, lambda note: note["of"] == action, by=("nonconformity", doc["nonconformity"])) if doc else []
    )


def numbers_in(store: Store, trail: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The numbers by which the documents go that a trail tells of, by their ids; an answer has none."""
    known = Numbers(store)
    ids = {change["id"] for row in trail for change in row["changes"] if change["table"] in _NUMBERED}
    return {id_: known[id_] for id_ in ids if id_ in known}


class Numbers(Mapping[str, str]):
    """Human numbers by document id; what has none of its own goes by that of what it belongs to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def __getitem__(self, id: str) -> str:
        if id not in self._known:
            self._known[id] = self._look_up(id) or ""
        if not self._known[id]:
            raise KeyError(id)
        return self._known[id]

    def _look_up(self, id: str) -> str | None:
        store = self._store
        number = next((n for table in ("audits", NONCONFORMITIES, ACTIONS) if (n := store.number(table, id))), None)
        if number is not None:
            return number
        doc = next((doc for table in BELONGING if (doc := store.get(table, id))), None)
        if doc is not None and "of" in doc:  # a note
            return store.number(ACTIONS, doc["of"])
        return store.number(NONCONFORMITIES, doc["nonconformity"]) if doc else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
