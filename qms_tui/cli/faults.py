"""From what may go wrong to one line and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

from qms_tui.cli.context import Fault


@contextmanager
def one_line() -> Iterator[None]:
    """Turn the program's own exceptions into Faults. Modules that were never imported cannot have raised."""
    from qms_tui.checklist.model import ChecklistError
    from qms_tui.records.gates import Refused
    from qms_tui.store.base import EvidenceError, StoreError

    try:
        yield
    except (ChecklistError, EvidenceError) as error:
        raise Fault(str(error), 2) from error
    except Refused as error:
        raise Fault(str(error), 1) from error
    except StoreError as error:
        raise Fault(str(error), 3) from error
    except (LookupError, ValueError) as error:
        if type(error).__module__.startswith("qms_tui."):
            raise Fault(str(error), 2) from error
        raise
