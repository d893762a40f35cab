"""What a person entered in a walk and is not recorded: kept by item, and given back when it is asked for again."""

from typing import NamedTuple

from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.given import Given


class Kept(NamedTuple):
    """An answer with its finding, or a text."""

    given: Given
    draft: FindingDraft | None = None
    typing: typing_in.Typing | None = None


class KeptEntries:
    """The newest for each item."""

    def __init__(self) -> None:
        self._by_item: dict[str, Kept] = {}

    def keep(self, entry: Entry, given: Given) -> None:
        """What was given for an item, where there is something to type or edit again."""
        if given.grade and given.statement and given.criterion:
            self.keep_finding(entry, given, FindingDraft(given.grade, given.statement, given.criterion))
        elif (again := typing_in.again(entry, given)) is not None:
            self._by_item[entry.item.id] = Kept(given, typing=again)

    def keep_finding(self, entry: Entry, given: Given, draft: FindingDraft) -> None:
        self._by_item[entry.item.id] = Kept(given, draft)

    def forget(self, item_id: str) -> None:
        self._by_item.pop(item_id, None)

    def of(self, entry: Entry) -> Kept | None:
        return self._by_item.get(entry.item.id)

    def finding(self, entry: Entry, given: Given) -> Kept | None:
        """The finding that was left for the same answer."""
        kept = self.of(entry)
        same = kept is not None and (kept.given.result, kept.given.value) == (given.result, given.value)
        return kept if kept is not None and same and kept.draft is not None else None

    def note(self, entry: Entry) -> typing_in.Typing | None:
        kept = self.of(entry)
        return kept.typing if kept is not None and kept.typing and kept.typing.purpose == "note" else None
