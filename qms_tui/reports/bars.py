"""Before and after side by side, as bars of characters."""

from typing import Any

from qms_tui.i18n import _


def before_after(baseline: Any, target: Any, value: Any, width: int, unit: str | None = None) -> list[str]:
    """A bar for each that is given, at most `width` characters long, on one scale from zero.

    Empty where one is no number or below zero. Bars are drawn with `#`, which every terminal and every printer has.
    """
    named = [(_("before"), baseline), (_("target"), target), (_("after"), value)]
    given = [(name, number) for name, number in named if number is not None]
    if not given or any(isinstance(n, bool) or not isinstance(n, int | float) or n < 0 for _name, n in given):
        return []
    most = max(number for _name, number in given) or 1
    wide = max(_cells(name) for name, _number in named)
    behind = f" {unit}" if unit else ""
    return [
        f"{name}{' ' * (wide - _cells(name))} {'#' * round(width * number / most):<{width}} {number}{behind}"
        for name, number in given
    ]


def _cells(text: str) -> int:
    from wcwidth import wcswidth

    return max(0, wcswidth(text))
