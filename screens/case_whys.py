"""The causes of a nonconformity by keys: why is asked below a why, and each is changed where it stands."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rich.cells import cell_len

from qms_tui.i18n import _
from qms_tui.records.nonconformity import require_before_work
from qms_tui.records.words import CATEGORIES, category_label, read_category
from qms_tui.screens.case_view import CaseView, Loaded
from qms_tui.screens.kept_whys import Path, path, standing
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.refused import not_recorded
from qms_tui.screens.there import when_there
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.text_cells import clip
from qms_tui.store.base import Actor, Store
from qms_tui.store.ids import uuid7
from qms_tui.workflow import causes


class CaseWhys(CaseView):
    """Those of the present cycle; one that is refused is offered again where it belongs."""

    def __init__(self, store: Store, actor: Actor, number: str, recorder: Recorder, typed: TypedTexts) -> None:
        super().__init__(store, actor, number, recorder, typed)
        self._added: dict[str, Mapping[str, Any]] = {}  # whys that may not have come back from the disk yet

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
        return next((labels[id_] for id_ in reversed(above) if id_ in labels), _("the statement"))

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
            named = [f"{n}\u00a0{category_label(category)}" for n, category in enumerate(CATEGORIES, 1)]
            self.say("  ".join(named))  # a line ends before a number, not after it

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
        if (id_ := self._why_here()) is not None and self.loaded is not None and not self.is_unseen():
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

    def action_take_back(self) -> None:
        """The why under the cursor, with a reason."""
        kind, id_ = self._at
        if kind != "why":
            self.say(_("Put the cursor on a why first; z cancels the nonconformity whole."), wrong=True)
        elif not self._is_barred(partial(causes.require_withdrawable, why_id=id_)):
            change = partial(causes.withdraw_why, self._store, self._actor, self._number, id_)
            self._ask_why_so(f"nc {self._number} withdraw {id_}", _("Why is this why taken back?"), change)
