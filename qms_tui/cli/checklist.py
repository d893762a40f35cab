"""`qms-tui checklist`: what may be walked."""

import sys
from pathlib import Path

import click

from qms_tui.cli.check import check
from qms_tui.cli.checklist_changes import diff, ids
from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.new import new
from qms_tui.cli.output import print_json, print_table, say
from qms_tui.cli.preview import preview
from qms_tui.cli.watch import watch
from qms_tui.i18n import _


@click.group()
def checklist() -> None:
    """Checklists: bundled ones and Markdown files of your own."""


checklist.add_command(ids)
checklist.add_command(diff)


@checklist.command("list")
@click.option(
    "--dir", "folders", multiple=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Also the checklists in this folder (may be given several times).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def list_(settings: Settings, folders: tuple[Path, ...], as_json: bool) -> None:
    """Your own checklists and the bundled ones, with their problems and their last use."""
    from qms_tui.workflow.clock import local_date
    from qms_tui.workflow.shelf import shelf_rows

    with settings.open() as store:
        rows = shelf_rows(store, (*folders, *settings.folders()))
    if as_json:
        print_json(rows)
        return
    cells = {
        _("id"): [row["id"] for row in rows],
        _("kind"): [row["kind"] for row in rows],
        _("cadence"): [row["cadence"] for row in rows],
        _("items"): [row["items"] for row in rows],
        _("problems"): [row["problems"] or None for row in rows],
        _("last"): [row["last"] and local_date(row["last"]) for row in rows],
        _("title"): [row["title"] for row in rows],
        _("file"): [row["path"] for row in rows],
    }
    shown = {heading: column for heading, column in cells.items() if any(cell is not None for cell in column)}
    print_table(list(shown), list(zip(*shown.values(), strict=True)))
    for row in rows:
        if row["error"]:
            say(f"{row['path']}: {row['error'].removeprefix(row['path'] + ': ')}", err=True)


@checklist.command()
@click.argument("reference", metavar="ID_OR_FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def show(settings: Settings, reference: str, as_json: bool) -> None:
    """A checklist as it is read: its items with their ids, answers and limits."""
    from qms_tui.checklist.describe import details
    from qms_tui.checklist.library import find

    found = find(reference, folders=settings.folders())
    if as_json:
        print_json(found.as_json())
        return
    say(f"{found.title}  ({found.id}, {found.kind})")
    if found.description:
        say(found.description)
    section: tuple[str, ...] | None = None
    for item in found.items:
        if item.section != section:
            section = item.section
            say(f"\n{' / '.join(section)}" if section else "")
        asked = "".join(f"  [{c.item} {c.op} {c.value}]" for c in item.conditions)
        say(f"  {item.id}: {item.question}  ({'; '.join(details(item))}){asked}")
    for note in found.diagnostics:
        say(f"{reference}:{note.line}:{note.column}: {note.code} {note.message}", err=True)
        if note.help:
            say(f"  help: {note.help}", err=True)


@checklist.command()
@click.argument("references", metavar="[ID_OR_FILE]...", nargs=-1)
@click.option("--fail", is_flag=True, help="Exit 1 when a section has no item.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def coverage(references: tuple[str, ...], fail: bool, as_json: bool) -> None:
    """Which sections of the quality system checklists ask for: the bundled ones, or those named."""
    from qms_tui.checklist.coverage import SECTIONS, coverage
    from qms_tui.checklist.library import find, load_bundled

    found = coverage([find(each) for each in references] if references else load_bundled())
    if as_json:
        print_json([{"section": row.section, "title": _(SECTIONS[row.section]), "items": row.items} for row in found])
    else:
        print_table(
            [_("section"), _("items"), _("title"), _("checklists")],
            [
                [row.section, sum(map(len, row.items.values())), _(SECTIONS[row.section]), ", ".join(row.items)]
                for row in found
            ],
        )
    lacking = [row.section for row in found if not row.items]
    if lacking and not as_json:
        say(_("no item asks for: {sections}").format(sections=", ".join(lacking)), err=True)
    if fail and lacking:
        sys.exit(1)


for command in (check, preview, new, watch):
    checklist.add_command(command)
