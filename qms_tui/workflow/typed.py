"""A day, a name and a value as a person types them."""

import re
from datetime import date

from qms_tui.checklist.numbers import read_number
from qms_tui.i18n import _
from qms_tui.records.case import require_names
from qms_tui.records.dates import require_future
from qms_tui.reports.action_rows import days_after
from qms_tui.workflow.clock import today


class BadInput(ValueError):
    """Not a day or not a value; one line: what was typed, and how to write it."""


def read_day(text: str) -> str:
    """An ISO date from `2026-12-24`, `today`, or `+14` (days from today). Raises BadInput."""
    typed = text.strip().casefold()
    if typed == "today":
        return today()
    if re.fullmatch(r"\+[0-9]{1,4}", typed):
        return days_after(today(), int(typed))
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            return date.fromisoformat(typed).isoformat()
    except ValueError:
        pass
    raise BadInput(_("'{text}' is no day; write 2026-12-24, today, or +14 for in 14 days").format(text=text))


def read_promised(text: str, gate: str = "due date") -> str:
    """As `read_day`, of a day by which something is promised: today or later. Raises Barred too, naming the gate."""
    day = read_day(text)
    require_future(gate, day, today())
    return day


def read_name(text: str) -> str:
    """A person's name. Raises Barred for a day, which was meant for another field."""
    require_names([text])
    return text.strip()


def read_value(text: str) -> str | int | float:
    """A number where one is typed (`12`, `-0,5`, `1e3`), else the text. Raises BadInput for the ambiguous `1,234`."""
    if re.search(r"[^\W\d_]{2}", text) or not re.search(r"\d", text):
        return text.strip()
    try:
        return read_number(text)
    except ValueError as error:
        if re.fullmatch(r"[\d.,\s]+", text):
            raise BadInput(str(error)) from error
        return text.strip()
