"""CPU of `qms-tui checklist check` on 500 items, a whole process, beside Python's start and markdown-it-py alone.

All run in turns, the least of each counts: `python benchmarks/check.py [rounds]`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from checklist_load import document
from measured import PROGRAM, Verdict, environment

ITEMS = 500
LIMIT = 185.0
"""Milliseconds: half of what the nearest other checklist runner takes to validate a file of 500 items."""
READ = """import sys
from markdown_it import MarkdownIt
MarkdownIt("commonmark", {"tasklists": True}).enable("table").parse(open(sys.argv[1], encoding="utf-8").read())
"""


def cpu(*command: str) -> float:
    """Milliseconds of user and system time."""
    child = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, command
    return 1000 * (usage.ru_utime + usage.ru_stime)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.md"
        path.write_bytes(document(ITEMS))
        commands = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "markdown-it-py reads the file": (sys.executable, "-c", READ, str(path)),
            "checklist check": (PROGRAM, "checklist", "check", str(path)),
        }
        best = {name: cpu(*command) for name, command in commands.items()}  # the first run writes bytecode
        for _ in range(rounds):
            best = {name: min(best[name], cpu(*command)) for name, command in commands.items()}
    pass_, alone, ours = best.values()
    verdict = Verdict("check")
    verdict.figure("python -c pass, CPU", pass_, "ms")
    verdict.figure(f"markdown-it-py reads {ITEMS} items, CPU", alone, "ms")
    verdict.figure(f"checklist check, {ITEMS} items, CPU", ours, "ms", LIMIT)
    verdict.figure("checklist check / python -c pass", ours / pass_, "times")
    verdict.figure("checklist check / markdown-it-py", ours / alone, "times")
    verdict.leave()


if __name__ == "__main__":
    main()
