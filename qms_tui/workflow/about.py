"""What an audit is of, as it is said when one begins or later."""

from collections.abc import Sequence
from typing import NamedTuple


class About(NamedTuple):
    """What an audit is of; may be said at the start or later, but for `only_flagged`.

    `only_flagged` is the number of an earlier audit whose flagged items alone are asked again.
    """

    subject: str | None = None
    site: str | None = None
    team: Sequence[str] = ()
    only_flagged: str | None = None
