"""Several processes on one store."""

import fcntl
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_helpers import put, tx

from qms_tui.store import holder
from qms_tui.store.base import Busy, Conflict, Op
from qms_tui.store.holder import held_by, named
from qms_tui.store.open import open_store

spawn = multiprocessing.get_context("fork")


def write_many(folder: Path, name: str, count: int) -> None:
    """Each commit takes a number and adds one to a counter that all share."""
    with open_store(folder, wait=60) as store:
        for i in range(count):
            while True:
                store.refresh()
                counter = store.get("counter", "c")
                have = counter["v"] if counter else 0
                try:
                    store.commit(
                        tx(
                            Op("nc", f"{name}{i}", {"by": name}, 0, "NC"),
                            Op("counter", "c", {"v": have + 1}, counter.rev if counter else 0),
                        )
                    )
                    break
                except Conflict:
                    continue


@pytest.mark.slow
def test_numbers_without_gaps_and_nothing_lost(tmp_path: Path) -> None:
    """Writers that read without the lock, and are told when somebody was faster."""
    folder = tmp_path / "store"
    workers = [spawn.Process(target=write_many, args=(folder, name, 15)) for name in "abcd"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    with open_store(folder) as store:
        found = store.find("nc")
        assert sorted(doc.id for doc in found) == sorted(f"{name}{i}" for name in "abcd" for i in range(15))
        assert sorted(int(doc["number"][-4:]) for doc in found) == list(range(1, 61))
        assert store.get("counter", "c") == {"v": 60}
        assert store.head()[0] == 60


@pytest.mark.slow
def test_twenty_writers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The long run is `python tests/store/many_writers.py`."""
    import many_writers

    assert many_writers.main(["--writers", "20", "--transactions", "10"]) == 0
    assert "200 acknowledged, all found" in capfd.readouterr().out


WRITER = """
import sys
from pathlib import Path
from store_helpers import put
from qms_tui.store.holder import held_by, named
from qms_tui.store.open import open_store
store = open_store(Path(sys.argv[1]))
start = store.head()[0]
for i in range(100000):
    name = f"{sys.argv[2]}-{i}"
    store.commit(put("t", name, 0, "NC", text="x" * (i * 37 % 3000)))
    print(name, flush=True)
"""


@pytest.mark.slow
def test_kill_9_of_a_writer_loses_nothing_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    acknowledged: list[str] = []
    for turn in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, str(turn)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent,
            env=os.environ | {"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[2]}"},
        )
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(0.05 + turn * 0.013)
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        acknowledged += [
            line.decode().strip() for line in [first, *rest.splitlines(keepends=True)] if line.endswith(b"\n")
        ]
        with open_store(folder) as store:
            store.commit(put("t", f"after-{turn}", 0, "NC"))
            found = store.find("t")
            assert set(acknowledged) <= {doc.id for doc in found}
            numbers = [int(doc["number"].rpartition("-")[2]) for doc in found]
            assert numbers == list(range(1, len(found) + 1))
    assert len(acknowledged) > 5


def test_a_held_lock_is_busy_and_names_the_holder(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(folder, wait=0.2) as store:
        store.commit(put("t", "1", v=1))
        with (folder / "lock").open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.write(f"{os.getpid()} berta{' ' * 80}\n")
            held.flush()
            for _attempt in range(2):
                start = time.monotonic()
                with pytest.raises(Busy, match=rf"busy: held by berta \(pid {os.getpid()}\); nothing was recorded"):
                    store.commit(put("t", "1", v=2))
                assert time.monotonic() - start > 0.15
            assert store.get("t", "1") == {"v": 1}
        assert store.commit(put("t", "1", v=3)).n == 2


@pytest.mark.parametrize("note", ["", "1 berta", "99999999 berta", "berta", f"{10**30} x"])
def test_another_program_that_holds_the_lock_is_not_taken_for_the_last_writer(tmp_path: Path, note: str) -> None:
    folder = tmp_path / "store"
    with open_store(folder, wait=0.2, name="cleo") as store:
        store.commit(put("t", "1", v=1))
        assert (folder / "lock").read_text().strip() == f"{os.getpid()} cleo"
        (folder / "lock").write_text(note)
        command = ["flock", str(folder / "lock"), "-c", "echo held; read end"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None and other.stdout.readline() == b"held\n"
            with pytest.raises(Busy, match=rf"busy: held by another program \(pid {other.pid}\); nothing was recorded"):
                store.commit(put("t", "1", v=2))
            other.communicate(b"\n")
        assert store.commit(put("t", "1", v=3)).n == 2


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("1 berta", "held by berta (pid 1)"),  # alive
        ("1", "held by ? (pid 1)"),
        ("99999999 berta", "held by another program"),
        ("", "held by another program"),
        (f"{10**30} x", "held by another program"),
    ],
)
def test_where_the_kernel_lists_no_locks_the_holder_is_at_least_alive(tmp_path: Path, note: str, words: str) -> None:
    (tmp_path / "lock").touch()  # nobody holds it
    assert held_by(named(note, tmp_path / "lock")) == words


def test_a_lock_of_that_inode_on_another_disk_is_another_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel lists both; a device that stat numbers otherwise is the only one."""
    lock, listed = tmp_path / "lock", tmp_path / "locks"
    lock.touch()
    stat = lock.stat()
    here, there = (f"{os.major(d):02x}:{os.minor(d):02x}" for d in (stat.st_dev, stat.st_dev + 1))
    line = "{n}: FLOCK  ADVISORY  WRITE {pid} {device}:{inode} 0 EOF\n"
    elsewhere = line.format(n=1, pid=4711, device=there, inode=stat.st_ino)
    monkeypatch.setattr(holder, "_LOCKS", listed)
    listed.write_text(elsewhere + line.format(n=2, pid=4712, device=here, inode=stat.st_ino))
    assert held_by(named("4712 berta", lock)) == "held by berta (pid 4712)"
    assert held_by(named("4711 carl", lock)) == "held by another program (pid 4712)"
    listed.write_text(elsewhere)
    assert held_by(named("4711 carl", lock)) == "held by carl (pid 4711)"


def test_two_open_stores_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as one, open_store(tmp_path / "s", wait=0.1) as two:
        one.commit(put("t", "1", v=1))

        def build() -> object:
            with pytest.raises(Busy):
                two.commit(put("t", "2", v=1))
            return put("t", "1", v=2)

        assert one.transact(build).n == 2


def make(folder: Path, name: str) -> None:
    with open_store(folder) as store:
        store.commit(put("t", name, v=1))
        print(store.about)


@pytest.mark.slow
def test_two_processes_create_one_store(tmp_path: Path) -> None:
    for turn in range(8):
        folder = tmp_path / str(turn)
        makers = [spawn.Process(target=make, args=(folder, str(i))) for i in range(4)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join(60)
            assert maker.exitcode == 0
        with open_store(folder) as store:
            assert store.head()[0] == 4
        assert sorted(path.name for path in tmp_path.iterdir()) == [str(i) for i in range(turn + 1)]
        assert sorted(path.name for path in folder.iterdir()) == ["journal.jsonl", "lock", "store.json"]


@pytest.mark.slow
def test_writers_killed_in_several_rounds(tmp_path: Path) -> None:
    """The long run is `python tests/store/kill_loop.py --rounds 1000`."""
    command = [sys.executable, Path(__file__).with_name("kill_loop.py"), "--rounds", "12", "--seed", "7"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=os.environ | {"TMPDIR": str(tmp_path)}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "36 writers killed" in done.stdout and "none torn" in done.stdout and done.stderr == ""
