"""`qms-tui export`: a record for somebody else."""

import sys
from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import clean, escaped, say
from qms_tui.i18n import _

FORMATS = ("md", "json")


@click.command()
@click.argument("audit", metavar="[AUDIT]", required=False)
@click.option("--nc", "nonconformity", metavar="NC", help="A nonconformity instead of an audit.")
@click.option("-f", "--format", "formats", default="md", metavar="FORMATS", help="md or json, or both with a comma.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or a folder for several formats.")
@pass_settings
def export(settings: Settings, audit: str | None, nonconformity: str | None, formats: str, output: Path | None) -> None:
    """The whole record of AUDIT, or of a nonconformity with every cycle, action and its timeline."""
    if (audit is None) == (nonconformity is None):
        raise Fault(_("name one: qms-tui export AUDIT, or qms-tui export --nc NC"), 2)
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise Fault(_("-f {formats}: known are {known}").format(formats=formats, known=", ".join(FORMATS)), 2)
    number, documents = (
        _nonconformity(settings, nonconformity, wanted)
        if nonconformity is not None
        else _audit(settings, audit, wanted)
    )
    if output is None:
        if len(documents) > 1:
            raise Fault(_("several formats need a folder: -o DIR"), 2)
        name, document = next(iter(documents.items()))
        if sys.stdout.isatty():
            document = escaped(document) if name == "json" else clean(document)
        click.echo(document, nl=False)
        return
    for name, document in documents.items():
        path = output / f"{number}.{name}" if output.is_dir() or len(documents) > 1 else output
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document, "utf-8")
        except OSError as error:
            raise Fault(f"{path}: {error.strerror}", 2) from error
        say(str(path), err=True)


def _audit(settings: Settings, audit: str | None, wanted: list[str]) -> tuple[str, dict[str, str]]:
    from qms_tui.export.audit import render
    from qms_tui.workflow.audits import find_audit, load_record
    from qms_tui.workflow.clock import today

    with settings.open() as store:
        record = load_record(store, settings.actor(), find_audit(store, str(audit)))
    return str(record.audit["number"]), {name: render(record, name, today()) for name in wanted}


def _nonconformity(settings: Settings, number: str, wanted: list[str]) -> tuple[str, dict[str, str]]:
    from qms_tui.export.nonconformity import render
    from qms_tui.workflow.cases import case_of
    from qms_tui.workflow.nonconformities import row_of

    with settings.open() as store:
        row, head = row_of(store, case_of(store, number)), store.head()
    return str(row["number"]), {name: render(row, name, head) for name in wanted}
