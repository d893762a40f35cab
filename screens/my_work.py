"""My work: what I owe, what waits for my verification, effects to check."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.words import status_label
from qms_tui.reports.digest import SECTIONS, Digest
from qms_tui.screens.actions import MY_WORK, bindings, hints
from qms_tui.screens.following import Following
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.store.base import Store

TABLES = {"nonconformities", "actions", "effectiveness"}


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
    """Keys are `KIND NUMBER`: a row keeps its own when it goes to another section."""
    rows: list[Row] = []
    for section in SECTIONS:
        members = getattr(digest, section)
        rows.append(Row(f"# {section}", f"{section_label(section)}: {len(members)}", header=True))
        late = section == "overdue"
        rows += [
            Row(
                key_of(row),
                f"{row['number']} {row['due'] or '-'} {_title(row, section)}",
                mark="!" if late else "",
                style="red" if late else "",
            )
            for row in members
        ]
        rows.append(Row(f"# below {section}", "", header=True))
    return rows[:-1]


def key_of(row: Mapping[str, Any]) -> str:
    """`KIND NUMBER`; nobody owes anything twice."""
    return f"{row['kind']} {row['number']}"


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

    following: Following
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MY_WORK, "my_work")]

    def __init__(
        self,
        store: Store,
        gather: Callable[[], Digest],
        choose: Callable[[str], None],
        recorder: Recorder,
        typed: TypedTexts,
        who: str,
    ) -> None:
        super().__init__(_("My work"), recorder, typed, hints(MY_WORK))
        self.following = Following(recorder, store, TABLES, self._read, self.not_shown)
        self._gather = gather
        self._choose = choose
        self._who = who
        self._owed: dict[str, Mapping[str, Any]] = {}

    def _read(self) -> None:
        self.fetch(lambda: self.following.gather(lambda _touched: self._gather()), self._show)

    def _show(self, digest: Digest) -> None:
        self._owed = {key_of(row): row for section in SECTIONS for row in getattr(digest, section)}
        self.show_title(_("My work"), self._who)
        self.renew(my_rows(digest))

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        return my_lines(self._owed[row.key], width)

    def action_choose(self) -> None:
        if (row := self.rows.meant) is not None:
            kind, _space, number = row.key.partition(" ")
            self._choose(f"{'action' if kind == 'action' else 'nc'} {number}")

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("my_work"))
