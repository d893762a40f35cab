"""A screen that is moved in by its list."""

from typing import Generic, TypeVar

from textual.events import Key
from textual.screen import Screen

from qms_tui.screens.widgets.row_list import RowList

Outcome = TypeVar("Outcome")

LEAVE = "q"


class ListScreen(Screen[Outcome], Generic[Outcome]):
    """Has one `RowList` with the id `list`. A key that is sent before there are rows waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self._has_rows = False
        self._ahead: list[Key] = []

    @property
    def is_made(self) -> bool:
        """Whether it can be left: its widgets are there."""
        return self.is_mounted

    @property
    def is_ready(self) -> bool:
        """Whether there is something that keys can be about."""
        return self._has_rows and self.is_made

    def take_key(self, event: Key) -> bool:
        """Whether a key is kept until there are rows; one can leave without them."""
        if self.is_ready or (event.key == LEAVE and self.is_made and not self._ahead):
            return False
        self._ahead.append(event)
        return True

    def has_rows(self) -> None:
        """The rows are there."""
        self._has_rows = True
        self.take_ahead()

    def has_none(self) -> None:
        """Why there cannot be rows is told: nothing is chosen among them."""
        self._ahead.clear()
        self.has_rows()

    def take_ahead(self) -> None:
        """Send the keys that waited, if they need wait no more."""
        leaves = self.is_made and bool(self._ahead) and self._ahead[0].key == LEAVE
        if self.is_ready or leaves:
            for event in self._ahead:
                self.app.post_message(Key(event.key, event.character))
            self._ahead.clear()

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
