"""One nonconformity in full, as a pure function."""

from typing import Any

from qms_tui.i18n import _
from qms_tui.records.words import grade_label, status_label
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.workflow.clock import local_date, local_time


def nonconformity_lines(row: dict[str, Any], width: int) -> list[Line]:
    """`row` as `nc show --json` gives it."""
    lines: list[Line] = [[(part, "bold")] for part in wrap(row["statement"], width)]
    lines.append("")
    facts = [
        (_("grade"), grade_label(row["grade"])),
        (_("status"), status_label(row["status"])),
        (_("criterion"), row["criterion"]),
        (_("audit"), row["audit"]),
        (_("item"), row["item"]),
        (_("owner"), row["owner"]),
        (_("due"), row["due"]),
        (_("repeat of"), row["repeat_of"]),
        (_("opened"), local_date(row["opened"])),
    ]
    for name, value in facts:
        if value:
            lines += wrap(f"{name}: {value}", width)
    lines += ["", [(_("Trail"), "bold")]]
    for entry in row["trail"]:
        fields = ", ".join(dict.fromkeys(change["field"] for change in entry["changes"]))
        why = f": {entry['why']}" if entry["why"] else ""
        when = f"{local_date(entry['at'])} {local_time(entry['at'])}"
        lines += wrap(f"{when} {entry['by']}{why} ({fields})", width)
    return lines
