"""Lists, reminders and the self-check on 10,000 nonconformities against taskwarrior on 10,000 tasks, in turns.

    python benchmarks/registers.py [COUNT]

Needs the command `task` (Debian: taskwarrior). Every nonconformity and every task is open, one in ten is overdue; each
nonconformity has a root cause, an action and an effectiveness plan. Prints the least CPU of interleaved runs; exits 1
when a command of ours takes more than the command of taskwarrior beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from measured import PROGRAM, Verdict, environment, warm_up

from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow.clock import now

COUNT = 10_000
ROUNDS = 7
PEOPLE = ("anna", "ben", "cleo", "dora", "emil")
THINGS = ("job", "invoice", "delivery", "call", "visit", "backup", "field kit", "complaint", "door", "fridge")
FAULTS = ("closed unconfirmed", "late", "without a named owner", "not tested", "out of date", "not written down")


def _day(n: int) -> str:
    """One day in ten lies in the past, the others in the coming months."""
    return (date.today() + timedelta(days=n % 120 - 12)).isoformat()


def make_store(directory: Path, count: int) -> None:
    """A store with `count` open nonconformities, each with what belongs to it, in a transaction of its own."""
    store = open_store(directory)
    for n in range(count):
        at, nc, who = now(), uuid7(), PEOPLE[n % 5]
        what = f"{THINGS[n % 10].capitalize()} {4000 + n} {FAULTS[n // 10 % 6]}"
        found = {
            "status": "in_progress",
            "grade": "minor",
            "statement": what,
            "criterion": f"QMS {1 + n % 9}.{1 + n % 7}",
            "owner": who,
            "due": _day(n),
            "cycle": 1,
            "opened": at,
        }
        cause = {
            "nonconformity": nc,
            "cycle": 1,
            "text": f"The {THINGS[n // 7 % 10]} {n} has no owner in the plan",
            "evidence": "list of documents",
            "root": True,
            "by": who,
            "at": at,
        }
        action = {
            "nonconformity": nc,
            "cycle": 1,
            "kind": "corrective",
            "title": f"Name an owner for {n}",
            "owner": who,
            "status": "in_progress",
            "due": _day(n + 7),
            "priority": "normal",
            "by": who,
            "at": at,
        }
        effect = {
            "nonconformity": nc,
            "cycle": 1,
            "indicator": "per week",
            "baseline": 9,
            "target": 2,
            "check_date": _day(n + 60),
            "checker": PEOPLE[(n + 1) % 5],
        }
        ops = [
            Op("nonconformities", nc, found, 0, "NC"),
            Op("causes", uuid7(), cause, 0),
            Op("actions", uuid7(), action, 0, "AC"),
            Op("effectiveness", f"{nc}/1", effect, 0),
        ]
        store.commit(Tx(uuid7(), Actor(who), ops))
    store.close()


def make_tasks(directory: Path, count: int) -> dict[str, str]:
    """Taskwarrior's folder with as many pending tasks; the environment that leads there."""
    rc = directory / "taskrc"
    rc.write_text(f"data.location={directory}\nconfirmation=off\nverbose=nothing\nhooks=off\n", "utf-8")
    tasks = [
        {
            "description": f"Name an owner for {THINGS[n % 10]} {n}",
            "status": "pending",
            "project": PEOPLE[n % 5],
            "due": _day(n).replace("-", "") + "T000000Z",
            "entry": "20260101T000000Z",
        }
        for n in range(count)
    ]
    clean = environment(TASKRC=str(rc), TASKDATA=str(directory))
    subprocess.run(["task", "import"], input=json.dumps(tasks), text=True, env=clean, check=True, capture_output=True)
    return clean


def cpu_ms(command: list[str], environ: dict[str, str]) -> float:
    """User and system time of a whole process: on a busy machine the wall clock tells of the others."""
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1 says that something is overdue or was found
        raise SystemExit(f"{command} ended with {process.returncode}")
    return 1000 * (usage.ru_utime + usage.ru_stime)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        store, tasks = Path(folder) / "store", Path(folder) / "tasks"
        tasks.mkdir()
        make_store(store, count)
        theirs = make_tasks(tasks, count)
        ours = environment(QMS_STORE=str(store))
        pairs = [
            (["nc", "list", "--open", "--overdue", "--fail"], ["list"]),
            (["--as", "anna", "action", "list", "--mine", "--json"], ["export"]),
            (["remind"], ["list"]),
            (["doctor"], ["list"]),
        ]
        warm_up(PROGRAM, "nc", "list", QMS_STORE=str(store))
        best: dict[str, float] = {}
        for _round in range(ROUNDS):
            for mine, peer in pairs:
                for command, environ in (([PROGRAM, *mine], ours), (["task", *peer], theirs)):
                    taken = cpu_ms(command, environ)
                    best[" ".join(command)] = min(taken, best.get(" ".join(command), taken))
    verdict = Verdict("registers")
    for mine, peer in pairs:
        peer_taken = best[" ".join(["task", *peer])]
        name = f"{count} nonconformities: qms-tui {' '.join(mine)}"
        verdict.figure(name[:58], best[" ".join([PROGRAM, *mine])], "ms", round(peer_taken))
    for peer in ("list", "export"):
        verdict.figure(f"{count} tasks: task {peer}", best[f"task {peer}"], "ms")
    verdict.leave()


if __name__ == "__main__":
    os.umask(0o077)
    main()
