"""The way in."""

from collections.abc import Callable
from pathlib import Path

from qms_tui.store.clock import Clock, utcnow
from qms_tui.store.disk import Disk
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.layout import Layout

WAIT = 10.0  # seconds for the lock, far beyond what a commit takes


def open_store(
    directory: Path,
    clock: Clock = utcnow,
    *,
    wait: float = WAIT,
    disk: Disk | None = None,
    tell: Callable[[str], None] | None = None,
    name: str = "",
) -> JournalStore:
    """Open the store in `directory`: its last checkpoint, and what came since.

    Where there is none it is empty to a reader, and created by the first write. `clock` gives a transaction's time; the
    year of a human number is the year in the clock's own zone. `tell` gets a line when opening will take long, because
    there is no checkpoint that can be used. `name` is who others are told to wait for, else the system user. Raises
    Damaged; StoreError when it cannot be read.
    """
    return JournalStore(Layout(disk or Disk(), directory.absolute()), clock, wait, tell, name)
