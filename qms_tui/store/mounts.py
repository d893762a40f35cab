"""Which file system a folder lies on, and whether it keeps the promises about locks and fsync that a store rests on."""

import re
from pathlib import Path

from qms_tui.i18n import _

_TABLE = Path("/proc/self/mountinfo")
_NETWORK = frozenset([
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "orangefs", "prl_fs", "pvfs2", "smb3", "smbfs", "vboxsf", "vmhgfs", "fuse.ceph", "fuse.davfs2",
    "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse",
])  # fmt: skip


def file_system(folder: Path, table: Path = _TABLE) -> str | None:
    """The type, such as `ext4` or `nfs4`, under the nearest folder that exists; None where the system does not say."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder).resolve()
    try:
        lines = table.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    best: tuple[int, str] | None = None
    for line in lines:
        before, _dash, after = line.partition(" - ")
        point = Path(_unescaped(before.split()[4]))
        length = len(point.parts)
        if there.is_relative_to(point) and (best is None or length >= best[0]):  # what is mounted last lies on top
            best = length, after.split()[0]
    return best[1] if best else None


def warning(kind: str | None, folder: Path) -> str | None:
    """One line for a file system that is reached over a network or shared with another system; None for others."""
    if kind not in _NETWORK:
        return None
    return _(
        "{path} lies on a network file system ({kind}), which does not keep the promises about locks and fsync that "
        "the record rests on; move the store to a local disk of one host, and come to it by SSH"
    ).format(path=folder, kind=kind)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
