"""The files in a store's evidence folder, held against their names. Needs no store that opens."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.store import words

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_BLOCK = 1 << 20


class Kept(NamedTuple):
    """An attached file: its name, its size in bytes (None where there is no file), and what is wrong with it."""

    digest: str
    size: int | None
    flaw: str | None = None


def names(folder: Path) -> Iterator[str]:
    """The digests of which there is a file, sorted. Files being written have other names. Raises StoreError."""
    try:
        found = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise words.not_read(error, folder) from error
    yield from (name for name in found if _DIGEST.match(name))


def look(folder: Path, digest: str) -> Kept:
    """Read the file of a digest and hold it against its name."""
    if not _DIGEST.match(digest):
        return Kept(digest, None, _("it is not the name of an attached file"))
    hashed, size = sha256(), 0
    try:
        with (folder / digest).open("rb") as file:
            while block := file.read(_BLOCK):
                hashed.update(block)
                size += len(block)
    except (FileNotFoundError, NotADirectoryError):
        return Kept(digest, None, _("it is missing"))
    except OSError as error:
        return Kept(digest, size, _("it cannot be read ({reason})").format(reason=error.strerror or error))
    return Kept(digest, size, None if hashed.hexdigest() == digest else _("it is not what was kept: its hash differs"))
