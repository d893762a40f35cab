"""The rows of the list of checklists, as pure functions."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from qms_tui.i18n import _, ngettext
from qms_tui.screens.widgets.row_list import Row
from qms_tui.workflow.clock import local_date
from qms_tui.workflow.shelf import Shelved

OWN, BUNDLED = "own", "bundled"


def library_rows(shelved: Sequence[Shelved], last_used: Mapping[str, str], folder: Path) -> list[Row]:
    """Own ones, then bundled ones; keys are `own PATH` and `bundled ID`. `folder` is where own ones may be put."""
    own = [each for each in shelved if each.path is not None]
    bundled = [each for each in shelved if each.path is None]
    rows = [Row("# own", _("Your own"), header=True)]
    if not own:
        rows.append(
            Row("# none", "  " + _("none; put Markdown files into {folder}").format(folder=folder), header=True)
        )
    rows += [_row(each, last_used) for each in own]
    rows += [Row("# gap", "", header=True), Row("# bundled", _("Bundled"), header=True)]
    return rows + [_row(each, last_used) for each in bundled]


def _row(each: Shelved, last_used: Mapping[str, str]) -> Row:
    key = f"{OWN} {each.path}" if each.path else f"{BUNDLED} {each.id}"
    name = each.path.name if each.path else each.id
    if each.checklist is None:
        return Row(key, f"{name}: {_problem(each)}", mark="!", style="red")
    items = ngettext("{n} item", "{n} items", len(each.checklist.items)).format(n=len(each.checklist.items))
    used = last_used.get(each.id)
    last = _("last {date}").format(date=local_date(used)) if used else _("not yet done")
    said = [each.checklist.title, *([name] if each.path else []), items, last]
    if each.problems:
        said.insert(1, ngettext("{n} problem", "{n} problems", each.problems).format(n=each.problems))
    return Row(key, ", ".join(said), mark="!" if each.problems else "")


def _problem(each: Shelved) -> str:
    """Without the path, which stands before it, and the line, which says little of a file without items."""
    return re.sub(r"^(?:\d+:)? ?", "", each.error.removeprefix(f"{each.path}:"))
