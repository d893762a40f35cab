"""Two people enter the same: the second chooses, between two values, with who and when."""

from pathlib import Path

import pytest
from screen_helpers import BOUND, EVERY_KIND, Golden, HeldStore, Session, colleague_answers, home, walking
from test_register_and_case import open_case, raised

from qms_tui.screens.conflict import ConflictScreen
from qms_tui.screens.conflict_lines import conflict_lines, differing_answer
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, handling
from qms_tui.workflow.cases import case_of
from qms_tui.workflow.given import Given

SIZES = [(80, 24), (40, 15)]


async def chooses(session: Session) -> None:
    await session.until(lambda: isinstance(session.app.screen, ConflictScreen), "the choice")


async def second(session: Session, store_dir: Path, by: Actor, given: Given, keys: str, item: str = "doors") -> None:
    """What is pressed meets what `by` recorded after it was given and before it was written."""
    assert session.walk.number
    held = HeldStore(session.walk.store)
    session.walk.store = held
    await session.press(*keys)
    assert held.waiting.wait(BOUND)
    colleague_answers(store_dir, by, session.walk.number, item, given)
    session.walk.store = held._store
    held.gate.set()


async def begun(session: Session) -> None:
    await session.go("handled")
    await session.press("4")
    await session.settle()
    await session.go("doors")


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
async def test_theirs_and_mine_are_shown_with_who_and_when(
    golden: Golden, store: Store, store_dir: Path, anna: Actor, ben: Actor, size: tuple[int, int]
) -> None:
    async with walking(store, store_dir, anna, size=size) as session:
        await begun(session)
        await second(session, store_dir, ben, Given("nonconform"), "y")
        await chooses(session)
        golden(f"conflict_{size[0]}x{size[1]}", session.lines())
        assert session.shows("- ben, 20") and session.shows("+ mine")


async def test_theirs_stays(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await begun(session)
        await second(session, store_dir, ben, Given("not_applicable"), "y")
        await chooses(session)
        before = store.head()[0]
        await session.press("t")
        await session.settle()
        assert (session.answer("doors") or {}).get("by") == "ben" and store.head()[0] == before
        assert session.current == "doors" and session.mark("doors") == "/"


async def test_mine_is_recorded_on_top_and_a_second_conflict_asks_again(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await begun(session)
        await second(session, store_dir, ben, Given("not_applicable"), "y")
        await chooses(session)
        await second(session, store_dir, Actor("carla"), Given("corrected_on_spot"), "r")
        await session.until(lambda: session.shows("- carla"), "the choice again")
        assert (session.answer("doors") or {}).get("by") == "carla"
        await session.press("r")
        await session.settle()
        answer = session.answer("doors") or {}
        assert (answer["result"], answer["by"]) == ("conform", "anna")
        said = [change.new for line in store.history("answers", f"{session.walk.audit_id}/doors")
                for change in line.changes if change.field == "by"]  # fmt: skip
        assert said == ["ben", "carla", "anna"]


async def test_a_note_that_is_decided_later_is_kept(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await begun(session)
        await session.press("m")
        await session.type("the left one sticks", enter=False)
        held = HeldStore(store)
        session.walk.store = held
        await session.pilot.press("enter")
        assert held.waiting.wait(BOUND)
        colleague_answers(store_dir, ben, session.walk.number, "doors", Given(note="painted"))
        held.gate.set()
        await chooses(session)
        assert session.shows("    painted") and session.shows("    the left one sticks")
        await session.press("q")
        assert session.message.startswith("! ben wrote a note first")
        await session.press("m")
        assert session.prompt.value == "the left one sticks"


async def test_keys_of_a_walk_sent_ahead_choose_nothing(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await begun(session)
        await second(session, store_dir, ben, Given("not_applicable"), "y")
        await chooses(session)
        before = store.head()[0]
        await session.press("y", "n", "p", "a", "c", "m", "e", "u", "f", "5", "enter")
        assert isinstance(session.app.screen, ConflictScreen) and store.head()[0] == before


def test_only_what_differs_is_shown_and_a_finding_that_would_go(
    store: Store, store_dir: Path, anna: Actor, ben: Actor, tmp_path: Path
) -> None:
    from qms_tui.workflow.begin import begin
    from qms_tui.workflow.walk import About

    file = tmp_path / "round.md"
    file.write_text(EVERY_KIND, "utf-8")
    walk = begin(store, ben, str(file), About())
    doors = walk.entries()[0].item
    walk.answer(doors, Given("nonconform", note="stands open"))
    entry = walk.entry(walk.entries()[0])
    assert [one.label for one in differing_answer(entry, Given("conform", note="stands open"))] == ["answer", "finding"]
    worse = Given("nonconform", grade="minor", statement="It stands open at night", criterion="ISO 9001 8.5.1, QMS 4.1")
    assert [one.label for one in differing_answer(entry, worse)] == ["grade", "statement"]
    same = differing_answer(walk.entry(walk.entries()[0]), Given("nonconform"))
    lines = conflict_lines(None, same, "anna", 30)
    assert all(len("".join(span[0] for span in line) if not isinstance(line, str) else line) <= 30 for line in lines)


async def test_a_field_of_a_nonconformity(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        for text, choice, owner in (("carla", "t", "ben"), ("carla", "r", "carla")):
            session.rows.move_to("field owner")
            await session.press("enter")
            await session.pilot.press("ctrl+u")
            await session.type(text, enter=False)
            handling.edit(store, ben, number, {"owner": "ben" if choice == "t" else "dora"})
            await session.pilot.press("enter")
            await chooses(session)
            assert session.shows("owner") and session.shows("- ben, 20") and session.shows("    carla")
            await session.press(choice)
            await session.settle()
            assert case_of(store, number).nonconformity["owner"] == owner


async def test_a_form_takes_theirs_and_records_the_rest(store: Store, store_dir: Path, anna: Actor, ben: Actor) -> None:
    number = raised(store, anna)
    action, _receipt = actions.add(store, anna, number, "correction", "Cool the room", {"owner": "anna"})
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"action {action}")
        await session.press("enter")
        await session.until(lambda: session.shows("owner: anna") and session.prompt.is_ready, "the action")
        await session.press("e")
        await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
        for field, text in (("owner", "dora"), ("verifier", "carla")):
            session.rows.move_to(field)
            await session.press("enter")
            await session.pilot.press("ctrl+u")
            await session.type(text)
        actions.assign(store, ben, action, {"owner": "ben", "priority": "high"})
        await session.press("s")
        await chooses(session)
        assert session.shows("    ben") and session.shows("    dora") and not session.shows("high")
        await session.press("t")
        await session.press("s")
        await session.settle()
        doc = next(iter(case_of(store, number).actions.values()))
        assert (doc["owner"], doc["verifier"], doc["priority"]) == ("ben", "carla", "high")
