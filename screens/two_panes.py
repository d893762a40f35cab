"""A screen of a list and, beside or below it, the selected row in full; texts are asked for at the bottom."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize

from qms_tui.i18n import _, ngettext
from qms_tui.records.gates import Refused
from qms_tui.screens.actions import MOVING
from qms_tui.screens.conflict_lines import differing_fields, is_choice
from qms_tui.screens.keys_ahead import keys_ahead
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import fault, leaving, left_off, no_reason, not_recorded, not_shown, nothing_typed
from qms_tui.screens.there import is_left, when_there
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.walk_view import NARROW
from qms_tui.screens.widgets.key_footer import KeyFooter, KeyHint
from qms_tui.screens.widgets.lines_pane import Line, LinesPane
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row, RowList
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.store.base import Conflict, Doc, Receipt

Outcome = TypeVar("Outcome")
Written = TypeVar("Written")


class TwoPanes(ListScreen[Outcome], Generic[Outcome]):
    """Subclasses draw rows by `draw` and give the lines of a row by `detail_of`.

    A text that is asked for has a key: what was typed under it and not recorded is given back when it is asked again.
    """

    CSS_PATH = "two_panes.tcss"
    BAR: ClassVar[int | None] = None  # cells of a row that the cursor reverses; None: its text

    def __init__(self, title: str, recorder: Recorder, typed: TypedTexts, hints: list[KeyHint]) -> None:
        super().__init__(recorder)
        self.add_class("two-panes")
        self._title = title
        self.typed = typed
        self._hints = hints
        self._asked = ""  # the key of the text in the prompt
        self._stands = ""  # what stands in its place while nothing is typed
        self._offered: Any = None  # what this prompt was opened with, or kept, as typed
        self._asks: dict[str, Callable[..., None]] = {}  # how each text that was asked for is asked again
        self._refused = False
        self._filling = False
        self._writing = 0  # what was handed to the recorder and has not come back
        self._leaving = False
        self._covered = 0  # how often another screen came over it, which may have changed what is shown
        self._read_after = 0  # how often it had when what is shown was asked for

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, id="title")
        with Container(id="panes"):
            yield RowList(id="list", bar=self.BAR)
            yield LinesPane(id="detail")
        yield MessageLine(below=1, id="message")
        yield KeyFooter(self._hints, id="footer")
        yield Prompt(id="prompt")

    @property
    def prompt(self) -> Prompt:
        return self.query_one("#prompt", Prompt)

    @property
    def detail(self) -> LinesPane:
        return self.query_one("#detail", LinesPane)

    async def on_mount(self) -> None:
        self.rows.focus()
        self.rows.on_move = self._moved
        self.prompt.covers = self._covers
        await self.prompt.prepare()
        self.begin()

    @property
    def is_made(self) -> bool:
        return super().is_made and self.prompt.is_ready

    def must_wait(self, key: str | None) -> bool:
        """On the way out, and until what changed below another screen is read again, a key waits too."""
        is_stale = self._read_after != self._covered
        return super().must_wait(key) or self._leaving or (is_stale and key not in MOVING and not self.is_typing)

    def _covers(self, rows: int) -> None:
        self.query_one("#message", MessageLine).lift(rows)
        self._keep_seen()

    def _keep_seen(self) -> None:
        """What is asked is about the row under the cursor: it stands above the prompt and what is said over that."""
        below = self.size.height - self.rows.region.bottom
        covered = self.query_one("#message", MessageLine).covers if self.prompt.is_open else 0
        self.rows.cover(max(0, covered - below))

    def begin(self) -> None:
        """The screen is there: show what needs no gathering."""

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a text is typed the keys of the screen wait."""
        return super().check_action(action, parameters) and not self.prompt.is_open

    # Showing

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        raise NotImplementedError

    def _moved(self, _index: int, _row: Row) -> None:
        if not self._filling:
            self.say("")
        self.draw_detail()

    def fill(self, rows: Sequence[Row], cursor: int | str | None = None) -> None:
        """Show other rows; what was said stays, for it was not the person who moved."""
        self._filling = True
        self.rows.set_rows(rows, cursor)
        self._filling = False

    def renew(self, rows: Sequence[Row]) -> None:
        """As `ListScreen.renew`, and the one under the cursor in full; what was said stays."""
        here = self.rows.selected
        self._filling = True
        super().renew(rows)
        self._filling = False
        now = self.rows.selected
        self.draw_detail(keep_place=here is not None and now is not None and here.key == now.key)

    def draw_detail(self, *, keep_place: bool = False) -> None:
        row = self.rows.selected
        self.detail.show(partial(self.detail_of, row) if row is not None else (), keep_place=keep_place)

    def show_title(self, left: str, right: str = "") -> None:
        self.query_one("#title", TitleLine).show(left, right)

    def footer(self, hints: list[KeyHint]) -> None:
        self.query_one("#footer", KeyFooter).show(hints)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line to the person; what is wrong also carries a sign."""
        self.query_one("#message", MessageLine).show(
            f"! {words}" if wrong else words, style="bold red" if wrong else ""
        )
        self._keep_seen()

    @property
    def says_wrong(self) -> bool:
        """Whether the line says that something is wrong."""
        return self.said.startswith("! ")

    @property
    def said(self) -> str:
        """What the line says."""
        return self.query_one("#message", MessageLine).text

    def say_recorded(self, outcome: object = None, words: str = "") -> None:
        """`outcome` is what the write gave: where all stood so already, nothing was recorded. `words` say what was."""
        unchanged = isinstance(outcome, Receipt) and not outcome.wrote
        self.say(_("nothing to record: nothing was changed") if unchanged else words or _("recorded"))

    # Typing

    def ask(
        self,
        key: str,
        label: str,
        then: Callable[[str], None],
        value: str = "",
        *,
        rows: int = 1,
        branch: Callable[[str], None] | None = None,
        check: Callable[[str], object] = str,
        note: str = "",
        short: bool = False,
        needed: str = "",
    ) -> None:
        """Ask for a text; `then` gets it stripped. `branch` is what tab does with it.

        `check` raises ValueError or Refused, in one line, for a text that cannot be taken: then it is asked for again.
        `note` says what belongs in it, at the right of the label. What is typed takes the place of a `short` one (a
        day, a number, a name) that stands there, unless the cursor is moved first; of a longer one a part is mended.
        `needed` is said when nothing is typed where nothing stands; without it that leaves the prompt.
        """
        kept = self.typed.get(key)
        self._asked, self._stands, self._offered = key, value, kept
        again = partial(
            self.ask, key, label, then, value,
            rows=rows, branch=branch, check=check, note=note, short=short, needed=needed,
        )  # fmt: skip
        self._asks[key] = again

        def taken(call: Callable[[str], None]) -> Callable[[str], None]:
            def take(text: str) -> None:
                self._asked = ""
                self.set_focus(self.rows)
                try:
                    check(text.strip())
                except (ValueError, Refused) as error:
                    self.typed.keep(key, text.strip())
                    again()
                    self.say(fault(error), wrong=True)
                else:
                    call(text.strip())

            return take

        self.say("")  # it is of something else
        self.prompt.open(
            label,
            str(kept) if kept is not None else value,
            rows=rows,
            replace=short,
            then=taken(then),
            left=self._not_asked,
            needed=partial(self.say, needed, wrong=True) if needed and not value else None,
            tab=taken(branch) if branch else None,
        )
        left = leaving(brings_back=self.prompt.brings_back)
        self.prompt.note(_("not recorded yet") if kept is not None else note or left)
        self.say_others(key)

    def say_others(self, key: str) -> None:
        """That more was typed for the same, if it was."""
        if more := self.typed.others(key):
            self.say(
                ngettext(
                    "{n} more was typed for this in another window; it is offered when this is asked again",
                    "{n} more were typed for this in other windows; they are offered when this is asked again",
                    more,
                ).format(n=more)
            )

    def _ask_again(self, key: str, error: Exception) -> None:
        """A text that was refused stands in its field again: what is typed next is no command."""
        why_key = _why(key)
        again = self._asks.get(why_key if getattr(error, "gate", "") == "reason" else key, self._asks.get(key))
        if again is not None and not self.prompt.is_open:
            again()

    def ask_with_reason(
        self,
        key: str,
        label: str,
        reason_label: Callable[[str], str],
        write: Callable[[str, str], object],
        done: Callable[[object], None],
        value: str = "",
        *,
        again: Callable[[str, str, Doc], object] | None = None,
        check: Callable[[str], object] = str,
        note: str = "",
    ) -> None:
        """Ask for a day or a name and then why, and record both by `write`; until the disk has them both are kept.

        `again` records them on top of a newer document, as in `write`; `check` looks at a text that is not the present
        `value`, and `note` says what belongs in it, as in `ask`.
        """
        why_key = _why(key)

        def recorded(outcome: object) -> None:
            self.typed.forget(why_key)
            done(outcome)

        def then(text: str) -> None:
            if text == value:
                self.typed.forget(key)
                return

            def why(reason: str) -> None:
                self.typed.keep(why_key, reason)
                both = self.typed.arriving(why_key, reason, partial(write, text, reason))
                anew = self.typed.arriving(why_key, reason, partial(again, text, reason)) if again is not None else None
                self.write(key, text, both, recorded, again=anew)

            self.typed.keep(key, text)
            self.ask(why_key, reason_label(text), why, needed=no_reason())

        def checked(text: str) -> None:
            if text != value:
                check(text)

        self.ask(key, label, then, value, check=checked, note=note, short=True, needed=nothing_typed())

    def _not_asked(self, text: str) -> None:
        """Left, with a text that is given up if there is one."""
        self.typed.forget(self._asked)
        if text.strip() and (self._offered is not None or text != self._stands):
            self.say(left_off())
        self._asked = ""
        self.set_focus(self.rows)

    def write(
        self,
        key: str,
        text: Any,
        write: Callable[[], Written],
        done: Callable[[Written], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        again: Callable[[Doc], Written] | None = None,
    ) -> None:
        """Hand a change to the recorder. What was typed for it is kept until the disk has it; None was not typed.

        `again` makes the change on top of a newer document: where somebody else was first, the person chooses.
        """
        if text is not None:
            self.typed.keep(key, text)

        def recorded(outcome: Written) -> None:
            self._writing -= 1
            self.typed.forget(key)
            when_there(self, lambda: done(outcome))

        def refused(error: Exception) -> None:
            self._writing -= 1
            # A key that came meanwhile answers nothing: what was typed is offered when it is asked for again.
            is_free = self.is_active and not is_left(self) and not keys_ahead(self).is_waiting
            if again is not None and isinstance(error, Conflict) and is_free and is_choice(error):
                (failed or self.failed)(error)
                self._who_stands(error, mine, key)
                return
            if text is not None and is_free:
                self._ask_again(key, error)
            (failed or self.failed)(error)

        def mine(theirs: Doc) -> None:
            if again is not None:
                self.write(key, text, partial(again, theirs), done, failed, again=again)

        self._writing += 1
        do = write if text is None else self.typed.arriving(key, text, write)
        self._recorder.submit_awaited(do, recorded, refused)

    def _who_stands(self, conflict: Conflict, mine: Callable[[Doc], None], key: str) -> None:
        """Theirs or mine; `mine` is given the document on top of which it is recorded."""
        from qms_tui.screens.conflict import Choice, ConflictScreen

        def chosen(choice: Choice | None) -> None:
            if choice == "mine" and conflict.theirs is not None:
                self.say("")
                mine(conflict.theirs)
            elif choice == "theirs" and conflict.theirs is not None:
                self.typed.forget(key)
                self.say(_("Theirs stands; nothing of yours was recorded."))
                self.theirs_stand(conflict.theirs, conflict.fields)

        what = self._title if conflict.theirs is None else str(conflict.theirs.get("number") or self._title)
        self.app.push_screen(ConflictScreen(what, conflict.first, differing_fields(conflict)), chosen)

    def theirs_stand(self, theirs: Doc, fields: Sequence[str]) -> None:
        """What somebody else recorded stays: show it. `fields` are those that were in contradiction."""

    def fetch(self, gather: Callable[[], Written], show: Callable[[Written], None]) -> None:
        """Show what is gathered in the recorder's thread, unless the screen was left meanwhile."""

        asked_after = self._covered

        def shown(found: Written) -> None:
            self._read_after = asked_after
            show(found)
            self.has_rows()

        self._recorder.submit(gather, lambda found: when_there(self, lambda: shown(found)), self.not_shown)

    def failed(self, error: Exception) -> None:
        """Something was not recorded."""
        self._refused = True
        self._told(not_recorded(error))

    def not_shown(self, error: Exception) -> None:
        """Something could not be read."""
        self._read_after = self._covered
        self._told(not_shown(error))

    def _told(self, words: str) -> None:
        when_there(self, lambda: self._tell(words))

    def _tell(self, words: str) -> None:
        self.has_none()
        self.say(words, wrong=True)

    def keep_typed(self) -> None:
        """Keep what stands in the prompt; where it was emptied, or is again what stands there, nothing is typed."""
        if not self._asked or not self.prompt.is_open:
            return
        text = self.prompt.value
        if text.strip() and text != self._stands:
            self.typed.keep(self._asked, text)
            self._offered = text
        elif self._offered is not None and self.typed.get(self._asked) == self._offered:
            self.typed.empty(self._asked)
            self._offered = None

    # Moving: pages turn the detail where it is longer than its pane, else the list

    def action_page_down(self) -> None:
        self.detail.action_page_down() if self.detail.overflows else self.rows.action_page_down()

    def action_page_up(self) -> None:
        self.detail.action_page_up() if self.detail.overflows else self.rows.action_page_up()

    def action_back(self) -> None:
        """Left when all that was given is on the disk; what was refused meanwhile is read first."""
        self._refused = False
        if self._writing == 0:
            self.leave()
            return

        def leave(_nothing: object) -> None:
            self._leaving = False
            if not self._refused:
                self.leave()

        self._leaving = True
        self._recorder.submit(lambda: None, leave, leave)

    def leave(self) -> None:
        if self.is_active:
            self.dismiss(None)

    def action_help(self) -> None:
        raise NotImplementedError


def _why(key: str) -> str:
    """The key of the reason that belongs to a text."""
    return f"{key} why"
