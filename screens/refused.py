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


def left_off() -> str:
    """That a text was left, not recorded, and how it comes back."""
    return _("Left, not recorded; up in an empty prompt brings it back.")


def nothing_typed() -> str:
    """That a prompt needs a text, and how it is left without one."""
    return _("Nothing is typed yet; F10 leaves it.")


def no_reason() -> str:
    """The same, of one that asked why."""
    return _("A reason is needed; F10 leaves it.")


def leaving(*, brings_back: bool) -> str:
    """What stands at the right of a prompt's label: how it is left, or how the text that was left comes back."""
    return _("up brings back what was left") if brings_back else _("F10 leaves it")


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
