"""What keeps a store from being written, for real: rights, a disk that is full or mounted for reading, a held lock."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2  # root's rights to pass over those of a file
_VERSION_3 = 0x20080522

# A program that root starts behind this has the rights of a file's owner and no more.
PLAIN = [] if os.getuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]

_HOLD = """
import sys
from pathlib import Path
from qms_tui.store.disk import Disk
from qms_tui.store.lock import FileLock
with FileLock(Disk(), Path(sys.argv[1]), "ben").hold(5):
    print("held", flush=True)
    sys.stdin.read()
"""

needs_setpriv = pytest.mark.skipif(bool(PLAIN) and shutil.which("setpriv") is None, reason="setpriv is not installed")


@contextmanager
def ordinary_user() -> Iterator[None]:
    """This process has the rights of somebody who owns nothing: root may read and write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def plain_rights() -> Iterator[None]:
    """This thread and those that it starts have the rights of a file's owner and no more, even if it is root's."""
    if os.getuid():
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    before = sets[0]
    sets[0] &= ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")
    try:
        yield
    finally:
        sets[0] = before
        libc.capset(header, sets)


def take_rights(store: Path) -> None:
    """Nobody may write to a store any more."""
    for path in (*store.rglob("*"), store):
        path.chmod(path.stat().st_mode & ~0o222)


def give_rights(store: Path) -> None:
    for path in (store, *store.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)


@contextmanager
def held_by_ben(store: Path) -> Iterator[int]:
    """Another process, whose id this gives, holds the store's lock."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(store / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 400 kB, for whom may mount one."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "small", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.xfail(f"no right to mount a disk: {done.stderr}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


def fill(disk: Path) -> Path:
    """Others' bytes take all the room; the file that has them."""
    others = disk / "others"
    with others.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return others
