"""The line of the journal: bytes that others read with jq and sha256sum."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.store.line import FIRST, decode, encode

ENTRY = {
    "n": 7,
    "id": "01a20534-6b6f-7f7d-b031-8cd918c6b338",
    "at": "2026-11-22T10:02:11.123Z",
    "by": "anna",
    "why": "re-graded: 稽核",
    "ops": [["findings", "f1", {"grade": ["major", "minor"], "evidence": [None, [{"sha256": "a" * 64}]]}]],
    "prev": FIRST,
}


def test_bytes_of_a_line() -> None:
    line = encode(dict(ENTRY))
    text = line.decode()
    assert text.startswith(
        '{"n":7,"id":"01a20534-6b6f-7f7d-b031-8cd918c6b338","at":"2026-11-22T10:02:11.123Z","by":"anna",'
    )
    assert '"why":"re-graded: 稽核","ops":[["findings","f1",{"grade":["major","minor"],' in text
    h = json.loads(line)["h"]
    assert hashlib.sha256(text.replace(f',"h":"{h}"', "").encode()).hexdigest() == h
    assert list(json.loads(line)) == ["n", "id", "at", "by", "why", "ops", "prev", "h"]


def test_every_beginning_of_a_line_is_a_fragment() -> None:
    line = encode(dict(ENTRY))
    for cut in range(len(line)):
        assert decode(line[:cut]) is None, line[:cut]
    assert decode(line) is not None


@pytest.mark.parametrize("mask", [1, 4, 0x80])
def test_no_flipped_byte_passes(mask: int) -> None:
    line = encode(dict(ENTRY))
    for at in range(len(line)):
        flipped = bytearray(line)
        flipped[at] ^= mask
        with pytest.raises(ValueError):
            decode(bytes(flipped))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(json_values)
def test_there_and_back(value: object) -> None:
    line = encode(ENTRY | {"ops": [["t", "1", {"f": [None, value]}]]})
    assert b"\n" not in line and b"\r" not in line
    entry = decode(line)
    assert entry is not None and entry["ops"][0][2]["f"] == [None, value]
