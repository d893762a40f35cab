"""A screen that is moved in by its list."""

from collections.abc import Sequence
from typing import Generic

from qms_tui.screens.actions import LEAVING, MOVING
from qms_tui.screens.following import Following
from qms_tui.screens.keys_ahead import keys_ahead
from qms_tui.screens.list_moves import ListMoves, Outcome
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row


class ListScreen(ListMoves[Outcome], Generic[Outcome]):
    """A key that is sent before there are rows waits for them.

    One that shows what people record sets `following`: it is read when it is come to, and again with the news.
    """

    following: Following | None = None

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._has_rows = False
        self._is_come_to = False  # and nothing was shown since

    def on_screen_resume(self) -> None:
        self._is_come_to = True
        if self.following is not None:
            self.following.begin()

    def on_screen_suspend(self) -> None:
        if self.following is not None:
            self.following.end()

    def on_unmount(self) -> None:
        if self.following is not None:
            self.following.end()

    @property
    def is_made(self) -> bool:
        """Whether it can be left: its widgets are there."""
        return self.is_mounted

    @property
    def is_ready(self) -> bool:
        """Whether there is something that keys can be about."""
        return self._has_rows and self.is_made

    def must_wait(self, key: str | None) -> bool:
        """Whether a key waits: for the rows, and for what the key before it records; one can leave and move without."""
        if not self.is_made:
            return True
        waits_for_record = self._recorder.is_awaited and key not in MOVING and not self.is_typing
        return key not in LEAVING and (not self._has_rows or waits_for_record)

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a prompt."""
        return any(prompt.is_open for prompt in self.query(Prompt))

    def renew(self, rows: Sequence[Row]) -> None:
        """Show the rows as others changed them; of one that comes to a screen nobody has seen those before."""
        self.rows.renew(rows, unseen=not self._is_come_to)
        self._is_come_to = False

    def has_rows(self) -> None:
        """The rows are there."""
        self._has_rows = True

    def has_none(self) -> None:
        """Why there is nothing to show is told: where there never was, nothing is chosen among it."""
        if not self._has_rows and self.is_current:
            keys_ahead(self).drop()
        self.has_rows()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before there are rows there is but one key: the one that leaves."""
        return self.is_ready or (self.is_made and action in ("back", "leave"))
