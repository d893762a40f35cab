"""Every effect on the disk passes through here, so that tests can make any call fail."""

import errno
import fcntl
import os
from pathlib import Path

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone leaves bytes in the drive's cache


class Disk:
    """The system calls the store makes. Each raises OSError as the system does."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def close(self, fd: int) -> None:
        os.close(fd)

    def read(self, fd: int, length: int, offset: int) -> bytes:
        return os.pread(fd, length, offset)

    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data)

    def note(self, fd: int, data: bytes, offset: int = 0) -> int:
        """Write over a part of a file whose content is only a hint; how many bytes went."""
        return os.pwrite(fd, data, offset)

    def truncate(self, fd: int, length: int) -> None:
        """For copies. The record itself is never cut."""
        os.ftruncate(fd, length)

    def fsync(self, fd: int) -> None:
        """Wait until the disk has what was written, as far as the system can tell."""
        if _FULL_SYNC is not None:
            fcntl.fcntl(fd, _FULL_SYNC)
        else:
            os.fsync(fd)

    def fsync_folder(self, path: Path) -> None:
        """As `fsync`, of the names in a folder."""
        fd = self.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.fsync(fd)
        except OSError as error:
            if error.errno != errno.EINVAL:  # a file system that has no such call for folders
                raise
        finally:
            self.close(fd)

    def fstat(self, fd: int) -> os.stat_result:
        return os.fstat(fd)

    def stat(self, path: Path) -> os.stat_result:
        return path.stat()

    def free(self, path: Path) -> int:
        """Bytes that may still be written there, 0 where that is not known."""
        try:
            about = os.statvfs(path)
        except OSError:
            return 0
        return about.f_bavail * about.f_frsize

    def fchmod(self, fd: int, mode: int) -> None:
        os.fchmod(fd, mode)

    def chmod(self, path: Path, mode: int) -> None:
        path.chmod(mode)

    def mkdir(self, path: Path, mode: int) -> None:
        path.mkdir(mode)

    def rmdir(self, path: Path) -> None:
        path.rmdir()

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        target.hardlink_to(source)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def flock(self, fd: int, operation: int) -> None:
        fcntl.flock(fd, operation)
