"""A checklist with every kind of answer, and walks of it in short form."""

import json
from pathlib import Path
from typing import Any

from cold_store import cold_store

from qms_tui.checklist.model import Checklist, Item
from qms_tui.checklist.parse import parse
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.workflow.given import Given, from_text
from qms_tui.workflow.walk import About, Walk

TEXT = cold_store("""\
- [ ] Doors close by themselves {#doors}
  - severity: major
  - clause: ISO 9001 8.5.1, QMS 4.1
  - weight: 2
- [ ] Temperature {#temp}
  - limits: 2..8 °C
  - evidence: if fail
""")

ASKED = ["doors", "temp", "waited", "handled", "van", "subjects", "service", "risk"]


def checklist(text: str = TEXT) -> Checklist:
    return parse(text.encode(), "cold-store.md")


def item(id: str) -> Item:
    found = checklist().item(id)
    assert found is not None
    return found


def begun(store: Store, actor: Actor, text: str = TEXT, **about: Any) -> Walk:
    return Walk(store, actor, checklist(text), None, About(**about))


def give(walk: Walk, id: str, typed: str, **fields: Any) -> int:
    """Answer an item as typed; `fields` are those of Given. The transaction's number."""
    entry = next(e for e in walk.entries() if e.item.id == id)
    said = from_text(entry.item, typed, walk.checklist.accept)
    return walk.answer(entry.item, Given(said.result, said.value, said.verdict, **fields)).n


def answer_of(walk: Walk, id: str) -> Doc:
    found = walk.store.get("answers", f"{walk.audit_id}/{id}")
    assert found is not None
    return found


def finding_of(walk: Walk, id: str) -> Doc:
    found = walk.store.get("findings", f"{walk.audit_id}/{id}")
    assert found is not None
    return found


def journal(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]
