"""The register of nonconformities as rows and lines: pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len

from qms_tui.i18n import _
from qms_tui.records.words import GRADES, grade_label, severity_label, status_label
from qms_tui.reports.rows import SORTS, sort_rows
from qms_tui.reports.search import Searchable, found
from qms_tui.screens.case_rows import age_words
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import clip, pad, wrap

RAISING = GRADES[:2]  # what a nonconformity may be graded


class View(NamedTuple):
    """What of the register is shown, and in which order. `owner` None shows everybody's."""

    text: str = ""
    open_only: bool = True
    overdue: bool = False
    grade: str | None = None
    owner: str | None = None
    sort: str = "number"

    def next_grade(self) -> "View":
        grades = (None, *RAISING)
        return self._replace(grade=grades[(grades.index(self.grade) + 1) % len(grades)])

    def next_sort(self) -> "View":
        return self._replace(sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    @property
    def words(self) -> list[str]:
        """The view as a person reads it, what narrows it most first."""
        parts = [
            f"/{self.text}" if self.text else "",
            _("overdue") if self.overdue else _("open") if self.open_only else _("all"),
            severity_label(self.grade) if self.grade else "",
            self.owner or "",
            _("by {field}").format(field=sort_label(self.sort)),
        ]
        return [part for part in parts if part]


def title(count: int, of: int, view: View, width: int) -> tuple[str, str]:
    """Left and right of the title: as much as has room of what it is, how many are shown, and by what."""
    short = _("{shown} of {all}").format(shown=count, all=of)
    words, narrowing = view.words, len(view.words) - (view.sort == View().sort)
    whole = _("Nonconformities: {shown} of {all}").format(shown=count, all=of)
    for left, fewest in ((whole, narrowing), (short, 1)):
        for many in range(len(words), fewest - 1, -1):
            right = ", ".join(words[:many])
            if cell_len(left) + cell_len(right) < width:
                return left, right
    return short, clip(words[0], max(1, width - cell_len(short) - 1))


def sort_label(sort: str) -> str:
    """What a register is sorted by, as a person reads it."""
    return {
        "number": _("number"),
        "due": _("due date"),
        "age": _("age"),
        "grade": _("grade"),
        "status": _("status"),
        "owner": _("owner"),
    }.get(sort, sort)


def shown(rows: Sequence[Searchable], view: View, today: str) -> list[Mapping[str, Any]]:
    """Rows as `nc list` gives them, that the view asks for, in its order."""
    filters: dict[str, Any] = {
        "open_only": view.open_only,
        "overdue": view.overdue,
        "grade": view.grade,
        "owner": view.owner,
    }
    given = {name: value for name, value in filters.items() if value}
    return sort_rows(found(rows, view.text, today, **given), view.sort)


class Listed(NamedTuple):
    """What a view shows on a day in a list of `width` cells: rows as `nc list` gives them by number, and as listed."""

    view: View
    width: int
    day: str
    shown: dict[str, Mapping[str, Any]]
    rows: list[Row]


def listed(rows: Sequence[Searchable], view: View, width: int, day: str) -> Listed:
    """The rows that the view asks for, made ready to be placed."""
    found = shown(rows, view, day)
    return Listed(view, width, day, {row["number"]: row for row in found}, register_rows(found, width))


COLUMNS = 66  # cells of a list from which on status, due date and owner have columns of their own
_OWNER = 8


def register_rows(rows: Sequence[Mapping[str, Any]], width: int) -> list[Row]:
    """Keys are numbers. `!` is overdue, `=` a repeat. In a list of `COLUMNS` cells the words stand in columns."""
    grades = max((cell_len(severity_label(grade)) for grade in RAISING), default=0)
    codes = {row["status"] for row in rows}
    states = max((cell_len(status_label(code)) for code in codes), default=0)
    state = {code: pad(status_label(code), states) for code in codes}
    owner = {name: pad(clip(name or "-", _OWNER), _OWNER) for name in {row["owner"] for row in rows}}

    def words(row: Mapping[str, Any]) -> str:
        grade = severity_label(row["grade"])
        if width < COLUMNS:
            return f"{row['number']} {grade} {row['statement']}"
        when = f"{state[row['status']]} {row['due'] or '-':10}"
        return f"{row['number']} {pad(grade, grades)} {when} {owner[row['owner']]} {row['statement']}"

    return [
        Row(
            row["number"],
            words(row),
            mark="!" if row["overdue"] else "=" if row["repeat_of"] else "",
            style="red" if row["overdue"] else "",
        )
        for row in rows
    ]


def summary_lines(row: Mapping[str, Any], width: int) -> list[Line]:
    """One row of the register, as the pane beside it shows it."""
    lines: list[Line] = [[(part, "bold")] for part in wrap(row["statement"], width)]
    late = ", " + _("overdue") if row["overdue"] else ""
    facts = [
        f"{grade_label(row['grade'])}, {status_label(row['status'])}, " + _("cycle {n}").format(n=row["cycle"]),
        _("owner: {name}").format(name=row["owner"] or "-"),
        _("due: {day}").format(day=row["due"] or "-") + late,
        age_words(row),
        _("criterion: {text}").format(text=row["criterion"]),
        _where(row),
        _("repeat of {number}").format(number=row["repeat_of"]) if row["repeat_of"] else "",
    ]  # fmt: skip
    for fact in facts:
        if fact:
            lines += wrap(fact, width)
    return lines


def _where(row: Mapping[str, Any]) -> str:
    if not row["audit"]:
        return ""
    words = _("raised in {audit}, item {item}") if row["item"] else _("raised in {audit}")
    return words.format(audit=row["audit"], item=row["item"])
