"""The walk: the list of items, the present one in full, and one key to answer it."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.events import Key, Resize
from textual.screen import Screen

from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.records.words import FAILING, Result, result_label
from qms_tui.reports.record import Entry, entry_figures
from qms_tui.screens.actions import FINDING, WALK, bindings, hints, walk_hints
from qms_tui.screens.finding_form import FindingForm
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.walk_lines import Detail, row, rows, status
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.screens.widgets.status_line import MessageLine, StatusLine, TitleLine
from qms_tui.store.base import Conflict, Receipt
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.given import BadAnswer, Given, from_result, from_text, show_value
from qms_tui.workflow.walk import About, Walk

NARROW = 60  # columns; below, list and detail stand one above the other
TYPED = frozenset({"number", "text", "date", "risk"})
CHOSEN = frozenset({"one of", "score"})


class WalkScreen(Screen[None]):
    """Walks one audit. `open_walk` runs in the recorder's thread, after the first paint."""

    CSS_PATH = "walk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WALK, "walk")]

    def __init__(
        self,
        title: str,
        open_walk: Callable[[], Walk],
        recorder: Recorder,
        drafts: Callable[[Walk], Mapping[str, Any]],
        leave: Callable[[Walk, Mapping[str, Any]], None],
    ) -> None:
        """`drafts` gives what was typed when the line went; `leave` keeps where the walk stands and closes it."""
        super().__init__()
        self._title = title
        self._open_walk = open_walk
        self._recorder = recorder
        self._drafts = drafts
        self._leave = leave
        self.walk: Walk | None = None
        self._entries: list[Entry] = []
        self._figures = entry_figures(())
        self._at: dict[str, int] = {}
        self._pending: dict[str, int] = {}
        self._recorded: str | None = None
        self._purpose = ""
        self._typing_for = ""
        self._sought = ""

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, id="title")
        with Container(id="panes"):
            yield RowList(id="list")
            yield LinesPane(id="detail")
            yield FindingForm(id="finding")
        yield MessageLine(id="message")
        yield StatusLine(id="status")
        yield KeyFooter(hints(WALK), id="footer")
        yield Prompt(id="prompt")

    # Parts

    @property
    def _list(self) -> RowList:
        return self.query_one("#list", RowList)

    @property
    def _form(self) -> FindingForm:
        return self.query_one("#finding", FindingForm)

    @property
    def _prompt(self) -> Prompt:
        return self.query_one("#prompt", Prompt)

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        selected = self._list.selected
        return self._entries[self._at[selected.key]] if selected and selected.key in self._at else None

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line to the person; what is wrong also carries a sign, for there may be no colour."""
        self.query_one("#message", MessageLine).show(
            f"! {words}" if wrong else words, style="bold red" if wrong else ""
        )

    # Opening

    def on_mount(self) -> None:
        self._list.focus()
        self._list.on_move = lambda _index, _row: self._draw()  # in the same paint as the cursor
        self.call_after_refresh(lambda: self._recorder.submit(self._open_walk, self._opened, self._not_opened))

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self._draw_status()

    def _not_opened(self, error: Exception) -> None:
        self.app.exit(return_code=2, message=f"qms-tui: {error}")

    def _opened(self, walk: Walk) -> None:
        self.walk = walk
        draft = self._drafts(walk)
        self._entries = walk.entries()
        self._figures = entry_figures(self._entries)
        self._at = {entry.item.id: index for index, entry in enumerate(self._entries)}
        start = draft.get("item") or walk.first_open() or 0
        self._list.set_rows(rows(self._entries), start)
        self._draw_title()
        self._draw()
        self._recorder.follow(walk.refresh, self._changed)
        if walk.frozen:
            self.say(_("This audit is frozen; it can be read. s shows the summary, where it can be reopened."))
        if draft.get("given") and (entry := self.current):
            given = Given(**draft["given"])
            self._open_finding(entry, given, FindingDraft(**draft["finding"]))
        if draft.get("text"):
            self.say(_("This was typed when the line went, and is not recorded yet."))
            self.run_worker(self._ask(draft["purpose"], draft["label"], draft["text"]))

    # Drawing

    def _draw_title(self) -> None:
        walk = self.walk
        if walk is not None:
            subject = f"  {walk.about.subject}" if walk.about.subject else ""
            self.query_one("#title", TitleLine).show(f"{walk.checklist.title}{subject}", walk.number or _("not begun"))

    def _draw(self) -> None:
        """The detail and the status of the present item."""
        walk, entry = self.walk, self.current
        if walk is None or entry is None:
            return
        detail = Detail(entry, walk.past(entry.item.id), walk.nonconformity_of(entry.item.id))
        self.query_one("#detail", LinesPane).show(detail.lines)
        self._draw_status()

    def _draw_status(self) -> None:
        walk, entry = self.walk, self.current
        if walk is not None and entry is not None and not self._form.is_open:
            position = self._at[entry.item.id] + 1
            narrow = self.has_class("-narrow")
            words = status(position, len(self._entries), self._figures, self._recorded, short=narrow)
            self.query_one("#status", StatusLine).show(words, walk.actor.name)
            self.query_one("#footer", KeyFooter).show(walk_hints(entry.item.answer.name))

    def _changed(self) -> None:
        """Something of the audit is recorded, here or by a colleague: show it, keep the place."""
        walk = self.walk
        if walk is None:
            return
        entries = walk.entries()
        same = [entry.item.id for entry in entries] == [entry.item.id for entry in self._entries]
        self._entries = entries
        self._figures = entry_figures(entries)
        if same:
            for entry in entries:
                self._list.update_row(entry.item.id, row(entry, entry.item.id in self._pending))
        else:
            self._at = {entry.item.id: index for index, entry in enumerate(entries)}
            self._list.set_rows(rows(entries, frozenset(self._pending)))
        self._draw_title()
        self._draw()

    # Answering

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a finding is open or a text is typed, the keys of the walk wait."""
        waits = self.walk is None or self._form.is_open or self._prompt.is_open
        return not waits or (action in ("leave", "help") and not (self._form.is_open or self._prompt.is_open))

    def action_conform(self) -> None:
        self._by_key("conform")

    def action_nonconform(self) -> None:
        self._by_key("nonconform")

    def action_partial(self) -> None:
        self._by_key("partial")

    def action_not_applicable(self) -> None:
        self._by_key("not_applicable")

    def action_corrected(self) -> None:
        self._by_key("corrected_on_spot")

    def _by_key(self, result: Result) -> None:
        entry = self.current
        if entry is None:
            return
        item = entry.item
        word = {"conform": "yes", "nonconform": "no"}.get(result)
        try:
            given = from_text(item, word, None) if item.answer.name == "yes/no" and word else from_result(item, result)
        except BadAnswer as error:
            if result == "conform":
                self.action_enter()
            else:
                self.say(str(error), wrong=True)
            return
        self._give(entry, given)

    def _give(self, entry: Entry, given: Given) -> None:
        """Record an answer, or open its finding first."""
        if given.result in FAILING:
            self._open_finding(entry, given)
        else:
            self._record(entry, given)

    def action_enter(self) -> None:
        entry = self.current
        if entry is None:
            return
        match entry.item.answer.name:
            case "pass/fail" | "yes/no":
                self.say(_("y yes, n no, p partly, a not applicable, c corrected on the spot"))
            case "none":
                self._record(entry, Given("conform"))
            case _:
                self._ask_value(entry, "")

    def on_key(self, event: Key) -> None:
        """Digits choose, or begin a value."""
        entry = self.current
        character = event.character or ""
        if (
            entry is None
            or self._form.is_open
            or self._prompt.is_open
            or not (character.isdecimal() or character == "-")
        ):
            return
        if entry.item.answer.name in CHOSEN and len(entry.item.answer.options) < 10 and character.isdecimal():
            event.stop()
            self._give_text(entry, character)
        elif entry.item.answer.name in TYPED or entry.item.answer.options or entry.item.answer.name == "score":
            event.stop()
            self._ask_value(entry, character)

    def _ask_value(self, entry: Entry, text: str) -> None:
        answer = entry.item.answer
        label = {"number": answer.unit or _("number"), "date": _("date, 2026-11-22"), "risk": _("likelihood x impact")}
        asked = label.get(answer.name) or str(answer)
        limits = f" [{entry.item.limits.text}]" if entry.item.limits else ""
        if not text and entry.result and entry.answer and entry.answer.get("value") is not None:
            value = entry.answer["value"]
            text = ", ".join(value) if isinstance(value, list) else str(value)
        self.run_worker(self._ask("value", asked + limits, text, many=answer.name == "text"))

    def _give_text(self, entry: Entry, text: str) -> bool:
        accept = self.walk.checklist.accept if self.walk else None
        try:
            given = from_text(entry.item, text, accept)
        except BadAnswer as error:
            self.say(str(error), wrong=True)
            return False
        self._give(entry, given)
        return True

    def _record(self, entry: Entry, given: Given, *, stay: bool = False) -> None:
        """Hand an answer to the store and move on; the item is marked as waiting until the disk has it."""
        walk = self.walk
        if walk is None:
            return
        if walk.frozen:
            self.say(_("The audit is frozen; s shows the summary, where it can be reopened."), wrong=True)
            return
        item_id = entry.item.id
        self._pending[item_id] = self._pending.get(item_id, 0) + 1
        self._list.update_row(item_id, row(entry, pending=True))
        self._recorder.submit(
            lambda: walk.answer(entry.item, given),
            lambda receipt: self._is_recorded(item_id, receipt, moved_to),
            lambda error: self._is_not_recorded(entry, given, error),
        )
        moved_to = None if stay else self._move_on(item_id)

    def _move_on(self, item_id: str) -> str:
        """To the next item, from the last one to the first without an answer; the id of where it went."""
        after = self._at[item_id] + 1
        if after < len(self._entries):
            target = self._entries[after].item.id
        else:
            waiting = (e.item.id for e in self._entries if e.result is None and e.item.id not in self._pending)
            target = next(waiting, item_id)
            if target == item_id:
                self.say(_("That was the last one. s shows the summary and completes."))
        self._list.move_to(target)
        return target

    def _is_recorded(self, item_id: str, receipt: Receipt, moved_to: str | None) -> None:
        self._settle(item_id)
        self._recorded = local_time(receipt.at)
        self._changed()
        selected = self._list.selected
        after = self._at.get(item_id, len(self._entries)) + 1
        if moved_to and selected and selected.key == moved_to and after < len(self._entries):
            # The answer may have brought questions of its own: they come next.
            self._list.move_to(self._entries[after].item.id)
        if self._message_is_wrong():
            self.say("")

    def _message_is_wrong(self) -> bool:
        return self.query_one("#message", MessageLine).text.startswith("! ")

    def _is_not_recorded(self, entry: Entry, given: Given, error: Exception) -> None:
        """Nothing was recorded: back to the item, say why, and give a typed text back."""
        self._settle(entry.item.id)
        self._changed()
        self._list.move_to(entry.item.id)
        if isinstance(error, Conflict) and error.theirs is not None:
            words = _("{by} answered this meanwhile: {result}. Look, and answer again if you differ.")
            self.say(
                words.format(by=error.theirs.get("by"), result=result_label(error.theirs.get("result"))), wrong=True
            )
        else:
            self.say(_("not recorded: {error}").format(error=error), wrong=True)
        typed = given.note or (given.evidence[0] if given.evidence else None)
        if typed and not self._prompt.is_open:
            self.run_worker(self._ask("note" if given.note else "evidence", _("not recorded yet"), typed))
        elif entry.item.answer.name == "text" and given.value and not self._prompt.is_open:
            self.run_worker(self._ask("value", _("not recorded yet"), str(given.value)))

    def _settle(self, item_id: str) -> None:
        self._pending[item_id] -= 1
        if not self._pending[item_id]:
            del self._pending[item_id]

    # The finding

    def _open_finding(self, entry: Entry, given: Given, draft: FindingDraft | None = None) -> None:
        words = result_label(given.result or entry.result)
        if given.value is not None:
            words = f"{show_value(entry.item, given.value)}: {words}"
        self.add_class("-finding")
        self._form.open(entry, given, words, draft)
        self.query_one("#footer", KeyFooter).show(hints(FINDING))
        self.say("")

    def _close_finding(self) -> None:
        self._form.close()
        self.remove_class("-finding")
        self._draw_status()
        self._list.focus()

    def action_finding(self) -> None:
        entry = self.current
        if entry is None or self.walk is None:
            return
        if entry.result is None:
            self.say(_("Answer the item first; then f records or edits its finding."), wrong=True)
            return
        answer, finding = entry.answer or {}, entry.finding
        given = Given(entry.result, answer.get("value"), answer.get("verdict"))  # type: ignore[arg-type]
        draft = None
        if finding is not None:
            draft = FindingDraft(finding["grade"], finding["statement"], finding["criterion"])
        elif entry.result not in FAILING:
            draft = FindingDraft(
                "observation", entry.item.question, ", ".join(entry.item.clause) or entry.item.question
            )
        self._open_finding(entry, given, draft)

    def on_finding_form_accepted(self, event: FindingForm.Accepted) -> None:
        self._close_finding()
        self._record(event.entry, event.given)

    def on_finding_form_left(self, _event: FindingForm.Left) -> None:
        self._close_finding()
        self.say(_("Nothing was recorded for this item."))

    def on_finding_form_edit(self, event: FindingForm.Edit) -> None:
        self.run_worker(self._ask(event.field, event.label, event.value, many=True))

    # Typing

    async def _ask(self, purpose: str, label: str, value: str = "", *, many: bool = False) -> None:
        entry = self.current
        self._purpose, self._typing_for = purpose, entry.item.id if entry else ""
        await self._prompt.open(label, value, rows=3 if many or "\n" in value else 1)
        self._mean(value)

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        self._mean(event.value)

    def _mean(self, text: str) -> None:
        """What a value typed so far would mean, at once."""
        entry = self._typed_entry()
        judged = self._purpose == "value" and entry is not None and entry.item.answer.name != "text"
        if not judged or entry is None or not text.strip():
            self._prompt.note(_("enter takes it, F10 leaves it"))
            return
        try:
            given = from_text(entry.item, text, self.walk.checklist.accept if self.walk else None)
        except BadAnswer:
            self._prompt.note("?")
        else:
            self._prompt.note(result_label(given.result))

    def _typed_entry(self) -> Entry | None:
        at = self._at.get(self._typing_for)
        return self._entries[at] if at is not None else None

    def on_prompt_cancelled(self, _event: Prompt.Cancelled) -> None:
        (self._form if self._form.is_open else self._list).focus()

    def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        (self._form if self._form.is_open else self._list).focus()
        if self._purpose in ("statement", "criterion"):
            self._form.edited(self._purpose, event.value)
            return
        take: Callable[[str], None] = getattr(self, f"_take_{self._purpose}")
        take(event.value)

    def _take_value(self, text: str) -> None:
        entry = self._typed_entry()
        if entry is not None and text.strip() and not self._give_text(entry, text):
            said = self.query_one("#message", MessageLine).text
            self.run_worker(self._ask("value", said.removeprefix("! "), text, many=entry.item.answer.name == "text"))

    def action_note(self) -> None:
        entry = self.current
        if entry is not None:
            old = (entry.answer or {}).get("note") or ""
            self.run_worker(self._ask("note", _("Note to: {item}").format(item=entry.item.question), old, many=True))

    def _take_note(self, text: str) -> None:
        if (entry := self._typed_entry()) is not None:
            self._record(entry, Given(note=text.strip()), stay=True)

    def action_evidence(self) -> None:
        self.run_worker(self._ask("evidence", _("Evidence: a file's path, or paste the text"), many=True))

    def _take_evidence(self, text: str) -> None:
        if (entry := self._typed_entry()) is not None and text.strip():
            self._record(entry, Given(evidence=[text]), stay=True)

    def action_search(self) -> None:
        self.run_worker(self._ask("search", _("Search (empty: again '{text}')").format(text=self._sought), ""))

    def _take_search(self, text: str) -> None:
        self._sought = text.strip() or self._sought
        found = [
            entry.item.id
            for entry in [*self._following(), *self._entries]
            if self._sought.casefold() in f"{entry.item.id} {entry.item.question} {entry.item.guidance}".casefold()
        ]
        if found:
            self._list.move_to(found[0])
        else:
            self.say(_("'{text}' stands in no item").format(text=self._sought), wrong=True)

    def _following(self) -> list[Entry]:
        entry = self.current
        return self._entries[self._at[entry.item.id] + 1 :] if entry else []

    def action_go_to(self) -> None:
        self.run_worker(self._ask("go_to", _("Go to: position 1-{n} or id").format(n=len(self._entries)), ""))

    def _take_go_to(self, text: str) -> None:
        wanted = text.strip()
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self._entries):
            self._list.move_to(self._entries[int(wanted) - 1].item.id)
        elif wanted in self._at:
            self._list.move_to(wanted)
        else:
            self.say(_("'{text}' is no position and no id here").format(text=wanted), wrong=True)

    def action_add(self) -> None:
        self.run_worker(self._ask("add", _("Question to add after this item"), "", many=True))

    def _take_add(self, text: str) -> None:
        walk, entry = self.walk, self._typed_entry()
        if walk is None or entry is None:
            return

        def added(outcome: tuple[str, Receipt]) -> None:
            self._recorded = local_time(outcome[1].at)
            self._changed()
            self._list.move_to(outcome[0])

        self._recorder.submit(lambda: walk.add_item(text, entry.item), added, self._failed)

    def action_about(self) -> None:
        about = self.walk.about if self.walk else About()
        said = [about.subject or "", about.site or "", ", ".join(about.team)]
        self.run_worker(self._ask("about", _("What is checked; where; who takes part"), "; ".join(said).rstrip("; ")))

    def _take_about(self, text: str) -> None:
        walk = self.walk
        if walk is not None:
            subject, site, team = ([part.strip() for part in text.split(";", 2)] + ["", ""])[:3]
            people = [name.strip() for name in team.split(",") if name.strip()]
            about = About(subject or None, site or None, people)
            self._recorder.submit(lambda: walk.describe(about), self._done, self._failed)

    # Moving

    def action_down(self) -> None:
        self._list.action_cursor_down()

    def action_up(self) -> None:
        self._list.action_cursor_up()

    def action_first(self) -> None:
        self._list.action_first()

    def action_last(self) -> None:
        self._list.action_last()

    def action_page_down(self) -> None:
        self.query_one("#detail", LinesPane).action_page_down()

    def action_page_up(self) -> None:
        self.query_one("#detail", LinesPane).action_page_up()

    def action_next_open(self) -> None:
        for entry in [*self._following(), *self._entries]:
            if entry.result is None and entry.item.id not in self._pending and entry.item.answer.name != "none":
                self._list.move_to(entry.item.id)
                return
        self.say(_("Every item has an answer. s shows the summary and completes."))

    # Other

    def action_undo(self) -> None:
        walk = self.walk
        if walk is None:
            return

        def undone(outcome: tuple[str | None, Receipt]) -> None:
            self._done(outcome[1])
            self.say(_("Taken back; the trail keeps both."))
            if outcome[0] in self._at:
                self._list.move_to(str(outcome[0]))

        self._recorder.submit(walk.undo, undone, self._failed)

    def _done(self, receipt: Receipt) -> None:
        self._recorded = local_time(receipt.at)
        self._changed()

    def _failed(self, error: Exception) -> None:
        self.say(
            str(error) if isinstance(error, Refused) else _("not recorded: {error}").format(error=error), wrong=True
        )

    def action_summary(self) -> None:
        from qms_tui.screens.summary import SummaryScreen

        if self.walk is not None:
            self.app.push_screen(SummaryScreen(self.walk, self._recorder), self._from_summary)

    def _from_summary(self, item_id: str | None) -> None:
        self._changed()
        if item_id is not None and item_id in self._at:
            self._list.move_to(item_id)

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("walk", "finding", "summary"))

    def action_leave(self) -> None:
        if self.walk is None:
            self.app.exit()
        else:
            self._leave(self.walk, self.standing())

    def standing(self) -> dict[str, Any]:
        """Where the walk stands: the item, and what is typed but not recorded."""
        entry = self.current
        standing: dict[str, Any] = {"item": entry.item.id if entry else None}
        if self._form.is_open:
            given = {key: value for key, value in self._form.given._asdict().items() if value not in (None, ())}
            standing |= {"given": given, "finding": self._form.draft._asdict()}
        if self._prompt.is_open and self._prompt.value.strip():
            standing |= {
                "item": self._typing_for,
                "purpose": self._purpose,
                "label": self._prompt.label,
                "text": self._prompt.value,
            }
        return standing
