"""What is typed in a window outlives a write that is cut short: the next one finds the text before it or after it."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import HastyDisk

from qms_tui.store.live_draft import LiveDraft, take_over


class NotingDisk(HastyDisk):
    """Remembers each write over the file, and what stood there before; takes no more than `room` bytes of one."""

    room = 1 << 20

    def __init__(self) -> None:
        self.notes: list[tuple[bytes, bytes, int]] = []
        self.truncated = 0

    def note(self, fd: int, data: bytes, offset: int = 0) -> int:
        self.notes.append((os.pread(fd, 1 << 20, 0), data, offset))
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().note(fd, data[: self.room], offset)

    def truncate(self, fd: int, length: int) -> None:
        self.truncated += 1
        super().truncate(fd, length)


def of_text(text: str) -> dict[str, Any]:
    return {"typed": {"kept": {"why": text}}} if text else {}


def left(folder: Path) -> list[dict[str, Any]]:
    """What the next window is given."""
    found: list[dict[str, Any]] = []
    take_over(folder, "anna", found.extend)
    return found


def torn(folder: Path, before: bytes, data: bytes, offset: int, cut: int) -> list[dict[str, Any]]:
    """What is given when a kill left so much of a write."""
    image = bytearray(before.ljust(offset if cut else 0, b"\0"))
    image[offset : offset + cut] = data[:cut]
    (folder / "drafts").mkdir(parents=True, exist_ok=True)
    (folder / "drafts" / "anna.killed.live").write_bytes(image)
    return left(folder)


def written(folder: Path, texts: list[str]) -> NotingDisk:
    disk = NotingDisk()
    window = LiveDraft(folder, "anna", "w", disk)
    for text in texts:
        window.keep(of_text(text))
    window.end(kept=True)
    return disk


def test_a_write_that_is_cut_anywhere_leaves_the_text_before_or_after_it(tmp_path: Path) -> None:
    texts = [
        "i",
        "ic",
        "ice",
        "ice on the unit, 冷 and\nmore",
        "ice",
        "",
        "a filter " * 30,
        "a filter",
        "x" * 400,
        "y",
        "z",
    ]
    disk = written(tmp_path / "live", texts)
    assert len(disk.notes) == len(texts) and not disk.truncated  # one call each
    for (before, data, offset), old, new in zip(disk.notes, ["", *texts], texts, strict=False):
        for cut in range(len(data) + 1):
            given = torn(tmp_path / "torn", before, data, offset, cut)
            may_be = {new} if cut == len(data) else {old} if cut < len(data) - 1 else {old, new}  # a last newline
            assert given in [[of_text(text)] if text else [] for text in may_be], (old, new, cut)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12), st.data())
def test_any_texts_cut_somewhere(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    top = tmp_path_factory.mktemp("live")
    kept = [text for before, text in zip(["", *texts], texts, strict=False) if text != before]  # another one is written
    notes = written(top, texts).notes
    assert len(notes) == len(kept)
    for note, old, new in zip(notes, ["", *kept], kept, strict=False):
        cut = data.draw(st.integers(0, len(note[1])))
        assert torn(top / "torn", *note, cut) in ([of_text(old)] if old else [], [of_text(new)] if new else [])


def test_the_file_of_a_window_that_types_for_long_stays_small(tmp_path: Path) -> None:
    disk = written(tmp_path, ["x" * n for n in range(1, 2000, 7)])
    assert max(len(before) for before, _data, _offset in disk.notes) < 3 * max(len(data) for _b, data, _o in disk.notes)


@pytest.mark.parametrize("room", [0, 1, 20])
def test_a_full_disk_leaves_the_text_before_and_takes_the_next_one(tmp_path: Path, room: int) -> None:
    disk = NotingDisk()
    window = LiveDraft(tmp_path, "anna", "w", disk)
    window.keep(of_text("ice"))
    disk.room = room
    window.keep(of_text("ice on the unit"))
    window.end(kept=False)
    assert left(tmp_path) == [of_text("ice")]

    disk.room = NotingDisk.room
    window = LiveDraft(tmp_path, "anna", "w2", disk)
    window.keep(of_text("ice"))
    disk.room = room
    window.keep(of_text("ice on the unit"))
    disk.room = NotingDisk.room
    window.keep(of_text("ice on the unit"))  # the same text: it was not written
    window.end(kept=False)
    assert left(tmp_path) == [of_text("ice on the unit")]
