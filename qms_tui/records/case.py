"""A nonconformity with all that belongs to it: what the gates look at."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.records.gates import Barred

Document = Mapping[str, Any]
_NONE: Mapping[Any, Document] = MappingProxyType({})


class Case(NamedTuple):
    """A nonconformity, and of all its cycles: causes and actions by id, effectiveness by cycle, the actions' notes."""

    nonconformity: Document
    causes: Mapping[str, Document] = _NONE
    actions: Mapping[str, Document] = _NONE
    effects: Mapping[int, Document] = _NONE
    notes: Sequence[Document] = ()

    @property
    def number(self) -> str:
        return str(self.nonconformity.get("number", "?"))

    @property
    def status(self) -> str:
        return str(self.nonconformity["status"])

    @property
    def cycle(self) -> int:
        return int(self.nonconformity["cycle"])

    @property
    def effect(self) -> Document:
        """The effectiveness plan of the present cycle; empty before anything of it is said."""
        return self.effects.get(self.cycle, MappingProxyType({}))

    def causes_of(self, cycle: int) -> dict[str, Document]:
        """The whys of a cycle that are not withdrawn, in the order in which they were given."""
        return {id_: doc for id_, doc in self.causes.items() if doc["cycle"] == cycle and not doc.get("void")}

    def actions_of(self, cycle: int) -> dict[str, Document]:
        """The actions of a cycle that are not void, in the order in which they were added."""
        return {id_: doc for id_, doc in self.actions.items() if doc["cycle"] == cycle and not doc.get("void")}


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two names are those of one person: case and spaces do not count."""
    return bool(one and other) and (one == other or folded(one) == folded(other))


DAY_LIKE = re.compile(r"\+[0-9]+|[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}|today", re.IGNORECASE)


def require_names(names: Iterable[str | None]) -> None:
    """A day that was typed where a person belongs is no name. Raises Barred."""
    for name in names:
        if name and DAY_LIKE.fullmatch(name.strip()):
            raise Barred("owner", _("'{name}' is a day, not the name of a person").format(name=name))


def written(value: Any) -> Any:
    """A field as it is kept: a text without spaces around it; None, which takes it away, where nothing stands."""
    tidy = value.strip() if isinstance(value, str) else value
    return None if tidy in ("", []) else tidy


@lru_cache(maxsize=4096)
def folded(name: str | None) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join((name or "").split()).casefold()


def implementers(actions: Mapping[str, Document]) -> list[str]:
    """Who carries out actions: owners and contributors of those that are not cancelled."""
    names: dict[str, str] = {}
    for action in actions.values():
        if action["status"] != "cancelled":
            for name in (action.get("owner"), *(action.get("contributors") or ())):
                if name:
                    names.setdefault(folded(name), name)
    return list(names.values())
