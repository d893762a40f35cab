"""How a file is read, in lines for a width: what is wrong first, then each part with its line."""

from typing import NamedTuple

from qms_tui.checklist.describe import details
from qms_tui.checklist.model import Checklist, ChecklistError, Diagnostic
from qms_tui.checklist.parse import parse, read_text
from qms_tui.checklist.preview import Part, parts
from qms_tui.i18n import _, ngettext
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.text_cells import wrap

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
_SIGNS = {"error": "!", "warning": "?", "info": "-"}
_NUMBER = 5  # cells of a line's number


class Preview(NamedTuple):
    """A file as it is read; `title` and `counted` stand in the top row. Without items it cannot be walked."""

    title: str
    items: int
    diagnostics: tuple[Diagnostic, ...]
    parts: tuple[Part, ...]

    @property
    def problems(self) -> int:
        return sum(each.severity != "info" for each in self.diagnostics)

    @property
    def counted(self) -> str:
        items = ngettext("{n} item", "{n} items", self.items).format(n=self.items)
        problems = ngettext("{n} problem", "{n} problems", self.problems).format(n=self.problems)
        return f"{items}, {problems}" if self.problems else items

    def lines(self, width: int) -> list[Line]:
        found: list[Line] = []
        for each in self.diagnostics:
            found += _diagnostic(each, width)
        if found:
            found.append("")
        for part in self.parts:
            found += _part(part, width)
        return found


def read_preview(data: bytes, name: str) -> Preview:
    """The preview of a file's bytes; never raises on any of them."""
    try:
        found: Checklist = parse(data, name)
    except ChecklistError as error:
        try:
            reading = read_text(data, name)
        except ChecklistError:
            return Preview(name, 0, error.diagnostics, ())
        return Preview(name, 0, error.diagnostics, tuple(parts(reading, name)))
    return Preview(found.title, len(found.items), found.diagnostics, tuple(parts(read_text(data, name), name)))


def _diagnostic(each: Diagnostic, width: int) -> list[Line]:
    style = _STYLES[each.severity]
    said = f"{_SIGNS[each.severity]} {each.line}:{each.column} {each.code} {each.message}"
    lines = _indented(said, width, 0, 2, style)
    return lines + (_indented(each.help, width, 2, 2, "") if each.help else [])


def _part(part: Part, width: int) -> list[Line]:
    number = f"{part.line:>{_NUMBER - 1}} "
    if part.item is None:
        text = f"{part.text}  ({part.why})" if part.text and part.why and part.what == "title" else part.text
        style = "bold" if part.what in ("title", "section") else "dim"
        lines = _numbered(number, text or f"{_what(part.what)}: {part.why}", width, style)
        return lines + [line for more in part.more for line in _indented(more, width, _NUMBER + 2, 2, "dim")]
    item = part.item
    indent = "  " * min(len(item.conditions), 3)
    lines = _numbered(number, f"{indent}{item.question}", width, "")
    said = [
        *details(item),
        *(_("asked if {condition}").format(condition=f"{c.item} {c.op} {c.value}") for c in item.conditions),
    ]
    said += [part.why] if part.why else []
    ident = f"#{item.id}" if item.known_by != "text" else ""
    return lines + _indented(f"{ident} {'; '.join(said)}".strip(), width, _NUMBER + len(indent) + 2, 0, "dim")


def _what(what: str) -> str:
    return {"table": _("table"), "list": _("list")}.get(what, what)


def _numbered(number: str, text: str, width: int, style: str) -> list[Line]:
    first, *rest = wrap(text, max(10, width - len(number))) or [""]
    return [[(number, "dim"), (first, style)], *([(" " * len(number) + line, style)] for line in rest)]


def _indented(text: str, width: int, first: int, further: int, style: str) -> list[Line]:
    room = max(10, width - first - further)
    wrapped = wrap(text, room)
    return [[(" " * (first + (further if n else 0)) + line, style)] for n, line in enumerate(wrapped)]
