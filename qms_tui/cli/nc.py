"""`qms-tui nc`: nonconformities."""

import click

from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.output import one_line_text, print_json, print_table, say
from qms_tui.i18n import _
from qms_tui.records.words import GRADES


@click.group()
def nc() -> None:
    """Nonconformities: what was found not to conform, and where it stands."""


@nc.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those neither closed nor cancelled.")
@click.option("--overdue", is_flag=True, help="Only open ones past their due date.")
@click.option("--grade", type=click.Choice(GRADES), help="Only this grade.")
@click.option("--owner", metavar="NAME", help="Only those that NAME owns.")
@click.option("--audit", metavar="AUDIT", help="Only those raised in this audit.")
@click.option("--fail", is_flag=True, help="Exit 1 when the list is not empty.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def list_(
    settings: Settings,
    open_only: bool,
    overdue: bool,
    grade: str | None,
    owner: str | None,
    audit: str | None,
    fail: bool,
    as_json: bool,
) -> None:
    """The nonconformities, by number."""
    from qms_tui.workflow.nonconformities import list_rows

    with settings.open() as store:
        rows = list_rows(store, open_only=open_only, overdue=overdue, grade=grade, owner=owner, audit=audit)
    if as_json:
        print_json(rows)
    else:
        if not rows:
            filtered = open_only or overdue or grade or owner or audit
            words = _("no nonconformities that match in {path}") if filtered else _("no nonconformities in {path}")
            say(words.format(path=settings.store), err=True)
        print_table(
            [_("number"), _("grade"), _("status"), _("due"), _("audit"), _("statement")],
            [[r["number"], r["grade"], r["status"], r["due"], r["audit"], r["statement"]] for r in rows],
        )
    if fail and rows:
        raise click.exceptions.Exit(1)


@nc.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def show(settings: Settings, number: str, as_json: bool) -> None:
    """One nonconformity with its trail."""
    from qms_tui.cli.log import print_trail
    from qms_tui.workflow.nonconformities import show_row

    with settings.open() as store:
        row = show_row(store, number)
    if as_json:
        print_json(row)
        return
    for key in ("number", "status", "grade", "statement", "criterion", "audit", "item", "owner", "due", "repeat_of"):
        if row[key] is not None:
            say(one_line_text(f"{key:<10} {row[key]}"))
    if row["void"]:
        say(one_line_text(f"{'void':<10} {row['void']['why']} ({row['void']['by']}, {row['void']['at']})"))
    say()
    print_trail(row["trail"])
