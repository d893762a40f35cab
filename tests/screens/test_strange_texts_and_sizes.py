"""Texts as people write them, windows as people make them, and checklists longer than anybody's."""

from pathlib import Path

import pytest
from screen_helpers import Session, walking
from textual.strip import Strip

from qms_tui.screens.app import QmsApp
from qms_tui.screens.too_small import TooSmallScreen
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.walk import About

STRANGE = [
    "closing tag [/] alone",
    "[x] ticked [A-12] [red]not red[/red]",
    "檢查清單：門是否關好？「是」或「否」",
    "emoji 👩‍🔧 🇹🇼 ✅ and é as e\u0301",
    "عربي من اليمين إلى اليسار",
    "\\[escaped\\] {braces} {0} %s $HOME `code`",
    "tab\there and \x1b[31mescape",
]


def walk_of(*questions: str) -> str:
    return "---\nchecklist: 1\ntitle: Strange [/] 檢查\n---\n" + "".join(
        f"- [ ] {question}\n" for question in questions
    )


@pytest.mark.parametrize("text", STRANGE)
async def test_a_text_goes_through_question_note_and_finding_unharmed(
    store: Store, store_dir: Path, anna: Actor, text: str
) -> None:
    async with walking(store, store_dir, anna, walk_of(text, "Another")) as session:
        item = session.current
        await session.press("m")
        await session.paste(text)
        await session.pilot.press("enter")
        await session.settle()
        await session.press("n", "s")
        await session.until(lambda: session.prompt.is_open, "the statement")
        session.prompt.query_one("PromptEditor").clear()
        await session.paste(text)
        await session.pilot.press("enter")
        await session.press("enter")
        await session.settle()
        answer = session.answer(item)
        assert answer is not None and answer["note"] == text
        assert session.nonconformities()[0]["statement"] == text
        await session.press("up", "s")
        await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
        await session.press("q")
        assert "\x1b" not in "".join(session.lines())
        if "\x1b" not in text and "\u0301" not in text:
            assert session.shows(text.split()[0][:8])


async def test_markup_is_shown_as_it_is(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, walk_of("Is [A-12] [/] shut?"), size=(100, 24)) as session:
        assert session.line_with("Is [A-12] [/] shut?")
        await session.press("m")
        await session.type("[x] [/] [b]")
        await session.settle()
        assert session.shows("note: [x] [/] [b]")


@pytest.mark.parametrize("typing", [False, True])
async def test_a_window_made_tiny_and_large_again_loses_nothing(
    store: Store, store_dir: Path, anna: Actor, typing: bool
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        if typing:
            await session.press("m")
            await session.type("half a note", enter=False)
        before = session.lines()
        for size in [(40, 15), (39, 11), (5, 3), (2, 1), (1, 1), (1, 40), (200, 2), (40, 12), (240, 60), (80, 24)]:
            await session.pilot.resize_terminal(*size)
            await session.pilot.pause()
            assert isinstance(session.app.screen, TooSmallScreen) == (size[0] < 40 or size[1] < 12)
        assert session.lines() == before and session.current == "temp"
        if typing:
            assert session.prompt.value == "half a note"
            await session.type(", whole")
            await session.settle()
            answer = session.answer("temp")
            assert answer is not None and answer["note"] == "half a note, whole"
        else:
            await session.press("5")
            await session.type("")
            await session.settle()
            assert session.answer("temp") is not None


async def test_a_tiny_window_over_every_screen_comes_back_to_it(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        for keys in (["n"], ["q", "s"], ["r"], ["f10", "question_mark"]):
            await session.press(*keys)
            screen = session.app.screen
            await session.pilot.resize_terminal(1, 1)
            await session.pilot.pause()
            await session.pilot.resize_terminal(80, 24)
            await session.until(lambda screen=screen: session.app.screen is screen, "the screen")


async def test_keys_in_a_window_that_is_too_small_do_nothing(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.pilot.resize_terminal(30, 10)
        await session.pilot.pause()
        assert session.shows("Too small")
        await session.pilot.press("y", "n", "enter")
        await session.pilot.resize_terminal(80, 24)
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        await session.settle()
        assert store.head()[0] == 0 and not session.walk_screen.form.is_open


def many(count: int) -> str:
    sections = [f"\n## Area {n // 100}\n\n- [ ] Gate {n} closes {{#gate-{n}}}\n" if n % 100 == 0 else
                f"- [ ] Gate {n} closes {{#gate-{n}}}\n" for n in range(count)]  # fmt: skip
    return "---\nchecklist: 1\ntitle: Gates\n---\n" + "".join(sections)


class Drawn:
    """Counts the lines that widgets draw."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows = self.detail = 0
        row_line, pane_line = RowList.draw_line, LinesPane.draw_line

        def draw_row(widget: RowList, y: int, width: int) -> Strip:
            self.rows += 1
            return row_line(widget, y, width)

        def draw_detail(widget: LinesPane, y: int, width: int) -> Strip:
            self.detail += 1
            return pane_line(widget, y, width)

        monkeypatch.setattr(RowList, "draw_line", draw_row)
        monkeypatch.setattr(LinesPane, "draw_line", draw_detail)

    def take(self) -> tuple[int, int]:
        found, self.rows, self.detail = (self.rows, self.detail), 0, 0
        return found


async def answer_counted(session: Session, drawn: Drawn) -> tuple[int, int]:
    drawn.take()
    await session.press("y")
    await session.settle()
    return drawn.take()


async def test_an_answer_among_ten_thousand_repaints_few_lines(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Drawn(monkeypatch)
    async with walking(store, store_dir, anna, many(10_000)) as session:
        await session.press("y")
        await session.settle()
        drawn.take()
        await session.press("down")
        assert drawn.take() <= (2, 3)
        for _answer in range(3):
            rows, detail = await answer_counted(session, drawn)
            assert rows <= 4 and detail <= 6
        await session.press("g")
        await session.type("9990")
        assert session.current == "gate-9989"
        rows, detail = await answer_counted(session, drawn)
        assert rows <= 4 and detail <= 6
        assert session.status.startswith("9991/10000")
        await session.press("end", "y")
        await session.settle()
        assert session.answer("gate-9999") is not None and session.current == "gate-1"


@pytest.mark.parametrize(("question", "told"), [("門 closes", True), ("Döör closes – well", False)])
async def test_that_only_ascii_is_sent_is_said_where_it_loses_something(
    store: Store, store_dir: Path, anna: Actor, question: str, told: bool
) -> None:
    app = QmsApp(store, store_dir, anna, ascii_only=True)
    (store_dir.parent / "a.md").write_text(f"- [ ] {question}\n", "utf-8")
    app.walk_first(str(store_dir.parent / "a.md"), resume=False, about=About())
    async with app.run_test():
        session = Session(app)
        await session.until(lambda: session.walk_screen.board, "the walk")
        await session.settle()
        assert ("UTF-8 shows them" in session.message) == told
        app.recorder.drain()
