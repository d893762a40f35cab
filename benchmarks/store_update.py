"""A durable change of one field, at 100 to 100,000 documents: ours against a raw append, stock TinyDB and SQLite.

    python benchmarks/store_update.py

All in turns on the same disk. Raw is one `write` of a line as long as ours and one `fsync`; TinyDB is its JSONStorage,
which does not wait for the disk; SQLite has WAL and synchronous=FULL. Exits 1 when ours costs more than 1.5 times raw,
by the median. The document was read before, as whoever changes one has done. Where the disk confirms within a tenth of
a millisecond, its cache does, and CPU is what is compared.
"""

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

from measured import Verdict
from tinydb import TinyDB

from qms_tui.store import line
from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.ids import uuid7
from qms_tui.store.journal_store import JournalStore
from qms_tui.store.open import open_store

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 150
SECONDS_FOR_TINYDB = 6.0  # at each size
LIMIT = 1.5
ANNA = Actor("anna")


def document(n: int) -> dict[str, object]:
    return {
        "status": "draft", "grade": "minor", "statement": f"Job {n} was closed without the confirmation of its owner",
        "criterion": "QMS 4.1", "checklist": "weekly-check", "item": f"item-{n % 40}", "cycle": 1, "owner": "ben",
        "opened": "2026-11-23T10:02:11.000Z", "note": "Seen at the second shift; the list of jobs is at the gate.",
    }  # fmt: skip


def our_store(folder: Path, ids: list[str]) -> JournalStore:
    """A store with the documents, after a checkpoint, as a person opens it."""
    with open_store(folder) as store:
        for start in range(0, len(ids), 500):
            ops = [Op("nonconformities", one, document(n), 0) for n, one in enumerate(ids[start : start + 500], start)]
            store.commit(Tx(uuid7(), ANNA, ops))
        store.checkpoint()
    return open_store(folder)


def sqlite_store(path: Path, ids: list[str]) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE doc (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID")
    db.execute("BEGIN")
    db.executemany("INSERT INTO doc VALUES (?, ?)", [(one, json.dumps(document(n))) for n, one in enumerate(ids)])
    db.execute("COMMIT")
    return db


def raw_line() -> bytes:
    """As long as a line of ours."""
    ops = [["nonconformities", uuid7(), {"owner": ["person-123", "person-124"]}]]
    entry = {"n": 123456, "id": uuid7(), "at": "2026-11-23T10:02:11.000Z", "by": "anna", "why": "", "ops": ops}
    return line.encode(entry | {"prev": "0" * 64}) + b"\n"


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def measured(folder: Path, size: int) -> dict[str, list[float]]:
    """Milliseconds of each change, by who made it."""
    random = Random(size)
    ids = [uuid7() for _n in range(size)]
    store, db, tiny = (
        our_store(folder / "store", ids),
        sqlite_store(folder / "sqlite", ids),
        TinyDB(folder / "tiny.json"),
    )
    tiny.insert_multiple(document(n) for n in range(size))
    raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    data = raw_line()
    spent: dict[str, list[float]] = {"raw": [], "ours": [], "SQLite": [], "TinyDB": []}

    def append() -> None:
        os.write(raw, data)
        os.fsync(raw)

    def change(one: str, owner: str, key: int) -> None:
        tx = Tx(uuid7(), ANNA, [Op("nonconformities", one, {"owner": owner})])
        update = "UPDATE doc SET body = json_set(body, '$.owner', ?) WHERE id = ?"
        store.get("nonconformities", one)
        db.execute("SELECT body FROM doc WHERE id = ?", (one,)).fetchone()
        spent["raw"].append(milliseconds(append))
        spent["ours"].append(milliseconds(lambda: store.commit(tx)))
        spent["SQLite"].append(milliseconds(lambda: db.execute(update, (owner, one))))
        if sum(spent["TinyDB"]) < 1000 * SECONDS_FOR_TINYDB:
            spent["TinyDB"].append(milliseconds(lambda: tiny.update({"owner": owner}, doc_ids=[key])))

    for n in range(ROUNDS):
        change(random.choice(ids), f"person-{n}", random.randint(1, size))
    store.close()
    db.close()
    tiny.close()
    os.close(raw)
    return spent


def main() -> None:
    verdict = Verdict("store_update")
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=".") as name:
            spent = measured(Path(name), size)
        base = median(spent["raw"])
        verdict.figure(f"{size:,} documents: raw append and fsync", base, "ms")
        for who in ("ours", "SQLite", "TinyDB"):
            verdict.figure(f"{size:,} documents: {who}", median(spent[who]), "ms")
            limit = LIMIT if who == "ours" else None
            verdict.figure(f"{size:,} documents: {who} to raw", median(spent[who]) / base, "times", limit)
    verdict.leave()


if __name__ == "__main__":
    main()
