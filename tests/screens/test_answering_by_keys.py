"""Every kind of answer, by the keys that a person would press; what is recorded is read from the store."""

from pathlib import Path
from typing import Any

import pytest
from screen_helpers import EVERY_KIND, Session, walking

from qms_tui.store.base import Actor, Store

# item, keys on the walk, text typed into the prompt (None: there is none), words of the live verdict, what is recorded
PASSING: list[tuple[str, list[str], str | None, str, dict[str, Any]]] = [
    ("doors", ["y"], None, "", {"result": "conform"}),
    ("doors", ["a"], None, "", {"result": "not_applicable"}),
    ("temp", ["4"], ".5", "conform", {"result": "conform", "value": 4.5, "unit": "°C", "verdict": "pass"}),
    ("temp", ["enter"], "2", "conform", {"result": "conform", "value": 2, "verdict": "pass"}),
    ("temp", ["y"], "8", "conform", {"result": "conform", "value": 8}),
    ("waited", ["n"], None, "", {"result": "conform", "value": "no", "verdict": "pass"}),
    ("handled", ["4"], None, "", {"result": "conform", "value": 4}),
    ("van", ["2"], None, "", {"result": "conform", "value": "Fair", "verdict": "pass"}),
    ("van", ["enter"], "good", "conform", {"result": "conform", "value": "Good"}),
    ("subjects", ["3"], ", tone", "conform", {"result": "conform", "value": ["Tone", "Delay"]}),
    ("service", ["2"], "026-05-04", "conform", {"result": "conform", "value": "2026-05-04"}),
    ("risk", ["2"], "x3", "conform", {"result": "conform", "value": "2x3", "verdict": "pass"}),
    ("notice", ["enter"], None, "", {"result": "conform"}),
]

FAILING: list[tuple[str, list[str], str | None, str, dict[str, Any]]] = [
    ("doors", ["n"], None, "", {"result": "nonconform"}),
    ("doors", ["p"], None, "", {"result": "partial"}),
    ("temp", ["-"], "3", "nonconform", {"result": "nonconform", "value": -3, "verdict": "fail"}),
    ("waited", ["y"], None, "", {"result": "nonconform", "value": "yes", "verdict": "fail"}),
    ("van", ["3"], None, "", {"result": "nonconform", "value": "Poor", "verdict": "fail"}),
    ("risk", ["5"], "x4", "nonconform", {"result": "nonconform", "value": "5x4", "verdict": "fail"}),
]


def named(cases: list[tuple[str, list[str], str | None, str, dict[str, Any]]]) -> list[str]:
    return [f"{item} {''.join(keys)}{typed or ''}" for item, keys, typed, _verdict, _record in cases]


async def give(session: Session, item: str, keys: list[str], typed: str | None, verdict: str) -> None:
    """Answer an item; what is typed for it shows its verdict first, and is not recorded before enter."""
    await session.go(item)
    await session.press(*keys)
    if typed is not None:
        await session.type(typed, enter=False)
        await session.until(lambda: verdict in session.lines()[-2] + session.lines()[-4], "the verdict")
        assert session.answer(item) is None
        await session.pilot.press("enter")


@pytest.mark.parametrize(("item", "keys", "typed", "verdict", "recorded"), PASSING, ids=named(PASSING))
async def test_an_answer_that_passes_is_recorded_and_the_cursor_moves_on(
    store: Store,
    store_dir: Path,
    anna: Actor,
    item: str,
    keys: list[str],
    typed: str | None,
    verdict: str,
    recorded: Any,
) -> None:
    async with walking(store, store_dir, anna) as session:
        await give(session, item, keys, typed, verdict)
        await session.settle()
        answer = session.answer(item)
        assert answer is not None and recorded.items() <= answer.items()
        assert answer["by"] == "anna" and session.finding(item) is None
        assert session.current != item


@pytest.mark.parametrize(("item", "keys", "typed", "verdict", "recorded"), FAILING, ids=named(FAILING))
async def test_an_answer_that_fails_opens_its_finding_first(
    store: Store,
    store_dir: Path,
    anna: Actor,
    item: str,
    keys: list[str],
    typed: str | None,
    verdict: str,
    recorded: Any,
) -> None:
    async with walking(store, store_dir, anna) as session:
        await give(session, item, keys, typed, verdict)
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        assert store.head()[0] == 0
        await session.press("enter")
        await session.settle()
        answer, finding = session.answer(item), session.finding(item)
        assert answer is not None and recorded.items() <= answer.items()
        assert finding is not None and len(session.nonconformities()) == (finding["grade"] in ("major", "minor"))


async def test_corrected_on_the_spot_is_kept_as_an_observation(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("c")
        await session.settle()
        answer, finding = session.answer("doors"), session.finding("doors")
        assert answer is not None and answer["result"] == "corrected_on_spot"
        assert finding is not None and finding["grade"] == "observation" and not session.nonconformities()


async def test_a_text_of_several_pasted_lines_is_an_answer(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("waited")
        await session.press("y", "enter")
        await session.settle()
        assert session.current == "who"
        await session.press("enter")
        await session.paste("張小姐\nand two [more] of [/] them")
        await session.pilot.press("enter")
        await session.settle()
        answer = session.answer("who")
        assert answer is not None and answer["value"] == "張小姐\nand two [more] of [/] them"


async def test_items_that_an_answer_brings_come_next(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("waited")
        assert not session.shows("Which customer?")
        await session.press("y", "enter")
        await session.settle()
        assert session.current == "who" and session.shows("Which customer?")
        await session.press("up", "n")
        await session.settle()
        assert session.current == "handled" and not session.shows("Which customer?")


@pytest.mark.parametrize(
    ("item", "key", "typed"),
    [
        ("temp", "4", "o"),
        ("service", "2", "026-13-45"),
        ("risk", "6", "x1"),
        ("subjects", "1", ", nothing of these"),
        ("van", "enter", "dented"),
        ("handled", "enter", "many"),
    ],
)
async def test_a_bad_value_gives_a_line_and_keeps_the_text(
    store: Store, store_dir: Path, anna: Actor, item: str, key: str, typed: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go(item)
        await session.press(key)
        await session.type(typed, enter=False)
        text = session.prompt.value
        assert text.endswith(typed)
        await session.pilot.press("enter")
        await session.until(lambda: session.prompt.is_open and session.prompt.value == text, "the text again")
        assert session.message.startswith("! ") and "\n" not in session.message
        assert store.head()[0] == 0 and session.current == item


@pytest.mark.parametrize(("item", "key"), [("handled", "9"), ("handled", "0"), ("van", "7"), ("van", "0")])
async def test_a_digit_that_chooses_nothing_is_told(
    store: Store, store_dir: Path, anna: Actor, item: str, key: str
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go(item)
        await session.press(key)
        assert session.message.startswith("! ") and not session.prompt.is_open
        assert session.current == item and store.head()[0] == 0


async def test_keys_that_an_item_does_not_take_are_told(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("waited")
        await session.press("a")
        assert session.message.startswith("! ")
        await session.go("doors")
        await session.press("5")
        await session.press("enter")
        assert "y yes" in session.message
        assert store.head()[0] == 0


async def test_from_the_last_item_it_goes_to_what_is_open_and_says_when_nothing_is(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    text = EVERY_KIND[: EVERY_KIND.index("- [ ] Did any")]
    async with walking(store, store_dir, anna, text) as session:
        await session.press("down", "5")
        await session.type("")
        await session.settle()
        assert session.current == "doors"
        await session.press("y")
        await session.settle()
        await session.press("end", "6")
        await session.type("")
        await session.settle()
        assert session.current == "temp" and "last one" in session.message and "100 %" in session.status


async def test_nothing_stands_in_the_record_before_the_first_answer(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        assert session.shows("not begun") and "recorded" not in session.status
        await session.press("down", "down", "up", "end", "home", "space", "pageup", "right_square_bracket")
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        await session.press("q")
        assert "othing" in session.message
        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    assert store.head()[0] == 0 and not (store_dir / "journal.jsonl").exists()
    assert session.app.return_value is None


async def test_an_answer_given_again_takes_the_finding_back(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "enter")
        await session.settle()
        assert len(session.nonconformities()) == 1
        await session.press("up", "y")
        await session.settle()
        finding = session.finding("doors")
        assert finding is not None and finding["void"] and not session.nonconformities()
        assert session.mark("doors") == "+"


async def test_a_refused_value_is_replaced_by_what_is_typed_next(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("risk")
        await session.press("4")
        await session.type("x3x")
        assert session.message.startswith("! '4x3x'") and session.prompt.value == "4x3x"
        await session.type("9x9")
        assert session.prompt.value == "9x9" and session.message.startswith("! '9x9'")
        await session.pilot.press("left")
        await session.type("4", enter=False)
        assert session.prompt.value == "49x9"


async def test_a_refusal_goes_with_what_it_was_about(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("temp")
        for leave in (["f10"], ["m"]):
            await session.press("9")
            await session.type("x")
            assert session.message.startswith("! '9x'")
            await session.pilot.press("f10")
            assert not session.message, leave
        await session.press("slash")
        await session.type("nowhere to be found")
        assert session.message == "! 'nowhere to be found' stands in no item"
        await session.press("m")
        assert not session.message


async def test_blanks_are_told_to_be_nothing(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        for key in ("m", "e", "plus"):
            await session.press(key)
            await session.type("  ")
            assert session.message == "! Nothing is typed yet; F10 leaves it."
            await session.pilot.press("f10")
    assert store.head()[0] == 0


async def test_a_search_is_typed_anew_or_repeated(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("slash")
        await session.type("customer")
        assert session.current == "waited"
        await session.press("slash")
        await session.type("")
        assert session.current == "waited"
        await session.press("slash")
        await session.type("van")
        assert session.current == "van"
        await session.press("slash", "backspace", "enter")
        assert not session.message and session.current == "van"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
async def test_a_long_message_is_shown_to_its_end(
    store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    options = ", ".join(f"Waiting time {n}" for n in range(1, 8))
    text = f"- [ ] Why? {{#why}}\n  - answer: any of: {options}\n"
    async with walking(store, store_dir, anna, text, size=size) as session:
        await session.press("9")
        await session.type("")
        shown = " ".join(line.strip() for line in session.lines())
        assert f"is not an option; type one of: {options}" in shown
        before = session.lines()
        await session.pilot.press("f10")
        await session.pilot.pause()
        assert "is not an option" not in " ".join(session.lines()) and session.lines()[0] == before[0]
