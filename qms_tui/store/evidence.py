"""Attached files under their SHA-256: durable before any line refers to them."""

import re
from hashlib import sha256

from qms_tui.i18n import _
from qms_tui.store import files, words
from qms_tui.store.base import EvidenceError
from qms_tui.store.layout import Layout

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


def put(layout: Layout, data: bytes) -> str:
    """Keep the bytes and return their digest; keeping them again costs a read. Raises ReadOnly."""
    digest = sha256(data).hexdigest()
    path = layout.evidence / digest
    try:
        files.make_folder(layout.disk, layout.evidence)
        if path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data:
            layout.disk.fsync_folder(layout.evidence)
        else:
            files.write_file(layout.disk, path, data)
    except OSError as error:
        raise words.not_written(error, path) from error
    return digest


def get(layout: Layout, digest: str) -> bytes | None:
    """The bytes; None where there are none. Raises EvidenceError when they are not what was kept."""
    if not _DIGEST.match(digest):
        return None
    path = layout.evidence / digest
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise EvidenceError(
            _("{path} cannot be read ({reason}); check its rights and the disk").format(
                path=path, reason=error.strerror
            )
        ) from error
    if sha256(data).hexdigest() != digest:
        raise EvidenceError(_("{path} is not what was kept; copy it back from a backup").format(path=path))
    return data
