"""On which file system a store lies."""

from pathlib import Path

import pytest

from qms_tui.store.mounts import file_system, warning

TABLE = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /proc rw,nosuid - proc proc rw
41 22 0:50 / {home} rw,relatime shared:1 - ext4 /dev/vdb rw
42 41 0:51 / {home}/a\040share rw,relatime shared:2 master:1 - nfs4 host:/x rw,vers=4.2
43 41 0:52 / {home}/mounted rw - ext4 /dev/vdc rw
44 41 0:53 / {home}/mounted rw - fuse.sshfs anna@host: rw
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(TABLE.format(home=tmp_path))
    return path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("store", "ext4"),
        ("a share/deep/store", "nfs4"),
        ("a sharer", "ext4"),
        ("mounted/store", "fuse.sshfs"),
        ("link/store", "nfs4"),
    ],
)
def test_the_mount_nearest_to_the_folder(tmp_path: Path, table: Path, folder: str, kind: str) -> None:
    for name in ("a share", "a sharer", "mounted"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a share")
    assert file_system(tmp_path / folder, table) == kind
    told = warning(kind, tmp_path / folder)
    assert (told is None) == (kind == "ext4")
    assert told is None or (kind in told and str(tmp_path / folder) in told and "\n" not in told)


def test_this_machine_says_something_or_nothing(tmp_path: Path) -> None:
    told = any(line.split()[4] == "/" for line in Path("/proc/self/mountinfo").read_text().splitlines())
    assert file_system(tmp_path / "not" / "there") or not told  # within chroot the root's own line is missing
    assert file_system(tmp_path, tmp_path / "no table") is None
    assert warning(None, tmp_path) is None
