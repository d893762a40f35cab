"""What a crash, a full disk and a failing disk leave."""

import errno
import os
from pathlib import Path

import pytest
from store_helpers import FaultyDisk, HastyDisk, put, tx

from qms_tui.store.base import Damaged, Op, ReadOnly, StoreError, Tx
from qms_tui.store.disk import Disk
from qms_tui.store.open import open_store


def history() -> list[Tx]:
    return [
        put("audits", "a", 0, "A", subject="稽核"),
        tx(
            Op("answers", "1", {"result": "nonconform", "evidence": [{"sha256": "e" * 64}]}), Op("nc", "1", {}, 0, "NC")
        ),
        put("answers", "1", result="conform", evidence=None),
        put("nc", "2", 0, "NC", statement="a\nb", h="f" * 64),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    with open_store(folder) as store:
        for each in history():
            store.commit(each)
    return folder


def test_a_cut_at_every_byte(folder: Path) -> None:
    """Whole lines stay, a torn one is as if never written, and the next commit goes on."""
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    for cut in range(len(whole) + 1):
        journal.write_bytes(whole[:cut])
        lines = whole[:cut].count(b"\n")
        with open_store(folder, disk=HastyDisk()) as store:
            assert store.head()[0] == lines, cut
            revived = whole[cut : cut + 1] == b"\n"
            assert store.commit(put("t", "1", v=cut)).n == lines + revived + 1, cut
            head = store.head()
        with open_store(folder) as store:
            assert store.head() == head
            assert store.get("t", "1") == {"v": cut}
            assert [r.n for r in store.history()] == list(range(1, head[0] + 1))
        assert journal.read_bytes().startswith(whole[:cut])


def test_a_line_whose_newline_was_lost_counts(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-1])
    with open_store(folder) as store:
        assert store.get("nc", "2") is None
        receipt = store.commit(put("nc", "2", statement="a\nb", h="f" * 64))
        assert receipt.n == 4
        assert store.get("nc", "2")["number"].endswith("-0002")
    assert journal.read_bytes() == whole


def test_every_flipped_byte_is_named_or_seen_at_the_next_line(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    first = whole.index(b"\n")
    for at in range(first + 1):
        journal.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged, match=r"journal\.jsonl, line [12]:"):
            open_store(folder)


@pytest.mark.parametrize("change", ["drop", "double", "swap"])
def test_lines_dropped_doubled_or_swapped(folder: Path, change: str) -> None:
    journal = folder / "journal.jsonl"
    one, two, three, four = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(
        {"drop": one + three + four, "double": one + two + two + three, "swap": one + three + two + four}[change]
    )
    with pytest.raises(Damaged, match=f"line {3 if change == 'double' else 2}:"):
        open_store(folder)


def test_a_journal_exchanged_or_shortened_while_open(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    with open_store(folder) as store:
        copy = journal.read_bytes()
        journal.unlink()
        journal.write_bytes(copy)
        with pytest.raises(Damaged, match="exchanged"):
            store.commit(put("t", "1", v=1))
    with open_store(folder) as store:
        os.truncate(journal, len(copy) - 9)
        with pytest.raises(Damaged, match="shorter"):
            store.refresh()


@pytest.mark.parametrize("fault", ["short", "ENOSPC", "EIO", "EACCES"])
def test_a_fault_at_the_kth_effect(tmp_path: Path, fault: str) -> None:
    """Whatever fails, acknowledged is found, refused is told in one line, and a repeat with the same id succeeds."""
    k = 0
    while True:
        k += 1
        folder = tmp_path / f"{fault}-{k}"
        disk = FaultyDisk(k, fault)
        store = open_store(folder, disk=disk)
        digest = ""
        for each in history():
            for _attempt in range(3):
                try:
                    digest = store.put_evidence(b"photo")
                    acknowledged = store.commit(each)
                    break
                except StoreError as error:
                    assert isinstance(error, ReadOnly) and "\n" not in str(error)
                    if "start again" in str(error):
                        with pytest.raises(ReadOnly):
                            store.commit(each)
                        store.close()
                        store = open_store(folder, disk=disk)
            else:
                pytest.fail(f"{fault} at {k}")
            with open_store(folder) as other:
                assert other.commit(each) == acknowledged
        store.close()
        with open_store(folder) as other:
            assert other.head()[0] == 4
            assert other.get("answers", "1") == {"result": "conform"}
            assert other.get("nc", "2")["number"].endswith("-0002")
            assert other.get_evidence(digest) == b"photo"
        assert not [path for path in folder.rglob(".*") if path.is_file()]
        if disk.count < k:
            break
    assert k > 20


class Failing(Disk):
    def __init__(self) -> None:
        self.write_gives: int | OSError | None = None
        self.fsync_raises: OSError | None = None

    def write(self, fd: int, data: bytes) -> int:
        if isinstance(self.write_gives, OSError):
            raise self.write_gives
        return super().write(fd, data if self.write_gives is None else data[: self.write_gives])

    def fsync(self, fd: int) -> None:
        if self.fsync_raises:
            raise self.fsync_raises
        super().fsync(fd)


def test_disk_full_changes_nothing_and_the_next_commit_goes_on(folder: Path) -> None:
    disk = Failing()
    with open_store(folder, disk=disk) as store:
        before, head = store.find("nc"), store.head()
        for gives in (OSError(errno.ENOSPC, "No space left on device"), 0, 1, 100):
            disk.write_gives = gives
            with pytest.raises(ReadOnly, match=r"disk full: nothing was recorded; free space .* and try again"):
                store.commit(put("nc", "9", 0, "NC", x=1))
                pytest.fail("acknowledged")
            assert (store.find("nc"), store.head()) == (before, head)
            disk.write_gives = None
            assert not store.refresh()
        assert store.commit(put("nc", "9", 0, "NC", x=1)).n == 5
        with open_store(folder) as other:
            assert other.find("nc") == store.find("nc")


def test_all_but_the_newline_counts_as_written(folder: Path) -> None:
    disk = Failing()
    with open_store(folder, disk=disk) as store:
        once = put("t", "1", v=1)
        disk.write_gives = -1
        assert store.commit(once).n == 5
        assert store.get("t", "1") == {"v": 1}
        disk.write_gives = None
        assert not store.refresh()
        assert [r.n for r in store.changes(4)] == [5]
        assert store.commit(once).n == 5
        assert store.commit(put("t", "1", v=2)).n == 6
        with open_store(folder) as other:
            assert other.head() == store.head()


def test_after_a_failed_fsync_nothing_is_written_or_shown(folder: Path) -> None:
    disk = Failing()
    with open_store(folder, disk=disk) as store:
        head = store.head()
        disk.fsync_raises = OSError(errno.EIO, "Input/output error")
        with pytest.raises(ReadOnly, match="start again"):
            store.commit(put("t", "1", v=1))
        disk.fsync_raises = None
        assert store.get("t", "1") is None
        assert not store.refresh()
        assert store.head() == head
        for refused in (lambda: store.commit(put("t", "2", v=1)), lambda: store.put_evidence(b"x")):
            with pytest.raises(ReadOnly, match="start again"):
                refused()
