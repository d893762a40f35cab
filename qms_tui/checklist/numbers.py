"""Numbers as people type them: decimal comma or point, full-width digits, never a guess."""

import re
import unicodedata
from decimal import Decimal

from qms_tui.i18n import _

_NUMBER = re.compile(r"([+-]?)(?=[.,]?[0-9])([0-9]{0,40})(?:([.,])([0-9]{1,40}))?(?:[eE]([+-]?[0-9]{1,3}))?")


def read_decimal(text: str) -> Decimal:
    """The exact number, or ValueError with the reason as its message.

    `23,5` is 23.5. `1,234` is refused: it may mean 1.234 or 1234.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise ValueError(_("'{text}' is not a number; type digits, for example 23.5").format(text=text.strip()[:60]))
    sign, whole, point, fraction, exponent = match.groups()
    if point == "," and len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        raise ValueError(
            _("'{text}' is ambiguous; type {decimal} or {integer}").format(
                text=text.strip(), decimal=f"{sign}{whole}.{fraction}", integer=f"{sign}{whole}{fraction}"
            )
        )
    number = Decimal(f"{sign}{whole or 0}.{fraction or 0}e{exponent or 0}")
    if float(number) in (float("inf"), float("-inf")):
        raise ValueError(_("'{text}' is too large a number").format(text=text.strip()[:60]))
    return number


def read_number(text: str) -> int | float:
    """As `read_decimal`, but an int where only digits were typed and else a float."""
    number = read_decimal(text)
    if not re.search(r"[.,eE]", unicodedata.normalize("NFKC", text)):
        return int(number)
    return float(number) + 0.0
