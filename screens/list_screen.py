"""A screen that is moved in by its list."""

from typing import Generic, TypeVar

from textual import on
from textual.events import Mount
from textual.screen import Screen

from qms_tui.screens.keys_ahead import keys_ahead
from qms_tui.screens.widgets.row_list import RowList

Outcome = TypeVar("Outcome")

LEAVE = "q"


class ListScreen(Screen[Outcome], Generic[Outcome]):
    """Has one `RowList` with the id `list`. A key that is sent before there are rows waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self._has_rows = False

    @on(Mount)
    def _take_once_made(self) -> None:
        """After `on_mount` of the classes derived from it, which make what the screen consists of."""
        self.call_later(self.take_ahead)

    @property
    def is_made(self) -> bool:
        """Whether it can be left: its widgets are there."""
        return self.is_mounted

    @property
    def is_ready(self) -> bool:
        """Whether there is something that keys can be about."""
        return self._has_rows and self.is_made

    def must_wait(self, key: str | None) -> bool:
        """Whether a key waits until there are rows; one can leave without them."""
        return not self.is_ready and not (key == LEAVE and self.is_made)

    def has_rows(self) -> None:
        """The rows are there."""
        self._has_rows = True
        self.take_ahead()

    def has_none(self) -> None:
        """Why there cannot be rows is told: nothing is chosen among them."""
        keys_ahead(self).drop()
        self.has_rows()

    def take_ahead(self) -> None:
        """The keys that waited, if they need wait no more."""
        keys_ahead(self).release()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before there are rows there is but one key: the one that leaves."""
        return self.is_ready or (self.is_made and action in ("back", "leave"))

    @property
    def rows(self) -> RowList:
        return self.query_one("#list", RowList)

    def action_down(self) -> None:
        self.rows.action_cursor_down()

    def action_up(self) -> None:
        self.rows.action_cursor_up()

    def action_first(self) -> None:
        self.rows.action_first()

    def action_last(self) -> None:
        self.rows.action_last()

    def action_page_down(self) -> None:
        self.rows.action_page_down()

    def action_page_up(self) -> None:
        self.rows.action_page_up()
