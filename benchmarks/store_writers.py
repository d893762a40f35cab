"""Commits a second and their waits with 1, 4 and 20 processes that write at once; how soon another process sees one.

    python benchmarks/store_writers.py

Each process commits without a pause, which no people do: it is the worst case of waiting for the lock. A follower asks
ten times a second, as the screens do. Prints the p99 against that of a single writer; exits 1 when a commit is lost or
a number is given twice.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from measured import Verdict, environment

WRITERS = (1, 4, 20)
COMMITS = 200
POLL_SECONDS = 0.1

WRITE = """
import sys, time
from pathlib import Path
from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
with open_store(Path(sys.argv[1]), wait=600) as store:
    store.refresh()
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(sys.argv[2])):
        fields = {"audit": "a", "item": f"item-{n}", "result": "conform", "note": "seen at the gate"}
        start = time.perf_counter()
        store.commit(Tx(uuid7(), Actor("anna"), [Op("nonconformities", uuid7(), fields, 0, "NC")]))
        print(1000 * (time.perf_counter() - start))
"""

FOLLOW = """
import sys, time
from pathlib import Path
from qms_tui.store.open import open_store
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    seen = store.head()[0]
    while seen < int(sys.argv[2]):
        time.sleep(float(sys.argv[3]))
        if store.refresh() and store.head()[0] > seen:
            print(time.time(), flush=True)
            seen = store.head()[0]
"""


def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment())


def wait_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def saturated(folder: Path, writers: int) -> tuple[float, list[float]]:
    """Commits a second of all together, and the milliseconds of each."""
    processes = [start(WRITE, folder, COMMITS) for _writer in range(writers)]
    for process in processes:
        wait_ready(process)
    began = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate()[0] for process in processes]
    spent = time.perf_counter() - began
    waits = [float(line) for output in outputs for line in output.splitlines()]
    return len(waits) / spent, waits


def seen_after(folder: Path, times: int = 30) -> list[float]:
    """Milliseconds from the receipt of a commit until a process that polls has it."""
    from qms_tui.store.base import Actor, Op, Tx
    from qms_tui.store.ids import uuid7
    from qms_tui.store.open import open_store

    delays = []
    with open_store(folder) as store:
        follower = start(FOLLOW, folder, store.head()[0] + times, POLL_SECONDS)
        wait_ready(follower)
        assert follower.stdout is not None
        for n in range(times):
            time.sleep(0.013 * (n % 9))  # at another moment of its round each time
            store.commit(Tx(uuid7(), Actor("ben"), [Op("notes", uuid7(), {"text": f"note {n}"})]))
            written = time.time()
            delays.append(1000 * max(0.0, float(follower.stdout.readline()) - written))
        follower.wait()
    return delays


def raw_ms(folder: Path) -> float:
    """A bare append and fsync here and now."""
    fd = os.open(folder, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    spent = []
    for _n in range(COMMITS):
        began = time.perf_counter()
        os.write(fd, b"x" * 500 + b"\n")
        os.fsync(fd)
        spent.append(1000 * (time.perf_counter() - began))
    os.close(fd)
    return median(spent)


def main() -> None:
    from qms_tui.store.open import open_store

    verdict = Verdict("store_writers")
    single = 0.0
    with tempfile.TemporaryDirectory(dir=".") as name:
        verdict.figure("raw append and fsync, median", raw_ms(Path(name) / "raw"), "ms")
        for writers in WRITERS:
            folder = Path(name) / str(writers)
            with open_store(folder) as store:
                store.put_evidence(b"x")  # makes the store
            rate, waits = saturated(folder, writers)
            p99 = quantiles(waits, n=100)[98]
            single = single or p99
            verdict.figure(f"{writers} writers: commits a second", rate, "")
            verdict.figure(f"{writers} writers: median", median(waits), "ms")
            verdict.figure(f"{writers} writers: p99", p99, "ms")
            verdict.figure(f"{writers} writers: p99 to a single one's, by writer", p99 / single / writers, "times")
            with open_store(folder) as store:
                found = {doc["number"] for doc in store.find("nonconformities")}
            verdict.figure(f"{writers} writers: lost, or numbered twice", writers * COMMITS - len(found), "", 0)
        delays = seen_after(Path(name) / "1")
        verdict.figure("seen by a process that asks 10 times a second, median", median(delays), "ms")
        verdict.figure("seen by a process that asks 10 times a second, p99", max(delays), "ms", 1000)
    verdict.leave()


if __name__ == "__main__":
    main()
