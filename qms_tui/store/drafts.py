"""Text typed but not yet recorded, one file a user. Not part of the record.

It lies in the store's folder. While nothing can be written there it lies in the person's own state folder
(`XDG_STATE_HOME`), and comes back with the next draft that the store takes.
"""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, LOCK_NB
from hashlib import sha256
from pathlib import Path
from typing import Any

from qms_tui.i18n import _
from qms_tui.store import files, words
from qms_tui.store.base import Invalid
from qms_tui.store.disk import Disk

_LOCK_SECONDS = 1.0  # windows that are closed together wait for each other; when the line goes there is little time


def draft_path(directory: Path, user: str) -> Path:
    """The user's file, whatever the name."""
    return directory / "drafts" / f"{files.safe_name(user) or '%'}.json"


def spare_path(directory: Path, user: str) -> Path:
    """Where it lies while the store's folder takes nothing."""
    from platformdirs import user_state_path

    store = sha256(os.fsencode(directory.resolve())).hexdigest()[:16]
    return user_state_path("qms-tui") / "drafts" / f"{store}-{draft_path(directory, user).name}"


def load_draft(directory: Path, user: str) -> dict[str, Any]:
    """What was kept; empty when there is nothing or the file makes no sense. What lies apart is whole, and newer."""
    apart = _load(spare_path(directory, user))
    return apart if apart is not None else _load(draft_path(directory, user)) or {}


def _load(path: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        draft = json.loads(path.read_bytes())
        if isinstance(draft, dict):
            return draft
    return None


def save_draft(directory: Path, user: str, draft: dict[str, Any], disk: Disk | None = None) -> None:
    """Keep a draft in place of the one before; an empty one takes the file away. Raises ReadOnly, Invalid."""
    disk = disk or Disk()
    try:
        data = json.dumps(draft).encode()
    except (TypeError, ValueError) as error:
        raise Invalid(_("this draft cannot be kept: {reason}").format(reason=error)) from error
    path, apart = draft_path(directory, user), spare_path(directory, user)
    try:
        if draft:
            files.make_store_folder(disk, directory)
            files.make_folder(disk, path.parent)
            files.write_file(disk, path, data)
        else:
            with contextlib.suppress(FileNotFoundError):
                disk.unlink(path)
    except OSError as error:
        try:
            _make_apart(apart.parent)
            files.write_file(disk, apart, data)
        except OSError:
            raise words.not_written(error, path) from error
    else:
        with contextlib.suppress(OSError):
            disk.unlink(apart)


def change_draft(
    directory: Path, user: str, change: Callable[[dict[str, Any]], dict[str, Any]], disk: Disk | None = None
) -> None:
    """Put what `change` makes of the draft in its place; windows of one person do so one after the other.

    Raises as `save_draft`.
    """
    disk = disk or Disk()
    before = load_draft(directory, user)
    if change(before) == before:
        return  # a look at a checklist makes no folder
    folder, apart = draft_path(directory, user).parent, spare_path(directory, user).parent
    with contextlib.suppress(OSError):  # then it is kept apart
        files.make_store_folder(disk, directory)
        files.make_folder(disk, folder)
    if not os.access(folder, os.R_OK):
        with contextlib.suppress(OSError):
            _make_apart(apart)
    with _alone(disk, folder), _alone(disk, apart):
        save_draft(directory, user, change(load_draft(directory, user)), disk)


def _make_apart(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextlib.contextmanager
def _alone(disk: Disk, folder: Path) -> Iterator[None]:
    """The lock on a folder; without it where that is not there, or has no locks, or after a second: it is no record.

    It is asked for again and again: flock has no deadline but for a thread that is left waiting behind, as `store.lock`
    does; here no others wait than the windows of one person, and each has the lock for milliseconds.
    """
    try:
        fd = disk.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield
        return
    try:
        end = time.monotonic() + _LOCK_SECONDS
        while time.monotonic() < end:
            try:
                disk.flock(fd, LOCK_EX | LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                break
        yield
    finally:
        disk.close(fd)
