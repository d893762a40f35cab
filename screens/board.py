"""What the walk screen knows of its audit: entries in order, where each stands, figures, and what waits for the disk.

And how it is read: rows, lines, words, by the pure functions of `walk_lines`. No widget is needed for it; one answer
costs the same among 10,000 items as among 50.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.words import status_label
from qms_tui.reports.record import Entry, entry_figures
from qms_tui.reports.score import Figures
from qms_tui.screens.walk_lines import Detail, row, rows, status
from qms_tui.screens.widgets.row_list import Row
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import Walk


class Board:
    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.entries: list[Entry] = []
        self.figures: Figures = entry_figures(())
        self._at: dict[str, int] = {}
        self._pending: dict[str, int] = {}
        self.refused: set[str] = set()  # items of which an entry was not recorded, and none since
        self._assumed: dict[str, Mapping[str, Any]] = {}
        self.rebuild()

    def rebuild(self) -> None:
        """Take everything from the walk anew."""
        self.entries = self.walk.entries(self._assumed)
        self._at = {entry.item.id: at for at, entry in enumerate(self.entries)}
        self.figures = entry_figures(self.entries)

    def update(self) -> set[str] | None:
        """Take in what was recorded: the ids of the entries that changed, or None where the items did too."""
        touched = self.walk.take_touched()  # what `rebuild` took already is painted once more
        self.refused -= touched
        if touched - self._at.keys() or touched & self.walk.deciding:
            self.rebuild()
            return None
        for item_id in touched:
            at = self._at[item_id]
            before, after = self.entries[at], self.walk.entry(self.entries[at])
            self.entries[at] = after
            self.figures = self.figures.less(entry_figures([before])).more(entry_figures([after]))
        return touched

    # Looking up

    def entry(self, item_id: str) -> Entry | None:
        at = self._at.get(item_id)
        return self.entries[at] if at is not None else None

    def position(self, item_id: str) -> int:
        """Counted from 1; 0 for an item that is not asked."""
        return self._at.get(item_id, -1) + 1

    def after(self, item_id: str) -> Entry | None:
        """The entry that follows an item."""
        at = self._at.get(item_id, len(self.entries)) + 1
        return self.entries[at] if at < len(self.entries) else None

    def following(self, item_id: str) -> Iterator[Entry]:
        """All other entries, from the one after an item, round to the one before it."""
        at = self._at.get(item_id, -1)
        yield from self.entries[at + 1 :]
        yield from self.entries[: max(at, 0)]

    def next_open(self, item_id: str) -> Entry | None:
        """The next entry without an answer, round the end."""
        return next((entry for entry in self.following(item_id) if self.is_open(entry)), None)

    def is_open(self, entry: Entry) -> bool:
        return entry.result is None and entry.item.answer.name != "none" and not self.is_pending(entry.item.id)

    def search(self, item_id: str, text: str) -> Entry | None:
        """The next entry with a text in its id, question or guidance, round the end and the item itself last."""
        wanted = text.casefold()
        here = self.entry(item_id)
        for entry in [*self.following(item_id), *([here] if here else [])]:
            if wanted in f"{entry.item.id} {entry.item.question} {entry.item.guidance}".casefold():
                return entry
        return None

    def named(self, text: str) -> Entry | None:
        """The entry at a position counted from 1, or with an id."""
        wanted = text.strip()
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self.entries):
            return self.entries[int(wanted) - 1]
        return self.entry(wanted)

    # As it is read

    def title(self) -> tuple[str, str]:
        """What is walked, and how far the audit is."""
        walk = self.walk
        subject = f"  {walk.about.subject}" if walk.about.subject else ""
        state = f"{walk.number} {status_label(walk.audit['status'])}" if walk.audit and walk.frozen else walk.number
        return f"{walk.checklist.title}{subject}", state or _("not begun")

    def rows(self) -> list[Row]:
        pending = frozenset(entry.item.id for entry in self.entries if self.is_pending(entry.item.id))
        return rows(self.entries, pending, self.walk.lineage.asked, self.refused)

    def row(self, entry: Entry) -> Row:
        item_id = entry.item.id
        return row(entry, self.is_pending(item_id), self.walk.lineage.is_asked(item_id), item_id in self.refused)

    def detail(self, entry: Entry) -> Detail:
        walk, item_id = self.walk, entry.item.id
        return Detail(
            entry,
            walk.past(item_id),
            walk.nonconformity_of(item_id),
            walk.checklist,
            walk.lineage.open_question(item_id),
            walk.lessons(item_id),
        )

    def status(self, entry: Entry, recorded: str | None, *, short: bool) -> str:
        return status(self.position(entry.item.id), len(self.entries), self.figures, recorded, short=short)

    # Waiting for the disk

    def is_pending(self, item_id: str) -> bool:
        return item_id in self._pending

    def wait_for(self, item_id: str, given: Given) -> bool:
        """An answer is on its way to the disk. True when other items are asked if it arrives.

        They are shown at once: keys typed ahead go to the questions that the answer brings.
        """
        self._pending[item_id] = self._pending.get(item_id, 0) + 1
        if given.result is None or item_id not in self.walk.deciding:
            return False
        self._assumed[item_id] = {"result": given.result, "value": given.value}
        before = self._at
        self.rebuild()
        return self._at.keys() != before.keys()

    def settle(self, item_id: str) -> None:
        """One write less to wait for."""
        self._pending[item_id] -= 1
        if not self._pending[item_id]:
            del self._pending[item_id]
            self._assumed.pop(item_id, None)
