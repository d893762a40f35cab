"""How one nonconformity is shown, and why a key can do nothing about it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.case import Case
from qms_tui.records.gates import Barred
from qms_tui.records.nonconformity import require_open
from qms_tui.records.words import severity_label, status_label
from qms_tui.screens.actions import CASE, hints
from qms_tui.screens.case_hints import case_hints
from qms_tui.screens.case_rows import case_detail, case_rows, in_place_of
from qms_tui.screens.kept_whys import KeptWhys
from qms_tui.screens.record_screen import RecordScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import no_reason
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.workflow.cases import case_of, changed_by
from qms_tui.workflow.nonconformities import row_of
from qms_tui.workflow.repeats import similar_rows, what_it_is_about


class Loaded(NamedTuple):
    """The case as documents, and as `nc show --json` gives it to this person.

    `n` is the store's last transaction, `others` who else has changed the case since it was shown before.
    """

    case: Case
    row: dict[str, Any]
    n: int = 0
    others: Sequence[str] = ()


class CaseView(RecordScreen):
    """What was found, what may be done next, causes, actions, effect, similar ones; no key of it changes anything."""

    def __init__(self, store: Store, actor: Actor, number: str, recorder: Recorder, typed: TypedTexts) -> None:
        super().__init__(store, number, recorder, typed, hints(CASE))
        self._actor = actor
        self._similar: list[dict[str, Any]] = []
        self._kept_whys = KeptWhys(typed, number)
        self._looked_for: object = None  # what the similar ones were looked for for
        self.loaded: Loaded | None = None

    def on_screen_resume(self) -> None:
        self._looked_for = None

    def _load(self) -> Loaded:
        n = self.following.n
        case = case_of(self._store, self._number)
        before = self.loaded
        others = changed_by(self._store, case, before.n, self._actor.name) if before is not None else ()
        return Loaded(case, row_of(self._store, case, self._actor), n, others)

    def reload(self, to: str | None = None) -> None:
        """Show it as it stands now; the cursor goes to a row, else stays."""
        self.read(self._load, partial(self._show, to=to))

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
        self.tell_others(loaded.others)
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

    def _ask_why_so(self, key: str, label: str, change: Callable[[str], object]) -> None:
        """Why it is done, before it is."""

        def then(why: str) -> None:
            self.write(key, why, lambda: change(why), self._recorded)

        self.ask(key, label, then, rows=2, needed=no_reason())
