"""The summary: figures, what is missing, and completing or reopening the audit."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.gates import Missing, Refused, reopen
from qms_tui.screens.actions import SUMMARY, bindings, summary_hints
from qms_tui.screens.keys_ahead import keys_ahead
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import leaving, left_off, no_reason, not_recorded
from qms_tui.screens.summary_lines import figure_lines, summary_rows
from qms_tui.screens.there import is_left, when_there
from qms_tui.screens.typed import REASON, TypedTexts
from qms_tui.screens.walk_lines import missing_words
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.store.base import Receipt
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import Walk


class SummaryScreen(ListScreen[str | None]):
    """Ends with the id of the item to go to, or None."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SUMMARY, "summary")]

    def __init__(self, walk: Walk, recorder: Recorder, after: Callable[[str, bool], None], typed: TypedTexts) -> None:
        """`after` is told what comes of a write when the summary has been left meanwhile: words, whether it failed.

        A reason that is `typed` and not recorded outlives the summary, and is offered where the next one is asked for.
        """
        super().__init__(recorder)
        self._typed = typed
        self._after = after
        self._walk = walk

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield LinesPane(hint=_("-- {first}-{last}/{total}, f: more --"), id="figures")
        yield RowList(id="list")
        yield MessageLine(below=1, id="message")
        yield KeyFooter(id="footer")
        yield Prompt(id="prompt")

    @property
    def _prompt(self) -> Prompt:
        return self.query_one("#prompt", Prompt)

    @property
    def reason(self) -> str:
        """What is typed and not recorded."""
        kept = self._typed.waiting(REASON) or ""
        return next((prompt.value for prompt in self.query(Prompt) if prompt.is_open), kept).strip()

    async def on_mount(self) -> None:
        self._draw()
        self.rows.focus()
        self._prompt.covers = self.query_one("#message", MessageLine).lift
        await self._prompt.prepare()
        self.has_rows()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        walk = self._walk
        entries = walk.entries()
        status = walk.audit["status"] if walk.audit else "draft"
        self.query_one("#title", TitleLine).show(
            _("Summary: {title}").format(title=walk.checklist.title), walk.number or ""
        )
        pane = self.query_one("#figures", LinesPane)
        pane.styles.height = min(len(figure_lines(status, entries, self.size.width)), max(1, self.size.height // 3))
        pane.show(lambda width: figure_lines(status, entries, width))
        self.query_one("#footer", KeyFooter).show(summary_hints(frozen=walk.frozen))
        left = (walk.audit.get("left") if walk.audit else None) or []
        self.rows.set_rows(summary_rows(entries, walk.missing(), left, walk.undecided()))

    def say(self, words: str, *, wrong: bool = False) -> None:
        if self not in self.app.screen_stack:
            self._after(words, wrong)
            return
        self.query_one("#message", MessageLine).show(
            f"! {words}" if wrong else words, style="bold red" if wrong else ""
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a reason is typed the keys of the summary wait."""
        return super().check_action(action, parameters) and not self._prompt.is_open

    @property
    def is_made(self) -> bool:
        return super().is_made and self._prompt.is_ready

    def action_choose(self) -> None:
        if (row := self.rows.selected) is not None:
            self.dismiss(row.key.removesuffix("=").removesuffix("#"))

    def action_reason(self) -> None:
        if self._is_frozen():
            return
        row = self.rows.selected
        entry = next((e for e in self._walk.entries() if row and e.item.id == row.key), None)
        if entry is None or entry.result is not None:
            self.say(_("Put the cursor on an item without an answer first."), wrong=True)
            return
        seen = getattr(entry.answer, "rev", 0)
        self._ask(
            _("Why is it not assessed?"),
            lambda text: self._walk.answer(entry.item, Given("not_assessed", note=text), seen),
            (entry.answer or {}).get("note") or "",  # the reason is the item's note: one that is there is not replaced
        )

    def action_complete(self) -> None:
        """What is missing is known when the answers given so far are on the disk."""

        def decide(missing: Sequence[Missing]) -> None:
            if self._walk.audit is None or not missing:
                self._recorder.submit_awaited(self._walk.complete, self._done, self._failed)
            elif self.is_current:
                words = _("{missing}: why is it left?").format(missing=missing_words(len(missing)))
                self._ask(words, self._walk.complete)

        if not self._is_frozen():
            self._recorder.submit_awaited(self._walk.missing, decide, self._failed)

    def _is_frozen(self) -> bool:
        """Whether there is nothing more to complete or to leave; then it is said."""
        if self._walk.frozen:
            self.say(_("The answers are frozen; o reopens a completed audit."), wrong=True)
        return self._walk.frozen

    def action_figures(self) -> None:
        self.query_one("#figures", LinesPane).page_round()

    def action_reopen(self) -> None:
        audit = self._walk.audit
        try:
            reopen(audit or {"status": "draft", "number": self._walk.checklist.title}, "?")
        except Refused as error:
            self.say(error.words, wrong=True)
            return
        self._ask(_("Why is it reopened?"), self._walk.reopen)

    def _ask(self, label: str, write: Callable[[str], Receipt], text: str = "") -> None:
        """Ask for a text and record it; one that was not recorded is given back."""

        def typed(text: str) -> None:
            self._typed.keep(REASON, text)
            self.set_focus(self.rows)

            def failed(error: Exception) -> None:
                if self.is_active and not is_left(self) and not keys_ahead(self).is_waiting:
                    self._ask(label, write, text)
                self._failed(error)

            do = self._typed.arriving(REASON, text, partial(write, text.strip()))
            self._recorder.submit_awaited(do, self._done, failed)

        offered = text or self._typed.get(REASON) or ""

        def left(given_up: str) -> None:
            if offered == self._typed.get(REASON):
                self._typed.forget(REASON)
            self.set_focus(self.rows)
            self.say(left_off() if given_up.strip() and given_up != text else _("Nothing was changed."))

        def needed() -> None:
            self.say(no_reason(), wrong=True)

        self.say("")  # it is of something else
        self._prompt.open(label, offered, rows=2, then=typed, left=left, needed=needed)
        self._prompt.note(leaving(brings_back=self._prompt.brings_back))

    def show_news(self) -> None:
        """A colleague has recorded something."""
        when_there(self, self._draw)

    def _done(self, receipt: Receipt) -> None:
        self._typed.forget(REASON)
        self.show_news()
        self.say(_("recorded {time}").format(time=local_time(receipt.at)))

    def _failed(self, error: Exception) -> None:
        self.say(not_recorded(error), wrong=True)

    def action_trail(self) -> None:
        from qms_tui.screens.trail_lines import trail_events
        from qms_tui.screens.trail_screen import TrailScreen

        walk = self._walk
        self.app.push_screen(
            TrailScreen(
                walk.number or walk.checklist.title, partial(trail_events, walk.store, walk.audit_id), self._recorder
            )
        )

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("summary"))
