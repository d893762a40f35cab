"""`qms-tui checklist new`: a file to start from."""

from pathlib import Path

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.i18n import _


@click.command()
@click.argument("path", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@pass_settings
def new(settings: Settings, path: Path | None) -> None:
    """Write a commented checklist to start from; without FILE it is printed. An existing file stays as it is."""
    from qms_tui.checklist.starter import starter

    text = starter(path.stem if path else "", settings.language)
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Fault(_("{path}: exists already - name another file").format(path=path), 2) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Fault(_("{path}: cannot be written: {reason}").format(path=path, reason=reason), 2) from None
    click.echo(_("{path}: written; try: qms-tui checklist check {path}").format(path=path), err=True)
