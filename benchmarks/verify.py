"""What `verify` costs as history grows: memory, and CPU beside what no proof can do without.

    python benchmarks/verify.py [LINES ...]

Each figure is the smallest of several runs of a whole process, in turns. The peer hashes each line and reads its JSON,
and looks at nothing in it. Exits 1 when memory grows with the journal, or a line takes more than ten times as long.
"""

import sys
import tempfile
from pathlib import Path

from measured import PROGRAM, Verdict, environment
from store_open import Cost, cost, smallest

SIZES = [20_000, 200_000]
ROUNDS = 3
MEMORY, CPU = 1.3, 10.0  # times the smallest store; times the peer on the largest

PEER = """
import hashlib, json, sys
with open(sys.argv[1], "rb") as journal:
    for line in journal:
        hashlib.sha256(line).digest()
        json.loads(line)
"""


def prepare(folder: Path, lines: int) -> None:
    import subprocess

    history = [sys.executable, str(Path(__file__).with_name("history.py")), str(folder), str(lines)]
    subprocess.run(history, check=True, env=environment(), stdout=subprocess.DEVNULL)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    verdict = Verdict("verify")
    with tempfile.TemporaryDirectory() as name:
        own: dict[int, list[Cost]] = {lines: [] for lines in sizes}
        peer: dict[int, list[Cost]] = {lines: [] for lines in sizes}
        for lines in sizes:
            prepare(Path(name) / str(lines), lines)
        for turn in range(ROUNDS + 1):
            for lines in sizes:
                store = Path(name) / str(lines)
                runs = (
                    cost([PROGRAM, "verify"], store),
                    cost([sys.executable, "-c", PEER, str(store / "journal.jsonl")], store),
                )
                if turn:  # the first run writes bytecode and fills the cache
                    own[lines].append(runs[0])
                    peer[lines].append(runs[1])
    for lines in sizes:
        verdict.figure(f"{lines:,} lines: CPU", smallest(own[lines]).cpu, "ms")
        verdict.figure(f"{lines:,} lines: hashed and read as JSON, CPU", smallest(peer[lines]).cpu, "ms")
        verdict.figure(f"{lines:,} lines: memory", smallest(own[lines]).memory, "MB")
    first, last = sizes[0], sizes[-1]
    verdict.figure(
        "memory, most lines to fewest", smallest(own[last]).memory / smallest(own[first]).memory, "times", MEMORY
    )
    verdict.figure("CPU against the peer, most lines", smallest(own[last]).cpu / smallest(peer[last]).cpu, "times", CPU)
    verdict.leave()


if __name__ == "__main__":
    main()
