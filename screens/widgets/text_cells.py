"""Text measured in terminal cells: cleaning, clipping, padding and wrapping, right for CJK."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from rich.cells import cell_len, get_character_cell_size, set_cell_size

Span = tuple[str, str]
"""A piece of text and the rich style it is shown in ("" for none)."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》〗”’…ー々,.;:!?)]}%")
_NOT_LAST = frozenset("（「『【〔〈《〖“‘([{")
_ASCII = dict(
    zip("│┃─━┌┐└┘├┤┬┴┼●•○◉■□▪▶▸◀…–—‘’“”×·✓✔✗✘→←ßøæœđł", "||--+++++++++**oo##*>><~--''\"\"x.++xx><soaodl", strict=True)
)


def clean(text: str) -> str:
    """One line without control characters: an escape sequence in a record must not reach the terminal."""
    return _CONTROL.sub(" ", text)


def clip(text: str, width: int, ellipsis: str = "~") -> str:
    """The text in at most `width` cells; `ellipsis` ends what was cut."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if room < 0:
        return ""
    return set_cell_size(text, room).rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """The text followed by blanks up to `width` cells."""
    return text + " " * (width - cell_len(text))


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells; newlines in the text are kept.

    Words stay whole where they fit in a line; wide characters may part anywhere, except that closing
    punctuation does not start a line and an opening bracket does not end one.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(clean(paragraph), max(1, width))]


def wrap_spans(spans: Sequence[Span], width: int) -> list[list[Span]]:
    """As `wrap`, for one paragraph of styled spans."""
    spans = [(clean(text), style) for text, style in spans]
    lines: list[list[Span]] = []
    for start, end in _breaks("".join(text for text, _ in spans), max(1, width)):
        line: list[Span] = []
        at = 0
        for text, style in spans:
            part = text[max(0, start - at) : max(0, end - at)]
            if part:
                line.append((part, style))
            at += len(text)
        lines.append(line)
    return lines


@lru_cache(maxsize=512)
def _wrap_paragraph(text: str, width: int) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in _breaks(text, width))


def _breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line of a paragraph starts and ends, without the blanks at a break."""
    if cell_len(text) <= width:
        return [(0, len(text.rstrip()))]
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for at, word_end, stop in _atoms(text):
        cells = cell_len(text[at:word_end])
        if used + cells > width and end > start:
            lines.append((start, end))
            start, used = at, 0
        while cells > width:
            cut = at + _fitting(text[at:word_end], width)
            lines.append((at, cut))
            start = at = cut
            cells = cell_len(text[at:word_end])
        used += cells + (stop - word_end)
        end = word_end
    if end > start or not lines:
        lines.append((start, end))
    return lines


def _atoms(text: str) -> Iterator[tuple[int, int, int]]:
    """What may not be parted: (start, end without blanks, end with the blanks that follow)."""
    at, size = 0, len(text)
    while at < size:
        end = at
        while end < size and text[end] == " " and at == 0:
            end += 1  # an indent belongs to the first word
        while end < size and text[end] != " ":
            end += 1
            if end < size and text[end] != " " and _may_part(text[end - 1], text[end]):
                break
        stop = end
        while stop < size and text[stop] == " ":
            stop += 1
        yield at, end, stop
        at = stop


def _may_part(left: str, right: str) -> bool:
    """Whether a line may end between two characters that no blank separates."""
    if right in _NOT_FIRST or left in _NOT_LAST or get_character_cell_size(right) == 0:
        return False
    return get_character_cell_size(left) == 2 or get_character_cell_size(right) == 2


def _fitting(text: str, width: int) -> int:
    """How many characters of the text fit in `width` cells; at least one."""
    used = 0
    for count, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > width and count:
            return count
    return len(text)


@lru_cache(maxsize=1024)
def to_ascii(character: str, width: int) -> str:
    """The nearest ASCII for one character, in just as many cells."""
    plain = _ASCII.get(character) or normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain if len(plain) == width and plain.isprintable() else "?" * width


def loses(text: str) -> bool:
    """Whether ASCII alone cannot show the text."""
    return any(not char.isascii() and "?" in to_ascii(char, get_character_cell_size(char)) for char in text)
