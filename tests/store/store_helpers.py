"""What the tests of the store share: transactions in short form, and disks that fail."""

import errno
import os
from pathlib import Path
from typing import Any

from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.disk import Disk
from qms_tui.store.ids import uuid7

ANNA = Actor("anna")


def tx(*ops: Op, why: str = "", id: str | None = None) -> Tx:
    return Tx(id or uuid7(), ANNA, ops, why)


def put(table: str, id: str, base_rev: int | None = None, number: str | None = None, **fields: Any) -> Tx:
    return tx(Op(table, id, fields, base_rev, number))


class FaultyDisk(Disk):
    """Fails at the k-th effect: `short` writes half, else the named errno is raised and nothing is done."""

    def __init__(self, at: int, fault: str) -> None:
        self.at = at
        self.fault = fault
        self.count = 0

    def _due(self) -> bool:
        self.count += 1
        return self.count == self.at

    def _fail(self) -> None:
        if self._due():
            code = errno.EIO if self.fault == "short" else getattr(errno, self.fault)
            raise OSError(code, os.strerror(code))

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            self._fail()
        return super().open(path, flags, mode)

    def write(self, fd: int, data: bytes) -> int:
        if self._due():
            if self.fault == "short":
                return super().write(fd, data[: len(data) // 2])
            code = getattr(errno, self.fault)
            raise OSError(code, os.strerror(code))
        return super().write(fd, data)

    def fsync(self, fd: int) -> None:
        self._fail()
        super().fsync(fd)

    def fchmod(self, fd: int, mode: int) -> None:
        self._fail()
        super().fchmod(fd, mode)

    def chmod(self, path: Path, mode: int) -> None:
        self._fail()
        super().chmod(path, mode)

    def mkdir(self, path: Path, mode: int) -> None:
        self._fail()
        super().mkdir(path, mode)

    def replace(self, source: Path, target: Path) -> None:
        self._fail()
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self._fail()
        super().link(source, target)

    def note(self, fd: int, data: bytes, offset: int = 0) -> int:
        self._fail()
        return super().note(fd, data, offset)


class HastyDisk(Disk):
    """Does not wait for the disk: for tests that are about bytes and not about the power."""

    def fsync(self, fd: int) -> None: ...


class DurableDisk(Disk):
    """Knows what would be left after the power went: bytes that were fsynced under names whose folder was."""

    def __init__(self) -> None:
        self.synced: dict[int, bytes] = {}  # inode -> bytes
        self.names: dict[str, dict[str, int]] = {}  # folder -> name -> inode
        self.calls: list[str] = []

    def write(self, fd: int, data: bytes) -> int:
        self.calls.append("write")
        return super().write(fd, data)

    def fsync(self, fd: int) -> None:
        self.calls.append("fsync")
        path = Path(f"/proc/self/fd/{fd}").readlink()
        if path.is_dir():
            self.names[str(path)] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            self.synced[os.fstat(fd).st_ino] = path.read_bytes()

    def left(self, path: Path) -> bytes:
        """The bytes of a file after the power went; KeyError when its name is not there."""
        return self.synced[self.names[str(path.parent)][path.name]]
