"""`qms-tui undo`: take back one's last transaction by a new one."""

import click

from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.output import say
from qms_tui.i18n import _


@click.command()
@click.argument("audit", required=False)
@pass_settings
def undo(settings: Settings, audit: str | None) -> None:
    """Take back my last answer, note or evidence in AUDIT (else in the audit in progress that I worked on last)."""
    from qms_tui.workflow.audits import find_audit, latest_in_progress, open_walk

    actor = settings.actor()
    with settings.open() as store:
        doc = find_audit(store, audit) if audit else latest_in_progress(store, actor)
        walk = open_walk(store, actor, doc)
        back = walk.undo()
        what = back.words(walk.all_entries())
        say(_("{number}: {what} ({n})").format(number=doc["number"], what=what, n=back.receipt.n))
