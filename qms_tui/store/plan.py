"""From a transaction to the changes that its line will hold."""

import json
from collections.abc import Callable
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import Conflict, Doc, Fields, Op, Tx
from qms_tui.store.line import Ops
from qms_tui.store.state import State
from qms_tui.store.values import plain, same, text

_SHOWN = 60  # characters of a value in a message


def checked(tx: Tx) -> Tx:
    """The transaction in plain values that nobody else holds. Raises Invalid."""
    text(tx.id, "id"), text(tx.by.name, "by"), text(tx.by.via or "", "via"), text(tx.why, "why")
    ops = [
        Op(
            text(op.table, "table"),
            text(op.id, f"{op.table}.id"),
            plain(op.set, op.table),
            op.base_rev,
            op.number and text(op.number, "number"),
        )
        for op in tx.ops
    ]
    return Tx(tx.id, tx.by, ops, tx.why, tx.undoes)


def changes(state: State, tx: Tx, year: int, author: Callable[[int], str]) -> Ops:
    """What a checked transaction changes; several ops on one document become one. Raises Conflict.

    A document that has a number keeps it. `author` says who wrote transaction n.
    """
    wanted: dict[tuple[str, str], tuple[Doc | None, dict[str, Any]]] = {}  # the document as it is, what is set
    taken: list[tuple[str, str]] = []
    for op in tx.ops:
        have = state.doc(op.table, op.id)
        if op.base_rev is not None and op.base_rev != (have.rev if have is not None else 0):
            raise _conflict(op, have, author)
        _have, fields = wanted.setdefault((op.table, op.id), (have, {}))
        fields.update(op.set)
        if op.number and not fields.get("number", have.get("number") if have is not None else None):
            mine = [number for table, number in taken if table == op.table]
            fields["number"] = state.next_number(op.table, f"{op.number}-{year:04d}", mine)
            taken.append((op.table, fields["number"]))
    ops: Ops = []
    for (table, id), (have, fields) in wanted.items():
        difference = _difference(have if have is not None else {}, fields)
        if difference or have is None:
            ops.append([table, id, difference])
    return ops


def _difference(before: Fields, fields: Fields) -> dict[str, list[Any]]:
    """What setting the fields changes: [old, new], or [old] for one that is removed."""
    changed = {
        field: [before.get(field), value]
        for field, value in fields.items()
        if value is not None and (field not in before or not same(before[field], value))
    }
    return changed | {field: [before[field]] for field, value in fields.items() if value is None and field in before}


def _conflict(op: Op, have: Doc | None, author: Callable[[int], str]) -> Conflict:
    if have is None:
        message = _("{table} {name} does not exist; read it again").format(table=op.table, name=op.id)
        return Conflict(message, op.table, op.id, op.set, None)
    values = [
        _("{field} is {theirs}, yours {mine}").format(field=field, theirs=_shown(have.get(field)), mine=_shown(mine))
        for field, mine in op.set.items()
        if not same(have.get(field), mine)
    ]
    message = _("{table} {name} was changed by {who} meanwhile: {values}; read it again").format(
        table=op.table,
        name=have.get("number") or op.id,
        who=author(have.rev),
        values="; ".join(values) or _("the values are yours"),
    )
    theirs = Doc(plain(have, op.table), op.id, have.revs)
    return Conflict(message, op.table, op.id, op.set, theirs)


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False) if value is not None else "-"
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
