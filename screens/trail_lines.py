"""The trail of a record as a timeline: who recorded what and when, what it was before, and why; newest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from qms_tui.export.changes import changes_told
from qms_tui.i18n import _
from qms_tui.reports.timeline import untold
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.store.base import Store
from qms_tui.workflow.clock import local_date, local_time
from qms_tui.workflow.trail import Numbers, trail_of


class Event(NamedTuple):
    """One line of the trail, in words; `why` is empty where they end with it."""

    n: int
    at: str
    by: str
    whats: Sequence[str]
    why: str


def trail_events(store: Store, root: str) -> list[Event]:
    """The trail of a document with all that belongs to it, newest first. Reads the disk."""
    return events(trail_of(store, root), Numbers(store))


def events(trail: Iterable[Mapping[str, Any]], numbers: Mapping[str, str]) -> list[Event]:
    """Rows as `reports.trail` makes them, oldest first, in words and newest first."""
    found = []
    for row in trail:
        whats = [_("takes back line {n}").format(n=row["undoes"])] if row["undoes"] else []
        whats += [": ".join(filter(None, named)) for named in changes_told(row["changes"], numbers)]
        by = row["by"] + (f" ({row['via']})" if row["via"] else "")
        found.append(Event(row["n"], row["at"], by, whats, untold(row["why"], whats)))
    return found[::-1]


def trail_lines(events: Sequence[Event], width: int) -> list[Line]:
    """A head a transaction, and what it changed below it."""
    lines: list[Line] = []
    for event in events:
        head = f"{local_date(event.at)} {local_time(event.at)}  {event.by}"
        lines += [[(part, "bold")] for part in wrap(head, width)]
        for what in (*event.whats, *([_("why: {why}").format(why=event.why)] if event.why else ())):
            lines += [f"  {line}" for part in what.split("\n") for line in wrap(part, max(1, width - 2))]
    return lines or [_("Nothing is recorded yet.")]
