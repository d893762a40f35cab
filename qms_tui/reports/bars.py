"""Before and after side by side, as bars of characters."""

from typing import Any

from qms_tui.i18n import _


def before_after(baseline: Any, target: Any, value: Any, width: int) -> list[str]:
    """Three bars, at most `width` characters long, on one scale from zero; empty where they are not all numbers.

    Bars are drawn with `#`, which every terminal and every printer has.
    """
    named = [(_("before"), baseline), (_("target"), target), (_("after"), value)]
    numbers = [n for _name, n in named if isinstance(n, int | float) and not isinstance(n, bool) and n >= 0]
    if len(numbers) < len(named):
        return []
    most = max(numbers) or 1
    wide = max(len(name) for name, _number in named)
    return [
        f"{name:<{wide}} {'#' * round(width * number / most):<{width}} {number:g}"
        for (name, _same), number in zip(named, numbers, strict=True)
    ]
