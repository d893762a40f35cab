"""Many processes record at once; nothing is lost, no number is given twice, and how long one waits is printed.

    python tests/store/many_writers.py --writers 20 --transactions 200

Each transaction adds a document with a number and one to a counter that all share. Exits 1 when one of them is missing.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from store_helpers import ANNA

from qms_tui.store.base import Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.proof import prove


def write(folder: Path, name: str, count: int, start: int, told: int) -> None:
    """Record `count` times once the pipe `start` is closed; then tell ids, numbers and milliseconds."""
    acknowledged = []
    with open_store(folder, wait=60) as store:
        os.read(start, 1)
        for k in range(count):
            id_ = f"{name}-{k}"

            def build(id_: str = id_) -> Tx:
                counter = store.get("counter", "c")
                value, rev = (counter["v"], counter.rev) if counter else (0, 0)
                return Tx(
                    uuid7(), ANNA, [Op("nc", id_, {"by": name}, 0, "NC"), Op("counter", "c", {"v": value + 1}, rev)]
                )

            begun = time.perf_counter()
            receipt = store.transact(build)
            acknowledged.append((id_, receipt.numbers[id_], (time.perf_counter() - begun) * 1000))
    with os.fdopen(told, "w") as pipe:
        json.dump(acknowledged, pipe)


def play(folder: Path, writers: int, count: int) -> list[tuple[str, str, float]]:
    """What all writers were told: id, number, milliseconds."""
    waiting, starting = os.pipe()
    children = []
    for k in range(writers):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.close(starting), os.close(reading)
                write(folder, str(k), count, waiting, writing)
                os._exit(0)
            except BaseException as error:
                sys.stderr.write(f"writer {k}: {error!r}\n")
                os._exit(1)
        os.close(writing)
        children.append((child, reading))
    os.close(waiting), os.close(starting)
    acknowledged = []
    for child, reading in children:
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        assert os.waitpid(child, 0)[1] == 0, "a writer failed"
        acknowledged += [tuple(each) for each in json.loads(text)]
    return acknowledged


def check(folder: Path, acknowledged: list[tuple[str, str, float]]) -> None:
    """Raises AssertionError unless the store holds just what was acknowledged."""
    with open_store(folder) as store:
        found = {doc.id: doc["number"] for doc in store.find("nc")}
        counter = store.get("counter", "c")
    assert found == {id_: number for id_, number, _ms in acknowledged}
    assert counter == {"v": len(acknowledged)}
    assert sorted(int(number.rpartition("-")[2]) for number in found.values()) == list(range(1, len(found) + 1))
    proof = prove(folder)
    assert proof.good and proof.head[0] >= len(acknowledged), proof.flaws  # beside checkpoints


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description="Record from many processes at once.")
    options.add_argument("--writers", type=int, default=20)
    options.add_argument("--transactions", type=int, default=200)
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as top:
        begun = time.monotonic()
        acknowledged = play(Path(top) / "store", given.writers, given.transactions)
        seconds = time.monotonic() - begun
        check(Path(top) / "store", acknowledged)
    waits = sorted(ms for _id, _number, ms in acknowledged)
    print(
        f"{given.writers} processes, {given.transactions} transactions each: {len(waits)} acknowledged, all found, "
        f"no number twice or left out; {len(waits) / seconds:.0f} a second; median {statistics.median(waits):.0f} ms, "
        f"p99 {waits[int(len(waits) * 0.99)]:.0f} ms, longest {waits[-1]:.0f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
