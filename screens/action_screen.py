"""One action: who does what by when, what may be done next with it, its notes and its timeline."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records import actions as gates
from qms_tui.records.case import Case
from qms_tui.records.gates import Barred
from qms_tui.records.words import status_label
from qms_tui.screens.action_rows import action_detail, action_rows
from qms_tui.screens.actions import ACTION, bindings, hints
from qms_tui.screens.case_hints import action_hints
from qms_tui.screens.case_rows import field_note, moved_to
from qms_tui.screens.record_screen import RecordScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import no_reason, nothing_typed
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.workflow import actions
from qms_tui.workflow.cases import case_of, changed_by, find_action
from qms_tui.workflow.nonconformities import show_action
from qms_tui.workflow.typed import read_day, read_promised


class Loaded(NamedTuple):
    """The action, its case, and what `action show --json` gives to this person.

    `n` is the store's last transaction, `others` who else has changed the case since it was shown before.
    """

    action: Doc
    case: Case
    row: dict[str, Any]
    n: int
    others: Sequence[str]


class ActionScreen(RecordScreen):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTION, "action")]

    def __init__(
        self,
        store: Store,
        actor: Actor,
        number: str,
        recorder: Recorder,
        typed: TypedTexts,
        open_nonconformity: Callable[[str], None],
    ) -> None:
        super().__init__(store, number, recorder, typed, hints(ACTION))
        self._actor = actor
        self._open_nonconformity = open_nonconformity
        self._row: dict[str, Any] | None = None
        self._action: Doc | None = None
        self._case: Case | None = None
        self._n = 0  # the store's transaction as of which it is shown

    def _load(self) -> Loaded:
        n = self.following.n
        action = find_action(self._store, self._number)
        row = show_action(self._store, self._number, self._actor)
        case = case_of(self._store, row["nonconformity"])
        others = changed_by(self._store, case, self._n, self._actor.name) if self._n else ()
        return Loaded(action, case, row, n, others)

    def reload(self) -> None:
        self.read(self._load, self._show)

    def _show(self, loaded: Loaded) -> None:
        self._action, self._case, self._row, self._n, others = loaded
        self.show_title(f"{self._row['number']} {self._row['title']}", status_label(self._row["status"]))
        self.footer(action_hints(loaded.action, self._row))
        first = not self.rows.rows
        # Not on a step: an enter too many on the way here must record nothing.
        begin = "outcome" if loaded.action["status"] == "done" else f"nc {self._row['nonconformity']}"
        self.fill(action_rows(self._row), begin if first else None)
        self.draw_detail(keep_place=not first)
        self.tell_others(others)

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        return action_detail(self._row, row.key, width) if self._row else []

    def action_choose(self) -> None:
        row = self.rows.selected
        if row is None or self._row is None:
            return
        kind, _space, name = row.key.partition(" ")
        if kind == "nc":
            self._open_nonconformity(name)
        elif kind == "step":
            getattr(self, f"action_{self._row['steps'][int(name)]['step']}")()
        elif row.key == "field due":
            self.action_move()
        elif kind == "field":
            self.action_assign()

    def theirs_stand(self, theirs: Doc, fields: Sequence[str]) -> None:
        self.reload()

    def _change(self, key: str, text: str | None, change: Callable[[], object]) -> None:
        self.write(f"action {self._number} {key}", text, change, self._recorded)

    def _recorded(self, outcome: object) -> None:
        self.reload()
        self.say_recorded(outcome)

    def _with_text(
        self, key: str, label: str, change: Callable[..., object], gate: Callable[[Doc], object] = lambda _action: None
    ) -> None:
        """Ask for a text, then make the change with it, as the action was seen; what `gate` bars is said at once."""
        seen = self._action
        if seen is None or self._is_barred(gate):
            return

        def then(text: str) -> None:
            call = partial(change, self._store, self._actor, self._number, text)
            self._change(key, text, call if key == "note" else partial(call, seen=seen))

        needed = no_reason() if key == "cancel" else nothing_typed()
        self.ask(f"action {self._number} {key}", label, then, rows=2, needed=needed)

    def _is_barred(self, gate: Callable[[Doc], object]) -> bool:
        """Whether a gate bars what is about to be asked for; then it is said. Before it is seen nothing is asked."""
        if self._action is None:
            return True
        try:
            gate(self._action)
        except Barred as barred:
            self.say(barred.words, wrong=True)
            return True
        return False

    def action_assign(self) -> None:
        from qms_tui.screens.case_forms import action_form
        from qms_tui.screens.form import FormScreen

        if self._case is not None and not self._is_barred(gates.require_editable):
            form = action_form(self._store, self._actor, self._case, self._action)
            self.app.push_screen(FormScreen(form, self._recorder, self.typed), self._form_left)

    def _form_left(self, outcome: object) -> None:
        if outcome is not None:
            self.say_recorded(outcome)

    def action_start(self) -> None:
        seen = self._action
        if seen is None or self.is_unseen():
            return
        self._change("start", None, lambda: actions.start(self._store, self._actor, self._number, seen))

    def action_done(self) -> None:
        self._with_text(
            "done",
            _("What was done, and where it can be seen"),
            actions.done,
            lambda action: gates.done(action, "-", self._actor.name, ""),
        )

    def action_verify(self) -> None:
        self._with_text(
            "verify",
            _("What did you look at?"),
            actions.verify,
            lambda action: gates.verify(action, "-", self._actor.name, ""),
        )

    def action_refuse(self) -> None:
        self._with_text(
            "refuse",
            _("What is missing?"),
            actions.refuse,
            lambda action: gates.refuse(action, "-", self._actor.name, ""),
        )

    def action_cancel(self) -> None:
        self._with_text(
            "cancel",
            _("Why is {number} cancelled?").format(number=self._number),
            actions.cancel,
            lambda action: gates.cancel(action, "-"),
        )

    def action_note(self) -> None:
        self._with_text("note", _("Progress note"), actions.note)

    def action_move(self) -> None:
        seen = self._action
        if seen is None or self._is_barred(gates.require_editable):
            return

        def move(day: str, why: str, seen: Doc = seen) -> object:
            return actions.move(self._store, self._actor, self._number, read_day(day), why, seen)

        self.ask_with_reason(
            f"action {self._number} move",
            _("Due date"),
            moved_to,
            move,
            self._recorded,
            str(seen.get("due") or ""),
            again=move,
            check=read_promised,
            note=field_note("due", short=self.has_class("-narrow")),
        )

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("action"))
