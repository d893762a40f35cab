"""Faults of the real system: calls that fail under the real command, a full disk, a folder and a file that refuse."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from store_faults import ordinary_user, small_disk
from store_helpers import put

from qms_tui.store.base import ReadOnly
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove

CHECKLIST = "# Round\n- [ ] Doors close {#doors}\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def first_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody has a checklist, an answer with an attached file, and a store with one audit."""
    desk = tmp_path_factory.mktemp("first") / "desk"
    desk.mkdir()
    (desk / "round.md").write_text(CHECKLIST)
    (desk / "photo.jpg").write_bytes(b"photo")
    (desk / "answers.yaml").write_text("doors: y\n")
    done = record(desk)
    assert done.returncode == 0, done.stderr
    (desk / "answers.yaml").write_text("doors: {result: n, evidence: ./photo.jpg}\n")
    return desk


@pytest.fixture
def desk(first_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_desk, tmp_path / "desk"))


def record(desk: Path, *before: str, store: str = "store") -> "subprocess.CompletedProcess[str]":
    """`qms-tui run --answers` as a process, behind another command such as strace."""
    run = ["run", "round.md", "--answers", "answers.yaml"]
    command = [*before, sys.executable, "-m", "qms_tui", "--store", store, *run]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, timeout=60)


def audits(store: Path) -> int:
    with open_store(store) as opened:
        return len(opened.find("audits"))


def told_truly(done: "subprocess.CompletedProcess[str]", desk: Path, before: int, store: str = "store") -> bool:
    """Whether it was recorded; what the person was told must be so, and the store whole."""
    words = [line for line in done.stderr.splitlines() if line.startswith("qms-tui: ")]
    now = audits(desk / store)
    if (desk / store / "journal.jsonl").exists():
        proof = prove(desk / store)
        assert proof.good, proof.flaws
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert now == before + 1 and re.fullmatch(r"A-20\d\d-\d{4}\n", done.stdout)
        return True
    assert done.returncode == 3 and len(words) == 1 and done.stdout == "", done.stderr
    if "nothing was recorded" in words[0]:
        assert now == before
    else:
        assert "not known" in words[0] and now in (before, before + 1)
    return now > before


# A call, the fault, and the file that it must concern; {k} is the k-th such call.
FAULTS = {
    "journal: write, disk full": ("write", "write:error=ENOSPC:when=1", "journal.jsonl"),
    "journal: write, broken": ("write", "write:error=EIO:when=1", "journal.jsonl"),
    "journal: nothing is written": ("write", "write:retval=0:when=1", "journal.jsonl"),
    "journal: fsync": ("fsync", "fsync:error=EIO:when=1", "journal.jsonl"),
    "lock": ("flock", "flock:error=ENOLCK:when=1", "lock"),
    "attached file: 1st fsync": ("fsync", "fsync:error=EIO:when=1", None),
    "attached file: 2nd fsync": ("fsync", "fsync:error=ENOSPC:when=2", None),
    "attached file: rename": ("rename,renameat,renameat2", "rename,renameat,renameat2:error=ENOSPC:when=1", None),
    "attached file: rights": ("fchmod", "fchmod:error=EIO:when=1", None),
}


needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_fails_in_the_real_process(desk: Path, fault: str) -> None:
    """The kernel's answer is replaced by strace; then the same again, undisturbed, is recorded."""
    calls, inject, file = FAULTS[fault]
    only = ["-P", str(desk / "store" / file)] if file else []
    log = desk / "strace.log"
    strace = ["strace", "-f", "-o", str(log), *only, "-e", f"trace={calls}", "-e", f"inject={inject}"]
    done = record(desk, *strace)
    assert "INJECTED" in log.read_text(), "the fault did not come to pass"
    assert not told_truly(done, desk, 1) or "fsync" in fault
    assert done.returncode == 3
    before = audits(desk / "store")
    assert told_truly(record(desk), desk, before)


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("k", [1, 4, 7])
def test_an_fsync_that_fails_while_the_store_is_made(desk: Path, k: int) -> None:
    strace = ["strace", "-f", "-o", "log", "-e", "trace=fsync", "-e", f"inject=fsync:error=EIO:when={k}"]
    done = record(desk, *strace, store="new")
    assert "INJECTED" in (desk / "log").read_text(), "the fault did not come to pass"
    told_truly(done, desk, 0, "new")
    before = audits(desk / "new")
    assert told_truly(record(desk, store="new"), desk, before, "new")


def test_a_file_that_may_not_grow(desk: Path) -> None:
    """RLIMIT_FSIZE makes the kernel write a part of the line and refuse the rest, as a full disk does."""
    journal = desk / "store" / "journal.jsonl"
    size = journal.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_store(desk / "store") as store:
        head = store.head()
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, hard))
        try:
            with pytest.raises(ReadOnly, match="nothing was recorded"):
                store.commit(put("t", "1", v="x" * 500))
            assert store.head() == head and store.find("t") == []
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert journal.stat().st_size == size + 100
        assert store.commit(put("t", "1", v=1)).n == head[0] + 1
    proof = prove(desk / "store")
    assert proof.good and "fragment" in proof.notes[0].what


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Filled to the last byte by the store's own lines and by others' files, again and again: what counts stays."""
    with small_disk(tmp_path / "disk") as disk, open_store(disk / "store") as store:
        for k in range(5):
            acknowledged = store.head()[0]
            with pytest.raises(ReadOnly, match="disk full: nothing was recorded"):
                while True:
                    store.commit(put("t", f"{k}-{acknowledged}", v="x" * (3001 + 977 * k)))
                    acknowledged += 1
                    if k:
                        (disk / "others").write_bytes(b"x" * 1000)
            assert store.head()[0] == acknowledged
            with pytest.raises(ReadOnly, match="disk full"):
                store.put_evidence(b"y" * 20_000)
            with open_store(disk / "store") as other:
                assert other.head() == store.head()
            assert prove(disk / "store").good
            subprocess.run(["mount", "-o", f"remount,size={500 + 100 * k}k", disk], check=True)
        assert store.commit(put("t", "after", v=1)).n == acknowledged + 1
        assert not list(disk.rglob(".*"))


def can_append_only(folder: Path) -> bool:
    probe = folder / "probe"
    probe.touch()
    done = subprocess.run(["chattr", "+a", probe], capture_output=True)
    if done.returncode == 0:
        subprocess.run(["chattr", "-a", probe], check=True)
    probe.unlink()
    return done.returncode == 0


def test_a_journal_that_the_file_system_lets_only_grow(tmp_path: Path) -> None:
    if shutil.which("chattr") is None or not can_append_only(tmp_path):
        pytest.xfail("no right to set the append-only attribute, or the file system has none")
    folder = tmp_path / "store"
    journal = folder / "journal.jsonl"
    with open_store(folder) as store:
        store.commit(put("t", "1", v=1))
        subprocess.run(["chattr", "+a", journal], check=True)
        try:
            assert store.commit(put("t", "1", v=2)).n == 2
            with journal.open("ab") as file:
                file.write(b'{"n":3,"id"')  # a torn end is closed by appending too
            with open_store(folder) as other:
                assert other.commit(put("t", "1", v=3)).n == 3
            with pytest.raises(PermissionError):
                journal.write_bytes(b"")
            with pytest.raises(PermissionError):
                journal.unlink()
        finally:
            subprocess.run(["chattr", "-a", journal], check=True)
    assert prove(folder).good


def test_a_folder_that_lets_nothing_be_made_in_it() -> None:
    """Reading, proving and looking on; recording says whom to ask; attaching a file too."""
    with tempfile.TemporaryDirectory() as name:
        above = Path(name)
        folder = above / "store"
        folder.mkdir(mode=0o755)
        with open_store(folder) as store:
            store.commit(put("t", "1", v=1))
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        above.chmod(0o555)
        with ordinary_user(), open_store(folder) as store:
            assert store.get("t", "1") == {"v": 1}
            for refused in (lambda: store.commit(put("t", "1", v=2)), lambda: store.put_evidence(b"x")):
                with pytest.raises(ReadOnly, match=r"cannot be written .*right to write"):
                    refused()
            assert prove(folder).good
            with open_store(above / "new") as new, pytest.raises(ReadOnly, match="right to write"):
                new.commit(put("t", "1", v=1))
        assert json.loads((folder / "journal.jsonl").read_bytes())["n"] == 1
        above.chmod(0o755)
        folder.chmod(0o755)
