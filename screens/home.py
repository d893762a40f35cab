"""Home: go on with an audit, start a check, look at open nonconformities."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.screens.actions import HOME, bindings, hints
from qms_tui.screens.case_routes import CaseRoutes
from qms_tui.screens.following import Following, Touched
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.there import when_there
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.row_list import Row, RowList
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.store.base import Store

if TYPE_CHECKING:
    from qms_tui.workflow.overview import Overview


TABLES = {"audits", "answers", "nonconformities"}


class HomeScreen(ListScreen[None]):
    """`gather` runs in the recorder's thread; `choose` is given the key of the chosen row."""

    following: Following
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HOME, "home")]

    def __init__(
        self,
        store: Store,
        gather: "Callable[[Overview | None, Touched], Overview]",
        choose: Callable[[str], None],
        routes: CaseRoutes,
        recorder: Recorder,
        who: str,
        left: Callable[[], str | None],
        checklists: Callable[[], None],
    ) -> None:
        """`gather` is given the overview that it renews, None for a new one, and what was touched since.

        `left` gives the number of the audit that was left last: the cursor goes there.
        `checklists` opens the list of all checklists.
        """
        super().__init__(recorder)
        self.following = Following(recorder, store, TABLES, self._read, self._failed)
        self._left = left
        self._checklists = checklists
        self._gather = gather
        self._overview: Overview | None = None  # of the recorder's thread
        self._choose = choose
        self._routes = routes
        self._who = who
        self._unread = False  # the store could not be read, and it is said
        self._found = ""  # the row under the cursor when the screen was come to

    def compose(self) -> ComposeResult:
        yield TitleLine(_("Quality checks and audits"), self._who)
        yield RowList(id="list")
        yield MessageLine(below=1, id="message")
        yield KeyFooter(hints(HOME))

    def on_mount(self) -> None:
        self.rows.focus()

    def on_screen_resume(self) -> None:
        self._found = self._under_cursor

    def on_screen_suspend(self) -> None:
        self.query_one("#message", MessageLine).show("")

    def _read(self) -> None:
        def gather() -> tuple[list[Row], set[str]]:
            return self.following.gather(self._rows_of)

        self._recorder.submit(gather, lambda found: when_there(self, lambda: self._show(*found)), self._failed)

    def _rows_of(self, touched: Touched | None) -> tuple[list[Row], set[str]]:
        """All rows, and the numbers of the audits among them."""
        from qms_tui.screens.home_rows import home_rows

        before, self._overview = self._overview, None  # what cannot be read now is read whole the next time
        self._overview = self._gather(None if touched is None else before, touched or set())
        return home_rows(self._overview), {audit["number"] for audit in self._overview.audits}

    def _show(self, rows: list[Row], audits: set[str]) -> None:
        if self._unread:
            self._unread = False
            self.query_one("#message", MessageLine).show("")
        number = self._left()
        goes_there = self._is_come_to and number in audits and self._under_cursor == self._found
        self.renew(rows)
        if goes_there:
            self.rows.move_to(f"audit {number}")
        self.has_rows()

    def _failed(self, error: Exception) -> None:
        self._unread = True
        when_there(self, self.has_none)
        self._say(str(error))

    def _say(self, words: str) -> None:
        when_there(self, lambda: self.query_one("#message", MessageLine).show(f"! {words}", style="bold red"))

    @property
    def _under_cursor(self) -> str:
        return self.rows.selected.key if self.rows.selected else ""

    def action_choose(self) -> None:
        if (row := self.rows.meant) is not None:
            self._choose(row.key)

    def action_checklists(self) -> None:
        self._checklists()

    def action_trail(self) -> None:
        """Of the audit or the nonconformity under the cursor."""
        row = self.rows.meant
        kind, _space, number = (row.key if row else "").partition(" ")
        if kind in ("audit", "nc"):
            self._routes.trail(number)
        else:
            self._say(_("Put the cursor on an audit or a nonconformity first."))

    def action_register(self) -> None:
        self._routes.register()

    def action_my_work(self) -> None:
        self._routes.my_work()

    async def action_leave(self) -> None:
        """At once where nothing waits to be kept, nor to be taken away since it is recorded."""
        if self._routes.typed.is_to_be_kept:
            await self.app.action_quit()
        else:
            self.app.exit()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("home", "reading"))
