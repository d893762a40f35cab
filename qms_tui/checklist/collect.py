"""From blocks to drafts: which blocks are items, under which headings, with which fields; nothing is interpreted."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qms_tui.checklist import keys
from qms_tui.checklist.blocks import Block, Document, plain
from qms_tui.checklist.boxes import unbox
from qms_tui.checklist.bullets import LISTS, bare_field, first_heading, read_bullet, read_head
from qms_tui.checklist.draft import Branch, Draft, Field, Kind
from qms_tui.checklist.near_fields import near_field
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.checklist.tables import Table

_BOLD = re.compile(r"(\*\*|__)([^\s*_][^*_\n]{0,200})\1\s*[:：]?")
_ANCHOR = re.compile(r"\[[^\]]{0,200}\]\(#[^)]{0,200}\)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: block quotes around, the item and the condition above; `top` outside every list."""

    quotes: int = 0
    parent: Draft | None = None
    branch: Branch | None = None
    top: bool = True


class Collector:
    """Walks a document once. `drafts` are its items in reading order, `strays` fields beside an item, not in it.

    `kinds` is "" for boxes and tables, `tasks` or `tables` for one of them, `lists` for every top-level list item.
    """

    def __init__(self, document: Document, kinds: str = "") -> None:
        self.document = document
        self.kinds = kinds
        self.drafts: list[Draft] = []
        self.strays: list[Field] = []
        self.tables: list[Table] = []
        self.beside: list[Block] = []
        """Bullets that stand between boxes and ask nothing."""
        self.sections: list[tuple[Block, str]] = []
        self.lists: list[Block] = []
        """Lists outside items that ask nothing."""
        self.title = first_heading(document)
        """The heading that is the title and so no section."""
        self.headings: list[tuple[int, str]] = []

    def walk(self, blocks: list[Block], place: _Place | None = None) -> None:
        """Collect from `blocks`, which stand beside each other."""
        place = place or _Place()
        for position, block in enumerate(blocks):
            if block.kind in LISTS:
                self.read_list(block, place, bool(position and blocks[position - 1].kind in LISTS))
            elif block.kind == "paragraph":
                after = blocks[position + 1] if position + 1 < len(blocks) else None
                self.paragraph(block, place, after)
            elif block.kind == "heading" and place.parent is None and place.top:
                self.open_section(block)
            elif block.kind == "table" and place.parent is None:
                self.table(block, place)
            elif block.kind == "quote":
                outside = self.headings[:]
                self.walk(block.children, replace(place, quotes=place.quotes + 1))
                self.headings = outside

    def table(self, block: Block, place: _Place) -> None:
        """Each row that asks something is an item, in a checklist of tables or of all kinds."""
        from qms_tui.checklist.tables import Table, read_table

        table = read_table(block, self.document.env)
        if table.rows and self.kinds in ("tasks", "lists"):
            why = _("'items: {items}' says so").format(items=self.kinds)
            table = Table(table.start, table.end, table.headers, why=why)
        self.tables.append(table)
        for row in table.rows:
            found = unbox(row.text)
            draft = self.add([found[0] if found else row.text], row.line, row.line, row.line + 1, place, "row")
            draft.code, draft.notes, draft.ticked = row.code, list(row.notes), row.ticked

    def open_section(self, block: Block) -> None:
        """What follows belongs below this heading, and below those of a higher level above it."""
        if block is self.title:
            self.headings = []
            return
        while self.headings and self.headings[-1][0] >= block.level:
            self.headings.pop()
        name = plain(block.text, self.document.env)[0]
        if name:
            self.headings.append((block.level, name))
            self.sections.append((block, name))

    def paragraph(self, block: Block, place: _Place, after: Block | None) -> None:
        """Lines with a box are items; a line of bold text before a list opens a sub-section."""
        if place.parent is None and place.top and after is not None and after.kind in LISTS:
            bold = _BOLD.fullmatch(block.text.strip())
            if bold:
                while self.headings and self.headings[-1][0] == 7:
                    self.headings.pop()
                self.headings.append((7, plain(bold[2], self.document.env)[0].rstrip(":： ")))
                self.sections.append((block, self.headings[-1][1]))
                return
        self.box_lines(block, block.text.split("\n"), block.start, place)

    def box_lines(self, block: Block, lines: list[str], first: int, place: _Place) -> None:
        """Each line that begins with a box is an item, and those behind it go on with its text. `first` is from 0."""
        current: Draft | None = None
        for number, line in enumerate(lines, first):
            found = self.unbox(line)
            if found is not None:
                current = self.add([found[0]], number, number, number + 1, place, "box")
                current.ticked = found[1]
            elif current is not None and number < block.end:
                current.text.append(line)
                current.end = number + 1

    def read_list(self, block: Block, place: _Place, follows: bool) -> None:
        """The items of a list, and the fields of `place.parent` where the list is directly in it."""
        before = len(self.drafts)
        plain_items: list[Block] = []
        silent: list[Block] = []
        for item in block.children:
            below = len(self.drafts)
            if not self.item(item, place):
                plain_items.append(item)
                if len(self.drafts) == below:
                    silent.append(item)
        if place.parent is None and len(plain_items) < len(block.children) and self.kinds != "lists":
            self.beside += [item for item in silent if item.checked is None and not self.is_field(item)]
        if place.parent is None and before == len(self.drafts):
            self.lists.append(block)
        beside = before < len(self.drafts) or (follows and before > 0 and self.drafts[-1].end <= block.start)
        if place.parent is None and beside:
            fields = [found for item in plain_items if (found := self.is_field(item))]
            self.strays += fields

    def is_field(self, item: Block) -> Field | None:
        """The field that a bullet is, where its key is one of a checklist."""
        found = read_bullet(item, self.document.lines)
        return found if found and keys.canonical(found.key) else None

    def item(self, item: Block, place: _Place) -> bool:
        """Collect a list item; False where it asks nothing itself."""
        head, rest = read_head(item)
        boxed = self.unbox(head[0]) if item.checked is None and head else None
        listed = self.kinds == "lists" and place.top and place.parent is None
        task = item.checked is not None and self.kinds != "tables"
        if head and (task or boxed or (listed and not _ANCHOR.fullmatch(head[0].strip()))):
            text = [boxed[0], *head[1:]] if boxed else head
            kind: Kind = "task" if task else "box" if boxed else "list"
            draft = self.add(text, item.children[0].start, item.start, item.end, place, kind)
            draft.ticked = boxed[1] if boxed else bool(item.checked)
            self.split_boxes(draft, place)
            if rest:
                self.inside(rest, _Place(place.quotes, draft, None, top=False))
            return True
        self.group(item, head, replace(place, top=False))
        return False

    def unbox(self, line: str) -> tuple[str, bool] | None:
        """The text behind the box of a line, and whether it is ticked; None where there is none, or none counts."""
        return None if self.kinds == "tables" else unbox(line.strip())

    def group(self, item: Block, head: list[str], place: _Place) -> None:
        """A list item that asks nothing: its text is the sub-section of the items below it."""
        outside = self.headings[:]
        if place.parent is None and len(item.children) > 1 and len(head) == 1 and len(head[0]) < 200:
            name = plain(head[0], self.document.env)[0].rstrip(":： ")
            if name:
                self.headings.append((8 + len(self.headings), name))
        below = len(self.drafts)
        self.walk(item.children, place)
        if len(self.headings) > len(outside) and len(self.drafts) > below:
            self.sections.append((item.children[0], self.headings[-1][1]))
        self.headings = outside

    def split_boxes(self, draft: Draft, place: _Place) -> None:
        """A wrapped line of the question that begins with a box is the next question."""
        for at, line in enumerate(draft.text[1:], 1):
            if self.unbox(line) is not None:
                following, draft.text = draft.text[at:], draft.text[:at]
                block = Block("paragraph", draft.line + at, draft.line + at + len(following))
                self.box_lines(block, following, block.start, place)
                return

    def inside(self, blocks: list[Block], place: _Place) -> None:
        """What stands in an item: its own bullets may be fields or conditions, all else may hold more items."""
        for block in blocks:
            if block.kind != "bullets":
                self.walk([block], place)
                continue
            for item in block.children:
                found = None if item.checked is not None else read_bullet(item, self.document.lines)
                key = keys.canonical(found.key) if found else None
                answer = keys.condition(found.key) if found and key is None else None
                below = len(self.drafts)
                if found is None or place.parent is None:
                    if place.parent is not None and (bare := bare_field(item, self.document.lines)):
                        place.parent.near.append(bare)
                    self.item(item, place)
                elif answer is not None:
                    branch = Branch(answer, item.end, found.key_place, bool(found.value))
                    self.walk(item.children[1:], replace(place, branch=branch))
                    if len(self.drafts) == below:
                        continue
                elif key is not None:
                    found.key = key
                    place.parent.fields.append(found)
                    self.walk(item.children[1:], place)
                else:
                    if near_field(found.key, found.value):
                        place.parent.near.append(found)
                    self.item(item, place)

    def add(self, text: list[str], line: int, start: int, end: int, place: _Place, kind: Kind) -> Draft:
        """A draft of an item under the present headings. Lines count from 0, `end` is the one behind it."""
        section = tuple(name for _, name in self.headings)
        draft = Draft(text, line, start, end, section, place.quotes, parent=place.parent, branch=place.branch)
        draft.kind, draft.first = kind, text[0].strip()
        self.drafts.append(draft)
        return draft
