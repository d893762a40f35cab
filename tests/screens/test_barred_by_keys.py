"""What a gate bars is said when its key is pressed, before anything is asked; what a repeat replaces is told."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from case_screen_helpers import BEN, in_work, open_action, open_case, planned, raised
from screen_helpers import Session, home, walking

from qms_tui.records.effect import CheckResult
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling

DORA = Actor("dora")


async def barred(session: Session, keys: Iterable[str], said: str) -> None:
    for key in keys:
        await session.press(key)
        await session.until(lambda: session.message.startswith("!"), key)
        assert said in session.message and not session.prompt.is_open, (key, session.message)
        session.app.screen.say("")


async def test_an_actions_steps_say_their_gate_at_once(store: Store, store_dir: Path, anna: Actor) -> None:
    _number, action = in_work(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await barred(session, "dvf", "is in state 'planned'")
    actions.start(store, BEN, action)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await barred(session, "d", "owner: ben says when it is done, not anna")
    actions.done(store, BEN, action, "built")
    async with home(store, store_dir, BEN) as session:
        await open_action(session, action)
        await barred(session, "vf", "verifier: ben carried it out")
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await session.press("v")
        assert session.prompt.is_open
    actions.verify(store, anna, action, "seen")
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        await barred(session, "z", "is in state 'verified'")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_work_begins_with_a_word_about_actions_that_nobody_owns(
    store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    number, _action = planned(store, anna)
    loose, _receipt = actions.add(store, anna, number, "training", "Tell the desk")
    async with home(store, store_dir, anna, size=size) as session:
        await open_case(session)
        session.rows.move_to("step 0")
        await session.until(lambda: session.shows("still to be named"), "what is open")
        assert session.rows.selected is not None and session.rows.selected.mark == "?"
        await session.press("n")
        await session.settle()
        assert session.message == f"recorded: now in progress; still to be named: owner, due date of {loose}"
        assert any(loose in line for line in session.lines()[-4:])


async def test_a_check_that_is_barred_opens_no_form(store: Store, store_dir: Path, anna: Actor) -> None:
    number, action = in_work(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await barred(session, "z", f"open actions: {action}")
        await barred(session, "w", "is in state 'in progress'")
        session.rows.move_to(next(row.key for row in session.rows.rows if row.key.startswith("why ")))
        await barred(session, "egx", "is in state 'in progress'")
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "built")
    actions.verify(store, anna, action, "seen")
    handling.advance(store, anna, number)
    for who, said in ((anna, "dora"), (BEN, "ben carries out an action")):
        async with home(store, store_dir, who) as session:
            case = await open_case(session)
            await barred(session, "c", said)
            assert session.app.screen is case
    async with home(store, store_dir, DORA) as session:
        case = await open_case(session)
        await session.press("c")
        assert session.app.screen is not case


async def test_a_why_with_others_below_says_at_once_which_are_taken_back_first(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    first, _done = causes.add_why(store, anna, number, "The unit was iced over")
    second, _done = causes.add_why(store, anna, number, "Its filter was clogged", first)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {first}")
        await barred(session, "x", "cause: 1.1 hangs below 1; take that back first")
    causes.add_why(store, anna, number, "Nobody owns the plan", second)
    causes.add_why(store, anna, number, "The fan was blocked", first)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(f"why {first}")
        await barred(session, "x", "whys hang below 1; take them back first, in this order: 1.2, 1.1.1, 1.1")


async def test_a_why_of_an_earlier_cycle_is_no_longer_changed(store: Store, store_dir: Path, anna: Actor) -> None:
    number, action = in_work(store, anna)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "built")
    actions.verify(store, anna, action, "seen")
    handling.advance(store, anna, number)
    effect.check(store, DORA, number, CheckResult("not_effective", 3))
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to(next(row.key for row in session.rows.rows if row.key.startswith("why ")))
        for key in ("w", "e", "g", "x", "enter"):
            await barred(session, [key], "no such why in this cycle")


async def test_nothing_is_asked_of_one_that_has_ended(store: Store, store_dir: Path, anna: Actor) -> None:
    handling.cancel(store, anna, raised(store, anna), "the wrong room")
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.prompt.is_ready, "the register")
        await session.press("o")
        await session.until(lambda: session.rows.selected, "all of them")
        await session.press("enter")
        await session.until(lambda: session.shows("cancelled") and session.prompt.is_ready, "the nonconformity")
        assert "w why" not in session.lines()[-1] and "o reopen" in session.lines()[-1]
        assert session.shows("not planned") and not any(session.shows(key) for key in ("w asks", "a adds", "t plans"))
        await barred(session, "czwath", "is cancelled; o opens it again")
        for row in ("field statement", "field due", "whys 1", "actions 1", "effect 1"):
            session.rows.move_to(row)
            await barred(session, ["enter"], "is cancelled; o opens it again")
            assert "qms-tui" not in session.message


async def test_a_repeat_that_takes_the_place_of_another_is_told(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    first, second = raised(store, anna, "The key cabinet stands open"), raised(store, anna, "No signature", "minor")
    handling.mark_repeat(store, anna, number, first)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("p")
        await session.type(second.lower())
        await session.until(lambda: session.message == f"recorded; no repeat of {first} now", "what it replaced")
        await session.settle()
        await session.press("p")
        await session.type(second)
        await session.settle()
        assert session.message == "recorded"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_a_walk_says_that_a_finding_is_a_repeat(
    store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    said = []
    for _walk in range(2):
        async with walking(store, store_dir, anna, size=size) as session:
            await session.press("n", "enter")
            await session.settle()
            said.append(session.message)
            assert any(session.message in line for line in session.lines())
    year = date.today().year
    assert said == [f"NC-{year}-0001 raised", f"NC-{year}-0002: repeat of NC-{year}-0001"]


async def test_a_search_that_is_mistyped_is_told(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.rows.selected and session.prompt.is_ready, "the register")
        await session.press("slash")
        await session.paste("ownr:anna")
        await session.pilot.press("enter")
        await session.settle()
        assert session.message.startswith("! 'ownr:anna': did you mean owner:?")
