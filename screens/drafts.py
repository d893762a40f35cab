"""Where each walk of a person stands and what is typed in it: one file a person, shared by all windows of theirs.

What is typed in one window is never put in the place of what was typed in another: it then stands beside it, and is
offered when the walk is opened again.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qms_tui.screens.typed import TypedTexts
from qms_tui.store.drafts import change_draft, load_draft
from qms_tui.store.ids import uuid7

if TYPE_CHECKING:
    from qms_tui.workflow.walk import Walk

Walks = dict[str, dict[str, Any]]
"""Key: the audit's id, or `new <checklist>` before anything is recorded; what stands beside has a window's id too."""


class Drafts:
    """Those of one person, as one window (process) has opened and keeps them."""

    def __init__(self, directory: Path, person: str) -> None:
        self._directory = directory
        self._person = person
        self._window = uuid7()
        self._opened: dict[str, Mapping[str, Any]] = {}  # audit id -> what was opened here

    def open(self, walk: "Walk") -> Mapping[str, Any]:
        """What was typed in this walk and not recorded, else where it stood; empty for a walk that is new."""
        walks = _walks(load_draft(self._directory, self._person))
        found = [standing for name, standing in walks.items() if _is_of(name, _key(walk))]
        opened = max(found, key=is_typed, default={})
        self._opened[walk.audit_id] = opened
        return opened

    def keep(self, walk: "Walk", standing: Mapping[str, Any]) -> None:
        """Put where the walk stands in the place of what this window opened or kept. Raises ReadOnly, Invalid."""
        new: dict[str, Any] = {**json.loads(json.dumps(standing)), "window": self._window}
        typed, key = is_typed(new), _key(walk)

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

    def typed(self) -> Mapping[str, Any]:
        """What was typed outside of walks and not recorded."""
        typed = load_draft(self._directory, self._person).get("typed")
        return typed if isinstance(typed, dict) else {}

    def keep_typed(self, texts: TypedTexts) -> None:
        """Keep it. Raises ReadOnly, Invalid."""
        typed: dict[str, Any] = {}

        def change(draft: dict[str, Any]) -> dict[str, Any]:
            nonlocal typed
            before = draft.get("typed")
            typed = texts.over(before if isinstance(before, dict) else {})
            rest = {name: value for name, value in draft.items() if name != "typed"}
            return rest | ({"typed": typed} if typed else {})

        change_draft(self._directory, self._person, change)
        texts.wrote(typed)

    def _replaces(self, walk: "Walk", name: str, one: Mapping[str, Any]) -> bool:
        if not any(_is_of(name, key) for key in (walk.audit_id, f"new {walk.checklist.id}")):
            return False
        return not is_typed(one) or one == self._opened.get(walk.audit_id) or one.get("window") == self._window


def _walks(draft: Mapping[str, Any]) -> Walks:
    walks = draft.get("walks")
    return {k: v for k, v in walks.items() if isinstance(v, dict)} if isinstance(walks, dict) else {}


def _key(walk: "Walk") -> str:
    return walk.audit_id if walk.number else f"new {walk.checklist.id}"


def _is_of(name: str, key: str) -> bool:
    return name == key or name.startswith(f"{key} ")


def is_typed(standing: Mapping[str, Any]) -> bool:
    """Whether anything of where a walk stands was typed, and would be missed."""
    return any(standing.get(part) for part in ("text", "finding", "kept", "reason"))
