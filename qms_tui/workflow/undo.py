"""Taking back: never by removing a line, always by a new transaction that says which one it undoes."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.reports.record import Entry
from qms_tui.store.base import Actor, Change, Doc, Op, Receipt, Record, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.cases import BELONGING, NONCONFORMITIES
from qms_tui.workflow.clock import now

# Documents that are numbered, or that others refer to, stay and are marked void; an answer returns to what it was.
_VOIDED = ("findings", "nonconformities")
Undone = Literal["answer", "note", "evidence", "finding", "item"]

_ENTERED = ("result", "value", "unit", "verdict", "note", "evidence")


class TakenBack(NamedTuple):
    """What an undo took back: of which item (None when it concerned none), and what of it."""

    item: str | None
    receipt: Receipt
    what: Undone

    def words(self, entries: Iterable[Entry]) -> str:
        """As a person reads it; `entries` are all of the walk."""
        entry = next((entry for entry in entries if entry.item.id == self.item), None)
        return undone_words(self.what, entry.item.question if entry else self.item or "")


def undo_tx(store: Store, actor: Actor, audit_id: str) -> tuple[Tx, str | None]:
    """The transaction that takes back the actor's last one in an audit, and the item that it concerned.

    Raises Refused when nothing is left to take back, or when a colleague has changed the same field since.
    """
    mine = [record for record in _of_audit(store, audit_id) if record.by == actor.name]
    undone = {record.undoes for record in mine if record.undoes is not None}
    last = next((r for r in reversed(mine) if r.undoes is None and r.n not in undone and _steps(r)), None)
    if last is None:
        raise nothing_to_undo()
    steps = _steps(last)
    ops = [_inverse(store, actor, last, table, id_, changes) for (table, id_), changes in steps.items()]
    item = next((change.id.partition("/")[2] for change in last.changes if change.table == "answers"), None)
    why = _("undo of {n}").format(n=last.n)
    return Tx(uuid7(), actor, ops, why, undoes=last.n), item


def undone(ops: Sequence[Op]) -> Undone:
    """What the operations of an undo take back."""
    fields = next((op.set for op in ops if op.table == "answers"), {})
    if "void" in fields:
        return "item"
    if "result" in fields:
        return "answer"
    if "evidence" in fields:
        return "evidence"
    return "note" if "note" in fields else "finding"


def undone_words(what: Undone, question: str) -> str:
    """What was taken back of a question, as a person reads it."""
    return {
        "answer": _("Answer taken back: {item}"),
        "note": _("Note taken back: {item}"),
        "evidence": _("Evidence taken back: {item}"),
        "finding": _("Finding taken back: {item}"),
        "item": _("Added item taken back: {item}"),
    }[what].format(item=question)


def nothing_to_undo() -> Refused:
    """The refusal to undo, to be raised."""
    return Refused("undo", _("there is nothing of yours to take back in this audit"))


def _of_audit(store: Store, audit_id: str) -> Iterable[Record]:
    docs = [doc for table in ("answers", "findings") for doc in store.find(table, within=audit_id)]
    return store.records(sorted({n for doc in docs for n in doc.revs}))


def _steps(record: Record) -> dict[tuple[str, str], list[Change]]:
    """The record's changes to answers, findings and nonconformities, by document; completing an audit is no step."""
    steps: dict[tuple[str, str], list[Change]] = {}
    for change in record.changes:
        if change.table in ("answers", *_VOIDED):
            steps.setdefault((change.table, change.id), []).append(change)
    return steps


def _inverse(store: Store, actor: Actor, record: Record, table: str, id_: str, changes: list[Change]) -> Op:
    doc = store.get(table, id_)
    if doc is None or any(doc.get(change.field) != change.new for change in changes):
        raise _changed_since(store, record, doc)
    fields: dict[str, Any] = {change.field: change.old for change in changes}
    if fields.get("audit", doc) is None:  # the transaction made the document
        if doc.get("adhoc") and any(doc.get(field) for field in _ENTERED if field not in fields):
            raise Refused("undo", _("something was entered at the added item since; answer it anew instead"))
        if table == NONCONFORMITIES:
            _require_alone(store, record, doc)
        if table in _VOIDED or doc.get("adhoc"):
            fields = {"void": {"why": _("undo of {n}").format(n=record.n), "by": actor.name, "at": now()}}
        else:
            fields = {key: None for key in fields if key in _ENTERED} | {"progress": "to_do"}
    return Op(table, id_, fields, base_rev=doc.rev)


def _changed_since(store: Store, record: Record, doc: Doc | None) -> Refused:
    later = _later(store, record, doc)
    if later is None:
        return Refused("undo", _("it was changed again since; answer the item anew instead"))
    return Refused(
        "undo",
        _("it was changed again since ({who}, {n}); answer the item anew instead").format(who=later.by, n=later.n),
    )


def _later(store: Store, record: Record, doc: Doc | None) -> Record | None:
    """The last transaction after one that changed a document, and was not taken back."""
    later = list(store.records([n for n in doc.revs if n > record.n] if doc is not None else []))
    back = {each.undoes for each in later}
    return next((each for each in reversed(later) if each.undoes is None and each.n not in back), None)


def _require_alone(store: Store, record: Record, doc: Doc) -> None:
    """Nobody has worked on the nonconformity that is to be void. Raises Refused."""
    later = _later(store, record, doc)
    if later is None:
        belonging = [each for table in BELONGING for each in store.find(table, by=("nonconformity", doc.id))]
        later = next(store.records([max(each.rev for each in belonging)] if belonging else []), None)
    if later is not None:
        raise Refused(
            "undo",
            _("{number} was worked on since ({who}, {n}); cancel it instead, with a reason").format(
                number=doc["number"], who=later.by, n=later.n
            ),
        )
