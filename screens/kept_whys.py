"""Whys that were typed and are not recorded: each is offered again where it belongs."""

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from qms_tui.i18n import ngettext
from qms_tui.records.case import Case
from qms_tui.screens.typed import BESIDE, TypedTexts

_SENT = " + "

Path = tuple[str, ...]
"""Ids of whys from the one that answers the statement down; empty: the statement."""


class _Kept(NamedTuple):
    """A text kept under `key`, typed below `above`; `id` is the why's own, empty while it is still being typed."""

    key: str
    above: Path
    id: str


class KeptWhys:
    """Those of one nonconformity.

    What stands in the prompt is kept under the path of what it answers, for it may answer one that is refused; what
    was handed to the recorder has its own id there too, by which it is told when it is recorded after all.
    """

    def __init__(self, typed: TypedTexts, number: str) -> None:
        self._typed = typed
        self._prefix = f"nc {number} why "

    def key(self, above: Path) -> str:
        return self._prefix + " ".join(above)

    def sent_key(self, above: Path, id_: str) -> str:
        return f"{self.key(above)}{_SENT}{id_}"

    def forget_recorded(self, recorded: Container[str]) -> None:
        for kept in self._all():
            if kept.id in recorded:
                self._typed.forget(kept.key)

    def offer(self, above: Path, standing: Container[str]) -> str:
        """Put the next one that belongs below `above` into its prompt, unless a text stands there; its id, if any.

        `standing` holds the whys that are recorded or on their way.
        """
        waiting = self._waiting(above, standing)
        if not waiting or self._typed.get(self.key(above)) is not None:
            return ""
        text = self._typed.get(waiting[0].key)
        self._typed.forget(waiting[0].key)
        self._typed.keep(self.key(above), text)
        return waiting[0].id

    def more(self, above: Path, standing: Container[str]) -> str:
        """That more are still to be offered there, if so."""
        n = len(self._waiting(above, standing))
        words = ngettext(
            "{n} more why is not recorded yet; it is offered when this is asked again",
            "{n} more whys are not recorded yet; they are offered when this is asked again",
            n,
        )
        return words.format(n=n) if n else ""

    def replace(self, old: str, new: str) -> None:
        """What was typed below a why that was refused belongs below the one that is given in its place."""
        for key, text in self._typed.under(self._prefix).items():
            if old in key:
                self._typed.empty(key)
                self._typed.keep(key.replace(old, new), text)

    def _waiting(self, above: Path, standing: Container[str]) -> list[_Kept]:
        """Those that are offered below `above`, an upper one before a lower one, then the older one first."""
        found = [
            kept
            for kept in self._all()
            if kept.key != self.key(above)
            and kept.id not in standing
            and next((id_ for id_ in reversed(kept.above) if id_ in standing), None) == (above[-1] if above else None)
        ]
        return sorted(found, key=lambda kept: (len(kept.above), kept.id, kept.key))

    def _all(self) -> list[_Kept]:
        texts = self._typed.under(self._prefix)
        found = []
        for key in texts:
            first, beside, _window = key.partition(BESIDE)
            if beside and first in texts:
                continue  # it comes up when that one is done
            above, _sent, id_ = first.removeprefix(self._prefix).partition(_SENT)
            found.append(_Kept(key, tuple(above.split()), id_))
        return found


def standing(case: Case, added: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The whys of this cycle that are recorded, and those of `added` that are on their way."""
    return {**{id_: why for id_, why in added.items() if id_ not in case.causes}, **case.causes_of(case.cycle)}


def path(whys: Mapping[str, Mapping[str, Any]], id_: str | None) -> Path:
    """From the first why below the statement down to this one."""
    found: list[str] = []
    at = id_
    while at is not None and at in whys and at not in found:
        found.append(at)
        at = whys[at].get("parent")
    return tuple(reversed(found))
