"""My work: what I owe, what waits for my verification, effects to check."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.words import status_label
from qms_tui.reports.digest import SECTIONS, Digest
from qms_tui.screens.actions import MY_WORK, bindings, hints
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap


def section_label(section: str) -> str:
    """A section of a person's work as they read it."""
    return {
        "overdue": _("Overdue"),
        "due_soon": _("Due within a week"),
        "to_verify": _("Waits for my verification"),
        "checks": _("Effects to check"),
        "others": _("Later"),
    }[section]


def my_rows(digest: Digest) -> list[Row]:
    """Keys are `SECTION N`."""
    rows: list[Row] = []
    for section in SECTIONS:
        members = getattr(digest, section)
        rows.append(Row(f"# {section}", f"{section_label(section)}: {len(members)}", header=True))
        late = section == "overdue"
        rows += [
            Row(
                f"{section} {at}",
                f"{row['number']} {row['due'] or '-'} {_title(row, section)}",
                mark="!" if late else "",
                style="red" if late else "",
            )
            for at, row in enumerate(members)
        ]
        rows.append(Row(f"# below {section}", "", header=True))
    return rows[:-1]


def _title(row: Mapping[str, Any], section: str) -> str:
    if row["kind"] == "check" and section != "checks":
        return _("effect to check: {title}").format(title=row["title"])
    return str(row["title"])


def my_lines(row: Mapping[str, Any], width: int) -> list[Line]:
    """One row of a person's work in full."""
    lines: list[Line] = [[(part, "bold")] for part in wrap(row["title"], width)]
    facts = (
        (_("number"), row["number"]),
        (_("status"), status_label(row["status"])),
        (_("for"), row["nonconformity"] if row["kind"] == "action" else None),
        (_("owner"), row["owner"]),
        (_("checker"), row.get("checker")),
        (_("check date") if row["kind"] == "check" else _("due date"), row["due"]),
    )
    return lines + [line for name, value in facts if value for line in wrap(f"{name}: {value}", width)]


class MyWorkScreen(TwoPanes[None]):
    """`gather` runs in the recorder's thread; `choose` is given `action NUMBER` or `nc NUMBER`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MY_WORK, "my_work")]

    def __init__(
        self,
        gather: Callable[[], Digest],
        choose: Callable[[str], None],
        recorder: Recorder,
        typed: TypedTexts,
        who: str,
    ) -> None:
        super().__init__(_("My work"), recorder, typed, hints(MY_WORK))
        self._gather = gather
        self._choose = choose
        self._who = who
        self._digest: Digest | None = None

    def on_screen_resume(self) -> None:
        self.fetch(self._gather, self._show)

    def _show(self, digest: Digest) -> None:
        self._digest = digest
        self.show_title(_("My work"), self._who)
        self.rows.set_rows(my_rows(digest))
        self.draw_detail()

    def _row(self, key: str) -> Mapping[str, Any]:
        section, _space, at = key.partition(" ")
        row: Mapping[str, Any] = getattr(self._digest, section)[int(at)]
        return row

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        return my_lines(self._row(row.key), width)

    def action_choose(self) -> None:
        if (selected := self.rows.selected) is not None:
            row = self._row(selected.key)
            self._choose(f"{'action' if row['kind'] == 'action' else 'nc'} {row['number']}")

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("my_work"))
