"""Clipping and wrapping by cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qms_tui.screens.widgets.text_cells import clean, clip, to_ascii, wrap, wrap_spans

TEXTS = st.text(alphabet="ab c，。（）検査表[]/ \n-é", max_size=60)


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert clip("検査表", 4) == "検~"
    assert clip("検査表", 5) == "検査~"
    assert clip("検査表", 6) == "検査表"
    assert clip("abc", 0) == ""


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert clean("a\x1b[2Jb\tc\x9bd") == "a [2Jb c d"


def test_words_stay_whole() -> None:
    assert wrap("the quick brown fox", 10) == ["the quick", "brown fox"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("see https://example.org/x", 8) == ["see", "https://", "example.", "org/x"]


def test_wide_text_breaks_anywhere_but_before_closing_punctuation() -> None:
    assert wrap("検査表検査、合格", 10) == ["検査表検", "査、合格"]
    assert wrap("検査表（合格）です", 8) == ["検査表", "（合格）", "です"]


def test_empty_lines_and_indents_are_kept() -> None:
    assert wrap("a\n\n  b", 5) == ["a", "", "  b"]


@given(TEXTS, st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(TEXTS.map(lambda text: text.replace("\n", "")), st.integers(2, 30))
def test_spans_break_where_text_breaks(text: str, width: int) -> None:
    spans = [(text[:7], "bold"), (text[7:], "")]
    assert ["".join(part for part, _ in line) for line in wrap_spans(spans, width)] == wrap(text, width)


def test_ascii_keeps_the_width() -> None:
    assert [to_ascii(character, width) for character, width in [("é", 1), ("検", 2), ("│", 1), ("ß", 1)]] == [
        "e",
        "??",
        "|",
        "s",
    ]
