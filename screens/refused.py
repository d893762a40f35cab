"""What a person reads when something they gave was not recorded, or something cannot be shown: pure functions.

A screen names no command.
"""

from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.store.base import ReadOnly
from qms_tui.workflow.unknown import Unknown


def why(error: Exception) -> str:
    return error.short if isinstance(error, ReadOnly) else str(error)


def fault(error: Exception) -> str:
    """Why a text that was typed cannot be taken."""
    return error.words if isinstance(error, Refused) else str(error)


def not_recorded(error: Exception) -> str:
    """Why a store cannot be written, and what to do about it, stands in the banner."""
    if isinstance(error, Refused):
        return error.words
    if isinstance(error, ReadOnly):
        if error.unsure:
            return _("the disk did not confirm: whether this is recorded is not known")
        return _("not recorded: the store is read-only, see above")
    return _("not recorded: {error}").format(error=_words(error))


def not_shown(error: Exception) -> str:
    return error.words if isinstance(error, Refused) else _("cannot be shown: {error}").format(error=_words(error))


def _words(error: Exception) -> str:
    return error.words if isinstance(error, Unknown) else str(error)
