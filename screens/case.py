"""One nonconformity: what was found, what may be done next, causes, actions, effect, and its timeline."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.records.case import Case
from qms_tui.records.gates import Barred
from qms_tui.records.nonconformity import require_before_work, require_cancelled, require_open
from qms_tui.records.words import CATEGORIES, category_label, read_category, severity_label, status_label
from qms_tui.screens.actions import CASE, bindings, hints
from qms_tui.screens.case_hints import case_hints
from qms_tui.screens.case_rows import case_detail, case_rows, field_labels, in_place_of, moved_to
from qms_tui.screens.form import Form, FormScreen
from qms_tui.screens.kept_whys import KeptWhys, Path, path, standing
from qms_tui.screens.record_screen import RecordScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import no_reason, not_recorded, nothing_typed
from qms_tui.screens.there import when_there
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import clip
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.store.ids import uuid7
from qms_tui.workflow import causes, handling
from qms_tui.workflow.cases import case_of, changed_by
from qms_tui.workflow.nonconformities import row_of
from qms_tui.workflow.repeats import similar_rows, what_it_is_about
from qms_tui.workflow.typed import read_day, read_promised


class Loaded(NamedTuple):
    """The case as documents, and as `nc show --json` gives it to this person.

    `n` is the store's last transaction, `others` who else has changed the case since it was shown before.
    """

    case: Case
    row: dict[str, Any]
    n: int = 0
    others: Sequence[str] = ()


class Opens(NamedTuple):
    """Where one goes from a case: an audit at one of its items, an action, another nonconformity."""

    audit: Callable[[str, str], None]
    action: Callable[[str], None]
    nonconformity: Callable[[str], None]


class CaseScreen(RecordScreen):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CASE, "case")]

    def __init__(
        self, store: Store, actor: Actor, number: str, recorder: Recorder, typed: TypedTexts, opens: Opens
    ) -> None:
        super().__init__(store, number, recorder, typed, hints(CASE))
        self._actor = actor
        self._opens = opens
        self._similar: list[dict[str, Any]] = []
        self._added: dict[str, Mapping[str, Any]] = {}  # whys that may not have come back from the disk yet
        self._kept_whys = KeptWhys(typed, number)
        self._looked_for: object = None  # what the similar ones were looked for for
        self.loaded: Loaded | None = None

    # Showing

    def on_screen_resume(self) -> None:
        self._looked_for = None
        super().on_screen_resume()

    def _load(self) -> Loaded:
        n = self._see()
        case = case_of(self._store, self._number)
        before = self.loaded
        others = changed_by(self._store, case, before.n, self._actor.name) if before is not None else ()
        return Loaded(case, row_of(self._store, case, self._actor), n, others)

    def reload(self, to: str | None = None) -> None:
        """Show it as it stands now; the cursor goes to a row, else stays."""
        self.fetch(self._load, partial(self._show, to=to))

    def _show(self, loaded: Loaded, to: str | None = None) -> None:
        before, here = self.loaded, self.rows.selected
        first = before is None
        if before is not None and here is not None:
            to = to or in_place_of(before.row, loaded.row, here.key)
        self.loaded = loaded._replace(row={**loaded.row, "candidates": self._similar})
        self._kept_whys.forget_recorded(loaded.case.causes)
        row = self.loaded.row
        state = status_label(row["status"])
        self.show_title(
            f"{row['number']} {severity_label(row['grade'])}", state + ", " + _("cycle {n}").format(n=row["cycle"])
        )
        self.footer(case_hints(loaded.case, row))
        self.fill(case_rows(row), to or (0 if first else None))
        self.draw_detail(keep_place=not first and to is None)
        if loaded.others and not self.says_wrong:  # what was said of the state before no longer holds
            self.say(_("changed by {names}").format(names=", ".join(loaded.others)))
        self._look_for_similar(loaded.case)

    def _look_for_similar(self, case: Case) -> None:
        """After the rest is shown, for all nonconformities are looked at; again when it is about something else."""
        about = what_it_is_about(case)
        if about != self._looked_for:
            self._looked_for = about
            self.fetch(partial(similar_rows, self._store, case), self._show_similar)

    def _show_similar(self, similar: list[dict[str, Any]]) -> None:
        self._similar = similar
        if self.loaded is not None and self.loaded.row["candidates"] != similar:
            self.loaded = self.loaded._replace(row={**self.loaded.row, "candidates": similar})
            self.fill(case_rows(self.loaded.row))
            self.draw_detail(keep_place=True)

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        return case_detail(self.loaded.row, row.key, width) if self.loaded else []

    @property
    def _at(self) -> tuple[str, str]:
        """Kind and name of the row under the cursor."""
        row = self.rows.selected
        kind, _space, name = (row.key if row is not None else "").partition(" ")
        return kind, name

    def _recorded(self, outcome: object = None) -> None:
        self.say_recorded(outcome)
        self.reload()

    def theirs_stand(self, theirs: Doc, fields: Sequence[str]) -> None:
        self.reload()

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
                key, label, moved_to, change, self._recorded, before, again=change, check=read_promised
            )
        else:
            check, short = read_promised if name == "due" else str, name in ("due", "owner")
            self.ask(key, label, then, before, rows=3, check=check, short=short)

    # Causes

    def action_why(self) -> None:
        """Ask why, below the why under the cursor, else below what was found."""
        kind, name = self._at
        above = name if kind == "why" else None
        if not self._is_barred(partial(causes.require_changeable, why_id=above) if above else require_before_work):
            self._ask_why(path(self._whys(), above))

    def _whys(self) -> dict[str, Mapping[str, Any]]:
        return standing(self.loaded.case, self._added) if self.loaded else {}

    def _ask_why(self, above: Path, asked: str | None = None) -> None:
        """Enter records the answer and asks on below it; tab records it and asks for another answer beside it."""
        if self.loaded is None:
            return
        whys = self._whys()
        parent = whys.get(above[-1]) if above else None
        said = asked or (str(parent["text"]) if parent else self.loaded.row["statement"])
        key = self._kept_whys.key(above)
        refused = self._kept_whys.offer(above, whys)

        def deeper(text: str) -> None:
            if text:
                self._ask_why((*above, self._add_why(above, text, refused)), text)
            else:
                self.typed.forget(key)

        def beside(text: str) -> None:
            if text:
                self._add_why(above, text, refused)
                self._ask_why(above, said)
            else:  # a branch further up
                self._ask_why(above[:-1])

        keys = _("tab branches") if self.has_class("-narrow") else _("enter asks on, tab branches")
        label = clip(_("Why? {said}").format(said=said), self.size.width - cell_len(keys) - 1)
        self.ask(key, label, deeper, rows=2, branch=beside, note=keys)
        more = self._kept_whys.more(above, whys)
        if more or (refused and not self.typed.others(key)):
            self.say(more)

    def _add_why(self, above: Path, text: str, refused: str) -> str:
        """`refused` is the id that it had when it was refused before, if so."""
        new, parent = uuid7(), above[-1] if above else None

        def failed(error: Exception) -> None:
            self._added.pop(new, None)
            self.failed(error)

            def told(loaded: Loaded) -> None:
                self._show(loaded)
                kept = _("{refused}; your why is kept, w on {row} offers it again")
                self.say(kept.format(refused=not_recorded(error), row=self._offered_at(above)), wrong=True)

            self._recorder.submit(
                self._load, lambda loaded: when_there(self, lambda: told(loaded)), lambda _error: None
            )

        if refused:
            self._kept_whys.replace(refused, new)
        self.typed.forget(self._kept_whys.key(above))
        self._added[new] = {"text": text, "parent": parent}
        self.write(
            self._kept_whys.sent_key(above, new),  # the next one may be asked for before this is on the disk
            text,
            lambda: causes.add_why(self._store, self._actor, self._number, text, parent, id_=new),
            lambda _added: self.reload(f"why {new}"),
            failed,
        )
        return new

    def _offered_at(self, above: Path) -> str:
        """The row on which w offers what was typed below `above`: the lowest of them that stands, as it is labelled."""
        causes = self.loaded.row["cycles"][-1]["causes"] if self.loaded else ()
        labels = {why["id"]: str(why["label"]) for why in causes}
        return next((labels[id_] for id_ in reversed(above) if id_ in labels), _("what was found"))

    def _edit_why(self, id_: str, field: str, label: str, read: Callable[[str], str] = str) -> None:
        if self.loaded is None or self._is_barred(partial(causes.require_changeable, why_id=id_)):
            return
        seen = self.loaded.case.causes[id_]
        key = f"nc {self._number} {field} {id_}"

        def change(text: str, seen: Mapping[str, Any] = seen) -> object:
            return causes.change_why(self._store, self._actor, self._number, id_, {field: read(text)}, seen)

        def then(text: str) -> None:
            self.write(key, text, lambda: change(text), self._recorded, again=partial(change, text))

        before = str(seen.get(field) or "")
        self.ask(key, label, then, before, rows=2, check=read, short=field == "category")

    def action_evidence(self) -> None:
        if (id_ := self._why_here()) is not None:
            self._edit_why(id_, "evidence", _("What shows that it is so?"))

    def action_category(self) -> None:
        if (id_ := self._why_here()) is not None:
            self._edit_why(id_, "category", _("Lies in"), read_category)
            if not self.prompt.is_open:
                return
            self._categorize(self.prompt.value)
            self.say("  ".join(f"{n} {category_label(category)}" for n, category in enumerate(CATEGORIES, 1)))

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        if self.prompt.is_open and self.prompt.label == _("Lies in"):
            self._categorize(event.value)

    def _categorize(self, text: str) -> None:
        """Show what a category typed so far would mean."""
        try:
            category = read_category(text)
        except ValueError as error:
            self.prompt.note(str(error))
            return
        if category in CATEGORIES:
            self.prompt.note(category_label(category))
        else:
            self.prompt.note(_("a category of your own") if category else _("a number, or your own word"))

    def action_root(self) -> None:
        if (id_ := self._why_here()) is not None and self.loaded is not None:
            seen = self.loaded.case.causes[id_]
            change = {"root": not seen.get("root")}
            self.write(
                "root",
                None,
                lambda: causes.change_why(self._store, self._actor, self._number, id_, change, seen),
                self._recorded,
            )

    def _why_here(self) -> str | None:
        kind, name = self._at
        if kind == "why":
            return name
        self.say(_("Put the cursor on a why first; w asks one."), wrong=True)
        return None

    # Moving on

    def action_advance(self) -> None:
        if self.loaded is None:
            return
        seen = self.loaded.case.nonconformity
        if seen["status"] == "verification":
            self.action_check()
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
            self._open(action_form(self._store, self._actor, self.loaded.case))

    def action_plan(self) -> None:
        from qms_tui.screens.case_forms import plan_form

        if self.loaded is not None and not self._is_barred():
            self._open(plan_form(self._store, self._actor, self.loaded.case))

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

    def action_take_back(self) -> None:
        """The why under the cursor, with a reason."""
        kind, id_ = self._at
        if kind != "why":
            self.say(_("Put the cursor on a why first; z cancels the nonconformity whole."), wrong=True)
        elif not self._is_barred(partial(causes.require_withdrawable, why_id=id_)):
            change = partial(causes.withdraw_why, self._store, self._actor, self._number, id_)
            self._ask_why_so(f"nc {self._number} withdraw {id_}", _("Why is this why taken back?"), change)

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

    def _ask_why_so(self, key: str, label: str, change: Callable[[str], object]) -> None:
        def then(why: str) -> None:
            self.write(key, why, lambda: change(why), self._recorded)

        self.ask(key, label, then, rows=2, needed=no_reason())

    def action_reopen(self) -> None:
        if self.loaded is None or self._is_barred(require_cancelled):
            return
        key, seen = f"nc {self._number} reopen", self.loaded.case.nonconformity
        change = partial(handling.reopen, self._store, self._actor, self._number, seen=seen)
        self._ask_why_so(key, _("Why is {number} reopened?").format(number=self._number), change)

    def _is_barred(self, gate: Callable[[Case], object] = require_open) -> bool:
        """Whether a gate bars what is about to be asked for, at least because nothing of it changes any more."""
        if self.loaded is None:
            return True
        try:
            gate(self.loaded.case)
        except Barred as barred:
            is_cancelled = self.loaded.case.status == "cancelled" and not self.loaded.case.nonconformity.get("void")
            words = _("{barred}; o opens it again") if is_cancelled else "{barred}"
            self.say(words.format(barred=barred.words), wrong=True)
            return True
        return False

    def _all_barred(self, steps: Sequence[Mapping[str, Any]]) -> bool:
        """Whether each way that a key may go is barred; then the gate is said, and nothing is asked."""
        if not steps or any(step["allowed"] for step in steps):
            return False
        self.say(str(Barred(steps[-1]["gate"], steps[-1]["missing"])), wrong=True)
        return True

    def action_link(self) -> None:
        if not self._is_barred():
            self._link(handling.relate, self._recorded)

    def action_repeat(self) -> None:
        if self.loaded is None or self._is_barred():
            return
        before = self.loaded.case.nonconformity.get("repeat_of")

        def linked(other: str) -> None:
            self._recorded()
            if before and before != other:  # it repeats one at most
                self.say(_("recorded; no repeat of {number} now").format(number=before))

        self._link(partial(handling.mark_repeat, seen=self.loaded.case.nonconformity), linked)

    def _link(self, link: Callable[[Store, Actor, str, str], object], linked: Callable[[str], None]) -> None:
        """To the similar one under the cursor, else to one that is typed."""
        kind, name = self._at
        if kind == "similar" and self.loaded is not None:
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
