"""Who holds the lock: what its last writer noted in it, believed only while that process still holds it."""

import contextlib
import os
from pathlib import Path

from qms_tui.i18n import _
from qms_tui.store.base import Holder

_LOCKS = Path("/proc/locks")


def named(note: str, lock: Path) -> Holder:
    """The holder of a lock that is held. `note` is `PID NAME`; another program notes nothing, or a dead writer did."""
    pid, _space, user = note.partition(" ")
    pids = _holding(lock)
    if pid.isdecimal() and (pid in pids if pids else _is_alive(int(pid))):
        return Holder(user or "?", pid)
    return Holder("", pids[0] if len(pids) == 1 else "")


def held_by(holder: Holder) -> str:
    """The holder in words."""
    if holder.user:
        return _("held by {user} (pid {pid})").format(user=holder.user, pid=holder.pid)
    if holder.pid:
        return _("held by another program (pid {pid})").format(pid=holder.pid)
    return _("held by another program")


def _holding(lock: Path) -> list[str]:
    """The processes that hold a flock on a file, as the kernel lists them (`man 5 proc`); none where it does not.

    A line is `1: FLOCK ADVISORY WRITE PID MAJOR:MINOR:INODE 0 EOF`, of one that waits `1: -> FLOCK ...`. Some file
    systems number their device otherwise than by stat: where none has it the inode alone counts.
    """
    found: list[tuple[str, str]] = []
    device = ""
    with contextlib.suppress(OSError, IndexError):
        stat = lock.stat()
        device = f"{os.major(stat.st_dev):02x}:{os.minor(stat.st_dev):02x}"
        for line in _LOCKS.read_text("ascii").splitlines():
            words = line.split()
            where, _colon, inode = words[5].rpartition(":")
            if words[1] == "FLOCK" and inode == str(stat.st_ino):
                found.append((where, words[4]))
    return [pid for where, pid in found if where == device] or [pid for _where, pid in found]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True
