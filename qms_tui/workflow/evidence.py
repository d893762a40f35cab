"""Evidence: files and pasted text, kept by digest before anything refers to them."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import EvidenceError, Store

LARGEST = 100 * 1024 * 1024  # bytes; a photograph is 5 MB, an hour of sound 60 MB
_BLOCK = 1 << 20


def read_evidence(path: str) -> bytes:
    """The bytes of an evidence file. Raises EvidenceError: missing, no regular file, unreadable, beyond LARGEST."""
    with _opened(path) as fd:
        return _read_up_to_largest(fd, path)


@contextmanager
def _opened(path: str) -> Iterator[int]:
    """A file descriptor of an evidence file; what goes wrong with it is an EvidenceError."""
    try:
        file = Path(path).expanduser()
        _require_file(file.stat(), path)
        fd = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            _require_file(os.fstat(fd), path)
            yield fd
        finally:
            os.close(fd)
    except (OSError, ValueError, RuntimeError) as error:
        what = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise EvidenceError(f"{what}: {path}") from error


def is_readable(given: str) -> bool:
    """True; or EvidenceError now where `keep_all` would raise it, without reading a file through."""
    text = given.strip()
    if _is_path(text):
        with _opened(text):
            pass
    return True


def _require_file(about: os.stat_result, path: str) -> None:
    """A pipe would block and a device has no end."""
    if stat.S_ISDIR(about.st_mode):
        raise EvidenceError(_("Is a directory: {path}").format(path=path))
    if not stat.S_ISREG(about.st_mode):
        raise EvidenceError(_("Not a regular file: {path}").format(path=path))
    if about.st_size > LARGEST:
        raise _too_large(path)


def _read_up_to_largest(fd: int, path: str) -> bytes:
    """What is there, whatever size the system names: it may grow, and /proc says 0."""
    data = bytearray()
    while block := os.read(fd, min(_BLOCK, LARGEST + 1 - len(data))):
        data += block
        if len(data) > LARGEST:
            raise _too_large(path)
    return bytes(data)


def _too_large(path: str) -> EvidenceError:
    return EvidenceError(_("Larger than {limit} MB: {path}").format(limit=LARGEST // 2**20, path=path))


def keep(store: Store, data: bytes, name: str, by: str, at: str) -> dict[str, Any]:
    """Keep bytes in the store; the entry that an answer's `evidence` lists."""
    return {"digest": store.put_evidence(data), "name": name, "size": len(data), "by": by, "at": at}


def keep_all(store: Store, given: Sequence[str], by: str, at: str) -> list[dict[str, Any]]:
    """Keep what was typed or pasted: each a file's path, or else the text itself; all of them or none.

    One line is a path when it has a slash, a tilde, or one word with a suffix (`photo.jpg`), or names what exists; the
    file must then be readable. Anything else is text. Raises EvidenceError, and what Store.put_evidence raises.
    """
    return [keep(store, data, name, by, at) for data, name in read_all(given)]


def read_all(given: Sequence[str]) -> list[tuple[bytes, str]]:
    """The bytes and the name of each. Raises EvidenceError."""
    return [_read(text) for text in given]


def _read(given: str) -> tuple[bytes, str]:
    text = given.strip()
    if _is_path(text):
        return read_evidence(text), Path(text).name
    return given.encode(), _("pasted text")


def _is_path(text: str) -> bool:
    if "\n" in text or len(text) > 4096:
        return False
    one_word = not any(char.isspace() for char in text)
    if text.startswith(("/", "~", "./", "../")) or (one_word and ("/" in text or bool(Path(text).suffix))):
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL
        return False
