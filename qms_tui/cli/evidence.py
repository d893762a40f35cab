"""`qms-tui audit evidence`: what was attached, listed and got out again."""

import sys
from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import Column, print_rows, say
from qms_tui.i18n import _


@click.command()
@click.argument("number")
@click.argument("which", required=False, metavar="[NAME_OR_DIGEST]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A new file, or a folder.")
@click.option("--json", "as_json", is_flag=True, help="The list as one JSON document.")
@pass_settings
def evidence(settings: Settings, number: str, which: str | None, output: Path | None, as_json: bool) -> None:
    """The evidence of an audit: a list, or the bytes of one piece as they were kept."""
    from qms_tui.workflow.audits import find_audit
    from qms_tui.workflow.kept_evidence import evidence_rows, find_evidence

    if which is not None and as_json:
        raise Fault(_("--json is for the list; leave out the name"), 2)
    if which is None and output is not None:
        raise Fault(_("-o wants one piece: its name or the beginning of its digest"), 2)
    with settings.open() as store:
        audit = find_audit(store, number)
        if which is not None:
            row, data = find_evidence(store, audit, which)
            _give(data, row["name"], output)
            return
        rows = evidence_rows(store, audit)
    columns: list[tuple[str, Column]] = [
        (_("digest"), lambda row: row["digest"][:12]),
        (_("bytes"), "size"),
        (_("item"), "item"),
        (_("by"), "by"),
        (_("name"), "name"),
    ]
    print_rows(rows, columns, _("{number} has no evidence").format(number=audit["number"]), as_json=as_json)


def _give(data: bytes, name: str, output: Path | None) -> None:
    if output is None:
        _print(data)
        return
    path = output / Path(name).name if output.is_dir() else output
    try:
        with path.open("xb") as file:  # evidence never takes the place of another file
            file.write(data)
    except FileExistsError as error:
        raise Fault(_("{path} is there already; name a new file").format(path=path), 2) from error
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}", 2) from error
    say(str(path), err=True)


def _print(data: bytes) -> None:
    """As they are, but to a terminal only what is text, without its control characters."""
    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        say(data.decode())
    except UnicodeDecodeError as error:
        raise Fault(_("this is not text; write it to a file: -o FILE"), 2) from error
