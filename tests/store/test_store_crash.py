"""Every state that a crash may leave of a generated history opens, with all that was acknowledged and nothing torn."""

import os
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from crash_disk import CrashDisk, lay_out
from store_helpers import HastyDisk, tx

from qms_tui.store.base import Op, Tx
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove

Docs = dict[tuple[str, str], dict[str, Any]]


def history(seed: int) -> list[tuple[Tx, bytes | None]]:
    """Transactions of several documents, texts of any length and characters of several bytes; some attach a file."""
    chance = random.Random(seed)
    made = []
    for k in range(7):
        ops = [Op("audits", "a", {"subject": f"稽核 {k}"}, None, "A")]
        for item in chance.sample("abcdef", chance.randint(1, 3)):
            note = "冷" * chance.choice([0, 3, 40]) + "\n" * chance.randint(0, 2)
            ops += [Op("answers", f"a/{item}", {"result": chance.choice(["conform", "nonconform"]), "note": note})]
        ops += [Op("nonconformities", str(k), {"grade": "minor"}, 0, "NC")] if chance.random() < 0.5 else []
        if k == 4:
            ops += [Op("answers", "a/long", {"note": chance.randbytes(3000).hex()})]
        photo = chance.randbytes(chance.choice([0, 700])) if k % 3 == 1 else None
        made.append((tx(*ops), photo))
    return made


def documents(store: Any) -> Docs:
    return {
        (table, doc.id): dict(doc) for table in ("audits", "answers", "nonconformities") for doc in store.find(table)
    }


def recorded(top: Path, *, syncing: bool = True) -> tuple[CrashDisk, list[Docs]]:
    """A history with a checkpoint on a disk that remembers, and the documents after each line."""
    disk, states = CrashDisk(top, syncing=syncing), [{}]
    with open_store(top / "store", disk=disk) as store:
        for each, photo in history(7):
            if photo is not None:
                kept = {"digest": store.put_evidence(photo), "name": "p"}
                each = each._replace(ops=[*each.ops, Op("answers", "a/p", {"evidence": [kept]})])
            store.commit(each)
            states.append(documents(store))
            disk.acknowledge()
            if len(states) == 4:  # a line more, that changes no document
                assert store.checkpoint()
                states.append(states[-1])
                disk.acknowledge()
    return disk, states


def check(top: Path, states: list[Docs], image: Any, *, go_on: bool = True) -> int:
    """Open what the crash left, and `go_on`: how many transactions are there. Raises AssertionError."""
    lay_out(image, top)
    with open_store(top / "store", disk=HastyDisk()) as store:
        n = store.head()[0]
        assert n >= image.acknowledged, f"lost: {image.acknowledged} were acknowledged, {n} are there"
        assert documents(store) == states[n], "torn"
        if not go_on:
            return n
        again = store.commit(tx(Op("audits", "after", {"v": 1}, None, "A")))
        assert n + 1 <= again.n <= n + 2  # a line that lacked no more than its newline counts from now on
    proof = prove(top / "store")
    assert proof.good, proof.flaws
    return n


@pytest.mark.slow
def test_every_crash_image(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    disk, states = recorded(tmp_path / "live")
    seen: set[int] = set()
    found: set[int] = set()
    memory = Path("/dev/shm")
    top = Path(
        tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else tmp_path)
    )  # thousands of files that nobody keeps
    for images in disk.moments:
        for image in images:
            key = hash((frozenset(image.files.items()), image.acknowledged))
            if key in seen:
                continue
            seen.add(key)
            found.add(check(top / "crashed", states, image, go_on=len(seen) % 5 == 0))
            shutil.rmtree(top / "crashed", ignore_errors=True)
    top.rmdir()
    assert found == set(range(len(states)))
    assert len(seen) > 4000
    with capsys.disabled():
        print(f"\n{len(seen)} crash images: every acknowledged transaction is there, none is torn")


def test_a_missing_fsync_would_be_found(tmp_path: Path) -> None:
    disk, states = recorded(tmp_path / "live", syncing=False)
    with pytest.raises(AssertionError, match="lost"):
        for images in disk.moments[-1:]:
            for image in images:
                check(tmp_path / "crashed", states, image)
                shutil.rmtree(tmp_path / "crashed", ignore_errors=True)
