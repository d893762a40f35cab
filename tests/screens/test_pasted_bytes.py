"""What a terminal sends as a paste is text to the last byte, however it is cut into chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.screens.terminal import PasteFilter

BEGIN, END = "\x1b[200~", "\x1b[201~"


def fed(*chunks: str) -> str:
    pastes = PasteFilter()
    return "".join(pastes.feed(chunk) for chunk in chunks)


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (f"{BEGIN}red \x1b[31mlamp{END}", f"{BEGIN}red [31mlamp{END}"),
        (f"{BEGIN}\x1b[A\x1b\x1b{END}\x1b[A", f"{BEGIN}[A{END}\x1b[A"),
        ("y\x1b[Bn", "y\x1b[Bn"),
        (f"{END}y", f"{END}y"),
        (f"{BEGIN}{BEGIN}{END}", f"{BEGIN}[200~{END}"),
    ],
)
def test_escapes_inside_a_paste_are_taken_out(sent: str, taken: str) -> None:
    assert fed(sent) == taken


@given(st.lists(st.sampled_from([BEGIN, END, "\x1b", "[", "20", "0~", "1~", "y", "\x1b[A", "冷"])), st.data())
def test_chunks_make_no_difference(pieces: list[str], data: st.DataObject) -> None:
    sent = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sent)))))
    chunks = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert fed(*chunks, END, END) == fed(sent + END + END)


@given(st.text(alphabet="\x1b[2001~yA"))
def test_a_key_is_never_held_back_outside_a_paste(sent: str) -> None:
    if BEGIN not in sent:
        assert fed(sent) == sent
