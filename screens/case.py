"""One nonconformity: what was found, what may be done next, causes, actions, effect, and its timeline."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.nonconformity import require_cancelled
from qms_tui.records.words import status_label
from qms_tui.screens.actions import CASE, bindings
from qms_tui.screens.case_rows import field_labels, field_note, moved_to
from qms_tui.screens.case_whys import CaseWhys
from qms_tui.screens.form import Form, FormScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import nothing_typed
from qms_tui.screens.typed import TypedTexts
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import handling
from qms_tui.workflow.typed import read_day, read_promised


class Opens(NamedTuple):
    """Where one goes from a case: an audit at one of its items, an action, another nonconformity."""

    audit: Callable[[str, str], None]
    action: Callable[[str], None]
    nonconformity: Callable[[str], None]


class CaseScreen(CaseWhys):
    """`opens` is where its rows lead to."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CASE, "case")]

    def __init__(
        self, store: Store, actor: Actor, number: str, recorder: Recorder, typed: TypedTexts, opens: Opens
    ) -> None:
        super().__init__(store, actor, number, recorder, typed)
        self._opens = opens

    # Changing what stands under the cursor

    def action_choose(self) -> None:
        kind, name = self._at
        if self.loaded is None:
            return
        match kind:
            case "field" if name in field_labels() or name == "statement":
                self._edit_field(name)
            case "why":
                self._edit_why(name, "text", _("Why"))
            case "whys" if int(name) == self.loaded.case.cycle:
                self.action_why()
            case "actions" if int(name) == self.loaded.case.cycle:
                self.action_add_action()
            case "action":
                self._opens.action(name)
            case "effect" if int(name) == self.loaded.case.cycle:  # an earlier cycle's stands as it is
                self.action_plan()
            case "step":
                step = self.loaded.row["steps"][int(name)]["step"]
                self.action_advance() if step == "advance" else self.action_check()
            case "reopen":
                self.action_reopen()
            case "audit":
                self._opens.audit(self.loaded.row["audit"], self.loaded.row["item"])
            case "nc" | "similar":
                self._opens.nonconformity(name)

    def _edit_field(self, name: str) -> None:
        if self.loaded is None or self._is_barred():
            return
        seen = self.loaded.case.nonconformity
        key = f"nc {self._number} {name}"
        label = field_labels().get(name, _("what was found"))
        before = str(seen.get(name) or "")
        note = field_note(name, short=self.has_class("-narrow"))

        def change(text: str, why: str = "", seen: Mapping[str, Any] = seen) -> object:
            value = read_day(text) if name == "due" else text
            return handling.edit(self._store, self._actor, self._number, {name: value}, why, seen)

        def then(text: str) -> None:
            if text == before:
                self.typed.forget(key)
            else:
                self.write(key, text, lambda: change(text), self._recorded, again=partial(change, text, ""))

        if name == "due" and before:
            self.ask_with_reason(
                key, label, moved_to, change, self._recorded, before, again=change, check=read_promised, note=note
            )
        else:
            check, short = read_promised if name == "due" else str, name in ("due", "owner")
            self.ask(key, label, then, before, rows=3, check=check, note=note, short=short)

    # Moving on

    def action_advance(self) -> None:
        if self.loaded is None:
            return
        seen = self.loaded.case.nonconformity
        if seen["status"] == "verification":
            self.action_check()
            return
        if self.is_unseen():
            return

        def advance() -> tuple[str, str]:
            state, _receipt = handling.advance(self._store, self._actor, self._number, seen)
            return state, handling.unplanned(self._store, self._number)

        def reached(outcome: tuple[str, str]) -> None:
            state, missing = outcome
            words = _("recorded: now {state}; still to be named: {missing}") if missing else _("recorded: now {state}")
            self._recorded()
            self.say(words.format(state=status_label(state), missing=missing))

        self.write("advance", None, advance, reached)

    def action_add_action(self) -> None:
        from qms_tui.screens.case_forms import action_form

        if self.loaded is not None and not self._is_barred():
            self._open(action_form(self._store, self._actor, self.loaded.case), self._added_action)

    def _added_action(self, number: object) -> None:
        self.reload(f"action {number}")
        self.say(_("{number} recorded").format(number=number))

    def action_plan(self) -> None:
        from qms_tui.screens.case_forms import plan_form

        if self.loaded is None or self._is_barred():
            return
        cycle = self.loaded.case.cycle

        def planned(outcome: object) -> None:
            self.reload(f"effect {cycle}")
            self.say_recorded(outcome, _("recorded: how the effect of cycle {n} will be shown").format(n=cycle))

        self._open(plan_form(self._store, self._actor, self.loaded.case), planned)

    def action_check(self) -> None:
        from qms_tui.screens.case_forms import check_form

        if self.loaded is None:
            return
        checks = [step for step in self.loaded.row["steps"] if step["step"] == "check"]
        if self._is_barred():
            return
        if self.loaded.case.status != "verification":
            self.say(_("The effect is checked when all actions have ended; n goes on to there."), wrong=True)
            return
        if self._all_barred(checks):
            return
        case = self.loaded.case

        def checked(reached: object) -> None:
            if reached == "analysis":
                self.reload(f"whys {case.cycle + 1}")
            again = _("recorded: not effective; cycle {n} begins at analysis").format(n=case.cycle + 1)
            self.say(again if reached == "analysis" else _("recorded: now {state}").format(
                state=status_label(str(reached))))  # fmt: skip

        self._open(check_form(self._store, self._actor, case), checked)

    def _open(self, form: Form, tell: Callable[[object], None] | None = None) -> None:
        """A form; `tell` says what came of it."""

        def closed(outcome: object) -> None:
            if outcome is not None:
                (tell or self.say_recorded)(outcome)

        self.app.push_screen(FormScreen(form, self._recorder, self.typed), closed)

    def action_cancel(self) -> None:
        """The nonconformity whole, with a reason; by a key of its own, so that no slip on a why does it."""
        if self.loaded is None:
            return
        barred = [step for step in self.loaded.row["steps"] if step["step"] == "cancel"]
        if not self._is_barred() and not self._all_barred(barred):
            seen = self.loaded.case.nonconformity
            change = partial(handling.cancel, self._store, self._actor, self._number, seen=seen)
            label = _("Cancel {number} whole: why?").format(number=self._number)
            self._ask_why_so(f"nc {self._number} cancel", label, change)

    def action_reopen(self) -> None:
        if self.loaded is None or self._is_barred(require_cancelled):
            return
        key, seen = f"nc {self._number} reopen", self.loaded.case.nonconformity
        change = partial(handling.reopen, self._store, self._actor, self._number, seen=seen)
        self._ask_why_so(key, _("Why is {number} reopened?").format(number=self._number), change)

    def action_link(self) -> None:
        if not self._is_barred():
            self._link(handling.relate, self._linked)

    def _linked(self, other: str) -> None:
        self.reload(f"nc {other}")
        self.say_recorded()

    def action_repeat(self) -> None:
        if self.loaded is None or self._is_barred():
            return
        before = self.loaded.case.nonconformity.get("repeat_of")

        def linked(other: str) -> None:
            self._linked(other)
            if before and before != other:  # it repeats one at most
                self.say(_("recorded; no repeat of {number} now").format(number=before))

        self._link(partial(handling.mark_repeat, seen=self.loaded.case.nonconformity), linked)

    def _link(self, link: Callable[[Store, Actor, str, str], object], linked: Callable[[str], None]) -> None:
        """To the similar one under the cursor, else to one that is typed."""
        kind, name = self._at
        if kind == "similar" and self.loaded is not None:
            if self.is_unseen():
                return
            self.write(
                "link", None, lambda: link(self._store, self._actor, self._number, name), lambda _done: linked(name)
            )
            return
        key = f"nc {self._number} link"
        self.ask(
            key,
            _("Number of the other nonconformity"),
            lambda other: self.write(
                key,
                other,
                lambda: link(self._store, self._actor, self._number, other),
                lambda _done: linked(other.strip().upper()),
            ),
            short=True,
            needed=nothing_typed(),
        )

    def action_hand_over(self) -> None:
        key = f"nc {self._number} hand over"
        if self.loaded is None or self._is_barred():
            return
        seen = self.loaded.case.nonconformity

        self.ask_with_reason(
            key,
            _("Who carries it on?"),
            lambda to: _("Why is it handed over to {name}?").format(name=to),
            lambda to, why: handling.hand_over(self._store, self._actor, self._number, to, why, seen),
            self._recorded,
        )

    def action_audit(self) -> None:
        if self.loaded is not None and self.loaded.row["audit"]:
            self._opens.audit(self.loaded.row["audit"], self.loaded.row["item"])
        else:
            self.say(_("It was raised outside of an audit."), wrong=True)

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("case"))
