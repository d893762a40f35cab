"""Reading a nonconformity with all that belongs to it, and changing something of it while nobody else writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.case import Case
from qms_tui.store.base import Actor, Conflict, Doc, Op, Receipt, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.write import transact

NONCONFORMITIES, CAUSES, ACTIONS, EFFECTS, NOTES = "nonconformities", "causes", "actions", "effectiveness", "notes"
BELONGING = (CAUSES, ACTIONS, EFFECTS, NOTES)  # tables whose documents name their nonconformity

Build = Callable[[Case], Sequence[Op]]


def by_number(store: Store, table: str, number: str) -> Doc | None:
    """A numbered document, by its number in any case."""
    return next(iter(store.find(table, by=("number", number.strip().upper()))), None)


def find_nonconformity(store: Store, number: str) -> Doc:
    """A nonconformity by its number, in any case. Raises Unknown."""
    found = by_number(store, NONCONFORMITIES, number)
    if found is None:
        raise Unknown(_("{number}: no such nonconformity").format(number=number), _("see: qms-tui nc list"))
    return found


def find_action(store: Store, number: str) -> Doc:
    """An action by its number, in any case. Raises Unknown."""
    found = by_number(store, ACTIONS, number)
    if found is None:
        raise Unknown(_("{number}: no such action").format(number=number), _("see: qms-tui action list"))
    return found


def load_case(store: Store, nonconformity: Doc) -> Case:
    """The whole of one nonconformity."""

    def own(table: str) -> list[Doc]:
        return store.find(table, by=("nonconformity", nonconformity.id))

    return Case(
        nonconformity=nonconformity,
        causes={doc.id: doc for doc in own(CAUSES)},
        actions={doc.id: doc for doc in own(ACTIONS)},
        effects={doc["cycle"]: doc for doc in own(EFFECTS)},
        notes=own(NOTES),
    )


def case_of(store: Store, number: str) -> Case:
    """The whole of one nonconformity, by its number. Raises Unknown."""
    return load_case(store, find_nonconformity(store, number))


def changed_by(store: Store, case: Case, after: int, me: str) -> list[str]:
    """Who but me has changed something of a case since transaction `after`, in order."""
    documents = [case.nonconformity, *case.causes.values(), *case.actions.values(), *case.effects.values(), *case.notes]
    numbers = sorted({n for doc in documents for n in stored(doc).revs if n > after})
    return list(dict.fromkeys(record.by for record in store.records(numbers) if record.by != me))


def stored(document: Mapping[str, Any]) -> Doc:
    """A case's document as the store gave it, with its id and rev."""
    if not isinstance(document, Doc):
        raise TypeError("not from the store")
    return document


def change(store: Store, actor: Actor, number: str, build: Build, why: str = "") -> Receipt:
    """Commit what `build` makes of a nonconformity as it stands, while nobody else writes.

    Raises Unknown, what `build` raises, and what Store.commit raises; then nothing has changed.
    """

    def tx() -> Tx:
        return Tx(uuid7(), actor, build(case_of(store, number)), why.strip())

    return transact(store, tx)


def op(document: Mapping[str, Any], fields: Mapping[str, Any], table: str = NONCONFORMITIES) -> Op:
    """A change of a case's document as it stands."""
    doc = stored(document)
    return Op(table, doc.id, fields, base_rev=doc.rev)


def require_seen(
    store: Store, table: str, document: Mapping[str, Any], seen: Mapping[str, Any] | None, mine: Mapping[str, Any]
) -> None:
    """Raise Conflict when a field that `mine` sets is no longer what the person saw. `seen` None does not ask.

    Somebody else's change of other fields is none: both stand.
    """
    if seen is None:
        return
    doc = stored(document)
    changed = [field for field in mine if doc.get(field) != seen.get(field) and doc.get(field) != mine[field]]
    if not changed:
        return
    writers = [r for r in store.history(table, doc.id) if any(change.field in changed for change in r.changes)]
    values = "; ".join(
        _("{field} is {theirs}, yours {mine}").format(
            field=field, theirs=_said(doc.get(field)), mine=_said(mine[field])
        )
        for field in changed
    )
    raise Conflict(
        _("{number} was changed by {who} meanwhile: {values}; read it again").format(
            number=doc.get("number") or doc.id, who=writers[-1].by if writers else "?", values=values
        ),
        table,
        doc.id,
        mine,
        doc,
        writers[-1] if writers else None,
        changed,
    )


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in (None, "") else str(value)
