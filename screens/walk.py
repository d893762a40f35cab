"""The walk: the list of items, the present one in full, and one key to answer it."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.events import Key

from qms_tui.checklist.values import explain
from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.records.words import FAILING, Result, result_label
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.actions import WALK, bindings, digit_bindings
from qms_tui.screens.board import Board
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.walk_lines import rows
from qms_tui.screens.walk_view import WalkView
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.status_line import MessageLine
from qms_tui.store.base import Conflict, Receipt
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.given import BadAnswer, Given, from_result, from_text, show_value
from qms_tui.workflow.walk import Walk

CHOSEN = frozenset({"one of", "score"})
TYPED = frozenset({"number", "date", "risk", "any of", *CHOSEN})


class WalkScreen(WalkView):
    """Walks one audit. `open_walk` runs in the recorder's thread, after the first paint.

    `drafts` gives what was typed when the line went; `leave` keeps where the walk stands and closes it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WALK, "walk"), *digit_bindings()]

    def __init__(
        self,
        title: str,
        open_walk: Callable[[], Walk],
        recorder: Recorder,
        drafts: Callable[[Walk], Mapping[str, Any]],
        leave: Callable[[Walk, Mapping[str, Any]], None],
    ) -> None:
        super().__init__(title)
        self._open_walk = open_walk
        self._recorder = recorder
        self._drafts = drafts
        self._leave = leave
        self._unfollow: Callable[[], None] = lambda: None
        self._ahead: list[Key] = []
        self._typing = typing_in.NOTHING
        self.sought = ""

    # Opening and leaving

    def on_mount(self) -> None:
        self.rows.focus()
        self.rows.on_move = lambda _index, _row: self.draw()  # in the same paint as the cursor
        self.call_after_refresh(lambda: self._recorder.submit(self._open_walk, self._opened, self._not_opened))

    def on_unmount(self) -> None:
        self._unfollow()

    def _not_opened(self, error: Exception) -> None:
        self.app.exit(return_code=2, message=f"qms-tui: {error}")

    async def _opened(self, walk: Walk) -> None:
        draft = self._drafts(walk)
        self.board = Board(walk)
        self.form.accepted, self.form.left, self.form.edit = (
            self._accept_finding,
            self._leave_finding,
            self._edit_finding,
        )
        self.rows.set_rows(rows(self.board.entries), draft.get("item") or walk.first_open() or 0)
        self.draw_title()
        self.draw()
        self._unfollow = self._recorder.follow(walk.refresh, self.show_changes, self.failed)
        self._recorder.submit(walk.warm_up, lambda _done: None, self.failed)
        await self.prompt.prepare()
        if walk.frozen:
            self.say(_("This audit is frozen; it can be read. s shows the summary, where it can be reopened."))
        try:
            self._go_on(draft)
        except (KeyError, TypeError):
            self.say(_("The draft could not be read and was left out."), wrong=True)
        for event in self._ahead:
            self.app.post_message(Key(event.key, event.character))
        self._ahead.clear()

    def on_key(self, event: Key) -> None:
        """Keys that come before the walk has opened wait for it."""
        if not self.prompt.is_ready and event.key != "q":
            self._ahead.append(event)
            event.stop()

    def _go_on(self, draft: Mapping[str, Any]) -> None:
        """Open again what was open when the line went."""
        entry = self.current
        if entry is None:
            return
        if "finding" in draft:
            self.open_finding(entry, Given(**draft["given"]), FindingDraft(**draft["finding"]))
        if draft.get("text"):
            self.say(_("This was typed when the line went, and is not recorded yet."))
            self.type_in(typing_in.Typing(draft["purpose"], draft["label"], draft["text"], many=True))

    def standing(self) -> dict[str, Any]:
        """Where the walk stands: the item, and what is typed but not recorded."""
        entry = self.current
        standing: dict[str, Any] = {"item": entry.item.id if entry else None}
        if self.form.is_open:
            given = {key: value for key, value in self.form.given._asdict().items() if value not in (None, ())}
            standing |= {"given": given, "finding": self.form.draft._asdict()}
        if self.prompt.is_open and self.prompt.value.strip():
            typing = self._typing
            standing |= {"purpose": typing.purpose, "label": typing.label, "text": self.prompt.value}
        return standing

    def action_leave(self) -> None:
        if self.board is None:
            self.app.exit()
        else:
            self._leave(self.board.walk, self.standing())

    # Answering

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a finding is open or a text is typed, the keys of the walk wait."""
        if self.form.is_open or self.prompt.is_open:
            return False
        return self.prompt.is_ready or action in ("leave", "help")

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

    def _by_key(self, result: Result, word: str = "") -> None:
        entry = self.current
        if entry is None or self.is_frozen():
            return
        name = entry.item.answer.name
        if result == "conform" and name not in ("pass/fail", "yes/no", "none"):
            self.type_in(typing_in.value(entry))
            return
        try:
            given = from_text(entry.item, word) if name == "yes/no" and word else from_result(entry.item, result)
        except BadAnswer as error:
            self.say(str(error), wrong=True)
        else:
            self.give(entry, given)

    def action_enter(self) -> None:
        entry = self.current
        if entry is None or self.is_frozen():
            return
        if entry.item.answer.name in ("pass/fail", "yes/no"):
            self.say(_("y yes, n no, p partly, a not applicable, c corrected on the spot"))
        elif entry.item.answer.name == "none":
            self.record(entry, Given("conform"))
        else:
            self.type_in(typing_in.value(entry))

    def action_digit(self, character: str) -> None:
        """A digit chooses, or begins a value."""
        entry = self.current
        if entry is None or self.is_frozen():
            return
        answer = entry.item.answer
        if answer.name in CHOSEN and len(answer.options) < 10 and answer.high < 10:
            self.give_text(entry, character)
        elif answer.name in TYPED:
            self.type_in(typing_in.value(entry, character))

    def is_frozen(self) -> bool:
        """Whether answers are frozen; then it is said."""
        frozen = self.board is not None and self.board.walk.frozen
        if frozen:
            self.say(_("The audit is frozen; s shows the summary, where it can be reopened."), wrong=True)
        return frozen

    def give_text(self, entry: Entry, text: str) -> bool:
        """Give an answer as typed; False when it is none, which is said."""
        try:
            given = from_text(entry.item, text, self.board.walk.checklist.accept if self.board else None)
        except BadAnswer as error:
            self.say(str(error), wrong=True)
            return False
        self.give(entry, given)
        return True

    def give(self, entry: Entry, given: Given) -> None:
        """Record an answer, or open its finding first."""
        if given.result in FAILING:
            self.open_finding(entry, given)
        else:
            self.record(entry, given)

    def record(self, entry: Entry, given: Given, *, stay: bool = False) -> None:
        """Hand an answer to the store and move on; the item is marked as waiting until the disk has it."""
        board = self.board
        if board is None or self.is_frozen():
            return
        self.say("")
        item_id = entry.item.id
        seen = getattr(entry.answer, "rev", 0)
        if board.wait_for(item_id, given):
            self.draw_rows(board)
        self.repaint(item_id)
        if not stay:
            self._move_on(board, item_id)
        self._recorder.submit(
            lambda: board.walk.answer(entry.item, given, seen),
            lambda receipt: self._is_recorded(item_id, receipt),
            lambda error: self._is_not_recorded(entry, given, error),
        )

    def _move_on(self, board: Board, item_id: str) -> None:
        """To the next item, from the last one to the first without an answer."""
        target = board.after(item_id) or board.next_open(item_id)
        if target is not None:
            self.rows.move_to(target.item.id)
        else:
            self.say(_("That was the last one. s shows the summary and completes."))

    def _is_recorded(self, item_id: str, receipt: Receipt) -> None:
        board = self.board
        if board is None:
            return
        board.settle(item_id)
        self.done(receipt)
        self.repaint(item_id)

    def _is_not_recorded(self, entry: Entry, given: Given, error: Exception) -> None:
        """Nothing was recorded: back to the item, say why, and give a typed text back."""
        if self.board is None:
            return
        self.board.settle(entry.item.id)
        self.board.rebuild()
        self.draw_rows(self.board)
        self.show_changes()
        self.repaint(entry.item.id)
        self.rows.move_to(entry.item.id)
        if isinstance(error, Conflict) and error.table == "answers" and error.theirs is not None:
            words = _("{by} answered this meanwhile: {result}. Look, and answer again if you differ.")
            theirs = result_label(error.theirs.get("result"))
            self.say(words.format(by=error.theirs.get("by"), result=theirs), wrong=True)
        else:
            self.failed(error)
        if self.prompt.is_open or self.form.is_open:
            return
        if given.grade and given.statement and given.criterion:
            said = self.query_one("#message", MessageLine).text.removeprefix("! ")
            self.open_finding(entry, given, FindingDraft(given.grade, given.statement, given.criterion))
            self.say(said, wrong=True)
        elif (again := typing_in.again(entry, given)) is not None:
            self.type_in(again)

    def done(self, receipt: Receipt) -> None:
        """Something reached the disk."""
        self.clear_wrong()
        self.recorded = local_time(receipt.at)
        self.show_changes()

    def failed(self, error: Exception) -> None:
        """Something did not, and nothing has changed."""
        words = str(error) if isinstance(error, Refused) else _("not recorded: {error}").format(error=error)
        self.say(words, wrong=True)

    def submit(self, write: Callable[[Walk], Receipt], done: Callable[[Receipt], None] | None = None) -> None:
        """Hand what was typed to the store; a text that was not recorded is given back."""
        board, typing = self.board, self._typing

        def failed(error: Exception) -> None:
            self.failed(error)
            if not self.prompt.is_open and not self.form.is_open:
                self.type_in(typing)

        if board is not None:
            self._recorder.submit(lambda: write(board.walk), done or self.done, failed)

    # The finding

    def open_finding(self, entry: Entry, given: Given, draft: FindingDraft | None = None) -> None:
        words = result_label(given.result or entry.result)
        if given.value is not None:
            words = f"{show_value(entry.item, given.value)}: {words}"
        self.form.open(entry, given, words, draft)
        self.show_form(True)
        self.say("")

    def _close_finding(self) -> None:
        self.form.close()
        self.show_form(False)
        self.set_focus(self.rows)

    def action_finding(self) -> None:
        entry = self.current
        if entry is None or self.is_frozen():
            return
        if entry.answer is None or entry.result is None:
            self.say(_("Answer the item first; then f records or edits its finding."), wrong=True)
            return
        answer, finding = entry.answer, entry.finding
        draft = None
        if finding is not None:
            draft = FindingDraft(finding["grade"], finding["statement"], finding["criterion"])
        elif entry.result not in FAILING:
            criterion = ", ".join(entry.item.clause) or entry.item.question
            draft = FindingDraft("observation", entry.item.question, criterion)
        self.open_finding(entry, Given(answer["result"], answer.get("value"), answer.get("verdict")), draft)

    def _accept_finding(self, entry: Entry, given: Given) -> None:
        self._close_finding()
        self.record(entry, given)

    def _leave_finding(self) -> None:
        self._close_finding()
        self.say(_("Nothing was recorded for this item."))

    def _edit_finding(self, field: str, label: str, text: str) -> None:
        self.type_in(typing_in.Typing(f"finding {field}", label, text, many=True))

    # Typing

    def type_in(self, typing: typing_in.Typing) -> None:
        """Ask for a text."""
        entry = self.current
        self._typing = typing._replace(item=entry.item.id if entry else "")
        rows = 3 if typing.many or "\n" in typing.text else 1
        self.prompt.open(typing.label, typing.text, rows=rows, then=self._typed, left=self._focus_below)
        self._mean(typing.text)

    def _focus_below(self) -> None:
        self.set_focus(self.form if self.form.is_open else self.rows)

    def _typed(self, text: str) -> None:
        self._typing = self._typing._replace(text=text)
        self._focus_below()
        typing_in.TAKE[self._typing.purpose](self, text)

    @property
    def typed_purpose(self) -> str:
        return self._typing.purpose

    @property
    def typed_entry(self) -> Entry | None:
        """The entry that the text was asked for; a colleague's answer may have moved the cursor meanwhile."""
        return self.board.entry(self._typing.item) if self.board else None

    def _mean(self, text: str) -> None:
        """What a value typed so far would mean, at once."""
        entry = self.typed_entry
        if entry is None or not text.strip() or self._typing.purpose != "value" or entry.item.answer.name == "text":
            self.prompt.note(_("enter takes it, F10 leaves it"))
            return
        try:
            given = from_text(entry.item, text, self.board.walk.checklist.accept if self.board else None)
        except BadAnswer:
            self.prompt.note("?")
        else:
            why = explain(entry.item, given.value) if given.value is not None else ""
            self.prompt.note(", ".join(part for part in (why, result_label(given.result)) if part))

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        self._mean(event.value)

    def action_note(self) -> None:
        if (entry := self.current) is not None and not self.is_frozen():
            self.type_in(typing_in.note(entry))

    def action_evidence(self) -> None:
        if not self.is_frozen():
            self.type_in(typing_in.Typing("evidence", _("Evidence: a file's path, or paste the text"), many=True))

    def action_search(self) -> None:
        self.type_in(typing_in.search(self.sought))

    def action_go_to(self) -> None:
        if self.board is not None:
            self.type_in(typing_in.go_to(len(self.board.entries)))

    def action_add(self) -> None:
        if not self.is_frozen():
            self.type_in(typing_in.Typing("add", _("Question to add after this item"), many=True))

    def action_about(self) -> None:
        if self.board is not None and not self.is_frozen():
            self.type_in(typing_in.about(self.board.walk.about))

    def action_next_open(self) -> None:
        entry = self.board.next_open(self.current.item.id) if self.board and self.current else None
        if entry is not None:
            self.rows.move_to(entry.item.id)
        else:
            self.say(_("Every other item has an answer. s shows the summary and completes."))

    # Other

    def action_undo(self) -> None:
        board = self.board

        def undone(outcome: tuple[str | None, Receipt]) -> None:
            self.done(outcome[1])
            self.say(_("Taken back; the trail keeps both."))
            if outcome[0] is not None and self.board and self.board.entry(outcome[0]):
                self.rows.move_to(outcome[0])

        if board is not None:
            self._recorder.submit(board.walk.undo, undone, self.failed)

    def action_summary(self) -> None:
        from qms_tui.screens.summary import SummaryScreen

        if self.board is not None:
            self.app.push_screen(SummaryScreen(self.board.walk, self._recorder), self._from_summary)

    def _from_summary(self, item_id: str | None) -> None:
        self.show_changes()
        if item_id is not None:
            self.rows.move_to(item_id)

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("walk", "finding", "summary", "anywhere"))
