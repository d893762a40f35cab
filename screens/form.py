"""A form of a few fields: each is edited at the bottom of the screen or chosen, then all are recorded at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import BindingType
from textual.events import Resize

from qms_tui.i18n import _
from qms_tui.records.gates import Barred, gate_label
from qms_tui.screens.actions import FORM, bindings, hints
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import fault
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import pad, wrap
from qms_tui.store.base import Doc

RECORD = "record"  # the key of the last row
Values = Mapping[str, str]


class Field(NamedTuple):
    """A field of a form. `choices` are codes with their labels: enter goes to the next one. `help` says what belongs
    in it. `read` raises ValueError or Barred, in one line, for a text that cannot be taken; an empty one is not shown
    to it. `short`: a day, a name or a number, which is typed anew rather than mended."""

    id: str
    label: str
    help: str = ""
    choices: Sequence[tuple[str, str]] = ()
    read: Callable[[str], object] = str
    short: bool = False


class Again(NamedTuple):
    """Where somebody else was first: recording on top of a newer document, and what that document says as values."""

    record: Callable[[Values, Doc], Any]
    values: Callable[[Mapping[str, Any]], Values]


class Form(NamedTuple):
    """What is asked, and what becomes of it.

    `record` runs in the recorder's thread and may raise; then the form stays as it was typed. `beside` shows what the
    values mean. `agree` raises Barred where fields contradict each other: that is told when one of them is taken, which
    it is all the same, for the other one may be the wrong one. `key` names the form among texts that are typed and not
    recorded.
    """

    key: str
    title: str
    fields: Sequence[Field]
    values: Values
    record: Callable[[Values], Any]
    beside: Callable[[Values, int], Sequence[Line]] = lambda _values, _width: ()
    again: Again | None = None
    agree: Callable[[Values], object] = lambda _values: None


class FormScreen(TwoPanes[Any]):
    """Ends with what `record` gave (True for nothing), or None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM, "form")]

    def __init__(self, form: Form, recorder: Recorder, typed: TypedTexts) -> None:
        super().__init__(form.title, recorder, typed, hints(FORM))
        self._form = form
        kept = typed.get(form.key)
        self._kept = _known(kept, "now", form)
        self._was = {**form.values, **_known(kept, "was", form)}
        self.values: dict[str, str] = {**form.values, **self._kept}
        self._recording = False
        self._outcome: Any = None  # what was recorded while another screen lay over this one

    def begin(self) -> None:
        self.show_title(self._form.title)
        self._draw()
        self.has_rows()
        overtaken = [f for f in self._form.fields if f.id in self._kept and self._is_overtaken(f.id)]
        if overtaken:
            self.say(
                _("Changed by others meanwhile: {fields}").format(
                    fields=", ".join(f"{f.label} ({self._form.values[f.id] or '-'})" for f in overtaken)
                ),
                wrong=True,
            )
        elif self.typed.others(self._form.key):
            self.say_others(self._form.key)
        elif self._kept:
            self.say(_("As it was typed before; it is not recorded yet."))

    def _is_overtaken(self, field: str) -> bool:
        return self._form.values[field] not in (self._was[field], self.values[field])

    def on_screen_resume(self) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is not None:
            self.dismiss(outcome)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._draw()

    def _draw(self) -> None:
        form = self._form
        width = max(cell_len(field.label) for field in form.fields) + 1
        rows = [Row(f.id, f"{pad(f.label, width)} {self._shown(f)}") for f in form.fields]
        self.rows.set_rows([*rows, Row(RECORD, _("record it"), style="bold")])
        self.draw_detail()

    def _shown(self, field: Field) -> str:
        value = self.values.get(field.id, "")
        return dict(field.choices).get(value, value) or "-"

    def detail_of(self, row: Row, width: int) -> Sequence[Line]:
        field = self._field(row.key)
        lines: list[Line] = []
        if field is not None:
            lines += [[(part, "bold")] for part in wrap(field.label, width)]
            lines += wrap(self._shown(field), width)
            for part in wrap(field.help, width) if field.help else ():
                lines.append([(part, "dim")])
        beside = self._form.beside(self.values, width)
        return [*lines, "", *beside] if beside and lines else [*lines, *beside]

    def _field(self, key: str) -> Field | None:
        return next((field for field in self._form.fields if field.id == key), None)

    def _set(self, field: Field, value: str) -> None:
        self.values[field.id] = value
        self._keep()
        self._draw()
        if not field.choices:
            self.rows.action_cursor_down()
        self.say("")  # it was of what stood here before
        try:
            self._form.agree(self.values)
        except (ValueError, Barred) as error:
            self.say(fault(error), wrong=True)

    def _check(self, field: Field, value: str) -> None:
        """Raises ValueError, naming the field, or Barred for what cannot be taken; what the store holds is taken."""
        try:
            if value and value != self._form.values.get(field.id):
                field.read(value)
        except ValueError as error:
            raise ValueError(f"{field.label}: {error}") from error

    def _go_to_wrong(self) -> bool:
        """To the first field that cannot be taken, as a draft may bring one, saying why."""
        for field in self._form.fields:
            try:
                self._check(field, self.values.get(field.id, ""))
            except (ValueError, Barred) as error:
                self.rows.move_to(field.id)
                self.say(fault(error), wrong=True)
                return True
        return False

    def _typed(self) -> dict[str, dict[str, str]]:
        """What was typed and not recorded, and what stood there: the other fields are as they are in the store.

        A text that is still being typed is of its field; one that was emptied is what stands there.
        """
        values = {**self.values, **self._being_typed()}
        now = {field: value for field, value in values.items() if value != self._form.values.get(field)}
        return {"now": now, "was": {field: self._form.values.get(field, "") for field in now}} if now else {}

    def _being_typed(self) -> dict[str, str]:
        if not self._asked or not self.prompt.is_open:
            return {}
        field = self._asked.removeprefix(f"{self._form.key} ")
        return {field: self.prompt.value.strip() or self._form.values.get(field, "")}

    def _keep(self) -> None:
        """What another window left for this form waits until this one is left or recorded."""
        key = self._form.key
        if (typed := self._typed()) or self.typed.others(key):
            self.typed.keep(key, typed)
        elif self.typed.get(key) is not None:
            self.typed.forget(key)

    def action_choose(self) -> None:
        if self._recording:
            return
        row = self.rows.selected
        field = self._field(row.key) if row is not None else None
        if field is None:
            self.action_record()
        elif field.choices:
            codes = [code for code, _label in field.choices]
            at = codes.index(self.values[field.id]) if self.values.get(field.id) in codes else -1
            self._set(field, codes[(at + 1) % len(codes)])
        else:
            self._edit(field)

    def _edit(self, field: Field) -> None:
        key = f"{self._form.key} {field.id}"

        def then(text: str) -> None:
            self.typed.forget(key)  # it is kept with the form from now on
            self._set(field, text)

        value, check = self.values.get(field.id, ""), partial(self._check, field)
        self.ask(key, field.label, then, value, rows=2, check=check, short=field.short)

    def action_record(self) -> None:
        if self._recording or self._go_to_wrong():
            return
        self._recording = True
        values = dict(self.values)
        self.say(_("recording ..."))
        again = partial(self._form.again.record, values) if self._form.again else None
        self.write(self._form.key, self._typed() or None, lambda: self._form.record(values), self._done, again=again)

    def theirs_stand(self, theirs: Doc, fields: Sequence[str]) -> None:
        """In the fields in contradiction; what else was typed is still to be recorded."""
        if self._form.again is None:
            return
        said = self._form.again.values(theirs)
        stand = {field: said[field] for field in fields if field in said}
        self._form = self._form._replace(values={**self._form.values, **stand})
        self.values |= stand
        self._keep()
        self._draw()
        self.say(_("Theirs stands here now; s records the rest."))

    def _done(self, outcome: Any) -> None:
        outcome = True if outcome is None else outcome
        if self.is_active:
            self.dismiss(outcome)
        else:  # when what lies over it, such as the help, is left
            self._outcome = outcome

    def failed(self, error: Exception) -> None:
        """The cursor goes to the field that the gate is about, where there is one."""
        self._recording = False
        named = gate_label(error.gate) if isinstance(error, Barred) else None
        if (field := next((f for f in self._form.fields if f.label == named), None)) is not None:
            self.rows.move_to(field.id)
        super().failed(error)

    def keep_typed(self) -> None:
        if self._outcome is None:
            self._keep()
        if not self.prompt.value.strip():
            super().keep_typed()  # what was refused stands under its field

    def _not_asked(self, text: str) -> None:
        super()._not_asked(text)
        self._keep()

    def leave(self) -> None:
        if self.typed.get(self._form.key) == {}:
            self.typed.forget(self._form.key)
        super().leave()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("form"))


def _known(kept: object, part: str, form: Form) -> dict[str, str]:
    """What was typed for this form before, of the fields that it has."""
    values = kept.get(part) if isinstance(kept, Mapping) else None
    return {f: str(v) for f, v in values.items() if f in form.values} if isinstance(values, Mapping) else {}
