"""`qms-tui checklist`: what may be walked."""

import click

from qms_tui.cli.output import print_json, print_table
from qms_tui.i18n import _


@click.group()
def checklist() -> None:
    """Checklists: bundled ones and Markdown files of your own."""


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
    from qms_tui.checklist.library import find

    found = find(reference)
    if as_json:
        print_json(found.as_json())
        return
    click.echo(f"{found.title}  ({found.id}, {found.kind})")
    if found.description:
        click.echo(found.description)
    section: tuple[str, ...] | None = None
    for item in found.items:
        if item.section != section:
            section = item.section
            click.echo(f"\n{' / '.join(section)}" if section else "")
        details = [str(item.answer), *([item.limits.text] if item.limits else []), *item.clause]
        asked = "".join(f"  [{c.item} {c.op} {c.value}]" for c in item.conditions)
        click.echo(f"  {item.id}: {item.question}  ({'; '.join(details)}){asked}")
    for note in found.diagnostics:
        click.echo(f"{reference}:{note.line}:{note.column}: {note.code} {note.message}", err=True)
        if note.help:
            click.echo(f"  help: {note.help}", err=True)
