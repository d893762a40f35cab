"""What opening costs as history grows: `nc list` and going on with a walk on 1,000 to 1,000,000 lines, beside SQLite.

    python benchmarks/store_open.py [LINES ...]

Each figure is the smallest of several runs of a whole process, in turns. Exits 1 when the largest store costs more than
twice what the smallest costs. SQLite has the same documents in one table, with an index for each question. The largest
store takes 1.5 GB in the temporary folder, and some minutes to be written.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from measured import PROGRAM, Verdict, environment

SIZES = [1_000, 10_000, 100_000, 1_000_000]
ROUNDS = 7
LIMIT = 2.0  # times the smallest store

WALK = """
import sys
from pathlib import Path
from qms_tui.store.base import Actor
from qms_tui.store.open import open_store
from qms_tui.workflow.begin import go_on
with open_store(Path(sys.argv[1])) as store:
    walk = go_on(store, Actor("anna"), sys.argv[2])
    print(walk.number, walk.first_open(), len(walk.entries()))
"""

SQLITE_LIST = """
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute(
    "SELECT nc.body, json_extract(audit.body, '$.number') FROM doc nc LEFT JOIN doc audit"
    " ON audit.tab = 'audits' AND audit.id = json_extract(nc.body, '$.audit')"
    " WHERE nc.tab = 'nonconformities' AND (?1 = 'all' OR json_extract(nc.body, '$.status') = 'draft')", [sys.argv[2]])
for body, audit in rows:
    doc = json.loads(body)
    print(doc["number"], doc["status"], doc["grade"], audit, doc["statement"])
"""

SQLITE_WALK = """
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
numbered = "SELECT id FROM doc WHERE tab = 'audits' AND json_extract(body, '$.number') = ?"
(id,) = db.execute(numbered, [sys.argv[2]]).fetchone()
rows = db.execute("SELECT body FROM doc WHERE tab = 'answers' AND json_extract(body, '$.audit') = ?", [id])
print(len([json.loads(body) for (body,) in rows]))
"""

INDEXES = [
    "CREATE INDEX status ON doc (json_extract(body, '$.status')) WHERE tab = 'nonconformities'",
    "CREATE INDEX number ON doc (json_extract(body, '$.number')) WHERE tab = 'audits'",
    "CREATE INDEX audit ON doc (json_extract(body, '$.audit')) WHERE tab = 'answers'",
]


class Cost(NamedTuple):
    cpu: float  # ms
    memory: float  # MB


def cost(command: list[str], store: Path) -> Cost:
    """CPU and the largest resident size of one run."""
    process = subprocess.Popen(command, env=environment(QMS_STORE=str(store)), stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024)


def smallest(runs: list[Cost]) -> Cost:
    return Cost(min(run.cpu for run in runs), min(run.memory for run in runs))


def prepare(folder: Path, lines: int) -> str:
    """Write a store and the same documents in SQLite; gives the number of an audit in progress."""
    import sqlite3

    from history import History

    docs: list[tuple[str, str, str]] = []
    db = sqlite3.connect(folder / f"{lines}.sqlite")
    db.execute("CREATE TABLE doc (tab TEXT, id TEXT, body TEXT, PRIMARY KEY (tab, id)) WITHOUT ROWID")

    def flush() -> None:
        db.executemany("INSERT OR REPLACE INTO doc VALUES (?, ?, ?)", docs)
        docs.clear()

    def keep(table: str, id_: str, doc: dict[str, Any]) -> None:
        docs.append((table, id_, json.dumps(doc)))
        if len(docs) > 20_000:
            flush()

    history = History(folder / str(lines), lines, keep)
    history.write()
    flush()
    for index in INDEXES:
        db.execute(index)
    db.commit()
    db.close()
    return history.going


def main() -> None:
    if sys.argv[1:2] == ["--prepare"]:  # in a process of its own: a child's memory counts from that of its parent on
        print(prepare(Path(sys.argv[2]), int(sys.argv[3])))
        return
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    verdict = Verdict("store_open")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tasks: dict[str, dict[int, list[str]]] = {}
        for lines in sizes:
            make = [sys.executable, __file__, "--prepare", name, str(lines)]
            going = subprocess.run(make, check=True, capture_output=True, text=True, env=environment()).stdout.strip()
            python, beside = [sys.executable, "-c"], f"{folder / str(lines)}.sqlite"
            for task, command in {
                "nc list --open": [PROGRAM, "nc", "list", "--open"],
                "nc list": [PROGRAM, "nc", "list"],
                "go on with a walk": [*python, WALK, str(folder / str(lines)), going],
                "SQLite: list --open": [*python, SQLITE_LIST, beside, "open"],
                "SQLite: list": [*python, SQLITE_LIST, beside, "all"],
                "SQLite: walk": [*python, SQLITE_WALK, beside, going],
            }.items():
                tasks.setdefault(task, {})[lines] = command
        for task, commands in tasks.items():
            runs: dict[int, list[Cost]] = {lines: [] for lines in sizes}
            for turn in range(ROUNDS + 1):
                for lines, command in commands.items():
                    one = cost(command, folder / str(lines))
                    runs[lines] += [one] if turn else []  # the first run writes bytecode and fills the cache
            limit = None if "SQLite" in task else LIMIT
            first = smallest(runs[sizes[0]])
            for lines in sizes:
                own = smallest(runs[lines])
                verdict.figure(f"{task}, {lines:,} lines: CPU", own.cpu, "ms")
                verdict.figure(f"{task}, {lines:,} lines: memory", own.memory, "MB")
            verdict.figure(f"{task}: CPU, most lines to fewest", own.cpu / first.cpu, "times", limit)
            verdict.figure(f"{task}: memory, most lines to fewest", own.memory / first.memory, "times", limit)
    verdict.leave()


if __name__ == "__main__":
    main()
