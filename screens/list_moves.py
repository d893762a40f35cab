"""The keys by which one moves in a list."""

from typing import Generic, TypeVar

from qms_tui.screens.terminal import LeanScreen
from qms_tui.screens.widgets.row_list import RowList

Outcome = TypeVar("Outcome")


class ListMoves(LeanScreen[Outcome], Generic[Outcome]):
    """A screen with one `RowList`, whose id is `list`."""

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
