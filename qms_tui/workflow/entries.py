"""The items that a walk asks, in reading order, with what stands in the record for each."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from qms_tui.checklist.conditions import asked
from qms_tui.checklist.model import Checklist, Item
from qms_tui.reports.record import Entry
from qms_tui.store.base import Doc

NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def entries_of(
    checklist: Checklist,
    answers: Mapping[str, Doc],
    findings: Mapping[str, Doc],
    assumed: Mapping[str, Mapping[str, Any]] = NOTHING,
) -> list[Entry]:
    """What is asked now, and what was entered before its condition ceased to hold; documents by item.

    Each ad-hoc item stands after the one that it was added at. `assumed` are answers that are taken as given where it
    is decided what is asked.
    """
    asked_ids = {item.id for item in asked(checklist.items, {**answers, **assumed})}
    following: dict[str | None, list[Entry]] = {}
    for doc in answers.values():
        if doc.get("adhoc") and not doc.get("void"):
            added = entry_of(_adhoc_item(doc), answers, findings, adhoc=True)
            following.setdefault(doc.get("after"), []).append(added)
    entries: list[Entry] = []
    for item in checklist.items:
        entry = entry_of(item, answers, findings, asked=item.id in asked_ids)
        if entry.asked or entry.entered:
            entries.append(entry)
        entries += _after(item.id, following)
    return entries + [entry for rest in following.values() for entry in rest]


def entry_of(
    item: Item, answers: Mapping[str, Doc], findings: Mapping[str, Doc], *, adhoc: bool = False, asked: bool = True
) -> Entry:
    """One item with its answer, and its finding unless that is void."""
    finding = findings.get(item.id)
    live = finding if finding is not None and not finding.get("void") else None
    return Entry(item, answers.get(item.id), live, adhoc, asked)


def first_open(entries: Sequence[Entry], name: str) -> str | None:
    """The id of the first open item after the latest answer of `name`, else of the first open one."""
    mine = [e for e in entries if e.answer and e.answer["by"] == name and e.result]
    last = max(mine, key=lambda e: str((e.answer or {})["at"]), default=None)
    at = next((n for n, e in enumerate(entries) if last is not None and e.item.id == last.item.id), -1) + 1
    waiting = (e.item.id for e in [*entries[at:], *entries] if e.result is None and e.item.answer.name != "none")
    return next(waiting, None)


def _adhoc_item(doc: Doc) -> Item:
    return Item(id=doc["item"], question=doc["question"], section=tuple(doc["section"]), line=0)


def _after(item_id: str, following: dict[str | None, list[Entry]]) -> list[Entry]:
    """The ad-hoc entries that follow an item, each with those that follow it in turn; taken out of `following`."""
    entries = []
    for entry in following.pop(item_id, []):
        entries += [entry, *_after(entry.item.id, following)]
    return entries
