"""`qms-tui nc list` on 1,000 nonconformities against bare `python -c pass`, CPU of whole processes.

    python benchmarks/nc_list.py

Prints the minimum of interleaved runs and their ratio; exits 1 when the list costs more than its budget of CPU.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import PROGRAM, Verdict, environment, warm_up

from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.clock import now

NONCONFORMITIES = 1_000
BUDGET_MS = 120
ROUNDS = 12


def make_store(directory: Path, count: int = NONCONFORMITIES) -> None:
    """A store with `count` nonconformities, each raised by a transaction of its own."""
    store = open_store(directory)
    anna = Actor("anna")
    audit = uuid7()
    fields = {"title": "Weekly check", "kind": "check", "status": "in_progress", "checklist": "weekly-check",
              "digest": "0" * 64, "lead": "anna", "started": now()}  # fmt: skip
    store.commit(Tx(uuid7(), anna, [Op("audits", audit, fields, 0, "A")]))
    for n in range(count):
        found = {"status": "draft", "grade": "minor", "statement": f"Job {4000 + n} closed without confirmation",
                 "criterion": "QMS 4.1", "audit": audit, "checklist": "weekly-check", "item": f"item-{n}",
                 "cycle": 1, "opened": now()}  # fmt: skip
        store.commit(Tx(uuid7(), anna, [Op("nonconformities", uuid7(), found, 0, "NC")]))
    store.close()


def cpu_ms(command: list[str], environ: dict[str, str]) -> float:
    """User and system time of a finished process."""
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return 1000 * (usage.ru_utime + usage.ru_stime)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        make_store(store)
        clean = environment(QMS_STORE=str(store))
        listing = [PROGRAM, "nc", "list"]
        warm_up(*listing, QMS_STORE=str(store))
        bare = [sys.executable, "-c", "pass"]
        listings, bares = [], []
        for _round in range(ROUNDS):
            listings.append(cpu_ms(listing, clean))
            bares.append(cpu_ms(bare, clean))
    ours, base = min(listings), min(bares)
    verdict = Verdict("nc_list")
    verdict.figure(f"{NONCONFORMITIES} nonconformities: CPU", ours, "ms", BUDGET_MS)
    verdict.figure("python -c pass: CPU", base, "ms")
    verdict.figure("ratio", ours / base, "times")
    verdict.leave()


if __name__ == "__main__":
    main()
