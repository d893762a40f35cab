"""The text of a file taken apart: what was read from where, its items, and what is wrong with it."""

import re
from dataclasses import dataclass

from qms_tui.checklist import identity
from qms_tui.checklist.blocks import Document, plain, read
from qms_tui.checklist.build import Builder
from qms_tui.checklist.bullets import column_of
from qms_tui.checklist.collect import Collector
from qms_tui.checklist.draft import Draft, Field
from qms_tui.checklist.front import Front, read_front, unclosed
from qms_tui.checklist.guidance import read_guidance
from qms_tui.checklist.model import Item
from qms_tui.checklist.passed_over import report_passed_over
from qms_tui.checklist.report import Place, Report
from qms_tui.i18n import _

_TICK = re.compile(r"\[[^\]\s]\]|［[^］\s]］|[☑☒]")


@dataclass
class Reading:
    """`collector.drafts` and `items` go together."""

    document: Document
    front: Front
    report: Report
    collector: Collector
    items: tuple[Item, ...]


def read_items(text: str) -> Reading:
    """Take a file's text apart; never raises on any text."""
    document = read(text)
    report = Report()
    front = read_front(document.front, report)
    if document.front is None and unclosed(document.lines):
        report.add(
            "W002", Place(0, 0, 3), _("no line of dashes ends the front matter"), _("write '---' below its keys")
        )
    collector = _collect(document, front)
    found = collector.drafts
    items = _items(document, collector, front, report)
    _report_source(document, collector, report)
    report_passed_over(document, collector, found, report)
    return Reading(document, front, report, collector, items)


def _collect(document: Document, front: Front) -> Collector:
    """Boxes and tables first; plain top-level list items where these ask nothing."""
    collector = Collector(document, front.items)
    _choose_title(collector, document, front)
    collector.walk(document.blocks)
    if not any(_asks(draft) for draft in collector.drafts) and front.items == "":
        collector = Collector(document, "lists")
        _choose_title(collector, document, front)
        collector.walk(document.blocks)
    return collector


def _asks(draft: Draft) -> bool:
    return bool("".join(draft.text).strip())


def _report_source(document: Document, collector: Collector, report: Report) -> None:
    drafts = collector.drafts
    row = next((draft for draft in drafts if draft.kind == "row"), None)
    if row is not None:
        message = _("items read from the rows of a table")
        report.add("I301", _start(document, row), message, _("write 'items: tasks' to leave tables out"))
    if collector.kinds == "lists" and drafts:
        first = next((draft for draft in drafts if draft.kind == "list"), drafts[0])
        message = _("items read from plain lists")
        report.add("I302", _start(document, first), message, _("write '- [ ] question' to choose the items"))
    ticked = next((draft for draft in drafts if draft.ticked), None)
    if ticked is not None:
        report.add("I303", _start(document, ticked), _("ticks in the file are not answers and are ignored"))


def _start(document: Document, draft: Draft) -> Place:
    """Where an item begins on its line: its box, its text in a list, its cell in a table."""
    line = document.lines[draft.start]
    if draft.ticked and (tick := _TICK.search(line)):
        return Place(draft.start, tick.start(), len(tick[0]))
    first = document.lines[draft.line]
    return Place(draft.line, column_of(first, draft.first), len(draft.first))


def _choose_title(collector: Collector, document: Document, front: Front) -> None:
    """Where the front matter has the title and several H1 differ from it, these are chapters."""
    title = front.texts.get("title")
    heads = [block for block in document.blocks if block.kind == "heading" and block.level == 1]
    if title and len(heads) > 1 and plain(heads[0].text, document.env)[0] != title:
        collector.title = None


def _items(document: Document, collector: Collector, front: Front, report: Report) -> tuple[Item, ...]:
    written: dict[Draft, list[Field]] = {}
    taken: set[int] = set()
    for draft in collector.drafts:
        ids = [found] if (found := identity.take_written(draft, document.lines, report)) else []
        for field in draft.fields:
            if field.key == "id" and identity.valid(field, report):
                if ids:
                    message = _("the item already has the id '{id}'").format(id=ids[0].value)
                    report.add("E109", field.key_place, message, _("keep one of them"))
                else:
                    ids.append(field)
                    taken.update(range(field.line, field.end))
        if ids:
            written[draft] = ids
        source = "\n".join(line.strip() for line in draft.text)
        draft.question, links = plain(source, document.env)
        draft.notes += links
    drafts = collector.drafts = _asking(collector.drafts)
    identity.assign(drafts, written, report)
    reader = Builder(front, report, {draft.id: draft.line for draft in drafts})
    reader.taken |= taken
    items = [reader.item(draft) for draft in drafts]
    texts = read_guidance(document.lines, drafts, reader.taken)
    return tuple(_with(item, text) for item, text in zip(items, texts, strict=True))


def _asking(drafts: list[Draft]) -> list[Draft]:
    """The drafts that have words to ask; items nested in others of them move up."""
    kept = []
    for draft in drafts:
        while draft.parent is not None and not draft.parent.question:
            draft.branch, draft.parent = draft.parent.branch, draft.parent.parent
        draft.question = draft.question or " ".join(" ".join(draft.text).split())
        if draft.question:
            kept.append(draft)
    return kept


def _with(item: Item, guidance: str) -> Item:
    return item._replace(guidance=guidance) if guidance else item
