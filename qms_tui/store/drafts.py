"""Text typed but not yet recorded, one file a user. Not part of the record."""

import contextlib
import json
from hashlib import sha256
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from qms_tui.i18n import _
from qms_tui.store import files, words
from qms_tui.store.base import Invalid
from qms_tui.store.disk import Disk

_SAFE = frozenset((ascii_letters + digits + "-_").encode())
_LONGEST = 180  # of a file name's 255 bytes


def draft_path(directory: Path, user: str) -> Path:
    """A file name for any user name: other bytes than letters, digits, - and _ become %XX."""
    raw = user.encode(errors="surrogateescape")
    name = "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in raw)
    if len(name) > _LONGEST:
        name = f"{name[:80]}%{sha256(raw).hexdigest()}"
    return directory / "drafts" / f"{name or '%'}.json"


def load_draft(directory: Path, user: str) -> dict[str, Any]:
    """What was kept; empty when there is nothing or the file makes no sense."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        draft = json.loads(draft_path(directory, user).read_bytes())
        if isinstance(draft, dict):
            return draft
    return {}


def save_draft(directory: Path, user: str, draft: dict[str, Any], disk: Disk | None = None) -> None:
    """Keep a draft in place of the one before; an empty one takes the file away. Raises ReadOnly, Invalid."""
    disk = disk or Disk()
    path = draft_path(directory, user)
    try:
        data = json.dumps(draft).encode()
    except (TypeError, ValueError) as error:
        raise Invalid(_("this draft cannot be kept: {reason}").format(reason=error)) from error
    try:
        if not draft:
            with contextlib.suppress(FileNotFoundError):
                disk.unlink(path)
            return
        files.make_store_folder(disk, directory)
        files.make_folder(disk, path.parent)
        files.write_file(disk, path, data)
    except OSError as error:
        raise words.not_written(error, path) from error
