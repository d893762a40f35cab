"""The finding in a walk: opened in place of the detail when an answer fails, or by its key."""

from typing import TYPE_CHECKING

from qms_tui.i18n import _
from qms_tui.records.words import FAILING, result_label
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.finding_form import FindingForm
from qms_tui.screens.recorder import Recorder
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.evidence import is_readable
from qms_tui.workflow.given import Given, show_value

if TYPE_CHECKING:
    from qms_tui.screens.walk import WalkScreen


class WalkFinding:
    """Opens the form with what is known, and hands on what the person makes of it."""

    def __init__(self, screen: "WalkScreen", recorder: Recorder) -> None:
        self._screen = screen
        self._recorder = recorder
        self.form = FindingForm(id="finding")
        self.form.accepted, self.form.left, self.form.edit = self._accept, self._leave, self._edit

    def open(self, entry: Entry, given: Given, draft: FindingDraft | None = None) -> None:
        words = result_label(given.result or entry.result)
        if given.value is not None:
            words = f"{show_value(entry.item, given.value)}: {words}"
        elif entry.item.answer.name in typing_in.TYPED:
            words += ", " + _("no value given")
        self.form.open(entry, given, words, draft)
        self._screen.show_form(True)
        self._screen.say("")

    def open_recorded(self, entry: Entry) -> None:
        """The finding on the answer that stands there; an observation where it has none."""
        answer = entry.answer
        if answer is None or entry.result is None:
            self._screen.refuse(_("Answer the item first; then f records or edits its finding."))
            return
        draft = recorded_finding(entry)
        if draft is None and entry.result not in FAILING:
            criterion = ", ".join(entry.item.clause) or entry.item.question
            draft = FindingDraft("observation", entry.item.question, criterion)
        self.open(entry, Given(answer["result"], answer.get("value"), answer.get("verdict")), draft)

    def look_at_evidence(self, text: str) -> None:
        """A file of the open finding that cannot be read is told at once, and its name given back."""
        entry = self.form.entry

        def failed(error: Exception) -> None:
            if self.form.entry is not entry or not self.form.drop_evidence(text):
                return
            if not self._screen.prompt.is_open:
                self._edit("evidence", typing_in.evidence().label, text)
            self._screen.refuse(_("not attached: {error}").format(error=error))

        self._recorder.submit(lambda: is_readable(text), lambda _read: None, failed)

    def _close(self) -> None:
        self.form.close()
        self._screen.show_form(False)
        self._screen.set_focus(self._screen.rows)

    def _accept(self, entry: Entry, given: Given) -> None:
        self._close()
        self._screen.giving.record(entry, given)

    def _leave(self) -> None:
        entry, given, draft = self.form.entry, self.form.given, self.form.draft
        self._close()
        if entry is not None:
            self._screen.giving.kept.keep_left(entry, given, draft)
        self._screen.say(_("Nothing was recorded; the same key opens the finding as you left it."))

    def _edit(self, field: str, label: str, text: str) -> None:
        self._screen.say("")
        self._screen.asking.type_in(typing_in.Typing(f"finding {field}", label, text, many=True))


def recorded_finding(entry: Entry) -> FindingDraft | None:
    """The finding as it stands in the record, to be edited."""
    finding = entry.finding
    return FindingDraft(finding["grade"], finding["statement"], finding["criterion"]) if finding else None
