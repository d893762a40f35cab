"""An option that was chosen in one language, in the words of another.

A translated checklist keeps its options in their order, so an option is known by its place. The record keeps what was
chosen; it is told in the words of the checklist that is walked now.
"""

from collections.abc import Mapping
from typing import Any

from qms_tui.checklist.model import Checklist, Item
from qms_tui.store.base import Store


class OtherLanguages:
    """Reads the pinned text of an earlier audit when an option of it is not one of `checklist`, and then once."""

    def __init__(self, store: Store, checklist: Checklist) -> None:
        self._store = store
        self._checklist = checklist
        self._items = {item.id: item for item in checklist.items}
        self._pinned: dict[str, Checklist | None] = {}

    def value(self, audit: Mapping[str, Any], item_id: str, value: Any) -> Any:
        """The value of an answer in `audit`, as the present item words it; as recorded where it cannot be told."""
        item = self._items.get(item_id)
        if item is None or not item.answer.options or value is None:
            return value
        chosen = value if isinstance(value, list) else [value]
        if all(option in item.answer.options for option in chosen):
            return value
        asked = self._asked(audit, item)
        if asked is None or any(option not in asked.answer.options for option in chosen):
            return value
        here = [item.answer.options[asked.answer.options.index(option)] for option in chosen]
        return here if isinstance(value, list) else here[0]

    def _asked(self, audit: Mapping[str, Any], item: Item) -> Item | None:
        """The item as that audit asked it, where it was a translation of this one."""
        digest = audit["digest"]
        if digest not in self._pinned:
            self._pinned[digest] = self._read(digest)
        pinned = self._pinned[digest]
        asked = pinned.item(item.id) if pinned is not None and pinned.language != self._checklist.language else None
        if asked is None or asked.answer.name != item.answer.name:
            return None
        return asked if len(asked.answer.options) == len(item.answer.options) else None

    def _read(self, digest: str) -> Checklist | None:
        from qms_tui.checklist.parse import parse

        pinned = self._store.get("checklists", digest)
        return parse(pinned["text"].encode(), pinned["name"]) if pinned is not None else None
