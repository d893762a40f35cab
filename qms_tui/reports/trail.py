"""The trail as rows: who, when, what before, what after, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from qms_tui.store.base import Record


def reopenings(trail: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """When a completed audit was opened again, by whom and why, oldest first; of rows as `trail_row` makes them."""
    return [
        {"at": row["at"], "by": row["by"], "why": row["why"]}
        for row in trail
        for change in row["changes"]
        if (change["table"], change["field"], change["old"]) == ("audits", "status", "completed")
        and change["new"] == "in_progress"
    ]


def trail_row(record: Record, numbers: Mapping[str, str], only: frozenset[str] | None = None) -> dict[str, Any]:
    """One line of the trail. `numbers` maps document ids to human numbers; `only` keeps the changes of those documents.

    `number` is the human number of the first changed document that has one or belongs to one.
    """
    changes = [change for change in record.changes if only is None or change.id in only]
    return {
        "n": record.n,
        "at": record.at,
        "by": record.by,
        "via": record.via,
        "why": record.why,
        "number": next((n for c in changes if (n := numbers.get(c.id.partition("/")[0]))), None),
        "undoes": record.undoes,
        "changes": [{"table": c.table, "id": c.id, "field": c.field, "old": c.old, "new": c.new} for c in changes],
    }
