"""The rows of the home screen, as a pure function."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from qms_tui.checklist.model import Checklist
from qms_tui.i18n import _, ngettext
from qms_tui.records.words import grade_label
from qms_tui.screens.widgets.row_list import Row
from qms_tui.workflow.clock import local_date
from qms_tui.workflow.overview import Overview

FIRST = 3  # so many overdue ones stand above the checklists, which must stay in sight


def home_rows(overview: Overview) -> list[Row]:
    """All of the home screen.

    Keys are `audit NUMBER`, `checklist ID` and `nc NUMBER`. What is most overdue stands above the checklists.
    """
    rows: list[Row] = []
    if overview.audits:
        rows.append(Row("# audits", _("Go on with"), header=True))
        for audit in overview.audits:
            words = _("{number} {title}, {answered} of {applicable} answered").format(**audit)
            rows.append(Row(f"audit {audit['number']}", words + (f", {audit['subject']}" if audit["subject"] else "")))
        rows.append(Row("# gap 1", "", header=True))
    late = sorted((row for row in overview.nonconformities if row["overdue"]), key=lambda row: str(row["due"]))
    first = late[:FIRST]
    if late:
        rows.append(Row("# overdue", _("Overdue: {n}").format(n=len(late)), header=True))
        rows += map(_nonconformity_row, first)
        rows.append(Row("# gap 3", "", header=True))
    rows.append(Row("# checklists", _("Start a check"), header=True))
    going = Counter(audit.get("checklist") for audit in overview.audits)
    for checklist in sorted(overview.checklists, key=_often_first):
        used = overview.last_used.get(checklist.id)
        last = _("last {date}").format(date=local_date(used)) if used else _("not yet done")
        if here := going[checklist.id]:
            last = ngettext("{n} in progress", "{n} in progress", here).format(n=here)
        least, most = sum(not item.conditions for item in checklist.items), len(checklist.items)
        many = ngettext("{n} item", "{n} items", most).format(n=most if least == most else f"{least}-{most}")
        rows.append(Row(f"checklist {checklist.id}", f"{checklist.title}, {many}, {last}"))
    rows.append(Row("# gap 2", "", header=True))
    rows.append(Row("# ncs", _("Open nonconformities"), header=True))
    others = [row for row in overview.nonconformities if row not in first]
    if not others:
        rows.append(Row("# none", "  " + (_("none but those above") if late else _("none")), header=True))
    return [*rows, *map(_nonconformity_row, others)]


def _nonconformity_row(row: Mapping[str, Any]) -> Row:
    due = _(", due {date}").format(date=row["due"]) if row["due"] else ""
    words = f"{row['number']} {grade_label(row['grade'])}{due}: {row['statement']}"
    return Row(f"nc {row['number']}", words, mark="!" if row["overdue"] else "")


_CADENCES = ("daily", "weekly", "monthly", "quarterly", "yearly")


def _often_first(checklist: Checklist) -> tuple[int, str]:
    cadence = checklist.cadence
    return (_CADENCES.index(cadence) if cadence in _CADENCES else len(_CADENCES), checklist.title)
