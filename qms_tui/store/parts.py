"""Files of `state/` that are named by their content: derived from the journal, never changed, safe to delete."""

import json
import os
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from qms_tui.store import files, words
from qms_tui.store.disk import Disk
from qms_tui.store.ids import uuid7

_KEPT = 64  # parsed parts in memory; a walk needs about ten
_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

Part = dict[str, dict[str, Any]]  # TinyDB's own JSON: table -> id -> document


class PartLost(Exception):
    """A part is missing, torn or edited. It can be made again from the journal."""


class Parts:
    """The parts of one store. A reader without the right to write keeps those that it makes in a folder of its own."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self.folder = folder
        self._used: set[Path] = set()  # that were wanted since `settle`
        self._dropped: set[Path] = set()  # that were replaced since then
        self._new: set[Path] = set()  # that were not there before
        self._disk = disk
        self._spare: Path | None = None
        self._parsed: OrderedDict[str, Part] = OrderedDict()

    @property
    def apart(self) -> bool:
        """Some parts are not in the store's folder, so no other process can use them."""
        return self._spare is not None

    def path(self, table: str, digest: str, label: str = "") -> Path:
        """`state/answers/<audit>.<16 hex>.json`, `state/audits/<64 hex>.json`."""
        return self._path(self.folder, table, digest, label)

    def read(self, table: str, digest: str, label: str = "") -> Part:
        """Raises PartLost unless the file is what the digest says."""
        part = self._parsed.get(digest)
        if part is not None:
            self._parsed.move_to_end(digest)
            return part
        for folder in filter(None, (self.folder, self._spare)):
            name = self._name(folder, table, digest, label)
            with suppress(OSError), open(name, "rb", buffering=0) as file:  # noqa: PTH123 - see `_name`
                data = file.readall()
                if sha256(data).hexdigest() == digest:
                    return self._keep(digest, json.loads(data.decode()))
        raise PartLost(self.path(table, digest, label))

    def write(self, table: str, part: Part, label: str = "") -> str:
        """Keep a part and return its digest. It is durable after `settle`. Raises ReadOnly."""
        data = _dumps(part).encode()
        digest = sha256(data).hexdigest()
        path = self.path(table, digest, label)
        self._used.add(path)
        self._dropped.discard(path)
        self._keep(digest, part)
        try:
            if self._spare is not None:
                raise OSError
            self._put(path, data)
        except OSError:
            try:
                self._put(self._path(self._own_folder(), table, digest, label), data)
            except OSError as error:
                raise words.not_written(error, path) from error
        return digest

    def drop(self, table: str, digest: str, label: str = "") -> None:
        """Say that a part has been replaced."""
        path = self.path(table, digest, label)
        self._dropped.add(path)
        self._used.discard(path)

    def tidy(self) -> None:
        """Remove those that are new and were replaced again: nobody else has heard of them."""
        for path in self._dropped & self._new:
            self.remove(path)
        self._dropped, self._new = self._dropped - self._new, self._new - self._dropped

    def clear(self) -> None:
        """Remove all that were replaced, from a folder that nobody else reads; nothing is remembered of the others."""
        for path in self._dropped:
            self.remove(path)
        self._used, self._dropped, self._new = set(), set(), set()

    def settle(self) -> tuple[set[Path], set[Path]]:
        """Wait until the new parts are on the disk; gives those that were replaced, and those that are used.

        Raises OSError, PartLost.
        """
        self.tidy()
        folders = set()
        for path in self._new:
            try:
                fd = self._disk.open(path, os.O_RDONLY)
            except FileNotFoundError:
                raise PartLost(path) from None
            try:
                self._disk.fsync(fd)
            finally:
                self._disk.close(fd)
            folders.add(path.parent)
        for folder in folders:
            self._disk.fsync_folder(folder)
        replaced, used = self._dropped, self._used
        self._used, self._dropped, self._new = set(), set(), set()
        return replaced, used

    def forget(self, apart: bool = False) -> None:
        """Take nothing that was read or written as being there; with `apart`, write to a folder of our own from now on.

        Raises OSError.
        """
        self._parsed.clear()
        self._used, self._dropped, self._new = set(), set(), set()
        if apart:
            self._own_folder()

    def remove(self, path: Path) -> None:
        with suppress(OSError):
            self._disk.unlink(path)

    def close(self) -> None:
        if self._spare is not None:
            import shutil

            shutil.rmtree(self._spare, ignore_errors=True)
            self._spare = None

    def _path(self, folder: Path, table: str, digest: str, label: str) -> Path:
        return Path(self._name(folder, table, digest, label))

    def _name(self, folder: Path, table: str, digest: str, label: str) -> str:
        """A list of ten thousand reads three hundred parts: a `Path` for each would cost as much as its JSON."""
        name = f"{files.safe_name(label)}.{digest[:16]}" if label else digest
        return f"{folder}/{_folder_of(table)}/{name}.json"

    def _keep(self, digest: str, part: Part) -> Part:
        self._parsed[digest] = part
        if len(self._parsed) > _KEPT:
            self._parsed.popitem(last=False)
        return part

    def _put(self, path: Path, data: bytes) -> None:
        with suppress(OSError):
            if path.read_bytes() == data:
                return
        if not path.parent.exists():
            for folder in (path.parent.parent, path.parent):
                files.make_folder(self._disk, folder)
        files.write_file(self._disk, path, data, durable=False)
        self._new.add(path)

    def _own_folder(self) -> Path:
        if self._spare is None:
            import tempfile

            self._spare = Path(tempfile.gettempdir()) / f"qms-tui-{uuid7()}"
            self._disk.mkdir(self._spare, 0o700)
        return self._spare


@cache
def _folder_of(table: str) -> str:
    return ".".join(filter(None, map(files.safe_name, table.split(".")))) or "%"
