"""What somebody else recorded and what this person wants to record, side by side: pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.effect import field_label
from qms_tui.records.words import (
    category_label,
    grade_label,
    priority_label,
    result_label,
)
from qms_tui.reports.record import Entry
from qms_tui.reports.timeline import section_label
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.store.base import Conflict, Record
from qms_tui.workflow.answering import suggest_finding, wants_finding
from qms_tui.workflow.clock import local_date, local_time
from qms_tui.workflow.given import Given, show_value


class Differing(NamedTuple):
    """One field that both have set, as a person reads it."""

    label: str
    theirs: str
    mine: str


def differing_answer(entry: Entry, given: Given) -> list[Differing]:
    """An item as it stands, and what this person gave for it: only what is set anew, and differs.

    Where nothing differs both have given the same; then that is shown.
    """
    answer, finding = entry.answer or {}, entry.finding or {}
    found: list[Differing] = []
    if given.result is not None:
        theirs = _answered(entry, answer.get("value"), answer.get("result"))
        found.append(Differing(_("answer"), theirs, _answered(entry, given.value, given.result)))
    if given.note is not None:
        found.append(Differing(_("note"), answer.get("note") or "-", given.note or "-"))
    if wants_finding(given):
        mine = suggest_finding(entry.item, given)
        grade = grade_label(finding["grade"]) if finding else "-"
        found += [
            Differing(_("grade"), grade, grade_label(mine.grade)),
            Differing(_("statement"), finding.get("statement") or "-", mine.statement),
            Differing(_("criterion"), finding.get("criterion") or "-", mine.criterion),
        ]
    elif finding and given.result is not None:
        said = f"{grade_label(finding['grade'])}: {finding['statement']}"
        found.append(Differing(_("finding"), said, _("none; theirs would be withdrawn")))
    return [one for one in found if one.theirs != one.mine] or found


def _answered(entry: Entry, value: Any, result: str | None) -> str:
    words = result_label(result)
    return words if value is None else f"{show_value(entry.item, value)}, {words}"


def differing_fields(conflict: Conflict) -> list[Differing]:
    """The fields in contradiction of a nonconformity, an action, a why or an effectiveness plan."""
    theirs: Mapping[str, Any] = conflict.theirs or {}
    return [
        Differing(_label(field), _words(field, theirs.get(field)), _words(field, conflict.mine.get(field)))
        for field in conflict.fields
    ]


def is_choice(conflict: Conflict) -> bool:
    """Whether there are two values to choose from. A state that somebody else has moved on is no value."""
    return conflict.theirs is not None and bool(conflict.fields) and not {"status", "cycle"} & set(conflict.fields)


def _label(field: str) -> str:
    other = {
        "criterion": _("criterion"),
        "handed_over": _("handed over"),
        "repeat_of": _("repeat of"),
        "title": _("what is to be done"),
        "contributors": _("with"),
        "verifier": _("verifier"),
        "priority": _("priority"),
        "text": _("why"),
        "evidence": _("evidence"),
        "category": _("lies in"),
        "root": _("root cause"),
    }
    return other.get(field) or field_label(section_label(field))


def _words(field: str, value: Any) -> str:
    match value:
        case None | "" | []:
            return "-"
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(map(str, value))
        case {"to": to, "why": why}:
            return f"{to}: {why}"
    labels = {"grade": grade_label, "priority": priority_label, "category": category_label}
    return labels[field](value) if field in labels else str(value)


def conflict_lines(first: Record | None, differing: Sequence[Differing], me: str, width: int) -> list[Line]:
    """Each field as two blocks, theirs with who and when above mine. `me` is who chooses."""
    when = f"{local_date(first.at)} {local_time(first.at)}" if first else ""
    by = first.by if first else _("somebody else")
    if by == me:
        by = _("{name}, in another window").format(name=by)
    lines: list[Line] = []
    for one in differing:
        lines.append([(one.label, "bold")])
        lines += _block("-", ", ".join(part for part in (by, when) if part), one.theirs, width)
        lines += _block("+", _("mine, not recorded"), one.mine, width)
        lines.append("")
    if first is not None and first.why:
        lines += [*wrap(_("reason: {why}").format(why=first.why), width), ""]
    keys = _("t keeps theirs; r records mine, and the trail keeps both; q decides later")
    return [*lines, *([(part, "dim")] for part in wrap(keys, width))]


def _block(sign: str, head: str, text: str, width: int) -> list[Line]:
    body = [line for part in text.split("\n") for line in wrap(part, max(1, width - 4))]
    return [[(f"{sign} {head}", "")], *([("    " + line, "bold")] for line in body)]
