"""From what may go wrong to one line and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from qms_tui.cli.context import Fault


@contextmanager
def one_line() -> Iterator[None]:
    """Turn the program's own exceptions into Faults; any other is a defect and keeps its traceback."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        raise Fault(str(error), code) from error


def _exit_code(error: Exception) -> int | None:
    """1 a gate bars it, 2 bad input, 3 the store refuses. Imported only now: a list command that works pays nothing."""
    from qms_tui.records.gates import Refused
    from qms_tui.store.base import EvidenceError, StoreError

    if isinstance(error, Refused):
        return 1
    if isinstance(error, StoreError) and not isinstance(error, EvidenceError):
        return 3
    return 2 if type(error).__module__.startswith("qms_tui.") else None
