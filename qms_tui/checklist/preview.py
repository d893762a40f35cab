"""What was read from where in a file, and why: so that its author sees a wrong guess at once."""

from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.checklist.blocks import Block
from qms_tui.checklist.describe import details
from qms_tui.checklist.draft import Draft
from qms_tui.checklist.model import Item
from qms_tui.checklist.parse import title
from qms_tui.checklist.reading import Reading
from qms_tui.checklist.tables import Table
from qms_tui.i18n import _


class Part(NamedTuple):
    """A part of the file, lines `line` to `end` (from 1, `end` included).

    `what` is title, section, task, box, row, list item, table or list; `more` are the lines of a person's reading
    below it. `item` is the item that was made of it, `table` the checklist table that it is, else None.
    """

    line: int
    end: int
    what: str
    text: str
    why: str
    more: tuple[str, ...] = ()
    item: Item | None = None
    table: Table | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "end": self.end,
            "what": self.what,
            "text": self.text or None,
            "why": self.why or None,
            "columns": self.table and self.table.columns(),
            "id": self.item.id if self.item else None,
            "id_by": self.item.known_by if self.item else None,
            "item": self.item.as_json() if self.item else None,
        }


def parts(reading: Reading, name: str) -> list[Part]:
    """The parts of a file in reading order; `name` is its path."""
    collector = reading.collector
    found = [_title(reading, name)]
    found += [Part(block.start + 1, block.end, "section", text, "") for block, text in collector.sections]
    found += [_table(table) for table in collector.tables]
    found += [_list(block, reading) for block in collector.lists]
    tables = {row.line: table for table in collector.tables for row in table.rows}
    for draft, item in zip(collector.drafts, reading.items, strict=True):
        found.append(_item(draft, item, tables.get(draft.line)))
    return sorted(found, key=lambda part: (part.line, part.what != "title", -part.end))


def _title(reading: Reading, name: str) -> Part:
    heading = reading.collector.title
    if reading.front.texts.get("title"):
        line, why = 1, _("from the front matter")
    elif heading is not None:
        line, why = heading.start + 1, _("the first heading")
    else:
        line, why = 1, _("the file's name: there is no heading")
    return Part(line, line, "title", title(reading) or Path(name).stem, why)


def _table(table: Table) -> Part:
    if not table.rows:
        return Part(table.start + 1, table.end, "table", "", _("not read: {why}").format(why=table.why))

    def column(at: int) -> str:
        return _("column {n} '{header}'").format(n=at + 1, header=table.headers[at])

    more = [_("asks: {column}").format(column=column(table.asks or 0))]
    if table.answers:
        more.append(_("to answer in: {columns}").format(columns=", ".join(map(column, table.answers))))
    if table.codes is not None:
        more.append(_("ids: {column}").format(column=column(table.codes)))
    if table.skipped:
        lines = ", ".join(str(line + 1) for line in table.skipped)
        more.append(_("nothing is asked on line {lines}").format(lines=lines))
    return Part(table.start + 1, table.end, "table", "", _("a checklist"), tuple(more), table=table)


def _list(block: Block, reading: Reading) -> Part:
    if reading.collector.kinds == "lists":
        why = _("not read: only links, or inside another list")
    elif reading.front.items:
        why = _("not read: 'items: {items}' says so").format(items=reading.front.items)
    else:
        why = _("not read: a list without boxes, and the file has items without it")
    return Part(block.start + 1, block.end, "list", "", why)


def _item(draft: Draft, item: Item, table: Table | None) -> Part:
    why = {
        "task": "",
        "box": _("an empty box"),
        "row": _("a row of the table on line {line}").format(line=table.start + 1 if table else draft.line + 1),
        "list": _("a plain list: the file has no boxes"),
    }[draft.kind]
    known_by = {
        "written": _("written in the file"),
        "code": _("from the column of codes") if item.id == draft.code else _("the code it begins with"),
        "text": _("made of its words"),
    }[item.known_by]
    more = [f"{item.id}  ({known_by})", "; ".join(details(item))]
    more += [_("asked if {condition}").format(condition=f"{c.item} {c.op} {c.value}") for c in item.conditions]
    if item.guidance:
        more.append(_("guidance: {text}").format(text=" / ".join(item.guidance.split("\n"))))
    what = "list item" if draft.kind == "list" else draft.kind
    return Part(item.line, max(draft.end, item.line), what, item.question, why, tuple(more), item)
