"""Finding a line of the journal by its number, by halving the file: numbers only grow in it."""

import re
from collections.abc import Callable, Iterator

NEAR = 1 << 15  # bytes that are read through
_BEGIN = re.compile(rb'\n\{"n":(\d{1,18}),')
Read = Callable[[int, int], bytes]  # length, offset


def line_start(read: Read, n: int, end: int) -> int | None:
    """Where the first line before `end` begins that says it is line n; None when halving leads to none.

    A crash may have left a fragment of line n before it, which says so too. Raises what `read` raises.
    """
    low, high, found = 0, end, None
    while high - low > NEAR:
        middle = (low + high) // 2
        start, number = next(_beginnings(read, middle, high), (high, n))
        if number < n:
            low = start
        else:
            found = start if number == n and start < high else found
            high = middle + 1
    return next((start for start, number in _beginnings(read, low, high) if number == n), found)


def _beginnings(read: Read, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Where lines begin and the numbers they say, behind `low` (at it, too, where it is 0) and before `high`."""
    data, at, length = (b"\n", -1, NEAR // 4) if low == 0 else (b"", low - 1, NEAR // 4)
    while at < high:
        position = 0
        for match in _BEGIN.finditer(data):
            if at + match.start() + 1 >= high:
                return
            yield at + match.start() + 1, int(match[1])
            position = match.end()
        rest = max(position, data.rfind(b"\n"), 0)
        block = read(length, at + len(data))
        if not block:
            return
        data, at, length = data[rest:] + block, at + rest, length * 2
