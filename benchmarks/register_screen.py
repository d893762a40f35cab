"""The register of 10,000 nonconformities as one types: bytes and CPU of a letter of the filter, and of an arrow key.

    python benchmarks/register_screen.py [COUNT]

In a real pty at 80x24. A letter is felt as immediate below 100 ms; the CPU of a letter is held against that, by the
median of a dozen. Exits 1 when it is over.
"""

import sys
import tempfile
from pathlib import Path

from measured import PROGRAM, Verdict, environment, warm_up
from pty_meter import Metered, median
from registers import COUNT, make_store

LETTER_MS = 100
QUIET = 0.3


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    verdict = Verdict("register_screen")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        make_store(store, count)
        warm_up(PROGRAM, "nc", "list", QMS_STORE=str(store))
        with Metered([PROGRAM, "--as", "anna"], environ=environment(QMS_STORE=str(store))) as program:
            program.wait_for("Start a check", limit=60)
            program.press("r", QUIET)
            program.wait_for(f"{count} of {count}", limit=60)
            program.read(quiet=1.0)
            arrows = [program.press("Down") for _ in range(12)]
            program.press("/", QUIET)
            letters = [program.press(key, QUIET) for key in "complaint 42"]
    verdict.figure(f"{count} rows: arrow key", median(arrows).bytes, "bytes", 350)
    verdict.figure(f"{count} rows: arrow key, CPU", median(arrows).cpu_ms, "ms")
    verdict.figure(f"{count} rows: a letter of the filter", median(letters).bytes, "bytes")
    verdict.figure(f"{count} rows: a letter of the filter, CPU", median(letters).cpu_ms, "ms", LETTER_MS)
    verdict.figure(f"{count} rows: the costliest letter, CPU", max(cost.cpu_ms for cost in letters), "ms")
    verdict.leave()


if __name__ == "__main__":
    main()
