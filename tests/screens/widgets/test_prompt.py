"""The prompt: typing, pasting, leaving."""

from textual.app import ComposeResult
from textual.events import Key, Paste
from textual.pilot import Pilot

from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.row_list import Row, RowList


class PromptApp(QuietApp[None]):
    """A list under a prompt."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield RowList([Row("a", "a")])
        yield Prompt()

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    async def ask(self, label: str, value: str = "", *, rows: int = 1) -> None:
        await self.prompt.prepare()
        self.prompt.open(
            label,
            value,
            rows=rows,
            then=lambda text: self.events.append(("submitted", text)),
            left=lambda text: self.events.append(("cancelled", text)),
        )

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        self.events.append(("changed", event.value))


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await pilot.pause()


async def test_typing_is_told_and_submitted() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.ask("Value [mm]:")
        await pilot.press("1", "2", "enter")
        await pilot.pause()
        assert app.events == [("changed", "1"), ("changed", "12"), ("submitted", "12")]
        assert not app.prompt.is_open and app.prompt.value == ""


async def test_a_paste_of_several_lines_is_kept_whole() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.ask("Note", "so far: ", rows=3)
        await paste(pilot, "one\r\n検査 [/]\nthree")
        assert app.prompt.value == "so far: one\n検査 [/]\nthree"
        await pilot.press("enter")
        await pilot.pause()
        assert app.events[-1] == ("submitted", "so far: one\n検査 [/]\nthree")


async def test_ways_to_cancel() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        for keys, given_up in ((["f10"], ""), (["escape"], ""), (["x", "f10"], "x"), (["enter"], "")):
            await app.ask("Note")
            await pilot.press(*keys)
            await pilot.pause()
            assert app.events[-1] == ("cancelled", given_up)


async def test_the_arrow_up_in_an_empty_one_brings_back_what_was_left_last() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.ask("Note", rows=3)
        assert not app.prompt.brings_back
        await pilot.press("up")
        await paste(pilot, "07:00 ok\n08:00 alarm")
        await pilot.press("f10")
        await app.ask("Note", "as it was")
        await pilot.press("up", "f10")
        await app.ask("Evidence", rows=3)
        await pilot.press("f10")  # nothing, which is no text to bring back
        await app.ask("Evidence", rows=3)
        await pilot.press("up")
        assert app.prompt.value == "as it was"
        await pilot.press("ctrl+u")
        assert app.prompt.brings_back
        await pilot.press("x", "up", "y")
        assert app.prompt.value == "yx"


async def test_a_text_may_be_emptied() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.ask("Note", "ab")
        await pilot.press("backspace", "backspace", "enter")
        await pilot.pause()
        assert app.events[-1] == ("submitted", "")


async def test_opening_leaves_the_layout_below_alone() -> None:
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        before = app.query_one(RowList).region
        await app.ask("Note", rows=3)
        await pilot.pause()
        assert app.query_one(RowList).region == before
        assert app.prompt.region.height == 4 and app.prompt.region.bottom == 10


async def test_a_burst_is_taken_in_its_order() -> None:
    """Keys that come in one packet: some were on their way to the list when the prompt opened, some outlive it."""
    app = PromptApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.prompt.prepare()
        app.query_one(RowList).focus()
        await pilot.pause()
        opened: list[str] = []
        app.bind("o", "app.open_it")
        app.action_open_it = lambda: app.prompt.open("Note", then=opened.append)
        app.bind("z", "app.after")
        app.action_after = lambda: opened.append("z below")
        for key in ("o", "a", "b", "x", "backspace", "z", "enter", "z", "o", "c", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert opened == ["abz", "z below", "c"]
