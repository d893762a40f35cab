"""An action as rows, and each row in full: pure functions over what `action show --json` gives."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.words import kind_label, priority_label, status_label
from qms_tui.screens.case_rows import action_lines, event_lines, timeline_rows
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap

Shown = Mapping[str, Any]

STEP_KEYS = {"assign": "enter", "start": "s", "done": "d", "verify": "v", "refuse": "f", "cancel": "z"}


def action_rows(row: Shown) -> list[Row]:
    """Keys: `nc NUMBER`, `step N`, `field NAME`, `outcome`, `event N`."""
    rows = [Row("# next", _("Next"), header=True)]
    for at, step in enumerate(row["steps"]):
        words = f"{STEP_KEYS[step['step']]}  {status_label(step['to'])}"
        if not step["allowed"]:
            words += ": " + _("barred, {gate}").format(gate=step["gate"])
        rows.append(Row(f"step {at}", words, mark="" if step["allowed"] else "/",
                        style="" if step["allowed"] else "yellow"))  # fmt: skip
    if not row["steps"]:
        rows.append(Row("# ended", "  " + _("nothing; it has ended"), header=True))
    rows.append(Row("# facts", _("Facts"), header=True))
    if row["outcome"]:  # first: on a small screen too it stands below the steps that judge it
        rows.append(Row("outcome", _("done: {outcome}").format(outcome=row["outcome"])))
    late = row["overdue"]
    rows += [
        Row(f"nc {row['nonconformity']}", _("for {number}").format(number=row["nonconformity"])),
        Row("field title", row["title"]),
        Row("field kind", kind_label(row["kind"]) + ", " + priority_label(row["priority"])),
        Row("field owner", _("owner: {name}").format(name=row["owner"] or "-")),
        Row(
            "field due",
            _("due: {day}").format(day=row["due"] or "-") + (", " + _("overdue") if late else ""),
            mark="!" if late else "",
            style="red" if late else "",
        ),
    ]
    if row["contributors"]:
        rows.append(Row("field contributors", _("with: {names}").format(names=", ".join(row["contributors"]))))
    if row["verifier"]:
        rows.append(Row("field verifier", _("verifier: {name}").format(name=row["verifier"])))
    rows.append(Row("# trail", _("Timeline"), header=True))
    rows += timeline_rows(row["timeline"])
    return rows


def action_detail(row: Shown, key: str, width: int) -> Sequence[Line]:
    """What stands behind a row of `action_rows`."""
    kind, _space, name = key.partition(" ")
    if kind == "step":
        step = row["steps"][int(name)]
        if step["missing"]:
            said = _("needs: {missing}").format(missing=step["missing"]) if step["allowed"] else step["missing"]
        else:
            said = _("may be done now")
        return [[(status_label(step["to"]), "bold")], *wrap(said, width)]
    if kind == "event":
        return event_lines(row["timeline"][int(name)], width)
    if key == "outcome":
        who = _("done by {name}").format(name=row["done_by"] or "-")
        return [[(_("outcome"), "bold")], *wrap(row["outcome"], width), "", *wrap(who, width)]
    if kind == "nc":
        return wrap(_("enter opens {number}").format(number=name), width)
    return action_lines(row, width)
