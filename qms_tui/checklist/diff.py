"""What changed between two versions of a checklist."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from qms_tui.checklist.matching import Doubt, Pair, match
from qms_tui.checklist.model import Checklist, Item
from qms_tui.checklist.rewording import turn

_ITEM_FIELDS = (
    "answer", "options", "limits", "target", "expect", "severity", "clause", "evidence", "indicator", "weight",
    "default", "na", "every", "help", "guidance", "only_if",
)  # fmt: skip
_FRONT_FIELDS = ("id", "title", "kind", "version", "language", "cadence", "owner", "standard", "description", "tags",
                 "accept", "pass_mark")  # fmt: skip


class FieldChange(NamedTuple):
    """Values as in `checklist show --json`; None where there is none."""

    field: str
    old: Any
    new: Any


class Changed(NamedTuple):
    """One question in both versions. `turned` says how a rewording may turn the meaning, `doubt` why it may be two.

    `moved`: it stands in another order among the questions that stayed, or under other headings.
    """

    old: Item
    new: Item
    moved: bool
    doubt: Doubt
    turned: str | None
    fields: tuple[FieldChange, ...]

    @property
    def reworded(self) -> bool:
        return self.old.question != self.new.question


class Diff(NamedTuple):
    """`front` is what the checklist says of itself. Items in reading order; removed ones in that of the old version."""

    front: tuple[FieldChange, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return any(self)

    def as_json(self) -> dict[str, Any]:
        """As `checklist diff --json` gives it."""
        return {
            "same": not self,
            "checklist": [change._asdict() for change in self.front],
            "added": [_place(item) for item in self.added],
            "removed": [_place(item) for item in self.removed],
            "changed": [
                {
                    **_place(change.new),
                    "old": _place(change.old),
                    "moved": change.moved,
                    "reworded": change.reworded,
                    "may_turn_meaning": change.turned,
                    "doubt": change.doubt or None,
                    "fields": [each._asdict() for each in change.fields],
                }
                for change in self.changed
            ],
        }


def diff(old: Checklist, new: Checklist) -> Diff:
    """What changed from `old` to `new`."""
    pairs = match(old.items, new.items, same_language=old.language == new.language)
    moved = _moved(old.items, new.items, pairs)
    names = {old.items[pair.old].id: new.items[pair.new].id for pair in pairs}
    changed = []
    for pair in pairs:
        before, after = old.items[pair.old], new.items[pair.new]
        change = Changed(
            old=before,
            new=after,
            moved=pair.new in moved,
            doubt=pair.doubt,
            turned=turn(before.question, after.question),
            fields=_fields(_item_fields(before, names), _item_fields(after, {}), ("id", *_ITEM_FIELDS)),
        )
        if change.moved or change.doubt or change.reworded or change.fields:
            changed.append(change)
    gone = set(range(len(old.items))) - {pair.old for pair in pairs}
    come = set(range(len(new.items))) - {pair.new for pair in pairs}
    return Diff(
        front=_fields(old.as_json(), new.as_json(), _FRONT_FIELDS),
        added=tuple(new.items[n] for n in sorted(come)),
        removed=tuple(old.items[o] for o in sorted(gone)),
        changed=tuple(changed),
    )


def _item_fields(item: Item, names: dict[str, str]) -> dict[str, Any]:
    """Fields to compare. An id made of the text follows the text, so it is none; conditions name today's ids."""
    conditions = [f"{names.get(c.item, c.item)} {c.op} {c.value}" for c in item.conditions]
    return item.as_json() | {"only_if": conditions, "id": item.id if item.known_by == "written" else None}


def _fields(old: dict[str, Any], new: dict[str, Any], names: Sequence[str]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(name, old[name], new[name]) for name in names if old[name] != new[name])


def _moved(old: Sequence[Item], new: Sequence[Item], pairs: Sequence[Pair]) -> set[int]:
    """Positions in `new` of the fewest items that must move to come from the old order to the new one."""
    ends: list[int] = []  # the smallest last old position of a rising run of each length
    tails: list[int] = []
    before: dict[int, int] = {}
    for at, pair in enumerate(pairs):
        length = bisect_left(ends, pair.old)
        before[at] = tails[length - 1] if length else -1
        if length == len(ends):
            ends.append(pair.old)
            tails.append(at)
        else:
            ends[length], tails[length] = pair.old, at
    stayed = set()
    at = tails[-1] if tails else -1
    while at >= 0:
        stayed.add(at)
        at = before[at]
    return {
        pair.new for at, pair in enumerate(pairs) if at not in stayed or old[pair.old].section != new[pair.new].section
    }


def _place(item: Item) -> dict[str, Any]:
    return {"id": item.id, "question": item.question, "section": list(item.section), "line": item.line}
