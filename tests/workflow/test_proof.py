"""Proving a store or an audit: the journal, the pinned checklists, the attached files."""

import json
from pathlib import Path

import pytest
from walk_helpers import begun, give, item, journal

from qms_tui.store.base import Actor, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.line import FIRST, encode
from qms_tui.workflow.given import Given
from qms_tui.workflow.proof import prove
from qms_tui.workflow.unknown import Unknown


@pytest.fixture
def two(store: Store, anna: Actor, ben: Actor) -> Store:
    """A-0001 with an attached text, a nonconformity and a completion; A-0002 beside it."""
    walk, other = begun(store, anna), begun(store, ben)
    give(walk, "doors", "n")
    walk.answer(item("temp"), Given(evidence=["a first text"]))
    other.answer(item("temp"), Given(evidence=["another text"]))
    walk.complete("rest later")
    return store


def number(store: Store, k: int) -> str:
    return str(store.find("audits")[k]["number"])


def forge(folder: Path, old: str, new: str) -> None:
    """Replace a text and compute every hash anew."""
    made, prev = b"", FIRST
    for line in (folder / "journal.jsonl").read_text("utf-8").split("\n")[:-1]:
        entry = {**json.loads(line.replace(old, new)), "prev": prev}
        del entry["h"]
        made += encode(entry) + b"\n"
        prev = entry["h"]
    (folder / "journal.jsonl").write_bytes(made)


def test_a_good_store(two: Store, store_dir: Path) -> None:
    proof = prove(store_dir)
    assert proof.good and proof.notes == ()
    assert (proof.lines, proof.head, proof.files, proof.size) == (4, two.head(), 2, 24)


def test_a_good_audit(two: Store, store_dir: Path) -> None:
    one, other = (prove(store_dir, number(two, k).lower()) for k in (0, 1))
    assert one.good and other.good
    assert (one.audit, one.changed_by, one.files) == (number(two, 0), (1, 2, 4), 1)
    assert (other.audit, other.changed_by, other.files) == (number(two, 1), (3,), 1)


def test_a_change_of_a_nonconformity_is_one_of_its_audit(two: Store, store_dir: Path, ben: Actor) -> None:
    (raised,) = two.find("nonconformities")
    two.commit(Tx(uuid7(), ben, [Op("nonconformities", raised.id, {"owner": "ben"})]))
    assert prove(store_dir, number(two, 0)).changed_by == (1, 2, 4, 5)
    assert prove(store_dir, number(two, 1)).changed_by == (3,)


def test_evidence_that_is_gone_altered_or_nobodys(two: Store, store_dir: Path) -> None:
    first, second = (line["ops"] for line in (journal(store_dir)[1], journal(store_dir)[2]))
    digests = [
        next(op[2]["evidence"][1][0]["digest"] for op in ops if op[0] == "answers" and "evidence" in op[2])
        for ops in (first, second)
    ]
    (store_dir / "evidence" / digests[0]).write_bytes(b"a first tex7")
    (store_dir / "evidence" / digests[1]).unlink()
    (store_dir / "evidence" / ("0" * 64)).write_bytes(b"")
    (store_dir / "evidence" / ".being-written").write_bytes(b"x")
    flaws = {flaw.file: str(flaw) for flaw in prove(store_dir).flaws}
    assert set(flaws) == {f"evidence/{digest}" for digest in (*digests, "0" * 64)}
    assert "its hash differs; n 2 refers to it" in flaws[f"evidence/{digests[0]}"]
    assert "missing; n 3 refers to it" in flaws[f"evidence/{digests[1]}"]
    assert [flaw.n for flaw in prove(store_dir, number(two, 0)).flaws] == [2]
    assert [flaw.n for flaw in prove(store_dir, number(two, 1)).flaws] == [3]


def test_a_checklist_that_is_not_the_one_of_its_hash(two: Store, store_dir: Path) -> None:
    forge(store_dir, "Doors close by themselves", "Doors close")
    (flaw,) = prove(store_dir).flaws
    assert (flaw.line, flaw.n) == (1, 1) and "its text is not the one of that hash" in flaw.what


def test_a_checklist_that_is_not_there(two: Store, store_dir: Path) -> None:
    forge(store_dir, '"checklists"', '"other"')
    assert [flaw.n for flaw in prove(store_dir).flaws] == [1, 3]
    (flaw,) = prove(store_dir, number(two, 1)).flaws
    assert flaw.n == 3 and number(two, 1) in flaw.what and "not in the store" in flaw.what


def test_a_rewritten_record_is_found_by_a_head(two: Store, store_dir: Path) -> None:
    n, h = two.head()
    forge(store_dir, "rest later", "nothing is left")
    assert prove(store_dir).good
    (flaw,) = prove(store_dir, heads={n: h}).flaws
    assert (flaw.line, flaw.n) == (4, 4) and "rewritten" in flaw.what
    assert not prove(store_dir, number(two, 1), heads={n: h}).good


def test_a_damaged_store_is_looked_at_to_its_end(two: Store, store_dir: Path) -> None:
    path = store_dir / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"temp", b"tenp") + lines[2] + lines[3].replace(b"rest", b"Rest"))
    assert [flaw.line for flaw in prove(store_dir).flaws] == [2, 4]
    proof = prove(store_dir, number(two, 1))
    assert not proof.good and proof.audit == number(two, 1) and proof.changed_by == (3,)
    assert [flaw.what for flaw in prove(store_dir, "A-1").flaws][-1] == "A-1 is not in it"
    (store_dir / "store.json").write_text("{")
    assert prove(store_dir).flaws[0].file == "store.json"


def test_nothing_is_there(two: Store, store_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="there is no store"):
        prove(tmp_path / "nowhere")
    with pytest.raises(Unknown, match="A-1: no such audit"):
        prove(store_dir, "A-1")
