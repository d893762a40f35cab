"""What a person reads when something they gave was not recorded, or something cannot be shown: pure functions."""

from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.store.base import ReadOnly


def not_recorded(error: Exception) -> str:
    """The banner above says the rest of why a store cannot be written."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, ReadOnly):
        return error.short if error.unsure else _("not recorded: {error}").format(error=error.short)
    return _("not recorded: {error}").format(error=error)


def not_shown(error: Exception) -> str:
    return str(error) if isinstance(error, Refused) else _("cannot be shown: {error}").format(error=error)
