"""`qms-tui export`: a record for somebody else."""

import sys
from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import clean, escaped, say
from qms_tui.i18n import _

FORMATS = ("md", "json")


@click.command()
@click.argument("audit", metavar="AUDIT")
@click.option("-f", "--format", "formats", default="md", metavar="FORMATS", help="md or json, or both with a comma.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or a folder for several formats.")
@pass_settings
def export(settings: Settings, audit: str, formats: str, output: Path | None) -> None:
    """The whole record of AUDIT: answers, evidence digests, findings, nonconformities, trail."""
    from qms_tui.export.audit import render
    from qms_tui.workflow.audits import find_audit, load_record
    from qms_tui.workflow.clock import today

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise Fault(_("-f {formats}: known are {known}").format(formats=formats, known=", ".join(FORMATS)), 2)
    with settings.open() as store:
        record = load_record(store, settings.actor(), find_audit(store, audit))
    documents = {name: render(record, name, today()) for name in wanted}
    if output is None:
        if len(documents) > 1:
            raise Fault(_("several formats need a folder: -o DIR"), 2)
        name, document = next(iter(documents.items()))
        if sys.stdout.isatty():
            document = escaped(document) if name == "json" else clean(document)
        click.echo(document, nl=False)
        return
    for name, document in documents.items():
        path = output / f"{record.audit['number']}.{name}" if output.is_dir() or len(documents) > 1 else output
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document, "utf-8")
        except OSError as error:
            raise Fault(f"{path}: {error.strerror}", 2) from error
        say(str(path), err=True)
