"""One list item looked at: its question, or its key and value."""

from dataclasses import replace

from qms_tui.checklist import keys
from qms_tui.checklist.blocks import Block, Document
from qms_tui.checklist.draft import Field
from qms_tui.checklist.near_fields import without_colon

LISTS = ("bullets", "numbers")


def read_bullet(item: Block, lines: list[str]) -> Field | None:
    """The bullet as a field, its key as written; lines that are lazily continued are not part of it."""
    if not item.children or item.children[0].kind != "paragraph" or item.checked is not None:
        return None
    paragraph = item.children[0]
    text = paragraph.text.split("\n")
    found = keys.split(text[0])
    if found is None:
        return None
    written = text[0].strip()
    column = column_of(lines[paragraph.start], written)
    indent = max(lines[paragraph.start].expandtabs(4).find(written.expandtabs(4)), 0)
    taken = 1
    while taken < len(text) and _indent(lines[paragraph.start + taken]) >= indent:
        taken += 1
    value = " ".join([found.value, *(line.strip() for line in text[1:taken])]).strip()
    at = column + found.offset if found.value else -1
    return Field(found.key, value, paragraph.start, paragraph.start + taken, column, at, written)


def bare_field(item: Block, lines: list[str]) -> Field | None:
    """The bullet as a field whose colon was left out, or None; its `value_column` is -1."""
    if len(item.children) != 1 or item.children[0].kind != "paragraph" or item.checked is not None:
        return None
    paragraph = item.children[0]
    found = without_colon(paragraph.text)
    if found is None:
        return None
    written = paragraph.text.strip()
    return Field(*found, paragraph.start, paragraph.end, column_of(lines[paragraph.start], written), -1, written)


def column_of(line: str, text: str) -> int:
    """Where `text`, with which the line ends, begins in it; 0 where it does not."""
    line = line.rstrip()
    return len(line) - len(text) if line.endswith(text) else max(line.find(text), 0)


def first_heading(document: Document) -> Block | None:
    """The first H1 outside lists and quotes."""
    return next((block for block in document.blocks if block.kind == "heading" and block.level == 1), None)


def read_head(item: Block) -> tuple[list[str], list[Block]]:
    """The lines of the item's question and the blocks after it.

    `- [ ] 1. Doors` holds a list in CommonMark; where such a list or a heading begins on the item's own line, it is
    the question.
    """
    if not item.children:
        return [], []
    first, rest = item.children[0], item.children[1:]
    if first.kind == "html_block" and first.text.startswith("<!--"):
        lines = _without_comments(first.text).strip().split("\n")
        return (lines, rest) if lines[0] else ([], item.children)
    if first.kind in ("paragraph", "heading"):
        return first.text.split("\n"), rest
    if item.checked is not None and first.kind in LISTS and first.start == item.start and first.children:
        inner = first.children[0]
        text, below = read_head(inner)
        if text and inner.checked is None:
            others = [replace(first, children=first.children[1:])] if first.children[1:] else []
            mark = f"{inner.marker} " if first.kind == "numbers" else ""
            return [mark + text[0], *text[1:]], [*below, *others, *rest]
    return [], item.children


def _without_comments(text: str) -> str:
    """HTML without its comments; one that does not end hides the rest."""
    kept, at = "", 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        kept += text[at:start]
        at = len(text) if end < 0 else end + 3
    return kept + text[at:]


def _indent(line: str) -> int:
    """Characters of white space and quote marks before the text, tabs counted to the next stop of four."""
    width = 0
    for char in line:
        if char == "\t":
            width += 4 - width % 4
        elif char in " >":
            width += 1
        else:
            break
    return width
