"""Giving answers in a walk: from a key, a typed text or a finding to the disk, and what comes of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qms_tui.i18n import _
from qms_tui.records.words import FAILING, Result
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.board import Board
from qms_tui.screens.conflict_lines import differing_answer
from qms_tui.screens.kept import Kept, KeptEntries
from qms_tui.screens.keys_ahead import keys_ahead
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import not_recorded, not_shown
from qms_tui.screens.walk_finding import recorded_finding
from qms_tui.store.base import Busy, Conflict, Damaged, EvidenceError, Invalid, ReadOnly, Receipt, Record
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.given import BadAnswer, Given, from_result, from_text
from qms_tui.workflow.walk import Walk

if TYPE_CHECKING:
    from qms_tui.screens.walk import WalkScreen


class Giving:
    """For one walk that is open. What was not recorded is kept by its item, and given back."""

    def __init__(self, screen: "WalkScreen", board: Board, recorder: Recorder) -> None:
        self._screen = screen
        self._board = board
        self._recorder = recorder
        self.kept = KeptEntries()
        self.refused = 0  # entries that were not recorded

    def by_key(self, entry: Entry, result: Result, word: str = "") -> None:
        """`word` is what the key says in answer to yes or no; where a value is wanted, "conform" asks for it."""
        name = entry.item.answer.name
        if result == "conform" and name not in ("pass/fail", "yes/no", "none"):
            self._screen.asking.type_in(typing_in.value(entry))
            return
        try:
            given = from_text(entry.item, word) if name == "yes/no" and word else from_result(entry.item, result)
        except BadAnswer as error:
            self._screen.refuse(str(error))
        else:
            self.give(entry, given)

    def by_enter(self, entry: Entry) -> None:
        """Ask for the value; where there is none to type, say which keys answer."""
        if entry.item.answer.name in ("pass/fail", "yes/no"):
            self._screen.say(_("y yes, n no, p partly, a not applicable, c corrected on the spot"))
        elif entry.item.answer.name == "none":
            self.record(entry, Given("conform"))
        else:
            self._screen.asking.type_in(self.kept.typing(entry, "value") or typing_in.value(entry))

    def by_digit(self, entry: Entry, character: str) -> None:
        """A digit chooses, or begins a value."""
        answer = entry.item.answer
        if answer.name in typing_in.CHOSEN and len(answer.options) < 10 and answer.high < 10:
            if refused := self.give_text(entry, character):
                self._screen.refuse(refused)
        elif answer.name in typing_in.TYPED:
            self._screen.asking.type_in(typing_in.value(entry, character))

    def give_text(self, entry: Entry, text: str) -> str:
        """Give an answer as typed; why it is none, else nothing."""
        try:
            given = from_text(entry.item, text, self._board.walk.checklist.accept, keys=False)
        except BadAnswer as error:
            return str(error)
        self.give(entry, given)
        return ""

    def give(self, entry: Entry, given: Given) -> None:
        """Record an answer, or open its finding first."""
        if given.result in FAILING:
            left = self.kept.finding(entry, given)
            same = (entry.result, (entry.answer or {}).get("value")) == (given.result, given.value)
            draft = left.draft if left else recorded_finding(entry) if same else None
            self._screen.finding.open(entry, left.given if left else given, draft)
        else:
            self.record(entry, given)

    # To the disk

    def record(self, entry: Entry, given: Given, *, stay: bool = False) -> None:
        """Hand an answer to the store and move on; the item is marked as waiting until the disk has it.

        `entry` is as the person saw it: what a colleague has recorded since is not overwritten.
        """
        screen, board = self._screen, self._board
        item_id = entry.item.id
        if screen.is_frozen():
            self.kept.keep(entry, given)
            return
        if board.entry(item_id) is None:
            self.kept.keep(entry, given)
            screen.say(_("This item is no longer asked; nothing was recorded."), wrong=True)
            return
        screen.say("")
        seen = getattr(entry.answer, "rev", 0)
        if board.wait_for(item_id, given):
            screen.draw_rows(board)
        screen.repaint(item_id)
        if not stay:
            self._move_on(item_id)
        went = screen.rows.selected.key if screen.rows.selected else ""
        ticket = self.kept.send(entry, given)

        def write() -> Receipt:
            receipt = board.walk.answer(entry.item, given, seen)
            self.kept.forget(item_id, given)  # what was refused before, too
            self.kept.arrived(ticket)
            return receipt

        def refused(error: Exception) -> None:
            self.kept.arrived(ticket)
            self._is_not_recorded(entry, given, error, went)

        self._recorder.submit(write, lambda receipt: self._is_recorded(item_id, receipt), refused)

    def _move_on(self, item_id: str) -> None:
        """To the next item, from the last one to the first without an answer."""
        target = self._board.after(item_id) or self._board.next_open(item_id)
        if target is not None:
            self._screen.rows.move_to(target.item.id)
        else:
            self._screen.say(_("That was the last one. s shows the summary and completes."))

    def submit(self, write: Callable[[Walk], Receipt], done: Callable[[Receipt], None] | None = None) -> None:
        """Hand what was typed to the store; a text that was not recorded is given back."""
        screen, walk, typing = self._screen, self._board.walk, self._screen.asking.typing
        ticket = self.kept.send_typing(typing)

        def do() -> Receipt:
            receipt = write(walk)
            self.kept.drop(typing)  # what was refused before, too
            self.kept.arrived(ticket)
            return receipt

        def refused(error: Exception) -> None:
            self.kept.arrived(ticket)
            self.refused += 1
            self.kept.keep_typing(typing)
            self.failed(error)
            if not screen.is_asking and not keys_ahead(screen).is_waiting:
                said = not_recorded(error)
                screen.asking.type_in(typing, typing.entry)
                screen.say(said, wrong=True)

        self._recorder.submit_awaited(do, done or self.done, refused)

    # What comes of it

    def done(self, receipt: Receipt) -> None:
        """Something reached the disk; what did not stays told."""
        if not self._board.refused:
            self._screen.clear_wrong()
        self._screen.recorded = local_time(receipt.at)
        self._screen.show_changes()

    def failed(self, error: Exception) -> None:
        """Something did not, and nothing has changed but what a colleague has done."""
        self._screen.show_changes()
        self._screen.say(not_recorded(error), wrong=True)

    def _is_recorded(self, item_id: str, receipt: Receipt) -> None:
        self._board.settle(item_id)
        self._board.refused.discard(item_id)
        self.done(receipt)
        self._screen.repaint(item_id)
        raised = self._board.walk.nonconformity_of(item_id)
        if raised is not None and raised["number"] in receipt.numbers.values():
            earlier = raised.get("repeat_of")
            words = _("{number}: repeat of {earlier}") if earlier else _("{number} raised")
            self._screen.say(words.format(number=raised["number"], earlier=earlier))

    def not_shown(self, error: Exception) -> None:
        """Something could not be read."""
        self._screen.say(not_shown(error), wrong=True)

    def _is_not_recorded(self, entry: Entry, given: Given, error: Exception, went: str) -> None:
        """Nothing was recorded: say why, keep what was typed, and go back unless the person has gone on since."""
        screen, board = self._screen, self._board
        self.refused += 1
        board.settle(entry.item.id)
        board.rebuild()
        screen.show_changes()
        if isinstance(error, Busy | Damaged | ReadOnly):
            board.refused.add(entry.item.id)
        screen.draw_rows(board)
        at_fault = isinstance(error, EvidenceError | Invalid)
        kept = self.kept.keep(entry, given, at_fault=at_fault)
        words = str(error) if isinstance(error, Conflict) else not_recorded(error)
        stayed = screen.rows.selected is not None and screen.rows.selected.key == went
        if not stayed or screen.is_asking or keys_ahead(screen).is_waiting:
            screen.say(f"{words} ({entry.item.question})", wrong=True)
            return
        screen.rows.move_to(entry.item.id)
        if not isinstance(error, Conflict):
            self._open_kept(board.entry(entry.item.id) or entry, kept)
        elif kept is not None:
            words = f"{words}; {kept.way_back()}"
        screen.refuse(words) if at_fault else screen.say(words, wrong=True)
        if isinstance(error, Conflict) and error.first is not None and screen.is_current:
            self._choose(board.entry(entry.item.id) or entry, given, error.first)

    def _choose(self, entry: Entry, given: Given, first: Record) -> None:
        """Theirs or mine. Mine is recorded on top of what is shown here: a colleague's next change asks again."""
        from qms_tui.screens.conflict import Choice, ConflictScreen

        def chosen(choice: Choice | None) -> None:
            if choice == "mine":
                self.record(entry, given)
            elif choice == "theirs":
                self.kept.forget(entry.item.id, given)
                self._screen.say(_("Theirs stands; nothing of yours was recorded."))

        differing = differing_answer(entry, given)
        self._screen.app.push_screen(ConflictScreen(entry.item.question, first, differing), chosen)

    def _open_kept(self, entry: Entry, kept: Kept | None) -> None:
        if kept is not None and kept.draft is not None:
            self._screen.finding.open(entry, kept.given, kept.draft)
        elif kept is not None and kept.typing is not None:
            self._screen.asking.type_in(kept.typing, entry)
