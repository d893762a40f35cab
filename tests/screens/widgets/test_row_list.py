"""The list: cursor, window, and how little is drawn."""

from textual.app import ComposeResult
from textual.strip import Strip

from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.widgets.row_list import Row, RowList


class CountingList(RowList):
    """Notes which lines were drawn."""

    def __init__(self, rows: list[Row]) -> None:
        self.drawn: list[int] = []
        super().__init__(rows)

    def draw_line(self, y: int, width: int) -> Strip:
        self.drawn.append(y)
        return super().draw_line(y, width)


class ListApp(QuietApp[None]):
    """A list and nothing else."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.list = CountingList(rows)
        self.moves: list[str] = []
        self.list.on_move = lambda _index, row: self.moves.append(row.key)

    def compose(self) -> ComposeResult:
        yield self.list

    def lines(self) -> list[str]:
        return [self.list.render_line(y).text for y in range(self.list.size.height)]


def numbered(count: int) -> list[Row]:
    return [Row(str(at), f"item {at}", mark="--") for at in range(count)]


async def test_a_move_draws_two_lines_of_ten_thousand() -> None:
    app = ListApp(numbered(10_000))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause(0.1)
        app.list.drawn.clear()
        app.list.action_cursor_down()
        await pilot.pause()
        assert sorted(app.list.drawn) == [0, 1]
        app.list.drawn.clear()
        app.list.update_row("3", Row("3", "item 3", mark="ok"))
        await pilot.pause()
        assert app.list.drawn == [3]
        assert app.moves == ["1"]


async def test_leaving_the_window_moves_it_by_half_a_page() -> None:
    app = ListApp(numbered(10_000))
    async with app.run_test(size=(30, 10)):
        for _ in range(10):
            app.list.action_cursor_down()
        assert (app.list.cursor, app.list.top) == (10, 5)
        app.list.action_last()
        assert (app.list.cursor, app.list.top) == (9999, 9990)
        app.list.action_first()
        assert (app.list.cursor, app.list.top) == (0, 0)


async def test_headers_are_passed_over() -> None:
    rows = [Row("h", "Part 1", header=True), Row("a", "a"), Row("i", "Part 2", header=True), Row("b", "b")]
    app = ListApp(rows)
    async with app.run_test(size=(20, 5)):
        seen = [app.list.selected]
        for act in (app.list.action_cursor_down, app.list.action_cursor_down, app.list.action_first):
            act()
            seen.append(app.list.selected)
        assert [row.key for row in seen if row] == ["a", "b", "b", "a"]


async def test_text_is_shown_as_it_is() -> None:
    app = ListApp([Row("a", "[x] done [/] [red]"), Row("b", "検査表検査表"), Row("c", "a\x1b[2Jb", indent=2)])
    async with app.run_test(size=(20, 4)):
        assert [line.rstrip() for line in app.lines()] == [">[x] done [/] [red]", " 検査表検査表", "   a [2Jb", ""]


async def test_wide_text_is_cut_to_the_width() -> None:
    app = ListApp([Row("a", "検査表検査表", mark="NG")])
    async with app.run_test(size=(12, 2)):
        assert app.lines()[0] == ">NG 検査表~ "


async def test_the_cursor_shows_without_colour() -> None:
    app = ListApp(numbered(2))
    async with app.run_test(size=(12, 2)):
        segment = next(iter(app.list.render_line(0)))
        assert segment.text.startswith(">") and segment.style and segment.style.reverse


async def test_other_rows_keep_the_cursor_on_its_key() -> None:
    app = ListApp(numbered(20))
    async with app.run_test(size=(20, 5)):
        app.list.move_to("7")
        app.list.set_rows(numbered(20)[5:])
        assert app.list.selected is not None and app.list.selected.key == "7"
        app.list.set_rows([])
        assert app.list.selected is None
        app.list.action_cursor_down()
        app.list.set_rows(numbered(3), "2")
        assert app.list.selected is not None and app.list.selected.key == "2"


async def test_on_move_is_called_before_the_next_paint() -> None:
    app = ListApp(numbered(3))
    async with app.run_test(size=(20, 5)):
        app.moves.clear()
        app.list.action_cursor_down()
        assert app.moves == ["1"]


async def test_the_smallest_screen() -> None:
    app = ListApp(numbered(3))
    async with app.run_test(size=(1, 1)) as pilot:
        app.list.action_cursor_down()
        await pilot.pause()
        assert app.lines() == ["~"]
