"""The bytes of the difference bring a terminal to the same picture as a full paint."""

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_tui.screens.widgets.cell_diff import Run, ScreenMemory, cells_of

WIDTH, HEIGHT = 24, 4
RUNS = st.lists(
    st.tuples(st.text(alphabet="aab    検é●", max_size=12), st.sampled_from(["", "", "1", "7"])), max_size=3
)


def line(runs: list[Run], width: int = WIDTH) -> list[Run]:
    """Runs cut and filled to a full line."""
    cells = cells_of(runs)
    while len(cells) > width:
        cells.pop()
    while cells and len(cells) < len(cells_of(runs)) and cells_of([(cells[-1][0], "")])[1:]:
        cells.pop()
    return [(text, sgr) for text, sgr in cells if text] + [(" " * (width - len(cells)), "")]


def picture(screen: pyte.Screen) -> list[list[tuple[str, bool, bool]]]:
    return [
        [(screen.buffer[y][x].data, screen.buffer[y][x].bold, screen.buffer[y][x].reverse) for x in range(WIDTH)]
        for y in range(HEIGHT)
    ]


@settings(deadline=None)
@given(st.lists(st.lists(RUNS, min_size=HEIGHT, max_size=HEIGHT), min_size=1, max_size=4))
def test_differences_add_up_to_the_picture(frames: list[list[list[Run]]]) -> None:
    memory, screen = ScreenMemory(), pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for frame in frames:
        pieces = [(0, y, line(runs)) for y, runs in enumerate(frame)]
        stream.feed(memory.paint((WIDTH, HEIGHT), pieces, full=True, park=(0, 0)))
    fresh = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(fresh).feed(ScreenMemory().paint((WIDTH, HEIGHT), pieces, full=True, park=(0, 0)))
    assert picture(screen) == picture(fresh)


def test_the_same_again_sends_nothing() -> None:
    memory = ScreenMemory()
    pieces = [(0, 0, [("検査 abc", "1"), (" " * 16, "")])]
    assert memory.paint((24, 1), pieces, full=True, park=(0, 0))
    assert memory.paint((24, 1), pieces, full=True, park=(0, 0)) == ""


def test_only_changed_cells_are_sent() -> None:
    memory = ScreenMemory()
    memory.paint((24, 1), [(0, 0, [("answer 41 of 50".ljust(24), "")])], full=True, park=None)
    assert memory.paint((24, 1), [(0, 0, [("answer 42 of 50".ljust(24), "")])], full=True, park=None) == "\x1b[1;9H2"


def test_a_line_of_unsure_width_is_sent_from_its_start() -> None:
    memory = ScreenMemory()
    memory.paint((8, 1), [(0, 0, [("● ab", ""), ("    ", "")])], full=True, park=None)
    assert memory.paint((8, 1), [(0, 0, [("● ac", ""), ("    ", "")])], full=True, park=None) == "\x1b[1H● ac"


def test_after_forgetting_all_is_sent_again() -> None:
    memory = ScreenMemory()
    pieces = [(0, 0, [("abc", ""), (" ", "")])]
    first = memory.paint((4, 1), pieces, full=True, park=None)
    memory.forget()
    assert memory.paint((4, 1), pieces, full=True, park=None) == first


def test_ascii_only_keeps_columns() -> None:
    memory = ScreenMemory(ascii_only=True)
    sent = memory.paint((8, 1), [(0, 0, [("検é│x", ""), ("   ", "")])], full=True, park=None)
    assert sent.isascii() and "??e|x" in sent


def test_control_characters_are_dropped() -> None:
    assert cells_of([("a\x1b[\x07b", "")]) == [("a", ""), ("[", ""), ("b", "")]
