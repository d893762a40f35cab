"""A screen to read: help, and one record in full."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from qms_tui.i18n import _
from qms_tui.records.words import result_label
from qms_tui.screens.actions import DIGITS, READ, SCREENS, bindings, hints, key_names
from qms_tui.screens.walk_lines import MARKS, PENDING, REFUSED
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import Line, LinesPane
from qms_tui.screens.widgets.status_line import TitleLine
from qms_tui.screens.widgets.text_cells import wrap


class ReadingScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(READ, "reading")]

    def __init__(self, title: str, lines: Callable[[int], Sequence[Line]]) -> None:
        """`lines` makes the lines for a width in cells."""
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield LinesPane(id="pane")
        yield KeyFooter(hints(READ))

    def on_mount(self) -> None:
        self.query_one("#pane", LinesPane).show(self._lines)

    def action_back(self) -> None:
        self.dismiss()

    def action_help(self) -> None:
        if self._title == _("Keys"):
            self.dismiss()
        else:
            self.app.push_screen(help_screen("reading"))

    def action_page_down(self) -> None:
        self.query_one("#pane", LinesPane).action_page_down()

    def action_page_up(self) -> None:
        self.query_one("#pane", LinesPane).action_page_up()


def help_screen(*screens: str) -> ReadingScreen:
    """What each key does on these screens, in the words of the job."""

    def lines(width: int) -> list[Line]:
        found: list[Line] = []
        for screen in screens:
            found.append([(_headings()[screen], "bold")])
            for action in SCREENS[screen]:
                found += _entry(", ".join(key_names(action)), _(action.help), width)
            if screen == "walk":
                found += _entry("0-9", _(DIGITS), width)
            if marks := "  ".join(_marks(screen)):
                found += ["", *wrap(_("Marks: {marks}").format(marks=marks), width)]
            found.append("")
        return [
            *found,
            *wrap(_("While typing: enter takes it, ctrl+u empties it, F10 or escape leaves it as it was."), width),
            *wrap(_("A day, a number or a name is typed anew; after an arrow key it is mended."), width),
            *wrap(_("In an empty prompt the arrow up brings back the text that was left last."), width),
        ]

    return ReadingScreen(_("Keys"), lines)


def _marks(screen: str) -> list[str]:
    """The signs before the rows of a screen, and what they mean."""
    late = "! " + _("overdue")
    match screen:
        case "walk":
            results = [f"{mark} {result_label(result)}" for result, mark in MARKS.items() if result]
            return [
                *results,
                f"{PENDING} " + _("not yet on the disk"),
                f"{REFUSED} " + _("not recorded: give it again"),
            ]
        case "home" | "my_work":
            return [late]
        case "library":
            return ["! " + _("something is wrong in it")]
        case "register":
            return [late, "= " + _("a repeat of another")]
        case "case":
            signs = [late, "* " + _("a root cause"), "? " + _("a weak why or step"), "/ " + _("a gate bars it")]
            return [*signs, "= " + _("linked, or alike within a year")]
        case "action":
            return [late, "/ " + _("a gate bars it")]
    return []


def _headings() -> dict[str, str]:
    return {
        "anywhere": _("Anywhere"),
        "home": _("Home"),
        "library": _("The list of checklists"),
        "preview": _("How a checklist is read"),
        "walk": _("Walking a checklist"),
        "finding": _("In a finding"),
        "summary": _("Summary"),
        "register": _("In the register"),
        "case": _("In a nonconformity"),
        "action": _("In an action"),
        "form": _("In a form"),
        "my_work": _("My work"),
        "conflict": _("Where somebody else was first"),
        "reading": _("Reading"),
    }


def _entry(keys: str, words: str, width: int) -> list[Line]:
    column = 10
    lines = wrap(words, max(10, width - column))
    if cell_len(keys) >= column:
        return [[(keys, "bold")], *(" " * column + line for line in lines)]
    return [[(keys.ljust(column), "bold"), (lines[0], "")], *(" " * column + line for line in lines[1:])]
