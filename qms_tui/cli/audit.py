"""`qms-tui audit`: audits and their gates."""

import click

from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.evidence import evidence
from qms_tui.cli.output import Column, print_json, print_rows, say
from qms_tui.i18n import _


@click.group()
def audit() -> None:
    """Audits: every run of a checklist, from a weekly check to an internal audit."""


audit.add_command(evidence)


@audit.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those in progress.")
@click.option("--checklist", metavar="ID", help="Only runs of this checklist.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def list_(settings: Settings, open_only: bool, checklist: str | None, as_json: bool) -> None:
    """The audits, by number, with coverage and conformity."""
    from qms_tui.reports.rows import by_number
    from qms_tui.workflow.audits import audit_rows, going_on

    with settings.open() as store:
        by = ("checklist", checklist) if checklist else None
        found = going_on(store) if open_only else store.find("audits", by=by)
        found = [audit for audit in found if checklist in (None, audit["checklist"])]
        rows = sorted(audit_rows(store, settings.actor(), found), key=lambda row: by_number(row["number"]))
    filtered = open_only or checklist is not None
    none = _("no audits that match in {path}") if filtered else _("no audits in {path}")
    columns: list[tuple[str, Column]] = [
        (_("number"), "number"),
        (_("status"), "status"),
        (_("started"), lambda row: row["started"][:10]),
        (_("coverage"), lambda row: _percent(row["coverage"])),
        (_("conformity"), lambda row: _percent(row["conformity"]) + (_(" provisional") if row["provisional"] else "")),
        (_("subject"), "subject"),
        (_("title"), "title"),
    ]
    print_rows(rows, columns, none.format(path=settings.store), as_json=as_json)


def _percent(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:g} %"


@audit.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def show(settings: Settings, number: str, as_json: bool) -> None:
    """One audit whole: answers, findings, nonconformities, what is missing."""
    from qms_tui.export.markdown import audit_markdown
    from qms_tui.reports.record import record_json
    from qms_tui.workflow.audits import find_audit, load_record
    from qms_tui.workflow.clock import today

    with settings.open() as store:
        record = load_record(store, settings.actor(), find_audit(store, number))
    if as_json:
        print_json(record_json(record, today()))
    else:
        say(audit_markdown(record, trail=False), nl=False)


@audit.command()
@click.argument("number")
@click.option("--reason", default="", metavar="TEXT", help="Why what is missing is left.")
@click.option("--summary", metavar="TEXT", help="The conclusion in a sentence or two.")
@pass_settings
def complete(settings: Settings, number: str, reason: str, summary: str | None) -> None:
    """Complete an audit: its answers and findings are frozen."""
    from qms_tui.workflow.audits import find_audit, open_walk

    with settings.open() as store:
        walk = open_walk(store, settings.actor(), find_audit(store, number))
        if not walk.frozen and not reason.strip():
            for missing in walk.missing():
                say(f"{missing.item}: {missing.words}: {missing.question}", err=True)
        undecided = walk.undecided()
        walk.complete(reason, summary)
        for item in undecided:
            words = _("{item}: left undecided whether it is the same question as before: {question}")
            say(words.format(item=item.id, question=item.question), err=True)
        say(_("{number} completed").format(number=walk.number))


@audit.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="Why it is reopened.")
@pass_settings
def reopen(settings: Settings, number: str, why: str) -> None:
    """Reopen a completed audit, with a reason."""
    from qms_tui.workflow.audits import find_audit, open_walk

    with settings.open() as store:
        walk = open_walk(store, settings.actor(), find_audit(store, number))
        walk.reopen(why)
        say(_("{number} reopened").format(number=walk.number))


@audit.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="Why it is cancelled.")
@pass_settings
def cancel(settings: Settings, number: str, why: str) -> None:
    """Cancel an audit that is not completed, with a reason."""
    from qms_tui.workflow import audits

    with settings.open() as store:
        doc = audits.find_audit(store, number)
        audits.cancel(store, settings.actor(), doc, why)
        say(_("{number} cancelled").format(number=doc["number"]))


@audit.command()
@click.argument("number")
@pass_settings
def close(settings: Settings, number: str) -> None:
    """Close a completed audit when each of its nonconformities is dealt with or handed over."""
    from qms_tui.workflow import audits

    with settings.open() as store:
        audits.close(store, settings.actor(), number)
    say(_("{number} closed").format(number=number.strip().upper()))
