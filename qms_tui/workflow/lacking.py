"""What the asked items of an audit still lack."""

from collections.abc import Iterable, Mapping
from typing import Any

from qms_tui.checklist.model import Item
from qms_tui.records.gates import Missing, missing_of


def lacking(asked: Iterable[tuple[Item, Mapping[str, Any] | None]]) -> list[Missing]:
    """Unanswered items, and answers without the evidence or the reason that they need, in reading order."""
    return [
        missing
        for item, answer in asked
        if item.answer.name != "none"
        for missing in missing_of(item.id, item.question, item.evidence, answer)
    ]
