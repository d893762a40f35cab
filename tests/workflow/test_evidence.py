"""Evidence is kept by its digest before anything refers to it."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from walk_helpers import answer_of, begun, item

from qms_tui.store.base import Actor, EvidenceError, Store
from qms_tui.workflow import evidence
from qms_tui.workflow.given import Given

DOORS = item("doors")


def test_a_file_is_kept_by_its_digest(store: Store, anna: Actor, tmp_path: Path) -> None:
    photo = tmp_path / "門 1.jpg"
    photo.write_bytes(b"\xff\xd8photo")
    walk = begun(store, anna)
    walk.answer(DOORS, Given(evidence=[str(photo)]))
    (kept,) = answer_of(walk, "doors")["evidence"]
    assert kept["digest"] == sha256(b"\xff\xd8photo").hexdigest()
    assert (kept["name"], kept["size"], kept["by"]) == ("門 1.jpg", 7, "anna")
    photo.unlink()
    assert store.get_evidence(kept["digest"]) == b"\xff\xd8photo"


@pytest.mark.parametrize("text", ["the seal is torn", "two\nlines /etc", "torn", "e.g. this", "門 [/] 🙂"])
def test_anything_else_is_text(store: Store, anna: Actor, text: str) -> None:
    walk = begun(store, anna)
    walk.answer(DOORS, Given(evidence=[text]))
    (kept,) = answer_of(walk, "doors")["evidence"]
    assert store.get_evidence(kept["digest"]) == text.encode() and kept["name"] == "pasted text"


def test_a_path_with_a_tilde_and_one_in_the_present_folder(
    store: Store, anna: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my photo").write_bytes(b"x")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    walk = begun(store, anna)
    walk.answer(DOORS, Given(evidence=["~/my photo", "my photo"]))
    assert [kept["name"] for kept in answer_of(walk, "doors")["evidence"]] == ["my photo", "my photo"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("/nowhere/photo.jpg", "^No such file or directory: /nowhere/photo.jpg$"),
        ("photo.jpg", "^No such file or directory: photo.jpg$"),
        ("~nobody-of-that-name/photo.jpg", "home directory: ~nobody"),
        ("/", "^Is a directory: /$"),
        ("/dev/zero", "^Not a regular file: /dev/zero$"),
        ("./a\0b", "embedded null"),
    ],
)
def test_a_file_that_cannot_be_kept_changes_nothing(
    store: Store, store_dir: Path, anna: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    good = tmp_path / "good.jpg"
    good.write_bytes(b"good")
    walk = begun(store, anna)
    with pytest.raises(EvidenceError, match=said) as refused:
        walk.answer(DOORS, Given("nonconform", evidence=[str(good), given]))
    assert "\n" not in str(refused.value)
    assert not store_dir.exists() and walk.number is None


def test_an_unreadable_file(store: Store, anna: Actor, tmp_path: Path) -> None:
    locked = tmp_path / "locked.jpg"
    if os.geteuid():
        locked.touch(mode=0)
    else:
        locked = Path("/proc/self/mem")  # not even root can read its first byte
    with pytest.raises(EvidenceError, match=f": {locked}$"):
        begun(store, anna).answer(DOORS, Given(evidence=[str(locked)]))


def test_a_file_that_is_too_large(store: Store, store_dir: Path, anna: Actor, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(evidence.LARGEST + 1)
    with pytest.raises(EvidenceError, match=r"^Larger than 100 MB: .*film\.mp4$"):
        begun(store, anna).answer(DOORS, Given(evidence=[str(film)]))
    assert not store_dir.exists()


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(EvidenceError, match=f"^Not a regular file: {pipe}$"):
        evidence.read_evidence(str(pipe))


def test_a_file_whose_size_is_not_known_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proc = Path("/proc/self/status")
    if not proc.exists():
        pytest.skip("no /proc")
    assert evidence.read_evidence(str(proc)).startswith(b"Name:")
    monkeypatch.setattr(evidence, "LARGEST", 10)
    with pytest.raises(EvidenceError, match="Larger than"):
        evidence.read_evidence(str(proc))


def test_evidence_adds_up(store: Store, anna: Actor) -> None:
    walk = begun(store, anna)
    for text in ("one thing", "another thing", "one thing"):
        walk.answer(DOORS, Given(evidence=[text]))
    digests = [kept["digest"] for kept in answer_of(walk, "doors")["evidence"]]
    assert len(digests) == 3 and digests[0] == digests[2] != digests[1]
