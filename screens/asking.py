"""Asking for a text in a walk: the prompt at the bottom, and what a value typed so far would mean."""

from typing import TYPE_CHECKING

from qms_tui.checklist.values import explain
from qms_tui.i18n import _
from qms_tui.records.words import result_label
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.board import Board
from qms_tui.screens.refused import leaving, left_off, nothing_typed
from qms_tui.workflow.given import BadAnswer, from_text

if TYPE_CHECKING:
    from qms_tui.screens.walk import WalkScreen


class Asking:
    """`typing` is the text that was asked for last. One that was typed and not recorded is offered again."""

    def __init__(self, screen: "WalkScreen", board: Board) -> None:
        self._screen = screen
        self._board = board
        self.sought = ""
        self.typing = typing_in.NOTHING

    def type_in(self, typing: typing_in.Typing, entry: Entry | None = None) -> None:
        """Ask for a text, for an item as it was seen (else the present one)."""
        screen = self._screen
        screen.hush()
        self.typing = typing._replace(entry=entry or screen.form.entry or screen.current)
        rows = 3 if typing.many or "\n" in typing.text else 1
        screen.prompt.open(
            typing.label,
            typing.text,
            rows=rows,
            replace=typing.replace,
            then=self._typed,
            left=self._left,
            needed=self._needed if typing.purpose in typing_in.NEEDED and not typing.text.strip() else None,
        )
        self.mean(typing.text)

    def mean(self, text: str) -> None:
        """Show what a value typed so far would mean, at once."""
        screen, entry = self._screen, self.typing.entry
        if entry is None or not text.strip() or self.typing.purpose != "value" or entry.item.answer.name == "text":
            screen.prompt.note(leaving(brings_back=screen.prompt.brings_back))
            return
        try:
            given = from_text(entry.item, text, self._board.walk.checklist.accept)
        except BadAnswer:
            screen.prompt.note(_("not a value yet"))
        else:
            short = given.value is None or screen.has_class("-narrow")
            why = "" if short else explain(entry.item, given.value)
            screen.prompt.note(", ".join(part for part in (why, result_label(given.result)) if part))

    def _typed(self, text: str) -> None:
        self.typing = self.typing._replace(text=text)
        if not text.strip():
            self._screen.giving.kept.drop(self.typing)
        self._focus_below()
        typing_in.TAKE[self.typing.purpose](self._screen, text)

    def _left(self, text: str) -> None:
        """A text that is at fault is given up; one that the store did not take is offered again."""
        typing, kept = self.typing, self._screen.giving.kept
        offered = kept.typing(typing.entry, typing.purpose)
        is_kept = offered is not None and not kept.give_up(typing)
        self._screen.hush()
        self._focus_below()
        is_typed = bool(text.strip()) and (offered is not None or text != typing.text)
        if is_typed and typing.purpose in typing_in.RECORDED and not is_kept:
            self._screen.say(left_off())

    def _needed(self) -> None:
        """Nothing was typed where nothing was."""
        self._screen.say(nothing_typed(), wrong=True)

    def _focus_below(self) -> None:
        screen = self._screen
        screen.set_focus(screen.form if screen.form.is_open else screen.rows)

    # What may be asked for at any item

    def note(self, entry: Entry) -> None:
        self.type_in(self._kept(entry, "note") or typing_in.note(entry))

    def evidence(self, entry: Entry | None) -> None:
        self.type_in(self._kept(entry, "evidence") or typing_in.evidence())

    def added(self, entry: Entry | None) -> None:
        """A question to ask after this one."""
        self.type_in(self._kept(entry, "add") or typing_in.added())

    def about(self) -> None:
        walk = self._board.walk
        present = typing_in.about(walk.about, getattr(walk.audit, "rev", None))
        kept = self._kept(None, "about")
        self.type_in(present if kept is None else kept._replace(seen=present.seen))

    def search(self) -> None:
        self.type_in(typing_in.search(self.sought))

    def go_to(self) -> None:
        self.type_in(typing_in.go_to(len(self._board.entries)))

    def _kept(self, entry: Entry | None, purpose: str) -> typing_in.Typing | None:
        return self._screen.giving.kept.typing(entry, purpose)
