"""Starting the screens, once it is sure that the terminal can show them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qms_tui.cli.context import Fault, Settings
from qms_tui.cli.output import say
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.workflow.about import About


def open_home(settings: Settings) -> None:
    """The home screen."""
    _run(settings, None, resume=False, about=None)


def open_walk_screen(settings: Settings, reference: str | None, *, resume: bool, about: "About") -> None:
    """The walk of a checklist, or of an audit to go on with."""
    _run(settings, reference, resume=resume, about=about)


def open_preview(settings: Settings, path: Path) -> None:
    """The preview of a file, renewed when it is saved."""
    _run(settings, None, resume=False, about=None, watched=path)


def _run(
    settings: Settings, reference: str | None, *, resume: bool, about: "About | None", watched: Path | None = None
) -> None:
    from qms_tui.screens.terminal import refuse_reason, run_app, starting_environ, wants_ascii

    reason = refuse_reason(sys.stdin, sys.stdout, os.environ)
    if reason is not None:
        raise Fault(reason, 2)
    from qms_tui.screens.app import QmsApp

    with settings.open() as store:
        ascii_only = settings.ascii or wants_ascii(starting_environ())
        app = QmsApp(store, settings.store, settings.actor(), ascii_only=ascii_only)
        if watched is not None:
            app.watch_first(watched)
        if about is not None:
            app.walk_first(reference, resume=resume, about=about)
        status = run_app(app, app.save)
        app.end(crashed=status == 1)
    if app.not_opened is not None and not status:  # q was typed ahead: the walk was left before it could fail
        raise Fault(str(app.not_opened), 2)
    if app.return_value:
        command = f"{settings.program()} run --resume {app.return_value}"
        say(_("Go on with: {command}").format(command=command), err=True)
    if status:
        sys.exit(status)
