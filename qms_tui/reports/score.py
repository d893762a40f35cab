"""Coverage and conformity of an audit: how much was answered, and how well it went, never mixed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from qms_tui.checklist.model import Item
from qms_tui.i18n import _

POINTS: dict[str, float] = {"conform": 1.0, "corrected_on_spot": 1.0, "partial": 0.5, "nonconform": 0.0}


class Figures(NamedTuple):
    """`coverage` and `conformity` are per cent, 0-100, None where nothing applies.

    `items` are the items that are asked (information items left out), `applicable` those that are not "not
    applicable", `answered` those of the applicable with a result. `provisional` while one of them has none.
    """

    items: int
    applicable: int
    answered: int
    points: float
    maximum: float

    @property
    def coverage(self) -> float | None:
        """Answered of applicable, in per cent to one decimal."""
        return round(100 * self.answered / self.applicable, 1) if self.applicable else None

    @property
    def conformity(self) -> float | None:
        """Points of what could be had, in per cent to one decimal."""
        return round(100 * self.points / self.maximum, 1) if self.maximum else None

    @property
    def provisional(self) -> bool:
        """Whether an unanswered item counts as 0 points in it."""
        return self.answered < self.applicable

    def as_json(self) -> dict[str, Any]:
        """As a completed audit keeps them; points to nine decimals."""
        return {
            "items": self.items,
            "answered": self.answered,
            "applicable": self.applicable,
            "coverage": self.coverage,
            "conformity": self.conformity,
            "provisional": self.provisional,
            "points": round(self.points, 9),
            "maximum": round(self.maximum, 9),
        }

    @classmethod
    def frozen(cls, stored: Mapping[str, Any]) -> "Figures | None":
        """Those that a completed audit keeps (`as_json`); None where they are not whole."""
        found = [stored.get(field) for field in cls._fields]
        return None if None in found else cls(*found)  # type: ignore[arg-type]  # just looked at

    def more(self, other: "Figures") -> "Figures":
        """These and those of other items."""
        return Figures(
            self.items + other.items,
            self.applicable + other.applicable,
            self.answered + other.answered,
            round(self.points + other.points, 9),  # taken apart again, weights such as 0.1 leave nothing behind
            round(self.maximum + other.maximum, 9),
        )

    def less(self, other: "Figures") -> "Figures":
        """These without those of some of the items."""
        return self.more(Figures(*(-figure for figure in other)))  # type: ignore[arg-type]  # whole numbers stay whole

    @property
    def formula(self) -> str:
        """The score's formula with this audit's numbers in it."""
        if self.conformity is None:
            return _("conformity: nothing applies")
        return _(
            "conformity = sum(points x weight) / sum(weight) = {points:g} / {maximum:g} = {conformity:g} %; "
            "conform and corrected on the spot 1, partial 0.5, nonconform and unanswered 0, a score its part of the "
            "scale; not applicable left out"
        ).format(points=round(self.points, 2), maximum=self.maximum, conformity=self.conformity)


def points(item: Item, answer: Mapping[str, Any]) -> float:
    """Points of 1 that an answer earns; a score earns its part of the scale (3 on 1-5 is 0.5)."""
    value = answer.get("value")
    if item.answer.name == "score" and isinstance(value, int | float) and answer.get("result") != "corrected_on_spot":
        return (value - item.answer.low) / (item.answer.high - item.answer.low)
    return POINTS.get(answer.get("result") or "", 0.0)


def figures(asked: Iterable[tuple[Item, Mapping[str, Any] | None]]) -> Figures:
    """The figures of the items that are asked, each with its answer document or None."""
    items = applicable = answered = 0
    earned = maximum = 0.0
    for item, answer in asked:
        if item.answer.name == "none":
            continue
        items += 1
        result = answer.get("result") if answer else None
        if result == "not_applicable":
            continue
        applicable += 1
        maximum += item.weight
        if answer is not None and result not in (None, "not_assessed"):
            answered += 1
            earned += points(item, answer) * item.weight
    return Figures(items, applicable, answered, earned, maximum)
