"""Whatever is done to a journal, the line is named; what only a written-down head can show, it shows."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from store_helpers import put, tx

from qms_tui.store.base import Op, StoreError
from qms_tui.store.chain import Chain, Raw, read_lines
from qms_tui.store.disk import Disk
from qms_tui.store.line import FIRST, encode
from qms_tui.store.open import open_store
from qms_tui.store.parts import Parts
from qms_tui.store.replay import Replay
from qms_tui.store.state import State


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Six transactions: an audit, an answer with its nonconformity, a re-grading, texts that look like lines."""
    folder = tmp_path_factory.mktemp("tamper") / "store"
    with open_store(folder) as store:
        for made in (
            put("audits", "a", 0, "A", subject="稽核"),
            tx(Op("answers", "a/1", {"result": "nonconform"}), Op("nonconformities", "1", {"grade": "major"}, 0, "NC")),
            put("nonconformities", "1", grade="minor"),
            put("nonconformities", "2", 0, "NC", statement='a\nb","h":"' + "f" * 64 + '"}'),
            put("nonconformities", "3", 0, "NC", statement="door"),
            put("audits", "a", subject=None),
        ):
            store.commit(made)
    return (folder / "journal.jsonl").read_bytes()


def chain_of(journal: bytes, heads: Mapping[int, str] | None = None) -> Chain:
    chain = Chain("journal.jsonl", heads)
    *lines, rest = journal.split(b"\n")
    for number, line in enumerate(lines, 1):
        chain.follow(Raw(number, line, True))
    if rest:
        chain.follow(Raw(len(lines) + 1, rest, False))
    chain.end()
    return chain


def named(journal: bytes, heads: Mapping[int, str] | None = None) -> list[int | None]:
    return [flaw.line for flaw in chain_of(journal, heads).flaws]


def hashes(journal: bytes) -> dict[int, str]:
    return {n: json.loads(line)["h"] for n, line in enumerate(journal.splitlines(), 1)}


def rewritten(journal: bytes, old: str, new: str) -> bytes:
    """The journal with a text replaced and every hash after it computed anew, as a forger would."""
    made, prev = b"", FIRST
    for line in journal.decode().split("\n")[:-1]:
        entry = {**json.loads(line.replace(old, new)), "prev": prev}
        del entry["h"]
        made += encode(entry) + b"\n"
        prev = entry["h"]
    return made


def test_a_good_journal_has_no_flaw(whole: bytes) -> None:
    chain = chain_of(whole, hashes(whole))
    assert (chain.n, chain.h, chain.lines) == (6, hashes(whole)[6], 6)
    assert chain.flaws == [] == chain.notes


@pytest.mark.parametrize("mask", [0x01, 0x04, 0x20, 0x80, 0xFF])
def test_each_byte_flipped(whole: bytes, mask: int) -> None:
    for at in range(len(whole)):
        line = whole.count(b"\n", 0, at) + 1
        flipped = bytearray(whole)
        flipped[at] ^= mask
        assert named(bytes(flipped))[:1] == [line], (at, mask)


def test_each_byte_made_a_newline(whole: bytes) -> None:
    """Named is the line itself, or the next that is none or does not continue; then the text says from where."""
    for at in range(len(whole)):
        line = whole.count(b"\n", 0, at) + 1
        if whole[at : at + 1] == b"\n" or line == 6:
            continue
        flaw = chain_of(whole[:at] + b"\n" + whole[at + 1 :]).flaws[0]
        assert flaw.line == line or (flaw.line in (line + 1, line + 2) and f"line {line}" in flaw.what), (at, flaw)
    last = whole.rindex(b"\n", 0, -1) + 1
    for at in range(last, len(whole) - 1):  # as if a crash had left it, unless the end is seen; a head tells
        assert named(whole[:at] + b"\n" + whole[at + 1 :], {6: hashes(whole)[6]}) != []


def test_each_line_dropped(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    for k in range(len(lines)):
        journal = b"".join(lines[:k] + lines[k + 1 :])
        if k < len(lines) - 1:
            assert named(journal) == [k + 1]
            assert f"n {k + 1} is missing" in chain_of(journal).flaws[0].what
        else:
            assert named(journal) == []  # a shorter journal is a good one; whoever wrote the head down knows better
        assert named(journal, hashes(whole)) != []
    assert "n 6, which was written down, is gone" in chain_of(journal, {6: hashes(whole)[6]}).flaws[0].what


def test_several_lines_dropped(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    (flaw,) = chain_of(b"".join(lines[:1] + lines[4:])).flaws
    assert (flaw.line, flaw.n) == (2, 5) and "n 2-4 is missing" in flaw.what


def test_each_line_doubled(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    for k in range(len(lines)):
        for at in range(k + 1, len(lines) + 1):
            journal = b"".join([*lines[:at], lines[k], *lines[at:]])
            assert named(journal)[0] == at + 1, (k, at)


def test_any_two_lines_swapped(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    for one in range(len(lines)):
        for other in range(one + 1, len(lines)):
            swapped = list(lines)
            swapped[one], swapped[other] = lines[other], lines[one]
            assert named(b"".join(swapped))[0] == one + 1, (one, other)


def test_a_rewritten_tail_is_found_by_any_head_after_it(whole: bytes) -> None:
    forged = rewritten(whole, "door", "gate")
    assert forged != whole and named(forged) == []
    right = hashes(whole)
    for n in range(1, 7):
        assert named(forged, {n: right[n]}) == ([n] if n >= 5 else []), n
        assert named(forged, {n: right[n][:32]}) == ([n] if n >= 5 else []), n


def content(journal: bytes) -> list[tuple[int, str]]:
    """What is wrong with the changes, by n."""
    chain, wrong = Chain("journal.jsonl"), []
    replay = Replay(State(Parts(Disk(), Path()), lambda attempt: pytest.fail(f"a part is lost: {attempt}")))
    for number, line in enumerate(journal.split(b"\n")[:-1], 1):
        entry = chain.follow(Raw(number, line, True))
        assert entry is not None
        wrong += [(entry["n"], what) for what in replay.apply(entry)]
    assert chain.flaws == []
    return wrong


def test_a_forger_has_to_change_old_values_too(whole: bytes) -> None:
    assert content(whole) == []
    ((n, what),) = content(rewritten(whole, '"grade":[null,"major"]', '"grade":[null,"minor"]'))
    assert n == 3 and "old value of grade" in what
    lines = whole.splitlines(keepends=True)
    without = [json.loads(line) for line in lines[:3] + lines[4:]]
    journal, prev = b"", FIRST
    for n, entry in enumerate(without, 1):
        del entry["h"]
        journal += encode(entry | {"n": n, "prev": prev}) + b"\n"
        prev = json.loads(journal.splitlines()[-1])["h"]
    ((n, what),) = content(journal)
    assert n == 4 and "-0003 is given" in what and "-0002 never was" in what
    ((n, what),) = content(rewritten(whole, "-0003", "-0002"))
    assert n == 5 and "second time" in what


def test_a_line_of_nonsense_with_a_right_hash_is_no_crash(whole: bytes) -> None:
    first = whole.splitlines()[0]
    for change in (
        {"n": "1"},
        {"n": True},
        {"n": 0},
        {"at": None},
        {"by": 7},
        {"ops": {}},
        {"ops": [["t", "1"]]},
        {"ops": [["t", "1", {"f": []}]]},
        {"ops": [["t", 1, {"f": [1]}]]},
    ):
        entry = {**json.loads(first), **change}
        del entry["h"]
        assert named(encode(entry) + b"\n") == [1], change
    for value in (b"NaN", b"-Infinity", rb'"\ud83d"', rb'{"\uDFFF":1}'):
        body = first[: first.index(b',"h":"')].replace('"稽核"'.encode(), value) + b"}"
        line = body[:-1] + b',"h":"' + sha256(body).hexdigest().encode() + b'"}\n'
        assert value in line and named(line) == [1], value
    assert named(b"[" * 100_000 + b"\n" + whole)[0] == 1


def test_fragments_and_an_unfinished_end_are_notes(whole: bytes) -> None:
    for journal, noted, n in (
        (whole[:-1], [6], 5),
        (whole[:-10], [6], 5),
        (whole + b'{"n":7,"id":"0', [7], 6),
        (b'{"n":1,"id":"0\n\n' + whole, [1, 2], 6),
    ):
        chain = chain_of(journal)
        assert chain.flaws == [] and chain.n == n
        assert [note.line for note in chain.notes] == noted


def test_a_clock_that_was_set_back_is_noted(tmp_path: Path) -> None:
    times = iter([datetime(2026, 1, day, tzinfo=UTC) for day in (2, 2, 1, 3)])  # of the store and of three lines
    with open_store(tmp_path / "store", clock=lambda: next(times)) as store:
        for v in range(3):
            store.commit(put("t", "1", 0 if v == 0 else None, "NC", v=v))
    chain = chain_of((tmp_path / "store" / "journal.jsonl").read_bytes())
    assert chain.flaws == [] and chain.n == 3
    assert [(note.line, "clock was set back" in note.what) for note in chain.notes] == [(2, True)]


def test_lines_of_any_length_are_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    assert list(read_lines(Disk(), path)) == []
    data = [b"", b"a" * 3_000_000, b"b", b""]
    path.write_bytes(b"\n".join(data))
    assert [raw.data for raw in read_lines(Disk(), path)] == data[:3]
    path.write_bytes(b"\n".join([*data, b"c"]))
    assert list(read_lines(Disk(), path))[-1] == Raw(5, b"c", False)
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        list(read_lines(Disk(), path))
