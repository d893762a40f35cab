"""Bytes on the line and CPU for an arrow key and for an answer, in a real pty.

    python benchmarks/keys.py [times]

Limits are for a generated checklist of 50 items with one line of guidance each (60-80 characters) and, for CPU, of
10,000. The bundled weekly check stands beside it for information: its longer guidance costs its text. Bytes are
medians. Of CPU the minimum is held against the limit, for others use the machine too; the median stands beside it.
Exits 1 when one is over its limit.
"""

import sys
import tempfile
from pathlib import Path

from measured import PROGRAM, Verdict, environment, generated
from pty_meter import Metered, median

TIMES = 15
QUIET = 0.25  # an answer is painted when it is given and again when the disk has it
CPU_MS = 6
LIMITS = {(80, 24): (350, 600), (120, 40): (700, 1000)}  # bytes for an arrow key, for an answer


def measure(verdict: Verdict, name: str, file: str, size: tuple[int, int], times: int, limits: tuple[int, int] | None,
            cpu: float | None) -> None:  # fmt: skip
    with tempfile.TemporaryDirectory() as store:
        command = [PROGRAM, "--as", "anna", "run", file]
        with Metered(command, size=size, environ=environment(QMS_STORE=store)) as program:
            program.wait_for("0 % answered", limit=60)
            program.read(quiet=1.0)
            program.press("Down")
            idle = program.idle_bytes(3.0)
            arrows = [program.press("Down") for _ in range(times)]
            program.press("c", QUIET)  # the first answer begins the audit
            answers = [program.press("c", QUIET) for _ in range(times)]
    where = f"{name}, {size[0]}x{size[1]}"
    verdict.figure(f"{where}: arrow key", median(arrows).bytes, "bytes", limits[0] if limits else None)
    verdict.figure(f"{where}: answer", median(answers).bytes, "bytes", limits[1] if limits else None)
    for what, costs, limit in (("arrow key", arrows, cpu), ("answer", answers, None)):
        verdict.figure(f"{where}: {what}, CPU", min(cost.cpu_ms for cost in costs), "ms", limit)
        verdict.figure(f"{where}: {what}, CPU, median", median(costs).cpu_ms, "ms")
    verdict.figure(f"{where}: while nothing happens for 3 s", idle, "bytes", 0)


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    verdict = Verdict("keys")
    with tempfile.TemporaryDirectory() as folder:
        fifty = str(generated(Path(folder) / "fifty.md", 50))
        many = str(generated(Path(folder) / "many.md", 10_000))
        for size, limits in LIMITS.items():
            measure(verdict, "50 items", fifty, size, times, limits, CPU_MS)
        measure(verdict, "10,000 items", many, (80, 24), times, None, CPU_MS)
        for size in LIMITS:
            measure(verdict, "weekly check", "weekly-check", size, min(times, 6), None, None)
    verdict.leave()


if __name__ == "__main__":
    main()
