"""Boxes to tick that are not task items of Markdown: `☐ x`, `⬜ x`, `□ x`, `[ ] x`, `[] x`, `［ ］x`."""

import re

_BULLET = re.compile(r"[•◦▪‣·●–—*+-]\s*(?=\\?\[|[［☐⬜□☑☒])")
"""A bullet that Markdown does not take for one, before a box: `• [ ] x`, `-[ ] x`."""
_BALLOT = re.compile(r"[☐⬜□]\ufe0f?\s*")
_EMPTY = re.compile(r"(?:\\?\[[ \t\u00a0\u3000]?\\?\](?:(?<= \])(?![(\[:])|(?=\s))|［[ \u3000]?］)\s*")
_MARKED = re.compile(r"(?:\[(?:[xX]|[^\w\s\[\]\\])\]\s+|［[xX✓ｘ]］\s*|[☑☒]\ufe0f?\s*)")
_ANOTHER = re.compile(r"[☐⬜□]|\[ \]|［[ \u3000]?］")


def unbox(text: str) -> tuple[str, bool] | None:
    """The text after the box at its start and whether the box is ticked; None where there is none to ask.

    A line with several boxes (`☐ yes ☐ no`) is a place to answer, not a question. `[x]y` is no box.
    """
    if bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    match = _BALLOT.match(text) or _EMPTY.match(text)
    ticked = False
    if match is None:
        match = _MARKED.match(text)
        ticked = True
    if match is None:
        return None
    rest = text[match.end() :].strip()
    if not rest or _ANOTHER.search(rest):
        return None
    return rest, ticked
