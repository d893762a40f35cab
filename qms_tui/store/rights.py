"""What in the rights of a store keeps its people from working, or lets in others."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from qms_tui.i18n import _
from qms_tui.store.layout import Layout

_NEVER = stat.S_IWOTH


def problems(layout: Layout) -> Iterator[str]:
    """One line each: what, where, and how to mend it. Nothing where there is no store."""
    try:
        folder = layout.directory.stat()
    except OSError:
        return
    shared = bool(folder.st_mode & stat.S_IWGRP)
    if shared and not folder.st_mode & stat.S_ISGID:
        yield _("{path}: new files do not stay with its group; chmod g+s {path}").format(path=layout.directory)
    folders = [path for path in (layout.directory, layout.evidence, layout.drafts) if path.is_dir()]
    files = [path for path in (layout.about, layout.journal, layout.lock) if path.exists()]
    for path in (*folders, *files):
        yield from _of(path, shared, folder.st_gid, writing=path != layout.about)


def _of(path: Path, shared: bool, group: int, *, writing: bool) -> Iterator[str]:
    about = path.stat()
    if about.st_mode & _NEVER:
        yield _("{path}: everybody may write to it; chmod o-w {path}").format(path=path)
    wanted = stat.S_IRGRP | (stat.S_IWGRP if writing else 0)
    if shared and about.st_mode & wanted != wanted:
        yield _("{path}: its group lacks rights that it has on the folder; chmod g+rw {path}").format(path=path)
    if shared and about.st_gid != group:
        yield _("{path}: it belongs to another group than the folder; chgrp --reference={folder} {path}").format(
            path=path, folder=path.parent
        )
    if not os.access(path, os.R_OK | (os.W_OK if writing else 0)):
        yield _("{path}: you lack the right to read or write it; ask its owner").format(path=path)
