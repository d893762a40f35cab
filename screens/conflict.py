"""A conflict as a choice: what somebody else recorded first, with who and when, and what this person gave."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from qms_tui.i18n import _
from qms_tui.screens.actions import CONFLICT, bindings, hints
from qms_tui.screens.conflict_lines import Differing, conflict_lines
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.status_line import TitleLine
from qms_tui.store.base import Record

Choice = Literal["theirs", "mine"]


class ConflictScreen(Screen[Choice | None]):
    """Ends with whose stands, or None to decide later.

    Keys that came before it was painted were meant for the screen below: they choose nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CONFLICT, "conflict")]

    def __init__(self, what: str, first: Record | None, differing: Sequence[Differing]) -> None:
        """`what` names the item or the document."""
        super().__init__()
        self._what = what
        self._lines = partial(conflict_lines, first, differing)
        self._painted = False

    def compose(self) -> ComposeResult:
        yield TitleLine(_("Recorded meanwhile: {what}").format(what=self._what))
        yield LinesPane(id="pane")
        yield KeyFooter(hints(CONFLICT))

    def on_mount(self) -> None:
        actor = getattr(self.app, "actor", None)
        self.query_one("#pane", LinesPane).show(partial(self._lines, actor.name if actor else ""))
        self.call_after_refresh(self._is_painted)

    def _is_painted(self) -> None:
        self._painted = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._painted

    def action_theirs(self) -> None:
        self.dismiss("theirs")

    def action_mine(self) -> None:
        self.dismiss("mine")

    def action_back(self) -> None:
        self.dismiss(None)

    def action_page_down(self) -> None:
        self.query_one("#pane", LinesPane).action_page_down()

    def action_page_up(self) -> None:
        self.query_one("#pane", LinesPane).action_page_up()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("conflict"))
