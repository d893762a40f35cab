"""Drafts become items, in reading order; what cannot be read is reported."""

from typing import Any

from qms_tui.checklist.draft import Branch, Draft, Field
from qms_tui.checklist.fields import EMPTY, READERS, Refused
from qms_tui.checklist.front import Front
from qms_tui.checklist.model import Condition, Item
from qms_tui.checklist.near_fields import near_field
from qms_tui.checklist.relations import BadCondition, read_branch, read_only_if
from qms_tui.checklist.report import Report
from qms_tui.checklist.text import fold
from qms_tui.i18n import _


class Builder:
    """Makes items of drafts, in reading order. `taken` are the lines (from 0) that fields used; others are guidance."""

    def __init__(self, front: Front, report: Report, lines: dict[str, int]) -> None:
        self.report = report
        self.taken: set[int] = set()
        self.lines = {fold(id): line for id, line in lines.items()}
        """The line (from 0) of every item of the file by folded id."""
        self.refused: set[Branch] = set()
        self.items: dict[str, Item] = {}
        """Items so far by folded id."""
        self.base: dict[str, Any] = {
            key: value
            for key in ("answer", "severity", "evidence", "na", "weight")
            if (value := getattr(front, key)) is not None
        }

    def item(self, draft: Draft) -> Item:
        """The draft as an item; fields that cannot be read are reported and left out."""
        item = Item(draft.id, draft.question, draft.section, draft.line + 1, known_by=draft.known_by, **self.base)
        if draft.fields:
            item = self.apply(item, draft)
        for field in draft.near:
            if near := near_field(field.key, field.value):
                message = _("'{key}' is nearly a field").format(key=field.key)
                help = _("did you mean '{word}'?").format(word=near)
            else:
                message = _("'{key}' has no colon behind it, and is no field").format(key=field.key)
                help = _("write '{key}: {value}'").format(key=field.key, value=field.value)
            self.report.add("W202", field.key_place, message, help)
        conditions = self.conditions(draft)
        if conditions:
            item = item._replace(conditions=conditions)
        self.items[fold(item.id)] = item
        return item

    def apply(self, item: Item, draft: Draft) -> Item:
        """What the fields under it say of an item; those that cannot be read are reported and left out."""
        fields: dict[str, Field] = {}
        for field in draft.fields:
            first = fields.setdefault(field.key, field)
            if first is not field and field.key != "id":
                message = _("'{key}' already stands on line {line}").format(key=field.key, line=first.line + 1)
                self.report.add("E109", field.key_place, message, _("keep one of them"))
        for key, read in READERS.items():
            found = fields.get(key)
            if found is None:
                continue
            try:
                if not found.value:
                    code = EMPTY.get(key, "E106")
                    raise Refused(
                        code, _("'{key}' has no value").format(key=key), _("write a value, or remove the line")
                    )
                item = read(item, found.value, fields)
            except Refused as error:
                self.report.add(error.code, found.place, str(error), error.help)
            else:
                self.taken.update(range(found.line, found.end))
        return item

    def conditions(self, draft: Draft) -> tuple[Condition, ...]:
        """Those of the item it is nested in, then its own; one that cannot be read is reported and left out."""
        conditions: list[Condition] = []
        parent = self.items.get(fold(draft.parent.id)) if draft.parent else None
        if parent is not None:
            conditions += parent.conditions
            if draft.branch is not None and (own := self.branch(draft.branch, parent)):
                conditions.append(own)
        only_if = next((field for field in draft.fields if field.key == "only if"), None)
        if only_if is not None:
            try:
                conditions.append(read_only_if(only_if.value, self.items, self.lines))
                self.taken.update(range(only_if.line, only_if.end))
            except BadCondition as error:
                self.report.add("E107", only_if.place, str(error), error.help)
        return tuple(dict.fromkeys(conditions))

    def branch(self, branch: Branch, parent: Item) -> Condition | None:
        """The condition of a branch of `parent`; None, and reported once, where it cannot be read."""
        try:
            return read_branch(branch.text, parent)
        except BadCondition as error:
            if branch not in self.refused:
                self.refused.add(branch)
                branch.kept = True
                self.report.add("E107", branch.place, str(error), error.help)
            return None
