"""Folders with the rights of a shared store, and files that appear whole or not at all."""

import contextlib
import errno
import os
from hashlib import sha256
from pathlib import Path

from qms_tui.store.disk import Disk
from qms_tui.store.ids import uuid7

FOLDER_MODE = 0o2770
_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_LONGEST = 180  # of a file name's 255 bytes
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def make_store_folder(disk: Disk, path: Path) -> None:
    """Create the folder of a store with mode 2770 whatever the umask. One that exists keeps its rights."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(disk, path, FOLDER_MODE)


def make_folder(disk: Disk, path: Path) -> None:
    """Create a folder inside a store's folder, open to the same group."""
    if not path.exists():
        _make(disk, path, 0o700 | disk.stat(path.parent).st_mode & 0o2070)


def _make(disk: Disk, path: Path, mode: int) -> None:
    """A folder that has its rights from the moment it is seen."""
    draft = path.with_name(f".{path.name}.{uuid7()}")
    disk.mkdir(draft, 0o700)
    try:
        disk.chmod(draft, mode)
        disk.replace(draft, path)  # takes the place of an empty folder only
    except OSError as error:
        with contextlib.suppress(OSError):
            disk.rmdir(draft)
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    disk.fsync_folder(path.parent)


def file_mode(disk: Disk, folder: Path) -> int:
    """The owner reads and writes; the group as it may in the folder; nobody else. 0660 in a folder of mode 2770."""
    return 0o600 | disk.stat(folder).st_mode & 0o060


def safe_name(text: str) -> str:
    """A file name for any text: other bytes than letters, digits, - and _ become %XX."""
    raw = text.encode(errors="surrogateescape")
    name = "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in raw)
    return name if len(name) <= _LONGEST else f"{name[:80]}%{sha256(raw).hexdigest()}"


def write_file(disk: Disk, path: Path, data: bytes, first_wins: bool = False, durable: bool = True) -> None:
    """Write a file durably under a temporary name, then give it its own; with `first_wins` an existing one stays.

    Raises OSError; then the file is as before.
    """
    draft = path.with_name(f".{path.name[:64]}.{uuid7()}")
    mode = file_mode(disk, path.parent)
    try:
        fd = disk.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            disk.fchmod(fd, mode)
            write_all(disk, fd, data)
            if durable:
                disk.fsync(fd)
        finally:
            disk.close(fd)
        if first_wins:
            _link(disk, draft, path)
        else:
            disk.replace(draft, path)
    finally:
        with contextlib.suppress(OSError):
            disk.unlink(draft)
    if durable:
        disk.fsync_folder(path.parent)


def write_all(disk: Disk, fd: int, data: bytes) -> None:
    """As many writes as it takes. Raises OSError; then a part may be written."""
    view = memoryview(data)
    while view:
        written = disk.write(fd, bytes(view) if len(view) < len(data) else data)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def _link(disk: Disk, source: Path, target: Path) -> None:
    try:
        disk.link(source, target)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if not target.exists():
            disk.replace(source, target)
