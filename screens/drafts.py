"""Where each walk of a person stands and what is typed in it: one file a person, shared by all windows of theirs.

What is typed in one window is never put in the place of what was typed in another: it then stands beside it, and is
offered when the walk is opened again. What a window holds while it lives lies in a file of its own
(`store.live_draft`), and is put here when it is left, or when the next one finds that it was killed.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qms_tui.screens.typed import TypedTexts
from qms_tui.store.base import StoreError
from qms_tui.store.drafts import change_draft, load_draft
from qms_tui.store.ids import uuid7
from qms_tui.store.live_draft import LiveDraft, take_over

if TYPE_CHECKING:
    from qms_tui.workflow.walk import Walk

Walks = dict[str, dict[str, Any]]
"""Key: the audit's id, or `new [checklist, re-audited audit, subject, site]` before anything is recorded; what stands
beside has a window's id too."""


class Drafts:
    """Those of one person, as one window (process) has opened and keeps them."""

    def __init__(self, directory: Path, person: str) -> None:
        self._directory = directory
        self._person = person
        self._window = uuid7()
        self._live = LiveDraft(directory, person, self._window)
        self._opened: dict[str, Mapping[str, Any]] = {}  # audit id -> what was opened here
        self._starts: dict[str, str] = {}  # audit id -> the key before it had a number

    def open(self, walk: "Walk") -> Mapping[str, Any]:
        """What was typed in this walk and not recorded, else where it stood; empty for a walk that is new."""
        self._take_over()
        self._starts[walk.audit_id] = _start(walk)
        walks = _walks(load_draft(self._directory, self._person))
        found = [standing for name, standing in walks.items() if _is_of(name, self.key(walk))]
        opened = max(found, key=is_typed, default={})
        self._opened[walk.audit_id] = opened
        return opened

    def keep(self, walk: "Walk", standing: Mapping[str, Any]) -> None:
        """Put where the walk stands in the place of what this window opened or kept. Raises ReadOnly, Invalid."""
        new: dict[str, Any] = {**json.loads(json.dumps(standing)), "window": self._window}
        typed, key = is_typed(new), self.key(walk)

        def change(draft: dict[str, Any]) -> dict[str, Any]:
            walks = {name: one for name, one in _walks(draft).items() if not self._replaces(walk, name, one)}
            others = [name for name in walks if name == key]
            for name in others:
                other = walks.pop(name)
                walks[f"{key} {other.get('window')}"] = other
            if typed or (walk.number and not walk.frozen):
                walks[key] = new
            rest = {name: value for name, value in draft.items() if name != "walks"}
            return rest | ({"walks": walks} if walks else {})

        change_draft(self._directory, self._person, change)
        self._opened[walk.audit_id] = new  # what this window holds later replaces it, should it be killed

    def typed(self) -> Mapping[str, Any]:
        """What was typed outside of walks and not recorded."""
        self._take_over()
        typed = load_draft(self._directory, self._person).get("typed")
        return typed if isinstance(typed, dict) else {}

    def keep_typed(self, texts: TypedTexts) -> None:
        """Keep it. Raises ReadOnly, Invalid."""
        change_draft(self._directory, self._person, lambda draft: _with_typed(draft, texts))
        texts.wrote()

    # While a window lives

    def held(self, walks: Sequence[tuple["Walk", Mapping[str, Any]]], texts: Mapping[str, Any]) -> dict[str, Any]:
        """What this window holds: where its walks stand, what of theirs it opened or kept, and `TypedTexts.as_json`."""
        standing = {
            self.key(walk): {**one, "window": self._window}
            for walk, one in walks
            if is_typed(one) or (walk.number and not walk.frozen)
        }
        opened = [one for walk, _standing in walks if (one := self._opened.get(walk.audit_id))]
        parts = {"walks": standing, "opened": opened, "typed": texts}
        return {name: part for name, part in parts.items() if part}

    def keep_live(self, held: Mapping[str, Any]) -> None:
        """Keep what `held` gave when the person was seen at it, for the case that the window is killed."""
        self._live.keep(dict(held))

    def end(self, *, kept: bool) -> None:
        """The window is left; what it could not keep waits for the next one."""
        self._live.end(kept=kept)

    def _take_over(self) -> None:
        """What killed windows held. Where it cannot be put among the rest it waits for the next window."""

        def take(left: Sequence[dict[str, Any]]) -> None:
            change_draft(self._directory, self._person, lambda draft: reduce(_with_left, left, draft))

        with suppress(StoreError):
            take_over(self._directory, self._person, take)

    def key(self, walk: "Walk") -> str:
        """What a walk is kept under."""
        return walk.audit_id if walk.number else self._starts.get(walk.audit_id) or _start(walk)

    def _replaces(self, walk: "Walk", name: str, one: Mapping[str, Any]) -> bool:
        keys = (walk.audit_id, self._starts.get(walk.audit_id) or _start(walk))
        if not any(_is_of(name, key) for key in keys):
            return False
        return not is_typed(one) or one == self._opened.get(walk.audit_id) or one.get("window") == self._window


def _walks(draft: Mapping[str, Any]) -> Walks:
    walks = draft.get("walks")
    return {k: v for k, v in walks.items() if isinstance(v, dict)} if isinstance(walks, dict) else {}


def _start(walk: "Walk") -> str:
    """The key of a walk that is not begun: what was typed for one start is not offered in another."""
    again = walk.reaudit.audit["number"] if walk.reaudit else None
    return "new " + json.dumps([walk.checklist.id, again, walk.about.subject, walk.about.site])


def _with_typed(draft: Mapping[str, Any], texts: TypedTexts) -> dict[str, Any]:
    before = draft.get("typed")
    typed = texts.over(before if isinstance(before, dict) else {})
    rest = {name: value for name, value in draft.items() if name != "typed"}
    return rest | ({"typed": typed} if typed else {})


def _with_left(draft: dict[str, Any], left: Mapping[str, Any]) -> dict[str, Any]:
    """A draft with what a killed window held in the place of what that window had opened."""
    opened = left.get("opened") or []
    walks = {name: one for name, one in _walks(draft).items() if one not in opened}
    for key, one in _walks(left).items():
        before = walks.get(key)
        if before == one:
            continue  # it was left after all
        if before is None or not is_typed(before):
            walks[key] = one
        elif is_typed(one):
            walks[f"{key} {one.get('window')}"] = one
    rest = {name: value for name, value in draft.items() if name != "walks"}
    return _with_typed(rest | ({"walks": walks} if walks else {}), TypedTexts.of_json(left.get("typed") or {}))


def _is_of(name: str, key: str) -> bool:
    return name == key or name.startswith(f"{key} ")


def is_typed(standing: Mapping[str, Any]) -> bool:
    """Whether anything of where a walk stands was typed, and would be missed."""
    return any(standing.get(part) for part in ("text", "finding", "kept", "reason"))
