"""Evidence: files and pasted text, kept by digest before anything refers to them."""

from pathlib import Path
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import EvidenceError, Store

LARGEST = 100 * 1024 * 1024  # bytes; a photograph is 5 MB, an hour of sound 60 MB


def read_evidence(path: str) -> bytes:
    """The bytes of an evidence file. Raises EvidenceError: missing, a folder, unreadable, or larger than LARGEST."""
    file = Path(path).expanduser()
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise EvidenceError(
                _("{path}: {size} MB; an evidence file may have {limit} MB").format(
                    path=path, size=size // 2**20, limit=LARGEST // 2**20
                )
            )
        return file.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise EvidenceError(_("{path}: {what}; name a file that can be read").format(path=path, what=what)) from error


def keep(store: Store, data: bytes, name: str, by: str, at: str) -> dict[str, Any]:
    """Keep bytes in the store; the entry that an answer's `evidence` lists."""
    return {"digest": store.put_evidence(data), "name": name, "size": len(data), "by": by, "at": at}


def keep_given(store: Store, given: str, by: str, at: str) -> dict[str, Any]:
    """Keep what was typed or pasted: a file's path, or else the text itself.

    One line that looks like a path (it has a slash, a tilde or names a file that exists) is a file and must be
    readable; anything else is text.
    """
    text = given.strip()
    if "\n" not in text and (text.startswith(("/", "~", "./", "../")) or Path(text).exists()):
        return keep(store, read_evidence(text), Path(text).name, by, at)
    return keep(store, given.encode(), _("pasted text"), by, at)
