"""The words that say what a text is about, whatever their order."""

import re

from qms_tui.checklist.neutral import NEUTRAL

EMPTY = NEUTRAL | frozenset(["not", "fulfilled", "partly", "only", "corrected", "spot"])  # words of any finding
_MARKS = re.compile(r"[.,;:!?()\[\]\"']")


def gist(text: str) -> frozenset[str]:
    """Equal for texts that say the same in another order. Quick: `similar.wording` looks closer."""
    return frozenset(_MARKS.sub(" ", text.casefold()).split()) - EMPTY
