"""Rights, evidence, drafts, and who acts."""

import contextlib
import errno
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from store_helpers import put

from qms_tui.store.actor import actor, ssh_key, system_user
from qms_tui.store.base import Actor, EvidenceError, Invalid, ReadOnly
from qms_tui.store.disk import Disk
from qms_tui.store.drafts import draft_path, load_draft, save_draft, spare_path
from qms_tui.store.line import encode
from qms_tui.store.open import open_store


@pytest.fixture(params=[0o022, 0o077, 0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def fill(folder: Path) -> None:
    with open_store(folder) as store:
        store.commit(put("t", "1", v=1))
        store.put_evidence(b"x")
        store.checkpoint()
    save_draft(folder, "anna", {"a": 1})


def test_a_new_store_is_shared_whatever_the_umask(tmp_path: Path, umask: None) -> None:
    folder = tmp_path / "deep" / "store"
    fill(folder)
    assert oct(folder.stat().st_mode & 0o7777) == "0o2770"
    assert {p.name for p in folder.iterdir()} >= {"evidence", "drafts", "state", "journal.jsonl"}
    assert {oct(p.stat().st_mode & 0o7777) for p in folder.rglob("*") if p.is_dir()} == {"0o2770"}
    assert {oct(p.stat().st_mode & 0o7777) for p in folder.rglob("*") if p.is_file()} == {"0o660"}


@pytest.mark.parametrize(
    ("mode", "inner", "file"), [(0o2770, 0o2770, 0o660), (0o755, 0o750, 0o640), (0o700, 0o700, 0o600)]
)
def test_an_existing_folder_keeps_its_rights_and_files_follow_it(
    tmp_path: Path, mode: int, inner: int, file: int
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    folder.chmod(mode)
    fill(folder)
    assert folder.stat().st_mode & 0o7777 == mode
    assert {p.stat().st_mode & 0o7777 for p in folder.rglob("*") if p.is_dir()} == {inner}
    assert {p.stat().st_mode & 0o7777 for p in folder.rglob("*") if p.is_file()} == {file}


@contextlib.contextmanager
def without_roots_rights() -> Iterator[None]:
    """As an ordinary user; root may write anywhere."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_without_the_right_to_write_reading_goes_on() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders keep other users out
        Path(name).chmod(0o755)
        folder = Path(name) / "store"
        folder.mkdir(mode=0o755)
        fill(folder)
        (folder / "journal.jsonl").chmod(0o444)
        with without_roots_rights(), open_store(folder) as store:
            assert store.get("t", "1") == {"v": 1}
            with pytest.raises(ReadOnly, match="right to write"):
                store.commit(put("t", "1", v=2))


@contextlib.contextmanager
def append_only(path: Path) -> Iterator[None]:
    """With `chattr +a`: not even root may change what stands there."""
    done = subprocess.run(["chattr", "+a", path], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs root and a file system with chattr +a")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-a", path], check=True)


@pytest.mark.skipif(shutil.which("chattr") is None, reason="chattr is not installed")
def test_a_journal_under_chattr_a(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    fill(folder)
    journal = folder / "journal.jsonl"
    with append_only(journal), open_store(folder) as store:
        with pytest.raises(PermissionError):
            journal.write_bytes(b"")
        with journal.open("ab") as file:
            file.write(b'{"n":')  # what a crash leaves
        assert store.commit(put("t", "1", v=2)).n == 3
        assert store.checkpoint()
        assert store.refresh() is False
    with open_store(folder) as store:
        assert store.get("t", "1") == {"v": 2} and store.head()[0] == 4


def test_an_older_format_is_read_and_unknown_things_survive(tmp_path: Path) -> None:
    """What a later version of this format adds, in the lines and in the documents, stays through a write."""
    folder = tmp_path / "store"
    fill(folder)
    about = folder / "store.json"
    about.write_text(about.read_text().replace('"format":1', '"format":0,"more":[1]'))
    was = about.read_bytes()
    with open_store(folder) as store:
        store.commit(put("t", "1", v=2, later={"a": [1, None]}))
        n, h = store.head()
    entry = {"n": n + 1, "id": "x", "at": "2030-01-01T00:00:00.000Z", "by": "anna", "why": "", "colour": "red",
             "ops": [["t", "1", {"w": [None, 1]}]], "prev": h}  # fmt: skip
    with (folder / "journal.jsonl").open("ab") as file:
        file.write(encode(entry) + b"\n")
    for _turn in range(2):
        with open_store(folder) as store:
            store.commit(put("t", "1", v=3))
            store.checkpoint()
            assert store.get("t", "1") == {"v": 3, "later": {"a": [1, None]}, "w": 1}
    assert about.read_bytes() == was
    assert b'"colour":"red"' in (folder / "journal.jsonl").read_bytes()


def test_evidence_by_content(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        digest = store.put_evidence(b"photo")
        assert digest == sha256(b"photo").hexdigest() == store.put_evidence(b"photo")
        assert store.get_evidence(digest) == b"photo"
        assert store.get_evidence("../store.json") is None
        kept = tmp_path / "store" / "evidence" / digest
        kept.write_bytes(b"other")
        with pytest.raises(EvidenceError, match="not what was kept"):
            store.get_evidence(digest)
        assert store.put_evidence(b"photo") == digest
        assert [path.name for path in kept.parent.iterdir()] == [digest]


@pytest.mark.parametrize("user", ["anna", "../../etc/passwd", "", ".", "安娜 \n", "a" * 400, "DOMAIN\\anna", "\udcff"])
def test_drafts_of_any_user(tmp_path: Path, user: str) -> None:
    folder = tmp_path / "store"
    assert load_draft(folder, user) == {}
    save_draft(folder, "other", {"b": 1})
    save_draft(folder, user, {"note": "typed \udcff 稽核"})
    assert load_draft(folder, user) == {"note": "typed \udcff 稽核"}
    path = draft_path(folder, user)
    assert path.parent == folder / "drafts" and path.is_file()
    path.write_text('{"note": "ty')
    assert load_draft(folder, user) == {}
    save_draft(folder, user, {})
    assert not path.exists()
    save_draft(folder, user, {})
    with pytest.raises(Invalid):
        save_draft(folder, user, {"x": object()})
    assert load_draft(folder, "other") == {"b": 1}


def test_a_draft_that_lies_apart_is_the_whole_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    save_draft(folder, "anna", {"walks": {"k1": 1, "k2": 2}})
    store_takes_nothing = NoPlace()
    save_draft(folder, "anna", {"walks": {"k2": 2}}, store_takes_nothing)
    assert load_draft(folder, "anna") == {"walks": {"k2": 2}}
    save_draft(folder, "anna", {}, store_takes_nothing)
    assert load_draft(folder, "anna") == {}
    save_draft(folder, "anna", {"walks": {"k3": 3}})
    assert load_draft(folder, "anna") == {"walks": {"k3": 3}}
    assert not spare_path(folder, "anna").exists()


class NoPlace(Disk):
    """A store's folder takes nothing; other folders do."""

    def _refuse(self, path: Path) -> None:
        if "store" in path.parts:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & os.O_CREAT:
            self._refuse(path)
        return super().open(path, flags, mode)

    def unlink(self, path: Path) -> None:
        self._refuse(path)
        super().unlink(path)


def test_the_actor_is_the_system_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USER", "somebody")
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.delenv("SSH_USER_AUTH", raising=False)
    user = pwd.getpwuid(os.getuid()).pw_name
    assert actor() == Actor(user) == actor(user) == actor(" ")
    assert actor(f"  other-{user} ") == Actor(f"other-{user}", user)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    assert system_user() == "uid4000000"


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen (Debian: openssh-client) is not installed")
def test_the_key_that_opened_the_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    kind, blob, *_ = Path(f"{key}.pub").read_text().split()
    info = tmp_path / "auth"
    info.write_text(f"publickey {kind} {blob}\n")
    monkeypatch.setenv("SSH_USER_AUTH", str(info))
    told = subprocess.run(["ssh-keygen", "-l", "-f", f"{key}.pub"], check=True, capture_output=True, text=True).stdout
    assert ssh_key() == told.split()[1]
    assert actor("anna").via == f"{system_user()} {told.split()[1]}"
    for text in ("password\n", "publickey ssh-ed25519 ???\n", ""):
        info.write_text(text)
        assert ssh_key() is None


def test_importing_the_store_stays_light() -> None:
    code = "import qms_tui.store.open, qms_tui.store.drafts, sys; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    )
    assert not loaded & {"pydantic", "textual", "rich", "uuid6", "asyncio", "ssl", "urllib.request"}
