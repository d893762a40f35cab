"""Text typed but not yet recorded, one file a user. Not part of the record."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, LOCK_NB
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
    try:
        files.make_store_folder(disk, directory)
        folder = draft_path(directory, user).parent
        files.make_folder(disk, folder)
    except OSError as error:
        raise words.not_written(error, directory) from error
    with _alone(disk, folder):
        save_draft(directory, user, change(load_draft(directory, user)), disk)


@contextlib.contextmanager
def _alone(disk: Disk, folder: Path) -> Iterator[None]:
    """The lock on the folder; without it where there are no locks, or after a second: a draft is no record."""
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
