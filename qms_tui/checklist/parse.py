"""A Markdown file as a checklist."""

import hashlib
from pathlib import Path

from qms_tui.checklist import identity
from qms_tui.checklist.blocks import Document, plain, read
from qms_tui.checklist.build import Builder
from qms_tui.checklist.bullets import first_heading
from qms_tui.checklist.collect import Collector
from qms_tui.checklist.draft import Draft, Field
from qms_tui.checklist.front import Front, read_front
from qms_tui.checklist.guidance import read_guidance
from qms_tui.checklist.model import Checklist, ChecklistError, Item
from qms_tui.checklist.report import Report
from qms_tui.i18n import _


def load(path: Path) -> Checklist:
    """The checklist in the file `path`. Raises ChecklistError, also where the file cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ChecklistError(_("{path}: no such file - check the path").format(path=path)) from None
    except IsADirectoryError:
        raise ChecklistError(_("{path}: is a directory - name a Markdown file in it").format(path=path)) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        message = _("{path}: cannot be read: {reason} - check its permissions").format(path=path, reason=reason)
        raise ChecklistError(message) from None
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Checklist:
    """The checklist in `data`; `name` is the path it came from, for messages and as a last resort for id and title.

    Raises ChecklistError for E001 (not UTF-8) and E003 (no items). All else that is wrong is in `diagnostics`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ChecklistError(
            _("{name}:{line}: E001 not UTF-8 - save the file as UTF-8").format(name=name, line=line)
        ) from None
    document = read(text)
    report = Report()
    front = read_front(document.front, report)
    collector = _collect(document, front, report)
    items = _items(document, collector, front, report)
    if not items:
        message = _("{name}:1: E003 no items - write each question as '- [ ] question'").format(name=name)
        raise ChecklistError(message)
    texts = front.texts
    heading = first_heading(document)
    title = texts.get("title") or (plain(heading.text, document.env)[0] if heading else "") or Path(name).stem
    return Checklist(
        id=texts.get("id") or identity.slug(Path(name).stem) or "checklist",
        title=title,
        items=items,
        text=data.decode(),
        digest=hashlib.sha256(data).hexdigest(),
        kind=front.kind,
        version=texts.get("version", ""),
        language=texts.get("language", "en"),
        cadence=texts.get("cadence", ""),
        owner=texts.get("owner", ""),
        standard=texts.get("standard", ""),
        description=texts.get("description", ""),
        tags=front.tags,
        scale=front.scale,
        accept=front.accept,
        pass_mark=front.pass_mark,
        strict=front.strict,
        diagnostics=report.sorted(),
    )


def _collect(document: Document, front: Front, report: Report) -> Collector:
    """Boxes and tables first; plain top-level list items where these ask nothing."""
    collector = Collector(document, front.items)
    _choose_title(collector, document, front)
    collector.walk(document.blocks)
    if not collector.drafts and front.items == "":
        collector = Collector(document, "lists")
        _choose_title(collector, document, front)
        collector.walk(document.blocks)
    if collector.row_line is not None:
        message = _("items read from the rows of a table")
        report.add("I301", collector.row_line, 0, message, _("write 'items: tasks' to leave tables out"))
    if collector.kinds == "lists" and collector.drafts:
        message = _("items read from plain lists")
        report.add("I302", collector.drafts[0].line, 0, message, _("write '- [ ] question' to choose the items"))
    for field in collector.strays:
        message = _("the field '{key}' stands beside an item, not in it").format(key=field.key)
        report.add("W202", field.line, field.column, message, _("indent it as far as the text of the question"))
    ticked = next((draft for draft in collector.drafts if draft.ticked), None)
    if ticked is not None:
        report.add("I303", ticked.line, 0, _("ticks in the file are not answers and are ignored"))
    return collector


def _choose_title(collector: Collector, document: Document, front: Front) -> None:
    """Where the front matter has the title and several H1 differ from it, these are chapters."""
    title = front.texts.get("title")
    heads = [block for block in document.blocks if block.kind == "heading" and block.level == 1]
    if title and len(heads) > 1 and plain(heads[0].text, document.env)[0] != title:
        collector.title = None


def _items(document: Document, collector: Collector, front: Front, report: Report) -> tuple[Item, ...]:
    reader = Builder(front, report)
    drafts = collector.drafts
    written: dict[Draft, list[Field]] = {}
    for draft in drafts:
        ids = [found] if (found := identity.take_written(draft, document.lines, report)) else []
        for field in draft.fields:
            if field.key == "id" and identity.valid(field, report):
                if ids:
                    message = _("the item already has the id '{id}'").format(id=ids[0].value)
                    report.add("E109", field.line, field.column, message, _("keep one of them"))
                else:
                    ids.append(field)
                    reader.taken.update(range(field.line, field.end))
        if ids:
            written[draft] = ids
        source = "\n".join(line.strip() for line in draft.text)
        draft.question, links = plain(source, document.env)
        draft.notes += links
    drafts = collector.drafts = _asking(drafts)
    identity.assign(drafts, written, report)
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
