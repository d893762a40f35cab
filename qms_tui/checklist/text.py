"""Folding of what people type, so that `Ａｎｓｗｅｒ：` and `answer:` are the same, and the nearest known word."""

import unicodedata
from collections.abc import Iterable

from qms_tui.i18n import _

_WIDTHS: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTHS |= {0x3000: " ", 0xFE50: ",", 0xFE54: ";", 0xFE55: ":"}


def narrow(text: str) -> str:
    """Full-width ASCII made narrow, one character for one; unlike NFKC it leaves `m²` and `℃` as written."""
    return text if text.isascii() else text.translate(_WIDTHS)


def fold(text: str) -> str:
    """For comparing: NFKC, case folded, runs of white space as one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def squeeze(text: str) -> str:
    """Runs of white space, line ends too, as one space."""
    return " ".join(text.split())


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The known word most like `word`, or None where none is at least `cutoff` alike (0..1)."""
    from difflib import get_close_matches

    by_folded = {fold(each): each for each in known}
    found = get_close_matches(fold(word)[:80], by_folded, n=1, cutoff=cutoff)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'major'?`, or all known words where none is near."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return _("did you mean '{word}'?").format(word=near)
    return _("one of: {words}").format(words=", ".join(known))
