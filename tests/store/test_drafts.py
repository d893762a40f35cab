"""A person's draft where the store's folder takes it, and where it does not: no window takes another's text away."""

import threading
from pathlib import Path
from typing import Any

import pytest

from qms_tui.store import drafts
from qms_tui.store.disk import Disk
from qms_tui.store.drafts import change_draft, load_draft, spare_path

BOUND = 20.0


class QueueingDisk(Disk):
    """Tells when somebody had to wait for a lock."""

    def __init__(self) -> None:
        self.waited = threading.Event()

    def flock(self, fd: int, operation: int) -> None:
        try:
            super().flock(fd, operation)
        except BlockingIOError:
            self.waited.set()
            raise


@pytest.mark.parametrize("apart", [False, True], ids=["in the store", "apart"])
def test_two_windows_that_change_a_draft_at_once_both_stand_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(drafts, "_LOCK_SECONDS", BOUND)
    (tmp_path / "file").touch()
    store = (tmp_path / "file" if apart else tmp_path) / "store"
    disk, inside = QueueingDisk(), threading.Event()
    calls: list[int] = []

    def add_one(draft: dict[str, Any]) -> dict[str, Any]:
        calls.append(1)
        if len(calls) == 2:  # with the lock, and after the draft was read for good
            inside.set()
            assert disk.waited.wait(BOUND)
        return {**draft, "one": "ice"}

    def add_two() -> None:
        change_draft(store, "anna", lambda draft: {**draft, "two": "a filter"}, disk)
        disk.waited.set()

    one, two = threading.Thread(target=change_draft, args=(store, "anna", add_one)), threading.Thread(target=add_two)
    one.start()
    assert inside.wait(BOUND)
    two.start()
    one.join()
    two.join()
    assert load_draft(store, "anna") == {"one": "ice", "two": "a filter"}
    assert spare_path(store, "anna").exists() is apart
