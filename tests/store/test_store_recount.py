"""A journal of any length is proven with a bounded part of it in memory, and no worse for that."""

import errno
import json
import os
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qms_tui.store.base import StoreError
from qms_tui.store.chain import Chain, read_lines
from qms_tui.store.disk import Disk
from qms_tui.store.indexes import LAYOUT
from qms_tui.store.layout import Layout
from qms_tui.store.line import FIRST, encode
from qms_tui.store.open import open_store
from qms_tui.store.recount import Recount, recounting

FOLD = 100


class SmallBlocks(Disk):
    """Gives less at a time than is asked for, so that a short journal is read as a long one is."""

    def read(self, fd: int, length: int, offset: int) -> bytes:
        return super().read(fd, min(length, 1 << 14), offset)


class FullDisk(Disk):
    def write(self, fd: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def op(table: str, id: str, **changes: list[Any]) -> list[Any]:
    return [table, id, changes]


def audits(count: int, note: str = "") -> Iterator[list[list[Any]]]:
    """What lines change: audits with ten answers each, whose status follows forty audits later."""
    for k in range(count):
        number = f"A-2026-{k + 1:04d}"
        yield [op("audits", f"a{k}", number=[None, number], status=[None, "in_progress"])]
        for item in range(10):
            yield [op("answers", f"a{k}/{item}", result=[None, "conform"], note=[None, f"{note}Hall {k}, gate {item}"])]
        if k >= 40:
            yield [op("audits", f"a{k - 40}", status=["in_progress", "completed"])]


def made(path: Path) -> Path:
    path.mkdir()
    return path


def written(folder: Path, changes: Iterator[list[list[Any]]], **at_last: Any) -> Layout:
    """A journal with these changes, one line each, and a last line with more keys."""
    layout = Layout(SmallBlocks(), folder)
    n, prev = 0, FIRST
    with layout.journal.open("wb") as file:
        for ops in changes:
            n += 1
            entry = {"n": n, "id": f"{n}", "at": "", "by": "anna", "why": "", "ops": ops, "prev": prev}
            file.write(encode(entry) + b"\n")
            prev = entry["h"]
        if at_last:
            entry = {"n": n + 1, "id": "last", "at": "", "by": "anna", "why": "", "ops": [], **at_last, "prev": prev}
            file.write(encode(entry) + b"\n")
    return layout


def recounted(layout: Layout, parts: Path, fold: int = FOLD) -> tuple[Recount, list[tuple[int, str]], int]:
    """What is wrong, by line; and how many lines were in memory at most."""
    parts.mkdir()
    chain, recount = Chain("journal.jsonl"), Recount(layout, parts, fold)
    wrong, most = [], 0
    for raw in read_lines(layout.disk, layout.journal):
        wrong += [(raw.number, what) for what in recount.follow(raw, chain.follow(raw))]
        most = max(most, recount.held)
    assert chain.flaws == []
    return recount, wrong, most


def test_what_is_held_does_not_grow_with_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qms_tui.store.parts._KEPT", 8)
    peaks, left = [], []
    for name, count in (("short", 50), ("long", 150)):
        layout = written(made(tmp_path / name), audits(count, "It was seen. " * 200))
        tracemalloc.start()
        _recount, wrong, most = recounted(layout, tmp_path / name / "parts")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert wrong == [] and most < FOLD
        left.append(sum(path.stat().st_size for path in (tmp_path / name / "parts").rglob("*.json")))
    assert peaks[1] < 1.3 * peaks[0] < layout.journal.stat().st_size / 4, peaks
    assert left[1] < 3.5 * left[0]  # what was replaced is not left lying there


def test_an_old_value_that_was_left_long_before_is_compared(tmp_path: Path) -> None:
    forged = [*audits(60), [op("audits", "a0", status=["in_progress", "closed"])], [op("answers", "a1/3", note=["?"])]]
    _recount, wrong, _most = recounted(written(tmp_path, iter(forged)), tmp_path / "parts")
    assert [(n, what.split(":")[0]) for n, what in wrong] == [
        (len(forged) - 1, "audits a0"),
        (len(forged), "answers a1/3"),
    ]


def test_a_document_that_one_line_changes_twice(tmp_path: Path) -> None:
    first, second = op("t", "1", v=[None, 1]), op("t", "1", v=[1, 2])
    for lines, flaws in (([[first, second]], 0), ([[second, first]], 2), ([[first], [second, op("t", "1", v=[1])]], 1)):
        folder = made(tmp_path / f"{flaws}")
        assert len(recounted(written(folder, iter(lines)), folder / "parts")[1]) == flaws


def test_a_checkpoint_far_behind_is_compared(tmp_path: Path) -> None:
    changes = list(audits(60))
    place = {"n": 333, "h": "", "offset": 0, "line": 333, "layout": LAYOUT, "parts": {}}
    layout = written(tmp_path, iter(changes), checkpoint=place)
    lines = layout.journal.read_bytes().splitlines(keepends=True)
    place |= {"h": lines[332][-67:-3].decode(), "offset": sum(map(len, lines[:333]))}
    for fold in (7, FOLD, 10_000):  # the parts are the same, however the lines were taken together
        recount, wrong, _most = recounted(
            written(tmp_path, iter(changes), checkpoint=place), tmp_path / f"{fold}", fold
        )
        assert wrong == []
        if fold == 7:
            (lie,) = recount.lies
            assert (lie.line, lie.n) == (len(changes) + 1, len(changes) + 1)
            place["parts"] = roots_behind(changes[:333], tmp_path)
        else:
            assert recount.lies == []


def roots_behind(changes: list[list[list[Any]]], folder: Path) -> dict[str, str]:
    """As a store that is opened on these lines says in a checkpoint."""
    layout = written(made(folder / "behind"), iter(changes))
    layout.about.write_text('{"format":1,"store":"s","created":""}')
    with open_store(layout.directory) as store:
        store.checkpoint()
    parts: dict[str, str] = json.loads(layout.journal.read_bytes().splitlines()[-1])["checkpoint"]["parts"]
    return parts


def test_a_part_that_somebody_removes_meanwhile_is_one_line(tmp_path: Path) -> None:
    layout = written(tmp_path, audits(60))
    (tmp_path / "parts").mkdir()
    recount = Recount(layout, tmp_path / "parts", FOLD)
    chain = Chain("journal.jsonl")
    with pytest.raises(StoreError, match="what was put there is gone"):
        for raw in read_lines(layout.disk, layout.journal):
            list(recount.follow(raw, chain.follow(raw)))
            for path in (tmp_path / "parts").rglob("*.json"):
                path.unlink()


def test_where_there_is_no_room_for_the_documents_it_is_one_line_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = written(tmp_path, audits(60))
    monkeypatch.setattr(tempfile, "tempdir", str(made(tmp_path / "temporary")))
    layout.disk = FullDisk()
    with pytest.raises(StoreError, match="let TMPDIR name"), recounting(layout, FOLD) as recount:
        chain = Chain("journal.jsonl")
        for raw in read_lines(Disk(), layout.journal):
            list(recount.follow(raw, chain.follow(raw)))
    assert list((tmp_path / "temporary").iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="TMPDIR"), recounting(layout):
        pass
