"""What the walk screen is made of, and how it shows the board: list, detail, message, status, footer."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize

from qms_tui.screens.actions import FINDING, WALK, doubt_hints, frozen_hints, hints, walk_hints
from qms_tui.screens.list_moves import ListMoves
from qms_tui.screens.there import is_left
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.screens.widgets.status_line import MessageLine, StatusLine, TitleLine

if TYPE_CHECKING:
    from qms_tui.reports.record import Entry
    from qms_tui.screens.board import Board

NARROW = 60  # columns; below, list and detail stand one above the other


class WalkView(ListMoves[None]):
    """The parts of a walk and how they are drawn and moved in; it gives no answers."""

    CSS_PATH = "walk.tcss"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.board: Board | None = None
        self.recorded: str | None = None
        self._refusal = ""
        self._drawn = ""  # the item in the detail: a colleague's change turns no page of its guidance

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, id="title")
        with Container(id="panes"):
            yield RowList(id="list")
            yield LinesPane(id="detail")
        yield MessageLine(below=2, id="message")
        yield StatusLine(id="status")
        yield KeyFooter(hints(WALK), id="footer")
        yield Prompt(id="prompt")

    @property
    def has_finding(self) -> bool:
        """Whether a finding is open."""
        return self.has_class("-finding")

    @property
    def is_asking(self) -> bool:
        """Whether a finding is open or a text is typed."""
        return self.has_finding or self.prompt.is_open

    @property
    def prompt(self) -> Prompt:
        return self.query_one("#prompt", Prompt)

    @property
    def detail(self) -> LinesPane:
        return self.query_one("#detail", LinesPane)

    @property
    def current(self) -> "Entry | None":
        """The entry under the cursor."""
        selected = self.rows.selected
        return self.board.entry(selected.key) if self.board and selected else None

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line to the person; what is wrong also carries a sign, for there may be no colour."""
        line = self.query_one("#message", MessageLine)
        line.show(f"! {words}" if wrong else words, style="bold red" if wrong else "")

    def refuse(self, words: str) -> None:
        """What was typed cannot be taken; it is said until something else is asked for."""
        self.say(words, wrong=True)
        self._refusal = self.query_one("#message", MessageLine).text

    def hush(self) -> None:
        """Something else is asked for: words and refusals go; what was not recorded stays told."""
        if not self.says_wrong or self.query_one("#message", MessageLine).text == self._refusal:
            self.say("")

    @property
    def says_wrong(self) -> bool:
        """Whether the line says that something is wrong."""
        return self.query_one("#message", MessageLine).text.startswith("! ")

    def clear_wrong(self) -> None:
        """Take back what was said to be wrong, for it has gone well since."""
        if self.says_wrong:
            self.say("")

    # Drawing

    def draw_title(self) -> None:
        if self.board is not None:
            self.query_one("#title", TitleLine).show(*self.board.title())

    def draw(self) -> None:
        """The detail and the status of the present item."""
        board, entry = self.board, self.current
        if board is not None and entry is not None:
            self.detail.show(board.detail(entry).lines, keep_place=entry.item.id == self._drawn)
            self._drawn = entry.item.id
            self.draw_status()

    def draw_status(self) -> None:
        board, entry = self.board, self.current
        if board is None or entry is None:
            return
        words = board.status(entry, self.recorded, short=self.has_class("-narrow"))
        self.query_one("#status", StatusLine).show(words, board.walk.actor.name)
        if self.has_finding:  # whose keys stand in the footer
            return
        shown = frozen_hints() if board.walk.frozen else walk_hints(entry.item.answer.name)
        if board.walk.lineage.is_asked(entry.item.id) and not board.walk.frozen:
            shown = [*doubt_hints(), *shown]
        self.query_one("#footer", KeyFooter).show(shown)

    def draw_rows(self, board: "Board") -> None:
        self.rows.set_rows(board.rows())

    def show_changes(self) -> None:
        """Something of the audit is recorded, here or by a colleague: show it, keep the place."""
        board = self.board
        if board is None or is_left(self):  # left, while a colleague's news was on its way
            return
        changed = board.update()
        if changed is None:
            self.draw_rows(board)
        for item_id in changed or ():
            self.repaint(item_id)
        self.draw_title()
        self.draw()
        above = self.app.screen
        if above is not self and (show_news := getattr(above, "show_news", None)) is not None:
            show_news()

    def repaint(self, item_id: str) -> None:
        """The item's row as it stands; it may have shown that it waits."""
        board = self.board
        if board is not None and (entry := board.entry(item_id)) is not None:
            self.rows.update_row(item_id, board.row(entry))

    def show_form(self, shown: bool) -> None:
        """The finding in place of the detail, or the detail again."""
        self.set_class(shown, "-finding")
        if shown:
            self.query_one("#footer", KeyFooter).show(hints(FINDING))
        else:
            self.draw_status()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self.draw_status()

    # Moving: pages turn the detail

    def action_page_down(self) -> None:
        self.detail.action_page_down()

    def action_page_up(self) -> None:
        self.detail.action_page_up()
