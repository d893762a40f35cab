"""A backup is consistent while others write, goes on where it ended, and never overwrites what it does not know."""

import multiprocessing
import os
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from store_helpers import FaultyDisk, HastyDisk, put, tx

from qms_tui.store.backup import AnyDisk, back_up
from qms_tui.store.base import Damaged, Op, StoreError
from qms_tui.store.disk import Disk
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove


def attach(store: JournalStore, name: str, data: bytes) -> str:
    digest = store.put_evidence(data)
    store.commit(tx(Op("answers", name, {"evidence": [{"digest": digest}]}, None, "A")))
    return digest


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "copy"


def test_a_backup_is_a_store_and_goes_on(store: JournalStore, store_dir: Path, copy: Path) -> None:
    first = attach(store, "1", b"photo")
    made = back_up(store_dir, copy)
    assert (made.head, made.lines, made.files, made.files_there, made.flaws) == (store.head(), 1, 1, 1, ())
    second = attach(store, "2", b"sound")
    store.commit(put("audits", "a", 0, "A"))
    kept = (copy / "evidence" / first).stat()
    made = back_up(store_dir, copy)
    assert (made.head, made.lines, made.files, made.files_there) == (store.head(), 2, 1, 2)
    assert (copy / "evidence" / first).stat() == kept
    assert back_up(store_dir, copy)[1:4] == (0, 0, 2)
    assert prove(copy).good and prove(copy).head == store.head()
    with open_store(copy) as other:
        assert other.find("answers") == store.find("answers")
        assert other.get_evidence(second) == b"sound"
    assert (copy / "journal.jsonl").read_bytes() == (store_dir / "journal.jsonl").read_bytes()


def test_rights_are_those_of_the_store(store: JournalStore, store_dir: Path, copy: Path) -> None:
    attach(store, "1", b"photo")
    store_dir.chmod(0o700)
    back_up(store_dir, copy)
    assert copy.stat().st_mode & 0o7777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in copy.rglob("*")} == {0}
    assert sorted(path.name for path in copy.iterdir()) == ["evidence", "journal.jsonl", "lock", "store.json"]


def test_only_whole_lines_are_copied(store: JournalStore, store_dir: Path, copy: Path) -> None:
    store.commit(put("t", "1", v=1))
    journal = store_dir / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"n":2,"id":"')
    assert back_up(store_dir, copy).head[0] == 1
    assert (copy / "journal.jsonl").read_bytes() == whole
    store.commit(put("t", "1", v=2))
    assert back_up(store_dir, copy).head[0] == 2
    assert (copy / "journal.jsonl").read_bytes() == journal.read_bytes()


def test_what_it_does_not_know_stays(store: JournalStore, store_dir: Path, tmp_path: Path) -> None:
    store.commit(put("t", "1", v=1))
    for name, fill in (
        ("papers", lambda path: (path / "letter.txt").write_text("dear")),
        ("other", lambda path: open_store(path).commit(put("t", "1", v=1))),
        ("broken", lambda path: (path / "store.json").write_text("{")),
    ):
        folder = tmp_path / name
        folder.mkdir()
        fill(folder)
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        with pytest.raises(StoreError, match=name):
            back_up(store_dir, folder)
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    for place in (store_dir, store_dir / "inside", tmp_path):
        with pytest.raises(StoreError, match="outside"):
            back_up(store_dir, place)
    with pytest.raises(StoreError, match="not a folder"):
        back_up(store_dir, tmp_path / "papers" / "letter.txt")
    with pytest.raises(StoreError, match="there is no store"):
        back_up(tmp_path / "nowhere", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_store_that_was_rewritten_or_cut_does_not_continue_its_backup(
    store: JournalStore, store_dir: Path, copy: Path, tmp_path: Path
) -> None:
    for v in range(3):
        store.commit(put("t", "1", v=v))
    back_up(store_dir, copy)
    journal = store_dir / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    with pytest.raises(StoreError, match="line 3: the store does not go on"):
        back_up(store_dir, copy)
    with open_store(store_dir) as other:  # another third line
        other.commit(put("t", "1", v=9))
    with pytest.raises(StoreError, match="line 3: the store does not go on"):
        back_up(store_dir, copy)
    assert (copy / "journal.jsonl").read_bytes() == whole
    back_up(store_dir, tmp_path / "another")


def test_nothing_is_copied_from_a_damaged_store(store: JournalStore, store_dir: Path, copy: Path) -> None:
    store.commit(put("t", "1", v="apple"))
    back_up(store_dir, copy)
    store.commit(put("t", "2", v="apple"))
    journal = store_dir / "journal.jsonl"
    good = (copy / "journal.jsonl").read_bytes()
    journal.write_bytes(good + journal.read_bytes()[len(good) :].replace(b"apple", b"pears"))
    with pytest.raises(Damaged, match="line 2: altered"):
        back_up(store_dir, copy)
    assert (copy / "journal.jsonl").read_bytes() == good


def test_files_that_cannot_be_copied_are_told_and_the_rest_is_copied(
    store: JournalStore, store_dir: Path, copy: Path
) -> None:
    bad, good = attach(store, "1", b"photo"), attach(store, "2", b"sound")
    (store_dir / "evidence" / bad).write_bytes(b"phot0")
    made = back_up(store_dir, copy)
    assert [(flaw.digest, made.files) for flaw in made.flaws] == [(bad, 1)]
    assert made.head == store.head() and (copy / "evidence" / good).read_bytes() == b"sound"


@pytest.mark.parametrize("fault", ["short", "ENOSPC", "EIO"])
def test_broken_off_at_the_kth_effect_and_repeated(
    store: JournalStore, store_dir: Path, tmp_path: Path, fault: str
) -> None:
    """It tells, what is there is a store of whole lines, and the next one completes it."""
    for k in range(3):
        attach(store, str(k), b"photo %d" % k)
    k = 0
    while True:
        k += 1
        disk, folder = FaultyDisk(k, fault), tmp_path / f"{fault}-{k}"
        try:
            back_up(store_dir, folder, disk)
        except StoreError as error:
            assert "\n" not in str(error) and (str(folder) in str(error) or str(store_dir) in str(error))
        if (folder / "journal.jsonl").exists():
            assert not [flaw for flaw in prove(folder).flaws if "gone" in flaw.what or "altered" in flaw.what]
            with open_store(folder, disk=HastyDisk()) as other:
                assert other.head()[0] in (0, 3)
        assert back_up(store_dir, folder).head == store.head()
        assert prove(folder).good and not [path for path in folder.rglob(".*") if path.is_file()]
        if disk.count < k:
            break
    assert k > 20


def test_a_torn_end_of_the_copy_is_cut_off(store: JournalStore, store_dir: Path, copy: Path) -> None:
    store.commit(put("t", "1", v=1))
    back_up(store_dir, copy)
    store.commit(put("t", "1", v=2))
    with (copy / "journal.jsonl").open("ab") as file:
        file.write(b"\0" * 4096)  # what a file system may leave after the power went
    assert back_up(store_dir, copy).head == store.head()
    assert prove(copy).good


class NoRights(Disk):
    """A file system without rights, as on a memory stick."""

    def chmod(self, path: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    def fchmod(self, fd: int, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    def link(self, source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")


class Stick(AnyDisk, NoRights):
    """As AnyDisk on such a file system."""


def test_on_a_memory_stick(store: JournalStore, store_dir: Path, copy: Path) -> None:
    attach(store, "1", b"photo")
    assert back_up(store_dir, copy, Stick()).head == store.head()
    assert prove(copy).good


def busy(folder: Path, name: str, enough: Event) -> None:
    with open_store(folder, wait=60) as store:
        for k in count():
            attach(store, f"{name}-{k}", os.urandom(200))
            if enough.is_set():
                return


@pytest.mark.slow
def test_while_others_write(tmp_path: Path) -> None:
    """Every backup amid three writers is whole: its chain verifies, and each attached file it refers to is there."""
    folder, copy = tmp_path / "store", tmp_path / "copy"
    with open_store(folder) as store:
        attach(store, "first", b"first")
    fork = multiprocessing.get_context("fork")
    enough = fork.Event()
    writers = [fork.Process(target=busy, args=(folder, name, enough)) for name in "abc"]
    for writer in writers:
        writer.start()
    heads: list[int] = []
    try:
        while len(set(heads)) < 5 and all(writer.is_alive() for writer in writers):
            heads.append(back_up(folder, copy).head[0])
            assert prove(copy).good, prove(copy).flaws
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert heads == sorted(heads) and len(set(heads)) == 5
    with open_store(folder) as store:
        assert back_up(folder, copy).head == store.head()
    assert (copy / "journal.jsonl").read_bytes() == (folder / "journal.jsonl").read_bytes()
