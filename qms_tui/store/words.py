"""What a person reads when the system refuses."""

import errno
from pathlib import Path

from qms_tui.i18n import _
from qms_tui.store.base import ReadOnly, StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_RIGHTS = (errno.EACCES, errno.EPERM)


def disk_full(path: Path) -> ReadOnly:
    """Nothing was recorded, for there was no room."""
    return ReadOnly(
        _("disk full: nothing was recorded; free space at {path} and try again").format(path=path),
        _("disk full; free space at {path}").format(path=path.parent),
    )


def not_written(error: OSError, path: Path) -> ReadOnly:
    """Nothing was recorded, and why."""
    if error.errno in _FULL:
        return disk_full(path)
    if error.errno in _RIGHTS:
        return ReadOnly(
            _("{path} cannot be written ({reason}): nothing was recorded; ask its owner for the right to write").format(
                path=path, reason=error.strerror
            ),
            _("no right to write; ask the owner of {path}").format(path=path),
        )
    if error.errno == errno.EROFS:
        return ReadOnly(
            _("{path} cannot be written ({reason}): nothing was recorded; ask who runs this machine").format(
                path=path, reason=error.strerror
            ),
            _("the disk is mounted for reading only; ask who runs the machine of {path}").format(path=path.parent),
        )
    return ReadOnly(
        _("{path} cannot be written ({reason}): nothing was recorded; check the disk and try again").format(
            path=path, reason=error.strerror or error
        ),
        _("it cannot be written; check the disk of {path}").format(path=path.parent),
    )


def not_synced(error: OSError, path: Path) -> ReadOnly:
    """The one error after which the outcome is not known."""
    return ReadOnly(
        _(
            "{path}: the disk did not confirm ({reason}), so whether the last entry is kept is not known; "
            "nothing more is written in this session: check the disk and start again"
        ).format(path=path, reason=error.strerror or error),
        _("the disk did not confirm the last entry, it may be lost; check the disk and start again"),
        unsure=True,
    )


def closed_since(path: Path) -> ReadOnly:
    """Why nothing is written after that error."""
    return ReadOnly(
        _(
            "{path}: nothing was recorded, for the disk did not confirm an earlier entry; "
            "check the disk and start again"
        ).format(path=path),
        _("the disk did not confirm an entry; check it and start the program again"),
    )


def not_read(error: OSError, path: Path) -> StoreError:
    """Why a file of the store cannot be read."""
    return StoreError(
        _("{path} cannot be read ({reason}); check its rights and the disk").format(
            path=path, reason=error.strerror or error
        )
    )
