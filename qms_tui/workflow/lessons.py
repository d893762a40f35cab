"""What was learned from nonconformities: searched, and offered where the same item comes up again."""

from collections.abc import Mapping
from typing import Any

from qms_tui.reports.rows import by_number
from qms_tui.store.base import Store
from qms_tui.workflow.cases import NONCONFORMITIES

RECENT = 200  # so many of a checklist's latest nonconformities are looked at


def lessons(store: Store, text: str = "", most: int = 50) -> list[dict[str, Any]]:
    """What was learned, newest first; with `text` what speaks of it, the likest first."""
    from qms_tui.reports.similar import terms

    docs = store.find(NONCONFORMITIES, lambda doc: bool(doc.get("lesson")) and not doc.get("void"))
    wanted = terms(text)

    def rank(doc: Mapping[str, Any]) -> float:
        said = " ".join(str(doc.get(field) or "") for field in ("lesson", "statement", "criterion", "number"))
        if not wanted:
            return 1.0 if text.strip().casefold() in said.casefold() else 0.0
        hits = len(wanted & terms(said)) / len(wanted)
        return 1.0 + hits if text.strip().casefold() in said.casefold() else hits

    ranked = [(rank(doc), str(doc.get("closed") or doc["opened"]), doc) for doc in docs]
    ranked = [one for one in ranked if one[0] > 0.5 or not text.strip()]
    ranked.sort(key=lambda one: one[:2], reverse=True)
    return [
        {
            "number": doc["number"],
            "lesson": doc["lesson"],
            "statement": doc["statement"],
            "criterion": doc["criterion"],
            "item": doc.get("item"),
            "closed": doc.get("closed"),
        }
        for _rank, _at, doc in ranked[:most]
    ]


def lessons_of_items(store: Store, checklist_id: str) -> dict[str, list[str]]:
    """By item of a checklist, what was learned from nonconformities at it, newest first: `NC-...: lesson`."""
    found: dict[str, list[str]] = {}
    docs = store.find(
        NONCONFORMITIES,
        lambda doc: bool(doc.get("lesson")) and not doc.get("void"),
        by=("checklist", checklist_id),
        last=RECENT,
    )
    for doc in sorted(docs, key=lambda doc: by_number(str(doc["number"])), reverse=True):
        found.setdefault(str(doc.get("item")), []).append(f"{doc['number']}: {doc['lesson']}")
    return found
