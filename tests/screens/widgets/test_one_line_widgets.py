"""Title, status and footer."""

from textual.app import ComposeResult

from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.widgets.key_footer import KeyFooter, KeyHint
from qms_tui.screens.widgets.status_line import StatusLine

HINTS = [KeyHint("y", "yes"), KeyHint("n", "no"), KeyHint("F1", "help"), KeyHint("F10", "leave everything behind")]


class LinesApp(QuietApp[None]):
    """A status line and a footer."""

    def compose(self) -> ComposeResult:
        yield StatusLine("ok 3", "anna")
        yield KeyFooter(HINTS)


async def test_the_most_important_keys_stay() -> None:
    app = LinesApp()
    async with app.run_test(size=(24, 3)):
        footer = app.query_one(KeyFooter)
        assert footer.render_line(0).text == "y yes  n no  F1 help    "
        assert [hint.label for hint in footer.fitting(10)] == ["y"]
        assert len(footer.fitting(80)) == 4


async def test_the_right_text_goes_where_there_is_no_room() -> None:
    app = LinesApp()
    async with app.run_test(size=(12, 3)) as pilot:
        status = app.query_one(StatusLine)
        assert status.render_line(0).text == "ok 3    anna"
        status.show("検査 [/] 3", "anna")
        await pilot.pause()
        assert status.render_line(0).text == "検査 [/] 3  "
