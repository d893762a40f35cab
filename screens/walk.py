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
from qms_tui.screens import left_off, typing_in
from qms_tui.screens.actions import WALK, bindings, digit_bindings
from qms_tui.screens.board import Board
from qms_tui.screens.conflict_lines import differing_answer
from qms_tui.screens.kept import Kept, KeptEntries
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.walk_lines import rows
from qms_tui.screens.walk_view import WalkView
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.status_line import MessageLine
from qms_tui.screens.widgets.text_cells import loses
from qms_tui.store.base import Conflict, Receipt, Record
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.evidence import is_readable
from qms_tui.workflow.given import BadAnswer, Given, from_result, from_text, show_value
from qms_tui.workflow.walk import TakenBack, Walk

CHOSEN = frozenset({"one of", "score"})
TYPED = frozenset({"number", "date", "risk", "any of", *CHOSEN})


class WalkScreen(WalkView):
    """Walks one audit. `open_walk` runs in the recorder's thread, after the first paint.

    It gives the walk and what was typed when the line went; `leave` keeps where the walk stands and closes it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WALK, "walk"), *digit_bindings()]

    def __init__(
        self,
        title: str,
        open_walk: Callable[[], tuple[Walk, Mapping[str, Any]]],
        not_opened: "Callable[[WalkScreen, Exception], None]",
        recorder: Recorder,
        leave: Callable[[Walk | None, Mapping[str, Any]], None],
        open_nonconformity: Callable[[str], None],
    ) -> None:
        super().__init__(title)
        self._open_nonconformity = open_nonconformity
        self._open_walk = open_walk
        self._tell_not_opened = not_opened
        self._recorder = recorder
        self.kept = KeptEntries()
        self._leave = leave
        self._unfollow: Callable[[], None] = lambda: None
        self._ahead: list[Key] = []
        self._leaving = False
        self._refused = 0  # entries that were not recorded
        self.typing = typing_in.NOTHING
        self.sought = ""
        self.reason = ""  # typed in a summary when the line went

    # Opening and leaving

    def on_mount(self) -> None:
        self.rows.focus()
        self.rows.on_move = self._moved
        self.prompt.covers = self.query_one("#message", MessageLine).lift
        self.call_after_refresh(lambda: self._recorder.submit(self._open_walk, self._opened, self._not_opened))

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
            self._tell_not_opened(self, error)

    def on_paste(self) -> None:
        """No text was asked for; pasted keys would be answers that nobody gave."""
        if not self.prompt.is_open:
            self.say(_("Pasted text ignored: e takes it as evidence, m as a note."))

    async def _opened(self, opened: tuple[Walk, Mapping[str, Any]]) -> None:
        if self not in self.app.screen_stack:
            return  # left before it was open
        walk, draft = opened
        self.board = Board(walk)
        self.form.accepted, self.form.left, self.form.edit = (
            self._accept_finding,
            self._leave_finding,
            self._edit_finding,
        )
        self.rows.set_rows(
            rows(self.board.entries, asked=walk.lineage.asked), draft.get("item") or walk.first_open() or 0
        )
        self.draw_title()
        self.draw()
        self._unfollow = self._recorder.follow(walk.refresh, self.show_changes, self._not_followed)
        self._recorder.submit(walk.warm_up, lambda _done: None, self.failed)
        await self.prompt.prepare()
        if walk.news:
            self.say(walk.news)
        if walk.frozen:
            self.say(_("This audit is frozen; it can be read. s shows the summary, where it can be reopened."))
        if getattr(self.app, "ascii_only", False) and any(loses(item.question) for item in walk.checklist.items):
            self.say(_("Only ASCII is sent to this terminal: other characters are shown as ?. UTF-8 shows them."))
        try:
            left_off.go_on(self, draft)
        except (KeyError, TypeError, AttributeError):
            self.say(_("The draft could not be read and was left out."), wrong=True)
        for event in self._ahead:
            self.app.post_message(Key(event.key, event.character))
        self._ahead.clear()

    def take_key(self, event: Key) -> bool:
        """A key before it is looked up: what comes before the walk is open waits."""
        if self.prompt.is_ready or (event.key == "q" and not self._ahead):
            return False
        self._ahead.append(event)
        return True

    def standing(self) -> dict[str, Any]:
        """Where the walk stands, and what is typed or given but not recorded."""
        return left_off.standing(self)

    def action_leave(self) -> None:
        """When all is recorded; what is refused meanwhile keeps the person here, once, to see it."""
        board, refused = self.board, self._refused
        self._leaving = True
        if board is None:
            self._leave(None, {})
            return

        def leave(_done: object) -> None:
            if self._refused == refused:
                self._leave(board.walk, self.standing())
            else:
                self._leaving = False

        self._recorder.submit(lambda: None, leave, leave)

    # Answering

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a finding is open or a text is typed, the keys of the walk wait; on the way out there are none."""
        if self._leaving or self.form.is_open or self.prompt.is_open:
            return False
        return self.prompt.is_ready or action in ("leave", "help")

    def action_nonconformity(self) -> None:
        """To the nonconformity that the finding on this item raised."""
        entry = self.current
        raised = self.board.walk.nonconformity_of(entry.item.id) if self.board and entry else None
        if raised is None:
            self.say(_("No nonconformity was raised on this item."), wrong=True)
        else:
            self._open_nonconformity(str(raised["number"]))

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
            self.refuse(str(error))
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
            self.type_in(self.kept.typing(entry, "value") or typing_in.value(entry))

    def action_digit(self, character: str) -> None:
        """A digit chooses, or begins a value."""
        entry = self.current
        if entry is None or self.is_frozen():
            return
        answer = entry.item.answer
        if answer.name in CHOSEN and len(answer.options) < 10 and answer.high < 10:
            if refused := self.give_text(entry, character):
                self.refuse(refused)
        elif answer.name in TYPED:
            self.type_in(typing_in.value(entry, character))

    def is_frozen(self) -> bool:
        """Whether answers are frozen; then it is said."""
        frozen = self.board is not None and self.board.walk.frozen
        if frozen:
            self.refuse(_("The audit is frozen; s shows the summary, where it can be reopened."))
        return frozen

    def give_text(self, entry: Entry, text: str) -> str:
        """Give an answer as typed; why it is none, else nothing."""
        try:
            given = from_text(entry.item, text, self.board.walk.checklist.accept if self.board else None, keys=False)
        except BadAnswer as error:
            return str(error)
        self.give(entry, given)
        return ""

    def give(self, entry: Entry, given: Given) -> None:
        """Record an answer, or open its finding first."""
        if given.result in FAILING:
            left = self.kept.finding(entry, given)
            same = (entry.result, (entry.answer or {}).get("value")) == (given.result, given.value)
            draft = left.draft if left else _recorded_finding(entry) if same else None
            self.open_finding(entry, left.given if left else given, draft)
        else:
            self.record(entry, given)

    def record(self, entry: Entry, given: Given, *, stay: bool = False) -> None:
        """Hand an answer to the store and move on; the item is marked as waiting until the disk has it.

        `entry` is as the person saw it: what a colleague has recorded since is not overwritten.
        """
        board = self.board
        if board is None:
            return
        item_id = entry.item.id
        if self.is_frozen():
            self.kept.keep(entry, given)
            return
        if board.entry(item_id) is None:
            self.kept.keep(entry, given)
            self.say(_("This item is no longer asked; nothing was recorded."), wrong=True)
            return
        self.say("")
        seen = getattr(entry.answer, "rev", 0)
        if board.wait_for(item_id, given):
            self.draw_rows(board)
        self.repaint(item_id)
        if not stay:
            self._move_on(board, item_id)
        went = self.rows.selected.key if self.rows.selected else ""
        ticket = self.kept.send(entry, given)

        def write() -> Receipt:
            receipt = board.walk.answer(entry.item, given, seen)
            self.kept.arrived(ticket)
            return receipt

        def refused(error: Exception) -> None:
            self.kept.arrived(ticket)
            self._is_not_recorded(entry, given, error, went)

        self._recorder.submit(write, lambda receipt: self._is_recorded(item_id, given, receipt), refused)

    def _move_on(self, board: Board, item_id: str) -> None:
        """To the next item, from the last one to the first without an answer."""
        target = board.after(item_id) or board.next_open(item_id)
        if target is not None:
            self.rows.move_to(target.item.id)
        else:
            self.say(_("That was the last one. s shows the summary and completes."))

    def _is_recorded(self, item_id: str, given: Given, receipt: Receipt) -> None:
        board = self.board
        if board is None:
            return
        board.settle(item_id)
        self.kept.forget(item_id, given)
        self.done(receipt)
        self.repaint(item_id)
        raised = board.walk.nonconformity_of(item_id)
        if raised is not None and raised["number"] in receipt.numbers.values():
            self.say(_("{number} raised").format(number=raised["number"]))

    def _is_not_recorded(self, entry: Entry, given: Given, error: Exception, went: str) -> None:
        """Nothing was recorded: say why, keep what was typed, and go back unless the person has gone on since."""
        board = self.board
        if board is None:
            return
        self._refused += 1
        board.settle(entry.item.id)
        board.rebuild()
        self.draw_rows(board)
        self.show_changes()
        kept = self.kept.keep(entry, given)
        words = str(error) if isinstance(error, Conflict) else self.words_of(error)
        stayed = self.rows.selected is not None and self.rows.selected.key == went
        if not stayed or self.prompt.is_open or self.form.is_open:
            self.say(f"{words} ({entry.item.question})", wrong=True)
            return
        self.rows.move_to(entry.item.id)
        if not isinstance(error, Conflict):
            self._open_kept(board.entry(entry.item.id) or entry, kept)
        elif kept is not None:
            words = f"{words}; {kept.way_back()}"
        self.say(words, wrong=True)
        if isinstance(error, Conflict) and error.first is not None and self.is_current:
            self._choose(board.entry(entry.item.id) or entry, given, error.first)

    def _choose(self, entry: Entry, given: Given, first: Record) -> None:
        """Theirs or mine. Mine is recorded on top of what is shown here: a colleague's next change asks again."""
        from qms_tui.screens.conflict import Choice, ConflictScreen

        def chosen(choice: Choice | None) -> None:
            if choice == "mine":
                self.record(entry, given)
            elif choice == "theirs":
                self.kept.forget(entry.item.id, given)
                self.say(_("Theirs stands; nothing of yours was recorded."))

        self.app.push_screen(ConflictScreen(entry.item.question, first, differing_answer(entry, given)), chosen)

    def _open_kept(self, entry: Entry, kept: Kept | None) -> None:
        if kept is not None and kept.draft is not None:
            self.open_finding(entry, kept.given, kept.draft)
        elif kept is not None and kept.typing is not None:
            self.type_in(kept.typing, entry)

    def done(self, receipt: Receipt) -> None:
        """Something reached the disk."""
        self.clear_wrong()
        self.recorded = local_time(receipt.at)
        self.show_changes()

    def failed(self, error: Exception) -> None:
        """Something did not, and nothing has changed but what a colleague has done."""
        self.show_changes()
        self.say(self.words_of(error), wrong=True)

    def words_of(self, error: Exception) -> str:
        return str(error) if isinstance(error, Refused) else _("not recorded: {error}").format(error=error)

    def submit(self, write: Callable[[Walk], Receipt], done: Callable[[Receipt], None] | None = None) -> None:
        """Hand what was typed to the store; a text that was not recorded is given back."""
        board, typing = self.board, self.typing
        if board is None:
            return
        ticket = self.kept.send_typing(typing)

        def do() -> Receipt:
            receipt = write(board.walk)
            self.kept.arrived(ticket)
            return receipt

        def recorded(receipt: Receipt) -> None:
            self.kept.drop(typing)
            (done or self.done)(receipt)

        def refused(error: Exception) -> None:
            self.kept.arrived(ticket)
            self._refused += 1
            self.kept.keep_typing(typing)
            self.failed(error)
            if not self.prompt.is_open and not self.form.is_open:
                said = self.words_of(error)
                self.type_in(typing, typing.entry)
                self.say(said, wrong=True)

        self._recorder.submit(do, recorded, refused)

    # The finding

    def open_finding(self, entry: Entry, given: Given, draft: FindingDraft | None = None) -> None:
        words = result_label(given.result or entry.result)
        if given.value is not None:
            words = f"{show_value(entry.item, given.value)}: {words}"
        elif entry.item.answer.name in TYPED:
            words += ", " + _("no value given")
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
            self.refuse(_("Answer the item first; then f records or edits its finding."))
            return
        answer = entry.answer
        draft = _recorded_finding(entry)
        if draft is None and entry.result not in FAILING:
            criterion = ", ".join(entry.item.clause) or entry.item.question
            draft = FindingDraft("observation", entry.item.question, criterion)
        self.open_finding(entry, Given(answer["result"], answer.get("value"), answer.get("verdict")), draft)

    def _accept_finding(self, entry: Entry, given: Given) -> None:
        self._close_finding()
        self.record(entry, given)

    def look_at_evidence(self, text: str) -> None:
        """A file of the open finding that cannot be read is told at once, and its name given back."""
        entry = self.form.entry

        def failed(error: Exception) -> None:
            if self.form.entry is not entry or not self.form.drop_evidence(text):
                return
            if not self.prompt.is_open:
                self._edit_finding("evidence", typing_in.evidence().label, text)
            self.refuse(_("not attached: {error}").format(error=error))

        self._recorder.submit(lambda: is_readable(text), lambda _read: None, failed)

    def _leave_finding(self) -> None:
        entry, given, draft = self.form.entry, self.form.given, self.form.draft
        self._close_finding()
        if entry is not None:
            self.kept.keep_left(entry, given, draft)
        self.say(_("Nothing was recorded; the same key opens the finding as you left it."))

    def _edit_finding(self, field: str, label: str, text: str) -> None:
        self.say("")
        self.type_in(typing_in.Typing(f"finding {field}", label, text, many=True))

    # Typing

    def type_in(self, typing: typing_in.Typing, entry: Entry | None = None) -> None:
        """Ask for a text, for an item as it was seen (else the present one)."""
        self.hush()
        self.typing = typing._replace(entry=entry or self.form.entry or self.current)
        rows = 3 if typing.many or "\n" in typing.text else 1
        self.prompt.open(
            typing.label, typing.text, rows=rows, replace=typing.replace, then=self._typed, left=self._left_typing
        )
        self._mean(typing.text)

    def _focus_below(self) -> None:
        self.set_focus(self.form if self.form.is_open else self.rows)

    def _left_typing(self) -> None:
        self.hush()
        self._focus_below()

    def _typed(self, text: str) -> None:
        self.typing = self.typing._replace(text=text)
        if not text.strip():
            self.kept.drop(self.typing)
        self._focus_below()
        typing_in.TAKE[self.typing.purpose](self, text)

    def _mean(self, text: str) -> None:
        """What a value typed so far would mean, at once."""
        entry = self.typing.entry
        if entry is None or not text.strip() or self.typing.purpose != "value" or entry.item.answer.name == "text":
            self.prompt.note(_("F10 leaves it"))
            return
        try:
            given = from_text(entry.item, text, self.board.walk.checklist.accept if self.board else None)
        except BadAnswer:
            self.prompt.note(_("not a value yet"))
        else:
            why = explain(entry.item, given.value) if given.value is not None and not self.has_class("-narrow") else ""
            self.prompt.note(", ".join(part for part in (why, result_label(given.result)) if part))

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        self._mean(event.value)

    def action_note(self) -> None:
        if (entry := self.current) is not None and not self.is_frozen():
            self.type_in(self.kept.typing(entry, "note") or typing_in.note(entry))

    def action_evidence(self) -> None:
        if not self.is_frozen():
            self.type_in(self.kept.typing(self.current, "evidence") or typing_in.evidence())

    def action_search(self) -> None:
        self.type_in(typing_in.search(self.sought))

    def action_go_to(self) -> None:
        if self.board is not None:
            self.type_in(typing_in.go_to(len(self.board.entries)))

    def action_add(self) -> None:
        if not self.is_frozen():
            kept = self.kept.typing(self.current, "add")
            self.type_in(kept or typing_in.Typing("add", _("Question to add after this item"), many=True))

    def action_about(self) -> None:
        if self.board is not None and not self.is_frozen():
            present = typing_in.about(self.board.walk.about, getattr(self.board.walk.audit, "rev", None))
            kept = self.kept.typing(None, "about")
            self.type_in(present if kept is None else kept._replace(seen=present.seen))

    def action_next_open(self) -> None:
        entry = self.board.next_open(self.current.item.id) if self.board and self.current else None
        if entry is not None:
            self.rows.move_to(entry.item.id)
        else:
            self.say(_("Every other item has an answer. s shows the summary and completes."))

    # Other

    def action_undo(self) -> None:
        board = self.board
        was = self.rows.selected

        def undone(back: TakenBack) -> None:
            self.done(back.receipt)
            entry = self.board.entry(back.item) if self.board and back.item else None
            if entry is not None and self.rows.selected == was and not self.form.is_open:
                self.rows.move_to(entry.item.id)
            self.say(back.words(board.walk) if board else "")

        if board is not None:
            self._recorder.submit(board.walk.undo, undone, self.failed)

    def action_same(self) -> None:
        self._decide_history(same=True)

    def action_another(self) -> None:
        self._decide_history(same=False)

    def _decide_history(self, *, same: bool) -> None:
        """Whether the item is the question that it may be, as a person says."""
        board, entry = self.board, self.current
        if board is None or entry is None or self.is_frozen():
            return
        words = _("The same question as before.") if same else _("Another question than before.")

        def decided(receipt: Receipt) -> None:
            self.done(receipt)
            self.say(words)

        self._recorder.submit(lambda: board.walk.decide_history(entry.item.id, same), decided, self.failed)

    def action_summary(self) -> None:
        from qms_tui.screens.summary import SummaryScreen

        if self.board is not None:
            summary = SummaryScreen(self.board.walk, self._recorder, self._after_summary, self.reason)
            self.reason = ""
            self.app.push_screen(summary, self._from_summary)

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


def _recorded_finding(entry: Entry) -> FindingDraft | None:
    """The finding as it stands in the record, to be edited."""
    finding = entry.finding
    return FindingDraft(finding["grade"], finding["statement"], finding["criterion"]) if finding else None
