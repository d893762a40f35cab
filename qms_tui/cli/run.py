"""`qms-tui run`: walk a checklist on a screen, line by line, or from a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import say
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.store.base import Store
    from qms_tui.workflow.about import About
    from qms_tui.workflow.walk import Walk


@click.command()
@click.argument("checklist", required=False, metavar="[CHECKLIST]")
@click.option("--resume", is_flag=True, help="Go on with an audit in progress: CHECKLIST is its number, or the latest.")
@click.option("--subject", metavar="TEXT", help="What is checked.")
@click.option("--site", metavar="TEXT", help="Where.")
@click.option("--team", multiple=True, metavar="NAME", help="Who takes part (may be given several times).")
@click.option("--only-flagged", metavar="AUDIT", help="Only what failed in AUDIT, the original answer beside the new.")
@click.option("--plain", is_flag=True, help="Numbered questions line by line, no screen.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers from YAML or JSON (- for standard input), no screen.",
)
@click.option("--complete", "finish", is_flag=True, help="With --answers: complete the audit.")
@click.option("--reason", default="", metavar="TEXT", help="With --complete: why what is missing is left.")
@pass_settings
def run(
    settings: Settings,
    checklist: str | None,
    resume: bool,
    subject: str | None,
    site: str | None,
    team: tuple[str, ...],
    only_flagged: str | None,
    plain: bool,
    answers: Path | None,
    finish: bool,
    reason: str,
) -> None:
    """Walk CHECKLIST: the id of a bundled one (weekly-check) or of your own, or a Markdown file."""
    if answers is not None and (resume or plain):
        raise Fault(_("--answers goes with neither --resume nor --plain"), 2)
    if finish and answers is None:
        raise Fault(_("--complete goes with --answers; else: qms-tui audit complete AUDIT"), 2)
    if resume and (subject or site or team):
        raise Fault(_("--subject, --site and --team are for a new walk; with --resume use the key b"), 2)
    if resume and only_flagged:
        raise Fault(_("--only-flagged begins a new walk; it goes not with --resume"), 2)
    if checklist is None and not resume and not only_flagged:
        raise Fault(_("name a checklist (qms-tui checklist list) or --resume"), 2)
    from qms_tui.workflow.about import About

    about = About(subject, site, team, only_flagged)
    if not plain and answers is None:
        from qms_tui.cli.screen import open_walk_screen

        open_walk_screen(settings, checklist, resume=resume, about=about)
        return
    with settings.open() as store:
        walk = _walk(settings, store, checklist, about, resume=resume)
        if answers is not None:
            _from_file(walk, answers, finish=finish, reason=reason)
        else:
            from qms_tui.cli.plain import walk_plainly
            from qms_tui.records.gates import require_walkable

            if walk.audit is not None:
                require_walkable(walk.audit)
            walk_plainly(walk, settings.program())


def _walk(settings: Settings, store: "Store", reference: str | None, about: "About", *, resume: bool) -> "Walk":
    from qms_tui.workflow.begin import begin, go_on

    actor = settings.actor()
    if resume:
        return go_on(store, actor, reference, settings.folders())
    return begin(store, actor, reference, about, settings.folders())


def _from_file(walk: "Walk", path: Path, *, finish: bool, reason: str) -> None:
    from qms_tui.workflow.answers_file import read_answers, record_answers

    record_answers(walk, read_answers(path), str(path), finish=finish, reason=reason)
    say(str(walk.number))
