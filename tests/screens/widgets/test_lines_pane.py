"""The pane: what is drawn again, paging, width."""

from textual.app import ComposeResult
from textual.strip import Strip

from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.text_cells import wrap


class CountingPane(LinesPane):
    """Notes which lines were drawn."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        super().__init__()

    def draw_line(self, y: int, width: int) -> Strip:
        self.drawn.append(y)
        return super().draw_line(y, width)


class PaneApp(QuietApp[None]):
    """A pane and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = CountingPane()

    def compose(self) -> ComposeResult:
        yield self.pane

    def lines(self) -> list[str]:
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.size.height)]


async def test_only_changed_lines_are_drawn() -> None:
    app = PaneApp()
    async with app.run_test(size=(30, 6)) as pilot:
        app.pane.show(["one", [("two", "bold")], "three"])
        await pilot.pause()
        app.pane.drawn.clear()
        app.pane.show(["one", [("TWO", "bold")], "three", "four"])
        await pilot.pause()
        assert sorted(app.pane.drawn) == [1, 3]


async def test_markup_and_wide_text_show_as_they_are() -> None:
    app = PaneApp()
    async with app.run_test(size=(7, 3)):
        app.pane.show(["[/] [x]", "検査表検", [("a", "bold"), ("検査表検", "")]])
        assert app.lines() == ["[/] [x]", "検査表~", "a検査~"]


async def test_long_content_is_paged_with_a_hint() -> None:
    app = PaneApp()
    async with app.run_test(size=(20, 4)):
        app.pane.show([str(at) for at in range(8)])
        assert app.lines() == ["0", "1", "2", "-- 1-3/8 --"]
        app.pane.action_page_down()
        app.pane.action_page_down()
        assert app.lines() == ["5", "6", "7", "-- 6-8/8 --"]
        app.pane.action_page_up()
        assert app.pane.top == 2
        app.pane.show(["short"])
        assert app.lines() == ["short", "", "", ""]


async def test_lines_are_made_anew_for_another_width() -> None:
    app = PaneApp()
    async with app.run_test(size=(20, 4)) as pilot:
        app.pane.show(lambda width: wrap("one two three", width))
        assert app.lines()[0] == "one two three"
        await pilot.resize_terminal(8, 4)
        await pilot.pause()
        assert app.lines() == ["one two", "three", "", ""]
