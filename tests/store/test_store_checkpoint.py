"""Checkpoints: what is shown with them is what the journal says, whatever happens to them."""

import json
import random
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from store_helpers import FaultyDisk, HastyDisk, put, tx

from qms_tui.store import journal_store, present
from qms_tui.store.base import Conflict, Damaged, Op, StoreError
from qms_tui.store.ids import uuid7
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.line import encode
from qms_tui.store.open import open_store
from qms_tui.store.parts import Parts

TABLES = ("audits", "answers", "nonconformities", "checklists")


def fill(store: JournalStore, audits: int, seed: int = 1) -> None:
    """Audits with answers and a nonconformity each; half of the nonconformities are closed."""
    rng = random.Random(seed)
    for n in range(audits):
        audit = uuid7()
        fields = {"status": "in_progress", "checklist": f"check-{n % 3}", "subject": f"稽核 {n}"}
        store.commit(tx(Op("audits", audit, fields, 0, "A")))
        for item in rng.sample("abcdef", 4):
            answer = {"audit": audit, "item": item, "result": rng.choice(["conform", "nonconform"])}
            store.commit(put("answers", f"{audit}/{item}", 0, **answer))
        found = {"audit": audit, "checklist": f"check-{n % 3}", "item": "a", "status": "draft"}
        store.commit(tx(Op("nonconformities", nc := uuid7(), found, 0, "NC")))
        if n % 2:
            store.commit(
                tx(Op("nonconformities", nc, {"status": "closed"}), Op("audits", audit, {"status": "completed"}))
            )
    store.commit(tx(Op("checklists", sha256(b"x" * 20_000).hexdigest(), {"text": "x" * 20_000})))


def shown(store: JournalStore) -> dict[str, Any]:
    """All that a store can be asked."""
    audits = [doc.id for doc in store.find("audits")]
    return {
        "docs": {table: [(d.id, d.revs, dict(d)) for d in store.find(table)] for table in TABLES},
        "within": {audit: [(d.id, d.revs) for d in store.find("answers", within=audit)] for audit in audits},
        "open": [d.id for d in store.find("nonconformities", by=("status", "draft"))],
        "number": [d.id for d in store.find("audits", by=("number", "A-2026-0003"))],
        "latest": [d.id for d in store.find("audits", by=("checklist", "check-1"), last=3)],
        "numbers": [store.number("audits", audit) for audit in audits],
        "trail": [[r.n for r in store.history("audits", audit)] for audit in audits],
        "trails": [[r.n for r in store.history(id=f"{audit}/a")] for audit in audits],
        "tables": store.tables(),
    }


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts go to the disk after few lines."""
    monkeypatch.setattr(present, "FOLD", 50)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a checkpoint, and some lines behind it."""
    folder = tmp_path / "store"
    with open_store(folder, disk=HastyDisk()) as store:
        fill(store, 30)
        assert store.checkpoint()
        fill(store, 3, seed=2)
    return folder


@pytest.fixture
def truth(folder: Path) -> dict[str, Any]:
    """What the journal alone says."""
    bare = folder.parent / "bare"
    bare.mkdir()
    for name in ("store.json", "journal.jsonl"):
        shutil.copy(folder / name, bare / name)
    with open_store(bare) as store:
        assert not (bare / "state").exists()
        return shown(store)


def parts(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "state").rglob("*.json") if path.parent.name != "state")


def test_a_checkpoint_shows_what_the_journal_says(folder: Path, truth: dict[str, Any]) -> None:
    with open_store(folder) as store:
        assert store.state.folded > 0
        assert shown(store) == truth
        store.checkpoint()
        assert shown(store) == truth
    with open_store(folder) as store:
        assert store.state.n - store.state.folded == 1  # the checkpoint's own line
        assert shown(store) == truth


def test_parts_are_tinydb_s_json(folder: Path) -> None:
    from tinydb import TinyDB, where

    with open_store(folder) as store:
        audit = store.find("audits")[0].id
        answers = {doc.id: dict(doc) for doc in store.find("answers", within=audit)}
    (part,) = (folder / "state" / "answers").glob(f"{audit}.*.json")
    table: Any = TinyDB(part, access_mode="r").table("answers")
    table.document_id_class = str
    assert {doc.doc_id: dict(doc) for doc in table.search(where("audit") == audit)} == answers


def test_only_what_is_asked_for_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = Parts.read

    def counting(self: Parts, table: str, digest: str, label: str = "") -> Any:
        read.append(table)
        return real(self, table, digest, label)

    monkeypatch.setattr(Parts, "read", counting)
    with open_store(folder) as store:
        assert read == []
        audit = store.find("audits", by=("number", "A-2026-0003"))[0]
        assert set(read) == {".audits.number", "audits"}
        read.clear()
        assert len(store.find("answers", within=audit.id)) == 4
        assert set(read) == {"answers"} and len(read) <= 4  # the way down to the digest of the audit's part, and that
        read.clear()
        store.number("audits", audit.id)
        assert set(read) == {".numbers"}


@pytest.mark.parametrize("harm", ["delete", "edit", "cut", "empty"])
def test_a_part_that_is_harmed_is_made_again(folder: Path, truth: dict[str, Any], harm: str) -> None:
    for number, part in enumerate(parts(folder)):
        data = part.read_bytes()
        if harm == "delete":
            part.unlink()
        elif harm == "edit":
            part.write_bytes(data.replace(b"conform", b"CONFORM").replace(b"draft", b"DRAFT").replace(b"1", b"2"))
        else:
            part.write_bytes(data[: len(data) // 2 if harm == "cut" else 0])
        if number % 7 == 0:
            with open_store(folder, disk=HastyDisk()) as store:
                assert shown(store) == truth
                if number % 2:
                    assert store.checkpoint()


@pytest.mark.parametrize("gone", [True, False])
def test_state_deleted_or_never_there(folder: Path, truth: dict[str, Any], gone: bool, small: None) -> None:
    with open_store(folder, disk=HastyDisk()) as old:
        shutil.rmtree(folder / "state")
        told: list[str] = []
        with open_store(folder, disk=HastyDisk(), tell=told.append) as store:
            assert len(told) == 1 and str(folder / "state") in told[0]
            assert store.state.folded > 0  # into parts as it read
            assert shown(store) == truth
            if gone:
                shutil.rmtree(folder / "state")
                assert shown(store) == truth
            store.checkpoint()
        assert shown(old) == truth
    with open_store(folder) as store:
        assert store.state.n - store.state.folded == 1
        assert shown(store) == truth


def test_the_hint_may_say_anything(folder: Path, truth: dict[str, Any]) -> None:
    hint = folder / "state" / "checkpoint.json"
    said = json.loads(hint.read_bytes())
    for text in (
        "", "[]", "{}", "null", '{"offset":-5,"replaced":[]}', '{"offset":0,"replaced":[]}', '{"offset":1e400}',
        json.dumps(said | {"offset": said["offset"] + 1}), json.dumps(said | {"offset": 10**12}),
        json.dumps(said | {"replaced": ["../../journal.jsonl", "../x.json", 7]}),
    ):  # fmt: skip
        hint.write_text(text)
        with open_store(folder, disk=HastyDisk()) as store:
            assert shown(store) == truth
            store.checkpoint()
        assert (folder / "journal.jsonl").exists()


def test_parts_do_not_depend_on_the_way_there(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal alone, read at once and in pieces, gives the digests that the checkpoint line has."""
    roots = []
    for fold in (7, 50, 10_000):
        monkeypatch.setattr(present, "FOLD", fold)
        copy = tmp_path / f"copy-{fold}"
        copy.mkdir()
        for name in ("store.json", "journal.jsonl"):
            shutil.copy(folder / name, copy / name)
        with open_store(copy, disk=HastyDisk()) as store:
            assert store.checkpoint()
            roots.append(store.state.roots)
            (line,) = [json.loads(each) for each in (copy / "journal.jsonl").read_bytes().splitlines()[-1:]]
            assert line["checkpoint"]["parts"] == roots[-1]
    assert roots[0] == roots[1] == roots[2]


def test_only_what_is_used_stays(folder: Path) -> None:
    """What a checkpoint replaces is removed by the next but one reader's: the one after it."""
    with open_store(folder, disk=HastyDisk()) as store:
        for turn in range(6):
            fill(store, 2, seed=turn)
            assert store.checkpoint()
        store.commit(put("checklists", "1", text="y"))
        store.checkpoint()
        shown(store)
    left = len(parts(folder))
    shutil.copytree(folder, folder.parent / "copy")
    shutil.rmtree(folder.parent / "copy" / "state")
    with open_store(folder.parent / "copy", disk=HastyDisk()) as store:
        store.checkpoint()
    assert left - len(parts(folder.parent / "copy")) < 25  # those of the checkpoint before


def test_two_that_write_checkpoints_in_turn(folder: Path) -> None:
    with open_store(folder, disk=HastyDisk()) as one, open_store(folder, disk=HastyDisk()) as two:
        for turn in range(8):
            store, other = (one, two) if turn % 2 else (two, one)
            fill(store, 2, seed=turn)
            assert store.checkpoint()
            assert other.refresh()
            assert shown(one) == shown(two)
    with open_store(folder) as three:
        assert three.state.n - three.state.folded == 1


def test_commits_go_on_behind_a_checkpoint(folder: Path) -> None:
    with open_store(folder) as store:
        (audit,) = store.find("audits", by=("number", "A-2026-0003"))
        with pytest.raises(Conflict, match="A-2026-0003"):
            store.commit(put("audits", audit.id, audit.rev - 1, subject="x"))
        receipt = store.commit(put("audits", audit.id, audit.rev, subject="x"))
        assert store.get("audits", audit.id)["subject"] == "x"
        assert store.commit(put("audits", uuid7(), 0, "A", status="in_progress")).numbers
        assert [r.n for r in store.history("audits", audit.id)] == [*audit.revs, receipt.n]
        assert [r.n for r in store.records([2, 5, 40, receipt.n])] == [2, 5, 40, receipt.n]
        assert [r.n for r in store.changes(receipt.n - 1)] == [receipt.n, receipt.n + 1]
        assert len(list(store.changes(0))) == receipt.n + 1
        assert all(record.changes for record in store.history())


def test_a_transaction_is_recorded_once_however_old(folder: Path) -> None:
    once, odd = put("t", "1", v=1), tx(Op("t", "2", {"v": 1}), id="by hand")
    with open_store(folder, disk=HastyDisk()) as store:
        first = store.commit(once), store.commit(odd)
        assert store.checkpoint()
        assert (store.commit(once), store.commit(odd)) == first
    with open_store(folder, disk=HastyDisk()) as store:
        assert store.state.folded >= first[1].n
        store.commit(put("t", "1", v=2))
        assert (store.commit(once), store.commit(odd)) == first
        assert store.get("t", "1") == {"v": 2}


def test_the_line_before_the_checkpoint_is_checked(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    hint = json.loads((folder / "state" / "checkpoint.json").read_bytes())
    data = journal.read_bytes()
    line = json.loads(data[hint["offset"] :].split(b"\n")[0])["checkpoint"]
    for at in (line["offset"] - 3, line["offset"] - 40, hint["offset"] + 20, len(data) - 90):
        journal.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(Damaged, match=r"journal\.jsonl, line \d+:") as caught:
            open_store(folder)
        assert f"line {data[:at].count(bytes([10])) + 1}:" in str(caught.value)


def test_a_checkpoint_is_written_when_a_long_tail_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_store, "TAIL", 15)
    with open_store(tmp_path / "s", disk=HastyDisk()) as store:
        fill(store, 3)
        assert not (tmp_path / "s" / "state").exists()
    with open_store(tmp_path / "s", disk=HastyDisk()) as store:
        n = store.head()[0]
        assert store.state.n - store.state.folded == 1
    with open_store(tmp_path / "s", disk=HastyDisk()) as store:
        assert store.head()[0] == n


def test_a_forged_checkpoint_is_found_by_verify(folder: Path) -> None:
    """A line that continues the chain, with parts that fit it, and shows what nobody recorded."""
    from qms_tui.workflow.proof import prove

    journal, state = folder / "journal.jsonl", folder / "state"
    assert prove(folder).good
    (part,) = (path for path in parts(folder) if path.parent.name == "checklists")
    forged = part.read_bytes().replace(b"xxxx", b"yyyy")
    digest = sha256(forged).hexdigest()
    last = json.loads(journal.read_bytes().splitlines()[-1])
    (checkpoint,) = [
        entry["checkpoint"] for line in journal.read_bytes().splitlines() if "checkpoint" in (entry := json.loads(line))
    ]
    roots = checkpoint["parts"] | {"checklists": digest}
    assert checkpoint["parts"]["checklists"] == part.stem
    entry = last | {"n": last["n"] + 1, "ops": [], "checkpoint": checkpoint | {"parts": roots}}
    entry |= {"prev": entry.pop("h") and last["h"]}
    entry["prev"] = entry.pop("prev")
    (part.parent / f"{digest}.json").write_bytes(forged)
    (state / "checkpoint.json").write_text(json.dumps({"offset": journal.stat().st_size, "replaced": []}))
    with journal.open("ab") as file:
        file.write(encode(entry) + b"\n")
    with open_store(folder) as store:
        assert store.find("checklists")[0]["text"].startswith("yyyy")
    proof = prove(folder)
    (flaw,) = proof.flaws
    assert (flaw.line, flaw.n) == (last["n"] + 1, last["n"] + 1) and "checkpoint" in flaw.what


@pytest.mark.slow
def test_a_cut_around_a_checkpoint(folder: Path, tmp_path: Path) -> None:
    """Whatever the power leaves of the journal, with parts and a hint that may be newer: it opens to what it says."""
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    offset = json.loads((folder / "state" / "checkpoint.json").read_bytes())["offset"]
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(folder / "store.json", bare / "store.json")
    line = whole.index(b"\n", offset) + 1 - offset
    for cut in [
        *range(offset - 3, offset + line + 3, 7),
        *range(offset + line - 90, offset + line + 2),
        len(whole) - 5,
    ]:
        journal.write_bytes(whole[:cut])
        (bare / "journal.jsonl").write_bytes(whole[:cut])
        with open_store(folder, disk=HastyDisk()) as store, open_store(bare, disk=HastyDisk()) as truth:
            assert store.head() == truth.head(), cut
            assert store.find("audits") == truth.find("audits")
            assert store.commit(put("t", "1", v=cut)).n == truth.commit(put("t", "1", v=cut)).n
        with open_store(folder, disk=HastyDisk()) as store:
            assert store.get("t", "1") == {"v": cut}


@pytest.mark.slow
def test_faults_while_a_checkpoint_is_written(folder: Path, truth: dict[str, Any]) -> None:
    """Whatever fails, nothing that is shown changes, no file is left half written, and the next one succeeds."""
    for fault in ("short", "EIO"):
        k = 0
        while True:
            k += 1 + k // 4
            disk = FaultyDisk(k, fault)
            copy = folder.parent / f"{fault}-{k}"
            shutil.copytree(folder, copy)
            store = open_store(copy, disk=disk)
            with suppress(StoreError, OSError):
                store.checkpoint()
            if "start again" not in str(store._journal.broken):
                assert shown(store) == truth
            store.close()
            with open_store(copy, disk=HastyDisk()) as other:
                assert shown(other) == truth
                assert other.checkpoint()
            with open_store(copy) as other:
                assert other.state.n - other.state.folded == 1
                assert shown(other) == truth
            assert not [path for path in copy.rglob(".*") if path.is_file()]
            shutil.rmtree(copy)
            if disk.count < k:
                break
        assert k > 100
