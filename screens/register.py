"""The register of nonconformities: narrowed as one types, sorted, the selected one beside it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.events import Resize

from qms_tui.i18n import _
from qms_tui.reports.search import FIELDS, Searchable, flaw_of
from qms_tui.screens.actions import REGISTER, bindings, hints
from qms_tui.screens.following import Following
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.register_rows import COLUMNS, Listed, View, listed, sort_label, summary_lines, title
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.walk_view import NARROW
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row
from qms_tui.store.base import Store
from qms_tui.workflow.clock import today

FIND = "find"
TABLES = {"nonconformities"}


class RegisterScreen(TwoPanes[None]):
    """`gather` runs in the recorder's thread; `choose` is given a number."""

    following: Following
    BAR = 16  # the mark and the number
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REGISTER, "register")]

    def __init__(
        self,
        store: Store,
        gather: Callable[[], list[Searchable]],
        choose: Callable[[str], None],
        raise_new: Callable[[], None],
        recorder: Recorder,
        typed: TypedTexts,
        who: str,
    ) -> None:
        super().__init__(_("Nonconformities"), recorder, typed, hints(REGISTER))
        self.following = Following(recorder, store, TABLES, self._read, self.not_shown)
        self._gather = gather
        self._choose = choose
        self._raise_new = raise_new
        self._who = who
        self._all: list[Searchable] = []
        self._rows: dict[str, Mapping[str, Any]] = {}
        self._none = ""  # what was said of a list without rows
        self.view = View()

    def _read(self) -> None:
        self.fetch(lambda: self.following.gather(lambda _touched: self._listed()), self._gathered)

    def _listed(self) -> tuple[list[Searchable], Listed]:
        """All that is recorded, and what is shown of it; thousands of rows are made in the recorder's thread."""
        rows = self._gather()
        return rows, listed(rows, self.view, self._list_width, today())

    @property
    def _list_width(self) -> int:
        beside = not (self.has_class("-stacked") or self.has_class("-narrow"))
        return self.size.width // (2 if beside else 1)

    def _gathered(self, gathered: tuple[list[Searchable], Listed]) -> None:
        self._all, found = gathered
        wanted = self.view, self._list_width, today()
        is_wanted = (found.view, found.width, found.day) == wanted  # nothing was pressed meanwhile
        self._place(found if is_wanted else listed(self._all, *wanted), others=True)

    def _show(self, view: View) -> None:
        self.view = view
        self._place(listed(self._all, view, self._list_width, today()), others=False)

    def _place(self, found: Listed, *, others: bool) -> None:
        """`others`: it is not the person who changed what is shown."""
        self._rows = found.shown
        if others:
            self.renew(found.rows)
        else:
            self.rows.set_rows(found.rows)
            self.draw_detail()
        self._show_title()
        self._say_if_none(others=others)

    def _say_if_none(self, *, others: bool) -> None:
        if self._rows:
            if self.said == self._none:
                self.say("")
        elif not self.prompt.is_open and (not others or self.said in ("", self._none)):
            self._none = _("None that matches; f shows all open ones again.") if self._all else _("None is recorded.")
            self.say(self._none)

    def _show_title(self) -> None:
        self.show_title(*title(len(self._rows), len(self._all), self.view, self.size.width))

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self.set_class(NARROW <= event.size.width < 2 * COLUMNS, "-stacked")
        if self.is_ready:
            self.call_after_refresh(self._show, self.view)

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        return summary_lines(self._rows[row.key], width)

    def action_choose(self) -> None:
        if (row := self.rows.meant) is not None:
            self._choose(row.key)

    def action_find(self) -> None:
        before = self.view

        def left(_text: str) -> None:
            self.set_focus(self.rows)
            self._show(before)

        def then(text: str) -> None:
            self.set_focus(self.rows)
            self._show(self.view._replace(text=text.strip()))
            if flaw := flaw_of(text):
                self.say(flaw, wrong=True)

        self.prompt.open(_("Find"), self.view.text, then=then, left=left)
        self.prompt.note(" ".join(f"{field}:" for field in FIELDS))

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        """Narrowed as one types."""
        if self.prompt.is_open:
            self._show(self.view._replace(text=event.value.strip()))

    def action_open_only(self) -> None:
        self._show(self.view._replace(open_only=not self.view.open_only, overdue=False))

    def action_overdue(self) -> None:
        self._show(self.view._replace(overdue=not self.view.overdue))

    def action_grade(self) -> None:
        self._show(self.view.next_grade())

    def action_mine(self) -> None:
        self._show(self.view._replace(owner=None if self.view.owner else self._who))

    def action_sort(self) -> None:
        self._show(self.view.next_sort())
        self.say(_("sorted by {field}").format(field=sort_label(self.view.sort)))

    def action_forget(self) -> None:
        self._show(View())

    def action_raise_new(self) -> None:
        self._raise_new()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("register"))
