"""`qms-tui checklist watch`: a file as it is read, on a screen, while it is edited in another window."""

from pathlib import Path

import click

from qms_tui.cli.context import Settings, pass_settings


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@pass_settings
def watch(settings: Settings, path: Path) -> None:
    """Show what is read from FILE and what is wrong in it, anew whenever it is saved; enter starts a check."""
    from qms_tui.checklist.parse import read_bytes
    from qms_tui.cli.screen import open_preview

    read_bytes(path)  # a name that is no file is told before a screen opens
    open_preview(settings, path)
