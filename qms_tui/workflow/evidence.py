"""Evidence: files and pasted text, kept by digest before anything refers to them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import EvidenceError, Store

LARGEST = 100 * 1024 * 1024  # bytes; a photograph is 5 MB, an hour of sound 60 MB


def read_evidence(path: str) -> bytes:
    """The bytes of an evidence file. Raises EvidenceError: missing, a folder, unreadable, or larger than LARGEST."""
    try:
        file = Path(path).expanduser()
        size = file.stat().st_size
        if size > LARGEST:
            raise EvidenceError(
                _("{path}: {size} MB; an evidence file may have {limit} MB").format(
                    path=path, size=-(-size // 2**20), limit=LARGEST // 2**20
                )
            )
        return file.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise EvidenceError(_("{path}: {what}; name a file that can be read").format(path=path, what=what)) from error


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
