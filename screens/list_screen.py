"""A screen that is moved in by its list."""

from typing import Generic, TypeVar

from textual.screen import Screen

from qms_tui.screens.widgets.row_list import RowList

Outcome = TypeVar("Outcome")


class ListScreen(Screen[Outcome], Generic[Outcome]):
    """Has one `RowList` with the id `list`."""

    @property
    def rows(self) -> RowList:
        return self.query_one("#list", RowList)

    def action_down(self) -> None:
        self.rows.action_cursor_down()

    def action_up(self) -> None:
        self.rows.action_cursor_up()

    def action_page_down(self) -> None:
        self.rows.action_page_down()

    def action_page_up(self) -> None:
        self.rows.action_page_up()
