"""From the register to a nonconformity, its actions and its audit: which screen opens which."""

from typing import TYPE_CHECKING

from qms_tui.screens.typed import TypedTexts

if TYPE_CHECKING:
    from qms_tui.reports.digest import Digest
    from qms_tui.reports.search import Searchable
    from qms_tui.screens.app import QmsApp


class CaseRoutes:
    """Opens the screens of nonconformities; each is imported when it is opened."""

    def __init__(self, app: "QmsApp") -> None:
        self._app = app
        self._found = False
        self.typed = TypedTexts()

    def register(self) -> None:
        from qms_tui.screens.register import RegisterScreen

        app = self._app
        self._take_in()
        app.push_screen(
            RegisterScreen(
                app.store, self._rows, self.nonconformity, self.raise_new, app.recorder, self.typed, app.actor.name
            )
        )

    def my_work(self) -> None:
        from qms_tui.screens.my_work import MyWorkScreen
        from qms_tui.workflow.my_work import my_work

        app = self._app

        def gather() -> "Digest":
            return my_work(app.store, app.actor.name)

        app.push_screen(MyWorkScreen(app.store, gather, self.open, app.recorder, self.typed, app.actor.name))

    def open(self, key: str) -> None:
        """`nc NUMBER` or `action NUMBER`."""
        kind, _space, number = key.partition(" ")
        (self.action if kind == "action" else self.nonconformity)(number)

    def nonconformity(self, number: str) -> None:
        from qms_tui.screens.case import CaseScreen, Opens

        app = self._app
        self._take_in()
        opens = Opens(app.open_audit, self.action, self.nonconformity)
        app.push_screen(CaseScreen(app.store, app.actor, number, app.recorder, self.typed, opens))

    def action(self, number: str) -> None:
        from qms_tui.screens.action_screen import ActionScreen

        app = self._app
        self._take_in()
        app.push_screen(ActionScreen(app.store, app.actor, number, app.recorder, self.typed, self.nonconformity))

    def trail(self, number: str) -> None:
        """The trail of an audit, a nonconformity or an action."""
        from qms_tui.screens.trail_lines import Event, trail_events
        from qms_tui.screens.trail_screen import TrailScreen
        from qms_tui.workflow.numbers import find

        app = self._app

        def gather() -> list[Event]:
            app.store.refresh()
            return trail_events(app.store, find(app.store, number).id)

        app.push_screen(TrailScreen(number, gather, app.recorder))

    def raise_new(self) -> None:
        from qms_tui.screens.case_forms import raise_form
        from qms_tui.screens.form import FormScreen

        app = self._app

        def raised(number: str | None) -> None:
            if number is not None:
                self.nonconformity(number)

        app.push_screen(FormScreen(raise_form(app.store, app.actor), app.recorder, self.typed), raised)

    def _rows(self) -> "list[Searchable]":
        """In the recorder's thread."""
        from qms_tui.reports.search import searchable
        from qms_tui.workflow.nonconformities import list_rows

        return searchable(list_rows(self._app.store))

    def _take_in(self) -> None:
        """Once: what was typed when a line went."""
        if not self._found:
            self._found = True
            self._app.recorder.submit(self._app.drafts.typed, self.typed.take_in, lambda _error: None)
