"""Writes the journal of a store with years of audits, fast: lines as the program writes them, without its waiting.

    python benchmarks/history.py DIR LINES

One audit in about 46 lines: begun, 44 items answered, completed; every fifth raises a nonconformity, which is closed
after ten more audits, save one in fifty, which stays open. The last audits are in progress. The checkpoint stands some
1,000 lines before the end, as on a store in use.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from measured import _sentence, generated

from qms_tui.checklist.model import Checklist
from qms_tui.checklist.parse import parse
from qms_tui.store.base import Actor, Op, Tx
from qms_tui.store.clock import stamp
from qms_tui.store.ids import uuid7
from qms_tui.store.line import encode
from qms_tui.store.open import open_store

ITEMS, CHECKLISTS, TAIL, GOING = 44, 12, 1_000, 5
LINES_A_YEAR = 130_000
PEOPLE = ["anna", "ben", "chen", "dora", "emil", "fatma", "greta", "hugo", "ines", "jan"]

Keep = Callable[[str, str, dict[str, Any]], None]  # table, id, document


class History:
    """The lines of a store, one after the other; `keep` is told each document as it is after each line."""

    def __init__(self, folder: Path, lines: int, keep: Keep | None = None) -> None:
        self.folder = folder
        self.lines = lines
        self.n, self.h = 0, "0" * 64
        self._random = Random(lines)
        self._at = datetime.now(UTC) - timedelta(days=365 * lines / LINES_A_YEAR)
        self._step = timedelta(days=365) / LINES_A_YEAR
        self._docs: dict[tuple[str, str], dict[str, Any]] = {}
        self._keep = keep
        self._audits = 0
        self._given: Counter[str] = Counter()  # human numbers, by series
        self._open: list[str] = []
        self._checklists = [self._checklist(n) for n in range(CHECKLISTS)]
        self.going = ""  # number of the last audit in progress

    def write(self) -> None:
        with open_store(self.folder, lambda: self._at) as store:  # makes the folder and store.json
            store.commit(Tx(uuid7(), Actor("anna"), [Op("remarks", uuid7(), {"text": "begun"})]))
            self.n, self.h = store.head()
        lines = self._entries()
        self._append(lines, self.lines - TAIL)
        with open_store(self.folder, lambda: self._at) as store:
            if self.lines > 2 * TAIL:
                store.checkpoint()
            self.n, self.h = store.head()
        self._append(lines, self.lines)

    def _append(self, entries: Iterator[dict[str, Any]], until: int) -> None:
        with (self.folder / "journal.jsonl").open("ab", buffering=1 << 20) as journal:
            while self.n < until:
                entry = next(entries)
                entry["n"], entry["prev"] = self.n + 1, self.h
                journal.write(encode(entry) + b"\n")
                self.n, self.h = entry["n"], entry["h"]

    def _entries(self) -> Iterator[dict[str, Any]]:
        while True:
            yield from self._audit()

    def _audit(self) -> Iterator[dict[str, Any]]:
        self._audits += 1
        checklist = self._checklists[self._audits % CHECKLISTS]
        audit, who, at = self._id(), self._random.choice(PEOPLE), stamp(self._at)
        self.going = self._number("A")
        pinned = {"text": checklist.text, "title": checklist.title, "checklist": checklist.id, "name": "check.md"}
        begun = {
            "title": checklist.title, "kind": "check", "status": "in_progress", "checklist": checklist.id,
            "digest": checklist.digest, "subject": f"Hall {self._random.randint(1, 40)}", "site": "Works 2",
            "lead": who, "started": at, "number": self.going,
        }  # fmt: skip
        yield self._line(who, self._op("checklists", checklist.digest, pinned), self._op("audits", audit, begun))
        raises = self._random.randrange(ITEMS) if self._audits % 5 == 0 else -1
        for number, item in enumerate(checklist.items):
            at = stamp(self._at)
            bad = number == raises
            answer = {
                "audit": audit, "checklist": checklist.id, "item": item.id, "question": item.question,
                "section": list(item.section), "progress": "done", "result": "nonconform" if bad else "conform",
                "by": who, "at": at,
            }  # fmt: skip
            if self._random.random() < 0.2:
                answer["note"] = _sentence(self._random, 40, 90)
            ops = [self._op("answers", f"{audit}/{item.id}", answer)]
            if bad:
                ops += self._finding(audit, checklist, item, who, at)
            yield self._line(who, *ops)
        if self.lines - self.n < GOING * (ITEMS + 2):
            return  # the last ones are in progress
        figures = {"items": ITEMS, "answered": ITEMS, "coverage": 100.0, "conformity": 97.7, "provisional": False}
        done = {"status": "completed", "completed": stamp(self._at), "figures": figures}
        yield self._line(who, self._op("audits", audit, done))
        while len(self._open) > 10:
            closed = self._open.pop(0)
            if self._random.random() > 0.02:
                done = {"status": "closed", "closed": stamp(self._at)}
                yield self._line(who, self._op("nonconformities", closed, done))

    def _number(self, prefix: str) -> str:
        series = f"{prefix}-{self._at.year}"
        self._given[series] += 1
        return f"{series}-{self._given[series]:04d}"

    def _finding(self, audit: str, checklist: Checklist, item: Any, who: str, at: str) -> list[list[Any]]:
        nonconformity, number = self._id(), self._number("NC")
        self._open.append(nonconformity)
        said = {"grade": "minor", "statement": _sentence(self._random, 60, 120), "criterion": "QMS 4.1"}
        raised = {
            **said, "status": "draft", "audit": audit, "checklist": checklist.id, "item": item.id,
            "finding": f"{audit}/{item.id}", "cycle": 1, "opened": at, "number": number,
        }  # fmt: skip
        finding = {"audit": audit, "item": item.id, **said, "nonconformity": nonconformity, "by": who, "at": at}
        return [
            self._op("findings", f"{audit}/{item.id}", finding),
            self._op("nonconformities", nonconformity, raised),
        ]

    def _op(self, table: str, id_: str, fields: dict[str, Any]) -> list[Any]:
        before = self._docs.get((table, id_), {})
        after = before | fields
        if table in ("nonconformities", "audits", "checklists"):  # what is changed later
            self._docs[table, id_] = after
        if self._keep is not None:
            self._keep(table, id_, after)
        return [
            table,
            id_,
            {key: [before.get(key), value] for key, value in fields.items() if before.get(key) != value},
        ]

    def _line(self, who: str, *ops: list[Any]) -> dict[str, Any]:
        self._at += self._step
        changed = [op for op in ops if op[2]]
        return {"n": 0, "id": self._id(), "at": stamp(self._at), "by": who, "why": "", "ops": changed}

    def _id(self) -> str:
        """A UUIDv7 of the time that the history has come to."""
        milliseconds = int(self._at.timestamp() * 1000)
        value = milliseconds << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64 | 0b10 << 62
        text = f"{value | self._random.getrandbits(62):032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def _checklist(self, n: int) -> Checklist:
        path = self.folder.with_name(f"check-{n}.md")
        text = generated(path, ITEMS).read_text("utf-8").replace("title: Generated", f"id: check-{n}\ntitle: Check {n}")
        path.unlink()
        return parse(text.encode(), f"check-{n}.md")


def main() -> None:
    history = History(Path(sys.argv[1]), int(sys.argv[2]))
    history.write()
    print(f"{history.n} lines; in progress: {history.going}")


if __name__ == "__main__":
    main()
