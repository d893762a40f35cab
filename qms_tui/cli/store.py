"""`qms-tui store`: the store itself."""

from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import one_line_text, print_json, say
from qms_tui.i18n import _


@click.group()
def store() -> None:
    """The store: what it is and how it stands, and a copy of it."""


@store.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def info(settings: Settings, as_json: bool) -> None:
    """Path, format, id, lines, head, sizes, documents, file system; problems on stderr."""
    from qms_tui.store.info import look

    found = look(settings.store)
    if not found.there:
        raise _nothing(settings)
    n, h = found.head
    if as_json:
        print_json(
            {
                "path": str(settings.store),
                "format": found.format,
                "store": found.store,
                "created": found.created,
                "lines": found.lines,
                "head": {"n": n, "h": h},
                "bytes": found.size,
                "evidence": {"files": found.files, "bytes": found.files_size},
                "documents": found.documents,
                "file_system": found.file_system,
                "warnings": list(found.warnings),
            }
        )
        return
    documents = ", ".join(f"{table} {count}" for table, count in found.documents.items())
    for name, value in (
        (_("path"), settings.store),
        (_("format"), found.format),
        (_("store"), found.store),
        (_("created"), found.created),
        (_("lines"), _("{lines} ({size} bytes)").format(lines=found.lines, size=found.size)),
        (_("head"), f"{n}:{h or '?'}"),
        (_("evidence"), _("{files} ({size} bytes)").format(files=found.files, size=found.files_size)),
        (_("documents"), documents or "-"),
        (_("file system"), found.file_system or "?"),
    ):
        say(one_line_text(f"{name:<12} {'-' if value is None else value}"))
    for warning in found.warnings:
        say(one_line_text(warning), err=True)


@store.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def backup(settings: Settings, folder: Path, as_json: bool) -> None:
    """Copy the store into DIR, while others write too; again to add what came since. Exit 1 when a file is missing."""
    from qms_tui.store.backup import back_up

    if not settings.store.exists():
        raise _nothing(settings)
    made = back_up(settings.store, folder)
    n, h = made.head
    if as_json:
        print_json(
            {
                "path": str(folder),
                "head": {"n": n, "h": h},
                "lines": made.lines,
                "evidence": {"copied": made.files, "files": made.files_there},
                "checklists": {"copied": made.checklists, "files": made.checklists_there},
                "flaws": [{"file": flaw.digest, "what": flaw.flaw} for flaw in made.flaws],
            }
        )
    else:
        say(one_line_text(str(folder)))
        say(_("lines     {new} new").format(new=made.lines))
        say(_("head      {n}:{h}").format(n=n, h=h))
        say(_("evidence  {new} new of {files}").format(new=made.files, files=made.files_there))
        if made.checklists_there:
            words = _("checklists  {new} new of {files}")
            say(words.format(new=made.checklists, files=made.checklists_there))
    for outside in _outside(settings):
        say(_("not in the backup: your checklists in {path}; copy them too").format(path=outside), err=True)
    for flaw in made.flaws:
        say(_("{file}: not copied: {what}").format(file=flaw.digest, what=flaw.flaw), err=True)
    if made.flaws:
        raise click.exceptions.Exit(1)


def _outside(settings: Settings) -> list[Path]:
    """Folders of own checklists that do not lie in the store."""
    from qms_tui.checklist.own import own_files

    inside = settings.store.resolve()
    return [folder for folder in settings.folders() if own_files([folder]) and folder.resolve().parent != inside]


def _nothing(settings: Settings) -> Fault:
    return Fault(_("{path}: there is no store; the first thing recorded creates it").format(path=settings.store), 2)
