"""What looks like an item and is none is named: nothing that an author wrote to be asked is dropped unsaid."""

import re
from collections.abc import Sequence

from qms_tui.checklist.blocks import Block, Document
from qms_tui.checklist.collect import Collector
from qms_tui.checklist.draft import Draft
from qms_tui.checklist.report import Place, Report
from qms_tui.i18n import _

_BOX = r"\\?\[[ \u00a0\u3000]?\\?\]|［[ \u3000]?］|[☐⬜□☑☒]"
_LOOKS = re.compile(
    r"[ \t>]*(?:(?:[-*+•◦▪‣·●–—]|[0-9]{1,9}[.)])[ \t]*(?:"
    + _BOX
    + r"|\[(?:[xX]|[^\w\s\[\]\\])\])|"
    + _BOX
    + r")(?![(\[:])"
)
_BULLET = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_BOXES = re.compile(_BOX)
_VERBATIM = re.compile(r"<(?:!--|pre|script|style|textarea)", re.IGNORECASE)


def report_passed_over(document: Document, collector: Collector, found: Sequence[Draft], report: Report) -> None:
    """Report fields and bullets beside items, and lines with a box on which no item begins.

    `found` are the drafts before those without words to ask were taken out of `collector.drafts`.
    """
    for field in collector.strays:
        message = _("the field '{key}' stands beside an item, not in it").format(key=field.key)
        report.add("W202", field.key_place, message, _("indent it as far as the text of the question"))
    for item in collector.beside:
        line = document.lines[item.start]
        if _LOOKS.match(line) or len(_BOXES.findall(line)) > 1:
            continue
        report.add(
            "I304",
            _whole(item.start, line),
            _("a bullet between boxes is not asked"),
            _("write '- [ ] question' to ask it"),
        )
    if collector.kinds == "tables" or ("]" not in document.source and not _BOXES.search(document.source)):
        return
    boxed = _lines(collector.drafts)
    silent = _lines(found) - boxed
    blocks: dict[int, Block] | None = None
    first = 0 if document.front is None else document.front.count("\n") + 3
    for number, line in enumerate(document.lines[first:], first):
        if number in boxed:
            continue
        if number in silent:
            report.add(
                "W203",
                _whole(number, line),
                _("a box without a question"),
                _("write the question behind it, or remove the line"),
            )
            continue
        match = _LOOKS.match(line)
        if match is None:
            if _BULLET.match(line) and len(_BOXES.findall(line)) > 1:
                blocks = blocks or _by_line(document.blocks)
                if (block := blocks.get(number)) and block.kind == "paragraph":
                    _report_choices(number, line, report)
            continue
        if blocks is None:
            blocks = _by_line(document.blocks)
        _report_line(number, line, match, blocks.get(number), report)


def _report_line(number: int, line: str, match: re.Match[str], block: Block | None, report: Report) -> None:
    kind = block.kind if block else ""
    place = _whole(number, line)
    rest = line[match.end() :].strip()
    help = ""
    if (kind == "fence" and block and block.start < number) or (
        block and kind == "html_block" and _VERBATIM.match(block.text.lstrip())
    ):
        return
    if kind == "code_block":
        message, help = _("a box in an indented block is code, not an item"), _("indent it less")
    elif kind == "html_block":
        message = _("a box in an HTML block is no item")
        help = _("put an empty line between the HTML tag and the list")
    elif not rest or kind == "fence":
        message, help = _("a box without a question"), _("write the question behind it, or remove the line")
    elif _BOXES.search(rest):
        _report_choices(number, line, report)
        return
    elif not line[match.end()].isspace():
        message, help = _("no space behind the box"), _("write '- [ ] question'")
    elif kind:
        message, help = _("a box in running text is no item"), _("put an empty line above it")
    else:
        message, help = _("the item is nested too deep to be read"), _("indent it less")
    report.add("W203", place, message, help)


def _report_choices(number: int, line: str, report: Report) -> None:
    message = _("a line of several boxes is a place to answer, not a question")
    report.add("I304", _whole(number, line), message, _("write '- [ ] question' for what it asks"))


def _lines(drafts: Sequence[Draft]) -> set[int]:
    return {line for draft in drafts for line in range(draft.start, draft.line + len(draft.text))}


def _whole(number: int, line: str) -> Place:
    """All that stands on a line."""
    start = len(line) - len(line.lstrip(" \t>"))
    return Place(number, start, len(line.rstrip()) - start)


def _by_line(blocks: Sequence[Block]) -> dict[int, Block]:
    """The innermost block with a text of its own on each line (from 0)."""
    found: dict[int, Block] = {}
    waiting = list(blocks)
    while waiting:
        block = waiting.pop()
        if block.children:
            waiting += block.children
        elif block.kind not in ("item", "quote", "bullets", "numbers"):
            found.update(dict.fromkeys(range(block.start, block.end), block))
    return found
