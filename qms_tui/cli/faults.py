"""From what may go wrong to one line and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from qms_tui.cli.context import Fault
from qms_tui.i18n import _


@contextmanager
def one_line() -> Iterator[None]:
    """Turn the program's own exceptions, and click's of a command written wrongly, into Faults.

    Any other is a defect and keeps its traceback.
    """
    try:
        yield
    except click.UsageError as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # a noun alone; since click 8.2
            raise
        raise Fault(_written_wrongly(error), 2) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        raise Fault(str(error), code) from error


def _written_wrongly(error: click.UsageError) -> str:
    """What is wrong, which may name choices on lines of their own, and where the right way stands."""
    what = " ".join(error.format_message().split()).rstrip(".")
    if error.ctx is None:
        return what
    return _("{what}; see: {command} -h").format(what=what, command=error.ctx.command_path)


def _exit_code(error: Exception) -> int | None:
    """1 a gate bars it, 2 bad input, 3 the store refuses. Imported only now: a list command that works pays nothing."""
    from qms_tui.records.gates import Refused
    from qms_tui.store.base import EvidenceError, StoreError

    if isinstance(error, Refused):
        return 1
    if isinstance(error, StoreError) and not isinstance(error, EvidenceError):
        return 3
    return 2 if type(error).__module__.startswith("qms_tui.") else None
