"""The changes of one line of the trail in words: of which document, what before, what after."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.words import grade_label, history_label, result_label, status_label
from qms_tui.reports.timeline import named_events

# What a reader wants to see of a document; the rest (ids, times, copies of the question) is in the record itself.
_TOLD = (
    *("result", "value", "note", "evidence", "status", "grade", "statement", "criterion", "subject", "site", "team"),
    *("was", "state"),
)

_HANDLED = frozenset({"nonconformities", "causes", "actions", "effectiveness", "notes"})


def changes_told(changes: Sequence[Mapping[str, Any]], numbers: Mapping[str, str]) -> list[tuple[str, str]]:
    """For each document: the item's id, or the number or the kind of the document; and its changes (may be none).

    What is done about a nonconformity is told by its events, each with the number that it goes by (may be empty);
    `numbers` maps ids to these. A pinned checklist is left out: the head of the record names it.
    """
    documents: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for change in changes:
        if change["table"] != "checklists":
            documents.setdefault((change["table"], change["id"]), []).append(change)
    found: list[tuple[str, str]] = []
    for (table, id_), some in documents.items():
        raised = any(change["field"] == "opened" and change["old"] is None for change in some)
        if table in _HANDLED and not raised:
            found += named_events(some, numbers)
        else:
            found.append((_name(table, id_, some), "; ".join(_told(some))))
    return found


def _name(table: str, id_: str, changes: Sequence[Mapping[str, Any]]) -> str:
    number = next((change["new"] for change in changes if change["field"] == "number"), None)
    kind = {
        "audits": _("audit"),
        "answers": _("answer"),
        "findings": _("finding"),
        "nonconformities": _("nonconformity"),
        "lineage": _("history of"),
    }.get(table, table)
    own = id_.split("/", 2)[-1] if table == "lineage" else id_.partition("/")[2]
    return " ".join(part for part in (kind, number or own) if part)


def _told(changes: Sequence[Mapping[str, Any]]) -> list[str]:
    by_field = {change["field"]: change for change in changes}
    found = [
        f"{_label(field)} {_change(field, by_field[field]['old'], by_field[field]['new'])}"
        for field in _TOLD
        if field in by_field
    ]
    void = by_field.get("void")
    if void is not None:
        found.append(_("withdrawn: {why}").format(why=void["new"].get("why", "")) if void["new"] else _("stands again"))
    return found


def _label(field: str) -> str:
    return {
        "result": _("result"),
        "value": _("value"),
        "note": _("note"),
        "evidence": _("evidence"),
        "status": _("status"),
        "grade": _("grade"),
        "statement": _("statement"),
        "criterion": _("criterion"),
        "subject": _("subject"),
        "site": _("site"),
        "team": _("team"),
        "was": _("asked before as"),
        "state": _("decision"),
    }[field]


def _change(field: str, old: Any, new: Any) -> str:
    after = "-" if new is None else _words(field, new)
    return after if old is None else _("{after} (was {before})").format(after=after, before=_words(field, old))


def _words(field: str, value: Any) -> str:
    if field == "evidence":
        return ", ".join(str(kept["name"]) for kept in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    labels = {"result": result_label, "status": status_label, "grade": grade_label, "state": history_label}
    return labels[field](value) if field in labels else str(value)
