"""Writers killed with SIGKILL at any moment, round after round; what was acknowledged must be found, and nothing torn.

    python tests/store/kill_loop.py --rounds 1000

Each transaction adds a document with a number and one to a counter that all share; so the counter tells the number of
documents, numbers have no gap, and no transaction is there by half. Some attach a file or make a checkpoint first.
Exits 1 at the first round that breaks this, and leaves its store to be looked at.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove

ROUNDS_A_STORE = 25  # so that opening stays short, and creating is killed too


def write(folder: Path, name: str, acknowledge: int, seed: int) -> None:
    """Commit until killed; each acknowledged id goes down the pipe."""
    chance = random.Random(seed)
    with open_store(folder, wait=60) as store:
        for k in range(1_000_000):
            id_ = f"{name}-{k}"
            digest = store.put_evidence(chance.randbytes(chance.randrange(2000))) if chance.random() < 0.1 else None
            text = "x" * chance.choice([3, 30, 3000, 30_000])

            def build(id_: str = id_, text: str = text, digest: str | None = digest) -> Tx:
                counter = store.get("counter", "c")
                evidence = [{"digest": digest}] if digest else None
                ops = [
                    Op("answers", id_, {"by": name, "note": text, "evidence": evidence}, 0, "NC"),
                    Op("counter", "c", {"v": counter["v"] + 1 if counter else 1}, counter.rev if counter else 0),
                ]
                return Tx(uuid7(), Actor(name), ops)

            if chance.random() < 0.05 and store.head()[0]:
                store.checkpoint()
            store.transact(build)
            os.write(acknowledge, f"{id_}\n".encode())


def start(folder: Path, name: str, seed: int) -> tuple[int, int]:
    """A writer in a process of its own: its id, and the pipe it acknowledges on."""
    reading, writing = os.pipe()
    os.set_blocking(reading, True)
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        write(folder, name, writing, seed)
    except BaseException as error:  # a forked child must never go on in its parent's code
        sys.stderr.write(f"{name}: {error!r}\n")
    os._exit(3)


def play(folder: Path, name: str, writers: int, chance: random.Random) -> list[str]:
    """Start the writers, kill each after a while; the ids that they acknowledged. Raises AssertionError."""
    started = [start(folder, f"{name}-{k}", chance.randrange(2**32)) for k in range(writers)]
    deaths = sorted((chance.uniform(0.002, 0.15), child) for child, _pipe in started)
    begun = time.monotonic()
    for after, child in deaths:
        time.sleep(max(0.0, begun + after - time.monotonic()))
        os.kill(child, signal.SIGKILL)
    acknowledged = []
    for child, pipe in started:
        with os.fdopen(pipe, "rb") as told:
            acknowledged += [line.decode().strip() for line in told.read().splitlines(keepends=True) if b"\n" in line]
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"{name}: a writer ended by itself with status {status}"
    return acknowledged


def check(folder: Path, acknowledged: set[str]) -> tuple[int, int]:
    """How many transactions and fragments the store has. Raises AssertionError."""
    if not (folder / "journal.jsonl").exists():
        assert not acknowledged, "acknowledged, and there is no journal"
        return 0, 0
    with open_store(folder) as store:
        found = store.find("answers")
        counter = store.get("counter", "c") or {"v": 0}
    lost = acknowledged - {doc.id for doc in found}
    assert not lost, f"lost: {sorted(lost)[:3]}"
    assert counter["v"] == len(found), f"the counter says {counter['v']}, there are {len(found)}"
    numbers = sorted(int(doc["number"].rpartition("-")[2]) for doc in found)
    assert numbers == list(range(1, len(found) + 1)), "numbers have gaps or doubles"
    proof = prove(folder)
    assert proof.good, "; ".join(map(str, proof.flaws[:3]))
    return proof.head[0], len(proof.notes)


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description="Kill writers and look for what they acknowledged.")
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--writers", type=int, default=3)
    options.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    given = options.parse_args(arguments)
    print(f"{given.rounds} rounds of {given.writers} writers, seed {given.seed}", flush=True)
    chance = random.Random(given.seed)
    begun = time.monotonic()
    top = Path(tempfile.mkdtemp(prefix="kill-loop-"))
    acknowledged: set[str] = set()
    total = recorded = fragments = 0
    lines = torn = 0
    for turn in range(given.rounds):
        if turn % ROUNDS_A_STORE == 0:
            recorded, fragments = recorded + lines, fragments + torn
            acknowledged, folder = set(), top / str(turn)
        try:
            told = play(folder, str(turn), given.writers, chance)
            acknowledged.update(told)
            total += len(told)
            lines, torn = check(folder, acknowledged)
        except AssertionError as error:
            print(f"round {turn + 1}: {error}; the store is {folder}")
            return 1
        if (turn + 1) % 100 == 0:
            print(f"  {turn + 1} rounds, {total} acknowledged", flush=True)
        if (turn + 1) % ROUNDS_A_STORE == 0:
            shutil.rmtree(folder)
    recorded, fragments = recorded + lines, fragments + torn
    shutil.rmtree(top)
    print(
        f"{given.rounds} rounds, {given.rounds * given.writers} writers killed in {time.monotonic() - begun:.0f} s: "
        f"{total} transactions acknowledged, all found; {recorded} lines, checkpoints among them, none torn; "
        f"{fragments} fragments of lines; every chain verifies"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
