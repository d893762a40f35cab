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

from history import History
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


def prepare(folder: Path, lines: int) -> tuple[Path, Path, str]:
    """A store, the same documents in SQLite, and the number of an audit in progress."""
    import sqlite3

    store, beside = folder / str(lines), folder / f"{lines}.sqlite"
    docs: list[tuple[str, str, str]] = []
    db = sqlite3.connect(beside)
    db.execute("CREATE TABLE doc (tab TEXT, id TEXT, body TEXT, PRIMARY KEY (tab, id)) WITHOUT ROWID")

    def flush() -> None:
        db.executemany("INSERT OR REPLACE INTO doc VALUES (?, ?, ?)", docs)
        docs.clear()

    def keep(table: str, id_: str, doc: dict[str, Any]) -> None:
        docs.append((table, id_, json.dumps(doc)))
        if len(docs) > 20_000:
            flush()

    history = History(store, lines, keep)
    history.write()
    flush()
    for index in INDEXES:
        db.execute(index)
    db.commit()
    db.close()
    return store, beside, history.going


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    verdict = Verdict("store_open")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tasks: dict[str, dict[int, list[str]]] = {}
        for lines in sizes:
            store, beside, going = prepare(folder, lines)
            python = [sys.executable, "-c"]
            for task, command in {
                "nc list --open": [PROGRAM, "nc", "list", "--open"],
                "nc list": [PROGRAM, "nc", "list"],
                "go on with a walk": [*python, WALK, str(store), going],
                "SQLite: list --open": [*python, SQLITE_LIST, str(beside), "open"],
                "SQLite: list": [*python, SQLITE_LIST, str(beside), "all"],
                "SQLite: walk": [*python, SQLITE_WALK, str(beside), going],
            }.items():
                tasks.setdefault(task, {})[lines] = command
        for task, commands in tasks.items():
            runs: dict[int, list[Cost]] = {lines: [] for lines in sizes}
            for turn in range(ROUNDS + 1):
                for lines, command in commands.items():
                    one = cost(command, folder / str(lines))
                    runs[lines] += [one] if turn else []  # the first run writes bytecode and fills the cache
            smallest = runs[sizes[0]]
            for lines in sizes:
                cpu, memory = min(run.cpu for run in runs[lines]), min(run.memory for run in runs[lines])
                times = cpu / min(run.cpu for run in smallest)
                more = memory / min(run.memory for run in smallest)
                limit = None if "SQLite" in task or lines != sizes[-1] else LIMIT
                verdict.figure(f"{task}, {lines:,} lines: CPU", cpu, "ms")
                verdict.figure(f"{task}, {lines:,} lines: memory", memory, "MB")
                if lines != sizes[0]:
                    verdict.figure(f"{task}, {lines:,} lines: CPU to the smallest", times, "times", limit)
                    verdict.figure(f"{task}, {lines:,} lines: memory to the smallest", more, "times", limit)
    verdict.leave()


if __name__ == "__main__":
    main()
