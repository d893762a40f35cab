"""`qms-tui export`: a record for somebody else."""

import sys
from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import clean, escaped, say
from qms_tui.i18n import _

FORMATS = ("md", "json")
_HEAD = 200  # bytes of an export in which its number stands


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
    if audit is not None and audit.upper().startswith("NC-"):
        words = _("{number} is a nonconformity; qms-tui export --nc {number}")
        raise Fault(words.format(number=audit.upper()), 2)
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
    in_folder = output.is_dir() or len(documents) > 1
    paths = {name: output / f"{number}.{name}" if in_folder else output for name in documents}
    for path in paths.values():
        _require_free(path, settings.store, number)
    folder = output.parent if not in_folder or not output.exists() else output
    if not folder.is_dir():
        raise Fault(_("{path}: no such folder; make it first").format(path=folder), 2)
    try:
        if in_folder and not output.exists():
            output.mkdir()
            say(_("{path}: new folder").format(path=output), err=True)
        for name, path in paths.items():
            replaced = path.exists()
            path.write_text(documents[name], "utf-8")
            say(_("{path} (replaced)").format(path=path) if replaced else str(path), err=True)
    except OSError as error:
        raise Fault(_("{path}: {reason}").format(path=error.filename, reason=error.strerror), 2) from error


def _require_free(path: Path, store: Path, number: str) -> None:
    """An export takes the place of an earlier one of the same record, and of nothing else. Raises Fault."""
    if path.resolve().is_relative_to(store.resolve()):
        words = _("{path} lies in the store, where only the record stands; name a file elsewhere")
        raise Fault(words.format(path=path), 2)
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            begins = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return  # writing will say why
    if begins and not begins.startswith(f"# {number} ") and f'"number": "{number}"' not in begins:
        words = _("{path} is there and is no export of {number}; name another file")
        raise Fault(words.format(path=path, number=number), 2)


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
