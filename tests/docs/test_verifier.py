"""docs/verify.pl, the verifier that shares nothing with the program, finds what the program finds."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.journal_store import JournalStore
from qms_tui.workflow.proof import prove

SCRIPT = Path(__file__).parents[2] / "docs" / "verify.pl"
ANNA = Actor("anna")


@pytest.fixture
def kept(store: JournalStore, store_dir: Path) -> Path:
    """A store with a pinned checklist, an attached file and texts that look like parts of a line."""
    text = "# Round\n- [ ] 門 doors\n"
    from hashlib import sha256

    digest = sha256(text.encode()).hexdigest()
    photo = store.put_evidence(b"photo")
    for ops, why in (
        ([Op("checklists", digest, {"text": text}), Op("audits", "a", {"digest": digest}, 0, "A")], ""),
        ([Op("answers", "a/1", {"evidence": [{"digest": photo, "name": "p.jpg", "size": 5}]}, 0)], "稽核"),
        ([Op("answers", "a/1", {"note": '["checklists","digest":"' + "0" * 64 + '","h":"' + "f" * 64 + '"}\n'})], ""),
        ([Op("answers", "a/2", {"result": "conform"}, 0)], "the last"),
    ):
        store.commit(Tx(uuid7(), ANNA, ops, why))
    return store_dir


def verify(folder: Path, *heads: str) -> tuple[bool, str]:
    done = subprocess.run(["perl", SCRIPT, folder, *heads], capture_output=True, text=True)
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    assert done.stdout.splitlines()[-1].startswith("head ")
    return done.returncode == 0, done.stdout


def test_it_is_short_and_its_own() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) < 60
    assert set(re.findall(r"^use (\S+?)[ ;]", text, re.MULTILINE)) == {"strict", "warnings", "Digest::SHA", "JSON::PP"}
    count = f"{len(text.splitlines())} lines"
    assert f"{count} of Perl" in (SCRIPT.parent / "store-format.md").read_text("utf-8")
    assert f"a verifier of {count}" in (SCRIPT.parents[1] / "README.md").read_text("utf-8")


def test_a_good_store(kept: Path, store: JournalStore) -> None:
    n, h = store.head()
    good, said = verify(kept, f"{n}:{h}", f"{n}:{h[:32]}")
    assert good and said == f"head 4:{h}; 1 attached files; wrong: 0\n"


def test_a_fragment_and_an_unfinished_end(kept: Path, store: JournalStore) -> None:
    journal = kept / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], lines[1][:200] + b"\n", *lines[1:3], lines[3][:-1]]))
    good, said = verify(kept)
    assert good and "line 2: a fragment" in said and "line 5: its newline is missing" in said and "head 3:" in said
    assert prove(kept).good and prove(kept).head[0] == 3


def test_altered_bytes(kept: Path) -> None:
    """A sample of all, and each of the last line's end, which a crash could have cut too."""
    journal = kept / "journal.jsonl"
    whole = journal.read_bytes()
    for at in {*range(0, len(whole), 29), *range(len(whole) - 150, len(whole), 3)}:
        flipped = bytearray(whole)
        flipped[at] ^= 1
        journal.write_bytes(flipped)
        good, said = verify(kept)
        line = whole.count(b"\n", 0, at) + 1
        assert not good and f"line {line}: " in said, (at, said)
        assert prove(kept).flaws[0].line == line


def test_lines_dropped_doubled_swapped_or_cut(kept: Path, store: JournalStore) -> None:
    journal = kept / "journal.jsonl"
    one, two, three, four = journal.read_bytes().splitlines(keepends=True)
    n, h = store.head()
    for lines, line in (
        ([two, three, four], 1),
        ([one, three, four], 2),
        ([one, two, two, three, four], 3),
        ([one, three, two, four], 2),
        ([one, two, three, four, four], 5),
    ):
        journal.write_bytes(b"".join(lines))
        good, said = verify(kept)
        assert not good and said.startswith(f"line {line}: "), said
    journal.write_bytes(one + two + three)
    assert verify(kept)[0]
    good, said = verify(kept, f"{n}:{h}")
    assert not good and "n 4, which was noted, is not there" in said


def test_rewritten_with_right_hashes(kept: Path, store: JournalStore) -> None:
    from qms_tui.store.line import FIRST, encode

    n, h = store.head()
    journal = kept / "journal.jsonl"
    whole = journal.read_bytes()
    for old, new, told in (
        ("the last", "the best", "line 4: n 4 has not the hash"),
        ("門 doors", "門 door", "line 1: checklist"),
    ):
        made, prev = b"", FIRST
        for line in whole.decode().split("\n")[:-1]:
            entry = {**json.loads(line.replace(old, new)), "prev": prev}
            del entry["h"]
            made += encode(entry) + b"\n"
            prev = entry["h"]
        journal.write_bytes(made)
        good, said = verify(kept, f"{n}:{h}")
        assert not good and told in said
        assert verify(kept)[0] == (old == "the last")


def test_attached_files(kept: Path) -> None:
    (file,) = (kept / "evidence").iterdir()
    file.write_bytes(b"phot0")
    assert f"evidence/{file.name}: not what was kept" in verify(kept)[1]
    file.unlink()
    assert f"evidence/{file.name}: missing" in verify(kept)[1]
    shutil.rmtree(kept / "evidence")
    assert not verify(kept)[0]
