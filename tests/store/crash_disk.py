"""What the power leaves: every effect on the disk is remembered, and the states that a crash may leave are made again.

A name is durable when its folder was synced, bytes when their file was. Of what was not synced yet a crash leaves any
number of changes of names, in the order in which they were done, and any beginning of the bytes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qms_tui.store.disk import Disk

BLOCK = 512


@dataclass
class Content:
    """The bytes of one file, and how many of them are durable."""

    data: bytearray = field(default_factory=bytearray)
    durable: int = 0


@dataclass(frozen=True)
class Name:
    """A change of names: `path` leads to `content` from now on; to nothing where that is None."""

    path: Path
    content: Content | None
    folder: bool = False


@dataclass(frozen=True)
class Image:
    """Files by path, relative to the store's parent; None is a folder."""

    files: dict[Path, bytes | None]
    acknowledged: int


class CrashDisk(Disk):
    """Does everything, and remembers it. `images` gives the states between the last effect and the one before."""

    def __init__(self, top: Path, *, syncing: bool = True) -> None:
        self.top = top
        self.acknowledged = 0
        self.moments: list[list[Image]] = []
        self._syncing = syncing
        self._now: dict[Path, Content | None] = {}  # names as they are; None is a folder
        self._durable: dict[Path, Content | None] = {}
        self._pending: list[Name] = []
        self._open: dict[int, tuple[Path, Content | None]] = {}

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        fd = super().open(path, flags, mode)
        if flags & os.O_CREAT:
            self._named(Name(path, Content()))
        self._open[fd] = path, self._now.get(path)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        content = self._open[fd][1]
        assert content is not None
        written = super().write(fd, data)
        before = len(content.data)
        content.data += data[:written]
        self._remember(content, before)
        return written

    def fsync(self, fd: int) -> None:
        if not self._syncing:
            return
        path, content = self._open[fd]
        if content is not None:
            content.durable = len(content.data)
        else:
            for change in [change for change in self._pending if change.path.parent == path]:
                self._pending.remove(change)
                self._apply(self._durable, change)
        self._remember()

    def mkdir(self, path: Path, mode: int) -> None:
        super().mkdir(path, mode)
        self._named(Name(path, None, folder=True))

    def rmdir(self, path: Path) -> None:
        super().rmdir(path)
        self._named(Name(path, None))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._named(Name(path, None))

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._named(Name(target, self._now[source]))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        content = self._now[source]
        self._named(Name(target, content, folder=content is None), Name(source, None))

    def acknowledge(self) -> None:
        self.acknowledged += 1
        self._remember()

    def _named(self, *changes: Name) -> None:
        """Several changes are one effect: a rename is whole or has not happened."""
        for change in changes:
            self._apply(self._now, change)
        self._pending += changes
        self._remember()

    @staticmethod
    def _apply(names: dict[Path, Content | None], change: Name) -> None:
        if change.content is not None or change.folder:
            names[change.path] = change.content
        else:
            names.pop(change.path, None)

    def _remember(self, written: Content | None = None, before: int = 0) -> None:
        """The images of now: any number of pending names, and of the bytes just written any beginning."""
        images = []
        for count in range(len(self._pending) + 1):
            names = dict(self._durable)
            for change in self._pending[:count]:
                self._apply(names, change)
            ends = self._ends(written, before) if count == len(self._pending) else [None]
            images += [Image(dict(self._files(names, written, end)), self.acknowledged) for end in ends]
        self.moments.append(images)

    @staticmethod
    def _ends(written: Content | None, before: int) -> list[int | None]:
        if written is None:
            return [None, 0]
        whole = len(written.data)
        near = range(before, min(whole, before + 2 * BLOCK)), range(max(before, whole - BLOCK), whole + 1)
        return sorted({*near[0], *near[1], *range(before - before % BLOCK, whole, BLOCK)} - set(range(written.durable)))

    def _files(
        self, names: dict[Path, Content | None], written: Content | None, end: int | None
    ) -> Iterator[tuple[Path, bytes | None]]:
        for path, content in names.items():
            if content is None:
                yield path.relative_to(self.top), None
            elif content is written and end is not None:
                yield path.relative_to(self.top), bytes(content.data[:end])
            else:  # nothing that was not synced, or all of it
                length = content.durable if end == 0 or written is not None else len(content.data)
                yield path.relative_to(self.top), bytes(content.data[:length])


def lay_out(image: Image, folder: Path) -> None:
    """Make the files of an image in an empty folder."""
    for path, data in sorted(image.files.items()):
        place = folder / path
        if data is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
