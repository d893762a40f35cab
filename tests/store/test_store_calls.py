"""Each call to the disk fails once, reading ones too: in words, with nothing changed or all of it, and not for good."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_helpers import put, tx

from qms_tui.store.base import Op, StoreError
from qms_tui.store.disk import Disk
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove

CALLS = (
    "open",
    "close",
    "read",
    "write",
    "note",
    "fsync",
    "fstat",
    "stat",
    "fchmod",
    "chmod",
    "mkdir",
    "replace",
    "link",
)


class EveryCall(Disk):
    """Counts all calls; the one at `at` raises EIO instead. Closing does close: the kernel gives the number away."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.count = 0
        self.failed = ""

    def __getattribute__(self, name: str) -> Any:
        call: Callable[..., Any] = super().__getattribute__(name)
        if name not in CALLS:
            return call

        def counted(*args: Any) -> Any:
            self.count += 1
            if self.count != self.at:
                return call(*args)
            self.failed = name
            if name == "close":
                call(*args)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        return counted


def use(folder: Path, disk: Disk) -> tuple[set[str], list[str]]:
    """Two sessions of work; the documents that were acknowledged, and what was told."""
    acknowledged, told = set(), []
    work: list[tuple[str, Callable[[Any], Any]]] = [
        ("t/1", lambda store: store.commit(put("t", "1", v=1))),
        ("", lambda store: store.put_evidence(b"photo")),
        ("nc/1", lambda store: store.commit(tx(Op("t", "1", {"v": 2}), Op("nc", "1", {}, None, "NC")))),
        ("", lambda store: store.refresh()),
        ("", lambda store: list(store.history("t"))),
        ("", lambda store: store.find("t")),
        ("t/2", lambda store: store.commit(put("t", "2", v=3))),
    ]
    for _session in range(2):
        try:
            with open_store(folder, disk=disk, wait=5) as store:
                for document, step in work:
                    try:
                        step(store)
                        acknowledged.add(document)
                    except StoreError as error:
                        told.append(str(error))
        except StoreError as error:
            told.append(str(error))
    return acknowledged - {""}, told


@pytest.fixture
def calls(tmp_path: Path) -> int:
    disk = EveryCall()
    assert use(tmp_path / "whole", disk)[1] == []
    return disk.count


@pytest.mark.slow
def test_any_call_may_fail(tmp_path: Path, calls: int) -> None:
    assert calls > 60
    failed: dict[str, int] = {}
    for at in range(1, calls + 1):
        folder = tmp_path / str(at)
        disk = EveryCall(at)
        acknowledged, told = use(folder, disk)
        failed[disk.failed] = failed.get(disk.failed, 0) + 1
        assert all("\n" not in words and str(folder) in words for words in told), told
        with open_store(folder) as store:
            found = {f"{table}/{doc.id}": doc for table in ("t", "nc") for doc in store.find(table)}
            assert acknowledged <= found.keys(), (at, disk.failed)
            assert store.commit(put("nc", "2", 0, "NC")).numbers["2"].endswith(f"-000{1 + ('nc/1' in found)}")
        proof = prove(folder)
        assert proof.good, (at, disk.failed, proof.flaws)
    assert failed.keys() >= {"open", "read", "write", "fsync", "fstat", "stat", "replace", "link", "mkdir"}
