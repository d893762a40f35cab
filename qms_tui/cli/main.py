"""The command `qms-tui`: global options, and commands that are imported when they are called."""

import errno
import gc
import importlib
import io
import os
import sys
import threading
from pathlib import Path
from typing import Any

import click

from qms_tui import __version__, i18n
from qms_tui.cli.context import Fault, Settings
from qms_tui.cli.faults import one_line

# name -> module of qms_tui.cli and the command in it
COMMANDS = {
    "run": ("run", "run"),
    "checklist": ("checklist", "checklist"),
    "audit": ("audit", "audit"),
    "nc": ("nc", "nc"),
    "action": ("action", "action"),
    "my": ("remind", "my"),
    "remind": ("remind", "remind"),
    "doctor": ("doctor", "doctor"),
    "export": ("export", "export"),
    "log": ("log", "log"),
    "undo": ("undo", "undo"),
    "verify": ("verify", "verify"),
    "store": ("store", "store"),
}

_REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)  # by what takes the output


class LazyGroup(click.Group):
    """Imports a command when it is named, so that `nc list` does not pay for the screens."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"qms_tui.cli.{module}"), name)
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with one_line():
            return super().invoke(ctx)


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    type=click.Path(path_type=Path, readable=False),
    metavar="DIR",
    help="The store's folder (else QMS_STORE).",
)
@click.option("--as", "as_name", metavar="NAME", help="Act as NAME; the system user is recorded beside it.")
@click.option("--lang", metavar="TAG", help="Language of the bundled checklists, such as en or zh-Hant.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@click.version_option(__version__, prog_name="qms-tui")
@click.pass_context
def qms_tui(ctx: click.Context, store: Path | None, as_name: str | None, lang: str | None, ascii_only: bool) -> None:
    """Walk audits and inspections; keep findings, nonconformities and their trail.

    Without a command the home screen opens.
    """
    i18n.use(lang)
    if as_name is not None and not as_name.strip():
        raise Fault(i18n._("--as: the name is empty"), 2)
    ctx.obj = Settings(store, as_name, lang, ascii_only)
    if ctx.invoked_subcommand is None:
        from qms_tui.cli.screen import open_home

        open_home(ctx.obj)


def entry() -> None:
    """The console script."""
    gc.disable()  # a command ends soon, and imports leave nothing to collect; the screens turn it on again
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123 - `>&-` leaves none
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # where a terminal lacks a character, the rest is shown
    try:
        qms_tui(prog_name="qms-tui")
    except SystemExit as end:
        _leave(end.code)
        raise
    except OSError as error:
        code = _not_printed(error)
        _leave(code, told=True)
        sys.exit(code)


def _leave(code: object, *, told: bool = False) -> None:
    """End at once: to free thousands of documents one by one takes a tenth of a list command's time.

    Returns where Python is to end as it does: while other threads are still there. `told`: that standard output takes
    no more has been said.
    """
    if threading.active_count() > 1 or not isinstance(code, int | None):
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        code = code if told or error.errno == errno.EPIPE else _not_printed(error)
    os._exit(code or 0)


def _not_printed(error: OSError) -> int:
    """Say that standard output takes no more, a full disk behind it perhaps; gives the exit code."""
    if error.filename is not None or error.errno not in _REFUSED:
        raise error
    why = error.strerror or str(error)
    words = i18n._("the output cannot be written ({why}); send it elsewhere, or free some space")
    fault = Fault(words.format(why=why), 3)
    fault.show()
    return fault.exit_code
