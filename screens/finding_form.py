"""The finding, opened in place of the detail when an answer fails: accept it with enter, or edit it first."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.grading import grades_of
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.actions import FINDING, bindings
from qms_tui.screens.walk_lines import finding_lines
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.workflow.answering import FindingDraft, suggest_finding, with_draft
from qms_tui.workflow.given import Given


class FindingForm(LinesPane, can_focus=True):
    """Holds the answer that waits and the finding as its author has it so far."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FINDING, "finding")]

    # Called at once, so that a key that follows in the same burst meets what they have done.
    accepted: Callable[[Entry, Given], None] = staticmethod(lambda _entry, _given: None)
    left: Callable[[], None] = staticmethod(lambda: None)
    edit: Callable[[str, str, str], None] = staticmethod(lambda _field, _label, _text: None)

    entry: Entry | None = None
    given = Given()
    draft = FindingDraft("minor", "", "")
    answer = ""

    @property
    def is_open(self) -> bool:
        return self.entry is not None

    def open(self, entry: Entry, given: Given, answer: str, draft: FindingDraft | None = None) -> None:
        """Show the suggested finding, or the one that was begun before."""
        self.entry, self.given, self.answer = entry, given, answer
        self.draft = draft or suggest_finding(entry.item, given)
        self._draw()
        self.screen.set_focus(self)

    def close(self) -> None:
        self.entry = None

    def edited(self, field: str, text: str) -> None:
        """Take an edited field, or one more piece of evidence; an empty statement or criterion stays as it was."""
        text = text.strip()
        match field:
            case "statement" if text:
                self.draft = self.draft._replace(statement=text)
            case "criterion" if text:
                self.draft = self.draft._replace(criterion=text)
            case "note":
                self.given = self.given._replace(note=text)
            case "evidence" if text:
                self.given = self.given._replace(evidence=(*self.given.evidence, text))
        self._draw()
        self.screen.set_focus(self)

    def _draw(self) -> None:
        entry, answer, draft, given = self.entry, self.answer, self.draft, self.given
        if entry is not None:
            self.show(lambda width: finding_lines(entry, answer, draft, given, width))

    def action_accept(self) -> None:
        if self.entry is not None:
            self.accepted(self.entry, with_draft(self.given, self.draft))

    def action_grade(self) -> None:
        grades = grades_of(self.given.result)
        at = grades.index(self.draft.grade) + 1 if self.draft.grade in grades else 0
        self.draft = self.draft._replace(grade=grades[at % len(grades)])
        self._draw()

    def action_statement(self) -> None:
        self.edit("statement", _("What was found"), self.draft.statement)

    def action_criterion(self) -> None:
        self.edit("criterion", _("Checked against"), self.draft.criterion)

    def action_note(self) -> None:
        note = self.given.note if self.given.note is not None else (self._kept("note") or "")
        self.edit("note", _("Note"), note)

    def action_evidence(self) -> None:
        self.edit("evidence", typing_in.evidence().label, "")

    def action_take_out(self) -> None:
        if self.given.evidence:
            self.drop_evidence(self.given.evidence[-1])

    def drop_evidence(self, text: str) -> bool:
        """Take a piece of evidence out again; False when it is not there."""
        rest = [piece for piece in self.given.evidence if piece != text]
        found = len(rest) < len(self.given.evidence)
        self.given = self.given._replace(evidence=tuple(rest))
        self._draw()
        return found

    def _kept(self, field: str) -> str | None:
        answer = self.entry.answer if self.entry else None
        return answer.get(field) if answer else None

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("finding"))

    def action_back(self) -> None:
        self.left()
