"""The walk: the list of items, the present one in full, and one key to answer it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.screens.actions import MOVING_IN_WALK, WALK, bindings, digit_bindings
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.typed import REASON, TypedTexts
from qms_tui.screens.walk_view import WalkView
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.status_line import MessageLine
from qms_tui.screens.widgets.text_cells import loses

if TYPE_CHECKING:
    from qms_tui.records.words import Result
    from qms_tui.reports.record import Entry
    from qms_tui.screens.asking import Asking
    from qms_tui.screens.board import Board
    from qms_tui.screens.finding_form import FindingForm
    from qms_tui.screens.giving import Giving
    from qms_tui.screens.summary import SummaryScreen
    from qms_tui.screens.walk_finding import WalkFinding
    from qms_tui.store.base import Receipt
    from qms_tui.workflow.undo import TakenBack
    from qms_tui.workflow.walk import Walk


class WalkScreen(WalkView):
    """Walks one audit. `open_walk` runs in the recorder's thread, after the first paint.

    It gives the walk and what was typed when the line went; `leave` keeps where the walk stands and closes it. What the
    first paint does without is imported in that thread too, and mounted when the first question can be read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WALK, "walk"), *digit_bindings()]

    giving: "Giving"
    finding: "WalkFinding"
    asking: "Asking"
    """These three are there with `board`."""

    def __init__(
        self,
        title: str,
        open_walk: "Callable[[], tuple[Walk, Mapping[str, Any]]]",
        not_opened: "Callable[[WalkScreen, Exception], None]",
        recorder: Recorder,
        leave: "Callable[[Walk | None, Mapping[str, Any]], None]",
        open_nonconformity: Callable[[str], None],
    ) -> None:
        super().__init__(title)
        self._open_nonconformity = open_nonconformity
        self._open_walk = open_walk
        self._tell_not_opened = not_opened
        self._recorder = recorder
        self._leave = leave
        self._unfollow: Callable[[], None] = lambda: None
        self._leaving = False
        self._error: Exception | None = None  # why there is no walk
        self._can_answer = False  # the first question is shown, and what a key may open is there
        self._draft: Mapping[str, Any] | None = None  # until its texts stand on the screen again
        self.reasons = TypedTexts()  # of the summary
        self._summary: SummaryScreen | None = None

    @property
    def form(self) -> "FindingForm":
        return self.finding.form

    # Opening and leaving

    def on_mount(self) -> None:
        self.rows.focus()
        self.rows.on_move = self._moved
        self.prompt.covers = self.query_one("#message", MessageLine).lift
        if self._recorder.is_held:
            self._begin()
        else:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._recorder.submit(self._open, self._opened, self._not_opened)

    def _moved(self, _index: int, _row: Row) -> None:
        """In the same paint as the cursor: the detail, and what was said of another item taken away."""
        self.say("")
        self.draw()

    def on_unmount(self) -> None:
        self._unfollow()

    def _not_followed(self, error: Exception) -> None:
        self.say(_("colleagues' answers cannot be read: {error}").format(error=error), wrong=True)

    def _not_opened(self, error: Exception) -> None:
        if self in self.app.screen_stack:
            self._error = error
            self._tell_not_opened(self, error)

    def on_screen_resume(self) -> None:
        if self._error is not None:
            self._tell_not_opened(self, self._error)

    def on_paste(self) -> None:
        """No text was asked for; pasted keys would be answers that nobody gave."""
        if not self.prompt.is_open:
            self.say(_("Pasted text ignored: e takes it as evidence, m as a note."))

    def _open(self) -> "tuple[Board, Mapping[str, Any]]":
        """In the recorder's thread."""
        from qms_tui.screens import asking, giving, left_off, walk_finding  # noqa: F401 - for `_opened`
        from qms_tui.screens.board import Board

        walk, draft = self._open_walk()
        return Board(walk), draft

    def _opened(self, opened: "tuple[Board, Mapping[str, Any]]") -> None:
        """The first question is shown; a key waits until what it may open is there."""
        if self not in self.app.screen_stack:
            return  # left before it was open
        from qms_tui.screens.asking import Asking
        from qms_tui.screens.giving import Giving
        from qms_tui.screens.left_off import place
        from qms_tui.screens.walk_finding import WalkFinding

        board, self._draft = opened
        walk = board.walk
        self.giving = Giving(self, board, self._recorder)
        self.finding = WalkFinding(self, self._recorder)
        self.asking = Asking(self, board)
        self.board = board
        self.rows.set_rows(board.rows(), place(board, self._draft) or walk.first_open() or 0)
        self.draw_title()
        self.draw()
        self._unfollow = self._recorder.follow(walk.refresh, self.show_changes, self._not_followed)
        self.call_after_refresh(self._make_ready)

    async def _make_ready(self) -> None:
        board = self.board
        if board is None or self not in self.app.screen_stack:
            return
        walk = board.walk
        await self.query_one("#panes").mount(self.finding.form)
        await self.prompt.prepare()
        if walk.news:
            self.say(walk.news)
        if walk.frozen:
            self.say(_("This audit is frozen; it can be read. s shows the summary, where it can be reopened."))
        if getattr(self.app, "ascii_only", False) and any(loses(item.question) for item in walk.checklist.items):
            self.say(_("Only ASCII is sent to this terminal: other characters are shown as ?. UTF-8 shows them."))
        self._go_on()
        self._can_answer = True
        self._recorder.submit(walk.warm_up, lambda _done: None, self.giving.not_shown)

    def _go_on(self) -> None:
        from qms_tui.screens.left_off import go_on

        draft, self._draft = self._draft, None
        try:
            go_on(self, draft or {})
        except (KeyError, TypeError, AttributeError):
            self.say(_("The draft could not be read and was left out."), wrong=True)

    def must_wait(self, key: str | None) -> bool:
        """A key waits until the walk is open, but for the one that leaves; on the way out; for what it is about.

        That is what is recorded of this item: an answer to the next one waits for none before it.
        """
        if not self._can_answer or self._leaving:
            return self._leaving or key != "q"
        entry = self.current
        is_pending = entry is not None and self.board is not None and self.board.is_pending(entry.item.id)
        return (is_pending or self._recorder.is_awaited) and key not in MOVING_IN_WALK and not self.is_asking

    def standing(self) -> Mapping[str, Any]:
        """Where the walk stands, and what is typed or given but not recorded."""
        from qms_tui.screens.left_off import standing

        return standing(self) if self._draft is None else self._draft

    def action_leave(self) -> None:
        """When all is recorded; what is refused meanwhile keeps the person here, once, to see it."""
        board = self.board
        self._leaving = True
        if board is None:
            self._leave(None, {})
            return
        refused = self.giving.refused

        def leave(_done: object) -> None:
            if self.giving.refused == refused:
                self._leave(board.walk, self.standing())
            else:
                self._leaving = False

        self._recorder.submit(lambda: None, leave, leave)

    def stay(self) -> None:
        """It is not left after all."""
        self._leaving = False

    # Answering

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a finding is open or a text is typed, the keys of the walk wait; on the way out there are none."""
        if self._leaving or self.is_asking:
            return False
        return self._can_answer or action == "leave"

    def is_frozen(self) -> bool:
        """Whether answers are frozen; then it is said."""
        frozen = self.board is not None and self.board.walk.frozen
        if frozen:
            self.refuse(_("The audit is frozen; s shows the summary, where it can be reopened."))
        return frozen

    @property
    def _answerable(self) -> "Entry | None":
        """The entry under the cursor, where something may be entered."""
        entry = self.current
        return None if entry is None or self.is_frozen() else entry

    def _by_key(self, result: "Result", word: str = "") -> None:
        if (entry := self._answerable) is not None:
            self.giving.by_key(entry, result, word)

    def action_conform(self) -> None:
        self._by_key("conform", "yes")

    def action_nonconform(self) -> None:
        self._by_key("nonconform", "no")

    def action_partial(self) -> None:
        self._by_key("partial")

    def action_not_applicable(self) -> None:
        self._by_key("not_applicable")

    def action_corrected(self) -> None:
        self._by_key("corrected_on_spot")

    def action_enter(self) -> None:
        if (entry := self._answerable) is not None:
            self.giving.by_enter(entry)

    def action_digit(self, character: str) -> None:
        if (entry := self._answerable) is not None:
            self.giving.by_digit(entry, character)

    def action_finding(self) -> None:
        if (entry := self._answerable) is not None:
            self.finding.open_recorded(entry)

    # Typing

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        self.asking.mean(event.value)

    def action_note(self) -> None:
        if (entry := self._answerable) is not None:
            self.asking.note(entry)

    def action_evidence(self) -> None:
        if not self.is_frozen():
            self.asking.evidence(self.current)

    def action_add(self) -> None:
        if not self.is_frozen():
            self.asking.added(self.current)

    def action_about(self) -> None:
        if not self.is_frozen():
            self.asking.about()

    def action_search(self) -> None:
        self.asking.search()

    def action_go_to(self) -> None:
        self.asking.go_to()

    # Other

    def action_next_open(self) -> None:
        entry = self.board.next_open(self.current.item.id) if self.board and self.current else None
        if entry is not None:
            self.rows.move_to(entry.item.id)
        else:
            self.say(_("Every other item has an answer. s shows the summary and completes."))

    def action_undo(self) -> None:
        board = self.board
        was = self.rows.selected

        def undone(back: "TakenBack") -> None:
            self.giving.done(back.receipt)
            entry = self.board.entry(back.item) if self.board and back.item else None
            if entry is not None and self.rows.selected == was and not self.has_finding:
                self.rows.move_to(entry.item.id)
            self.say(back.words(board.walk.all_entries()) if board else "")

        if board is not None:
            self._recorder.submit_awaited(board.walk.undo, undone, self.giving.failed)

    def action_same(self) -> None:
        self._decide_history(same=True)

    def action_another(self) -> None:
        self._decide_history(same=False)

    def _decide_history(self, *, same: bool) -> None:
        """Whether the item is the question that it may be, as a person says."""
        board, entry = self.board, self._answerable
        if board is None or entry is None:
            return
        words = _("The same question as before.") if same else _("Another question than before.")

        def decided(receipt: "Receipt") -> None:
            self.giving.done(receipt)
            self.say(words)

        self._recorder.submit_awaited(
            lambda: board.walk.decide_history(entry.item.id, same), decided, self.giving.failed
        )

    def action_nonconformity(self) -> None:
        """To the nonconformity that the finding on this item raised."""
        entry = self.current
        raised = self.board.walk.nonconformity_of(entry.item.id) if self.board and entry else None
        if raised is None:
            self.refuse(_("No nonconformity was raised on this item."))
        else:
            self._open_nonconformity(str(raised["number"]))

    def action_summary(self) -> None:
        from qms_tui.screens.summary import SummaryScreen

        if self.board is not None:
            self._summary = SummaryScreen(self.board.walk, self._recorder, self._after_summary, self.reasons)
            self.app.push_screen(self._summary, self._from_summary)

    @property
    def reason(self) -> str:
        """What is typed in the summary, or was, and is not recorded."""
        kept = self.reasons.waiting(REASON) or ""
        return next((summary.reason for summary in self.app.screen_stack if summary is self._summary), kept)

    def _from_summary(self, item_id: str | None) -> None:
        self.say("")
        self.show_changes()
        if item_id is not None:
            self.rows.move_to(item_id)

    def _after_summary(self, words: str, wrong: bool) -> None:
        self.show_changes()
        self.say(words, wrong=wrong)

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("walk", "finding", "summary", "anywhere"))
