"""`qms-tui doctor`: does the loop itself work?"""

import click

from qms_tui.cli.context import Settings, pass_settings
from qms_tui.cli.output import one_line_text, print_json, say
from qms_tui.i18n import _


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def doctor(settings: Settings, as_json: bool) -> None:
    """Self-check of the records; exits 1 when something is found."""
    from qms_tui.workflow.doctor import self_check

    with settings.open() as store:
        findings = self_check(store)
    if as_json:
        print_json([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            say(one_line_text(f"{', '.join(finding.records)}: {finding.message}; {finding.help}"))
        if not findings:
            say(_("the records are consistent"), err=True)
    if findings:
        raise click.exceptions.Exit(1)
