"""The one writer at a time: a blocking flock with a deadline. Polling would starve the unlucky."""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from qms_tui.i18n import _
from qms_tui.store.base import Busy, Holder
from qms_tui.store.disk import Disk
from qms_tui.store.holder import held_by, named

_NOTE = 128  # bytes of the line that names the holder


class FileLock:
    """A flock on `path`, which must exist; `user` is the name that it shows while it is held.

    Each hold opens the file anew, so threads exclude each other too.
    """

    def __init__(self, disk: Disk, path: Path, user: str) -> None:
        self._disk = disk
        self._path = path
        self._user = user
        self._queued = 0

    def holder(self) -> Holder | None:
        """Who holds it while somebody of this process waits for it."""
        return named(self._note(), self._path) if self._queued else None

    @contextlib.contextmanager
    def hold(self, wait: float) -> Iterator[None]:
        """Hold the lock. Raises Busy, naming the holder, after `wait` seconds; OSError when there can be no lock."""
        disk = self._disk
        fd = disk.open(self._path, os.O_RDWR)
        try:
            disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._queued += 1
            try:
                self._queue(fd, wait)
            finally:
                self._queued -= 1
        except BaseException:
            disk.close(fd)
            raise
        try:
            with contextlib.suppress(OSError):  # a full disk must not keep the lock from working
                note = f"{os.getpid()} {self._user}".encode(errors="replace")[: _NOTE - 1]
                disk.note(fd, note.ljust(_NOTE - 1) + b"\n")
            yield
        finally:
            with contextlib.suppress(OSError):  # what was recorded is recorded
                disk.flock(fd, fcntl.LOCK_UN)  # a forked child may still have the file open
            with contextlib.suppress(OSError):
                disk.close(fd)

    def _queue(self, fd: int, wait: float) -> None:
        """Stand in the kernel's queue; after the deadline a thread stays behind to hand its turn on."""
        waiter = _Waiter(self._disk, fd)
        waiter.start()
        try:
            waiter.taken.wait(wait)
        except BaseException:
            if not waiter.leave():
                self._disk.close(fd)
            raise
        if waiter.leave():
            raise Busy(self._busy())
        if waiter.error is not None:
            self._disk.close(fd)
            raise waiter.error

    def _busy(self) -> str:
        holder = held_by(named(self._note(), self._path))
        return _("{path} is busy: {holder}; nothing was recorded, try again").format(
            path=self._path.parent, holder=holder
        )

    def _note(self) -> str:
        try:
            fd = self._disk.open(self._path, os.O_RDONLY)
        except OSError:
            return ""
        try:
            return self._disk.read(fd, _NOTE, 0).decode(errors="replace").strip()
        except OSError:
            return ""
        finally:
            self._disk.close(fd)


class _Waiter(threading.Thread):
    """Waits in flock, which cannot be given a deadline. Whoever is last, waiter or waited for, owns the file."""

    def __init__(self, disk: Disk, fd: int) -> None:
        super().__init__(name="qms-store-lock", daemon=True)
        self.taken = threading.Event()
        self.error: OSError | None = None
        self._disk = disk
        self._fd = fd
        self._mutex = threading.Lock()
        self._left = False

    def run(self) -> None:
        try:
            self._disk.flock(self._fd, fcntl.LOCK_EX)
        except OSError as error:
            self.error = error
        with self._mutex:
            if self._left:
                self._disk.close(self._fd)
            self.taken.set()

    def leave(self) -> bool:
        """Stop waiting; True when the lock had not come, and the file is then closed by the thread."""
        with self._mutex:
            self._left = not self.taken.is_set()
            return self._left
