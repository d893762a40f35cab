"""`qms-tui checklist preview`: what is read from where in a file, and why."""

from typing import TYPE_CHECKING

import click

from qms_tui.cli.check import diagnose, source, told
from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.output import print_json, say
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.checklist.preview import Part


@click.command()
@click.argument("reference", metavar="ID_OR_FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def preview(settings: Settings, reference: str, as_json: bool) -> None:
    """Show line by line what is read as what, and why: titles, sections, items, tables, lists.

    Exits 1 where the file has no items.
    """
    from qms_tui.checklist.parse import read_text
    from qms_tui.checklist.preview import parts

    name, data = source(settings, reference)
    reading = read_text(data, name)
    found = parts(reading, name)
    diagnostics = diagnose(data, name)
    if as_json:
        print_json(
            {
                "path": name,
                "strict": reading.front.strict,
                "items": len(reading.items),
                "reading": [part.as_json() for part in found],
                "diagnostics": [each.as_json(name) for each in diagnostics],
            }
        )
    else:
        labels = [(part, _lines(part)) for part in found]
        room = max(len(label) for _part, label in labels)
        for part, label in labels:
            say(f"{label:>{room}}  {_what(part.what):9} {_text(part)}")
            for line in part.more:
                say(f"{'':{room}}  {'':9}   {line}")
        if diagnostics:
            click.echo("\n".join(told(diagnostics, data, name)), err=True)
        counted = {what: sum(part.what == what for part in found) for what in ("task", "box", "row", "list item")}
        parts_told = ", ".join(f"{number} {_what(what)}" for what, number in counted.items() if number)
        click.echo(_("items: {items}").format(items=parts_told or 0), err=True)
    if not reading.items:
        raise click.exceptions.Exit(1)


def _lines(part: "Part") -> str:
    return str(part.line) if part.end <= part.line or part.item else f"{part.line}-{part.end}"


def _text(part: "Part") -> str:
    return f"{part.text}  ({part.why})" if part.text and part.why else part.text or part.why


def _what(what: str) -> str:
    """A kind of part in the language of the interface."""
    return {
        "title": _("title"),
        "section": _("section"),
        "task": _("task"),
        "box": _("box"),
        "row": _("row"),
        "list item": _("list item"),
        "table": _("table"),
        "list": _("list"),
    }[what]
