"""`qms-tui checklist`: what may be walked."""

import sys

import click

from qms_tui.cli.check import check
from qms_tui.cli.checklist_changes import diff, ids
from qms_tui.cli.new import new
from qms_tui.cli.output import print_json, print_table, say
from qms_tui.cli.preview import preview
from qms_tui.i18n import _


@click.group()
def checklist() -> None:
    """Checklists: bundled ones and Markdown files of your own."""


checklist.add_command(ids)
checklist.add_command(diff)


@checklist.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_(as_json: bool) -> None:
    """The bundled checklists."""
    from qms_tui.checklist.library import load_bundled

    found = load_bundled()
    if as_json:
        print_json(
            [
                {"id": c.id, "title": c.title, "kind": c.kind, "cadence": c.cadence or None, "items": len(c.items)}
                for c in found
            ]
        )
        return
    print_table(
        [_("id"), _("kind"), _("cadence"), _("items"), _("title")],
        [[c.id, c.kind, c.cadence, len(c.items), c.title] for c in found],
    )


@checklist.command()
@click.argument("reference", metavar="ID_OR_FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def show(reference: str, as_json: bool) -> None:
    """A checklist as it is read: its items with their ids, answers and limits."""
    from qms_tui.checklist.describe import details
    from qms_tui.checklist.library import find

    found = find(reference)
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


for command in (check, preview, new):
    checklist.add_command(command)
