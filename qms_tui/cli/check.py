"""`qms-tui checklist check`: what is wrong in checklist files, as a compiler says it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.output import clean, one_line_text, print_json, text_width
from qms_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from qms_tui.checklist.model import Diagnostic

_LONGEST = 200  # characters of a source line that are shown


@click.command()
@click.argument("references", metavar="ID_OR_FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def check(settings: Settings, references: tuple[str, ...], as_json: bool) -> None:
    """Read checklist files and say what is wrong: where, why, and how to mend it.

    Exits 1 where a file has an error; warnings and notes alone are no error.
    """
    files = [source(settings, reference) for reference in references]
    found = [(name, data, diagnose(data, name)) for name, data in files]
    everything = [each for _name, _data, diagnostics in found for each in diagnostics]
    if as_json:
        print_json([each.as_json(name) for name, _data, diagnostics in found for each in diagnostics])
    else:
        for name, data, diagnostics in found:
            if diagnostics:
                click.echo("\n".join(told(diagnostics, data, name)))
        click.echo(_summary(everything, len(files)), err=True)
    if any(each.severity == "error" for each in everything):
        raise click.exceptions.Exit(1)


def source(settings: Settings, reference: str) -> tuple[str, bytes]:
    """Path and bytes of a file, or of the checklist that has this id. Raises ChecklistError."""
    from qms_tui.checklist.parse import read_bytes

    path = Path(reference)
    if path.suffix or len(path.parts) != 1 or os.path.lexists(path):
        return reference, read_bytes(path)
    from qms_tui.checklist.library import locate
    from qms_tui.checklist.own import read_own

    folders = settings.folders()
    for each in read_own(folders):  # one that cannot be read has no id
        if each.checklist is None and each.path.stem == reference:
            return str(each.path), read_bytes(each.path)
    found = locate(reference, folders=folders)
    return str(found.path or reference), found.checklist.text.encode()


def diagnose(data: bytes, name: str) -> tuple["Diagnostic", ...]:
    """All that is wrong with a file, also where it cannot be a checklist."""
    from qms_tui.checklist.model import ChecklistError
    from qms_tui.checklist.parse import parse

    try:
        return parse(data, name).diagnostics
    except ChecklistError as error:
        return error.diagnostics


def told(diagnostics: "tuple[Diagnostic, ...]", data: bytes, name: str) -> list[str]:
    """Lines for a person: place and message, the line of the file, a caret under what is meant, the help."""
    source = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines: list[str] = []
    for each in diagnostics:
        lines.append(f"{name}:{each.line}:{each.column}: {each.code} {one_line_text(each.message)}")
        written = source[each.line - 1] if each.line <= len(source) else ""
        if written.strip():
            lines += _excerpt(each, written)
        if each.help:
            lines.append(f"  {_('help')}: {one_line_text(each.help)}")
    return [clean(line) for line in lines]


def _excerpt(found: "Diagnostic", written: str) -> list[str]:
    """The line and carets below it; a long line is cut around the place."""
    start = found.column - 1
    first = max(0, start - _LONGEST // 2) if len(written) > _LONGEST else 0
    shown = [_visible(char) for char in written[first : first + _LONGEST]]
    before = "".join(shown[: start - first])
    meant = "".join(shown[start - first : start - first + found.length])
    number = str(found.line)
    carets = "^" * max(1, text_width(meant.rstrip()))
    return [f"{number} | {''.join(shown)}", f"{' ' * len(number)} | {' ' * text_width(before)}{carets}"]


def _visible(char: str) -> str:
    """A character of a source line as it is shown: tabs as four spaces, what would move the cursor as a sign."""
    if char == "\t":
        return "    "
    return char if char.isprintable() else "\N{REPLACEMENT CHARACTER}"


def _summary(found: "list[Diagnostic]", files: int) -> str:
    errors = sum(each.severity == "error" for each in found)
    warnings = sum(each.severity == "warning" for each in found)
    notes = len(found) - errors - warnings
    parts = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors) if errors else "",
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings) if warnings else "",
        ngettext("{n} note", "{n} notes", notes).format(n=notes) if notes else "",
    ]
    told = ", ".join(part for part in parts if part) or _("nothing is wrong")
    return ngettext("{n} file: {told}", "{n} files: {told}", files).format(n=files, told=told)
