"""After a key the screen says what came of it, and the cursor stands on what it was about."""

from pathlib import Path

from case_screen_helpers import BEN, IN_A_WEEK, fill, in_work, open_action, open_case, raised
from screen_helpers import HeldStore, Session, home, walking

from qms_tui.records.effect import CheckResult
from qms_tui.screens.action_screen import ActionScreen
from qms_tui.screens.case import CaseScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.cases import case_of

DORA = Actor("dora")


def cursor(session: Session) -> str:
    row = session.rows.selected
    return row.key if row is not None else ""


def in_verification(store: Store, by: Actor) -> str:
    number, action = in_work(store, by)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "built")
    actions.verify(store, by, action, "seen")
    handling.advance(store, by, number)
    return number


async def on_the_case(session: Session) -> None:
    await session.until(lambda: isinstance(session.app.screen, CaseScreen), "the nonconformity")
    await session.settle()


async def test_the_status_tells_what_arrives_while_a_finding_is_open(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    held = HeldStore(store)
    async with walking(held, store_dir, anna) as session:
        await session.press("y")
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        keys = session.lines()[-1]
        assert "recorded" not in session.status
        held.gate.set()
        await session.settle()
        assert session.walk_screen.form.is_open and session.lines()[-1] == keys
        assert "recorded" in session.status and " 0 %" not in session.status


async def test_evidence_of_a_finding_is_told_where_it_is_not_seen(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, size=(40, 15)) as session:
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        for n, text in enumerate(("Door 3 stood open", "Door 4 too"), 1):
            await session.press("e")
            await session.type(text)
            await session.settle()
            assert session.message.startswith(f"evidence {n} added")


async def test_what_is_added_is_named_and_stood_on(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("a")
        await fill(session, {"title": "Clean it monthly", "owner": "ben", "due": IN_A_WEEK})
        await on_the_case(session)
        (action,) = case_of(store, number).actions.values()
        assert session.message == f"{action['number']} recorded" and cursor(session) == f"action {action['number']}"
        await session.press("t")
        await fill(session, {"indicator": "temperature", "baseline": "29", "target": "25"})
        await on_the_case(session)
        assert "effect of cycle 1" in session.message and cursor(session) == "effect 1"


async def test_the_cursor_goes_to_what_was_linked(store: Store, store_dir: Path, anna: Actor) -> None:
    other = raised(store, anna, "The server room was too warm at night")
    number = raised(store, anna)
    causes.add_why(store, anna, number, "The cooling unit was iced over")
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.rows.selected, "the register")
        session.rows.move_to(number)
        await session.press("enter")
        await on_the_case(session)
        await session.until(lambda: session.prompt.is_ready and session.shows(f"{other} "), "the similar one")
        session.rows.move_to(f"similar {other}")
        await session.press("l")
        await session.settle()
        assert cursor(session) == f"nc {other}" and session.message == "recorded"


async def test_after_not_effective_the_next_cycle_asks_why_and_offers_the_plan_of_the_last(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = in_verification(store, anna)
    async with home(store, store_dir, DORA) as session:
        await open_case(session)
        await session.press("c")
        await session.until(lambda: session.rows.selected and cursor(session) == "value", "the form")
        session.rows.move_to("verdict")
        await session.press("enter", "enter")
        await fill(session, {"value": "2", "note": "two doors stood open"})
        await on_the_case(session)
        assert cursor(session) == "whys 2" and "cycle 2" in session.message
        await session.press("t")
        await session.until(lambda: session.rows.selected and cursor(session) == "indicator", "the form")
        assert {row.key: row.text.split()[-1] for row in session.rows.rows if row.key in ("baseline", "target")} == {
            "baseline": "2", "target": "0"}  # fmt: skip
        assert session.shows("doors that stand open") and session.shows("as in cycle 1")
        await session.press("q")
        await session.settle()
        assert not case_of(store, number).effect
        await session.press("t")
        await fill(session, {"check_date": IN_A_WEEK})
        await on_the_case(session)
        plan = case_of(store, number).effect
        assert (plan["indicator"], plan["baseline"], plan["target"], plan["checker"], plan["check_date"]) == (
            "doors that stand open", 2, 0, "dora", IN_A_WEEK)  # fmt: skip


async def test_a_plan_made_meanwhile_is_not_replaced_by_what_was_offered(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = in_verification(store, anna)
    effect.check(store, DORA, number, CheckResult("not_effective", 2, "two stood open"))
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("t")
        await session.until(lambda: cursor(session) == "indicator", "the form")
        effect.plan(store, BEN, number, {"indicator": "doors reported", "target": 1})
        await session.press("s")
        await session.settle()
        assert case_of(store, number).effect["indicator"] == "doors reported"


async def test_an_action_that_waits_for_verification_opens_on_what_was_done(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    _number, action = in_work(store, anna)
    actions.start(store, BEN, action)
    outcome = "The closer of door 3 was set anew and tried twenty times with the van's draught, photo in the log"
    actions.done(store, BEN, action, outcome)
    async with home(store, store_dir, anna) as session:
        await open_action(session, action)
        assert isinstance(session.app.screen, ActionScreen) and cursor(session) == "outcome"
        head = store.head()
        await session.press("enter")
        await session.settle()
        assert store.head() == head and not session.prompt.is_open
        await session.press("v")
        assert session.prompt.is_open and session.shows("photo in the log")


async def test_on_a_small_screen_the_steps_stand_above_what_was_done(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    _number, action = in_work(store, anna)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "The closer of door 3 was set anew")
    async with home(store, store_dir, anna, size=(40, 15)) as session:
        await open_action(session, action)
        lines = session.lines()
        assert any("v  verified" in line for line in lines) and any(line.startswith(">done: The") for line in lines)


async def test_what_is_asked_is_about_a_row_that_is_seen(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    for n in range(12):
        causes.add_why(store, anna, number, f"cause number {n}")
    for size in ((80, 24), (40, 15)):
        async with home(store, store_dir, anna, size=size) as session:
            await open_case(session)
            whys = [row.key for row in session.rows.rows if row.key.startswith("why ")]
            session.rows.move_to(whys[0])
            while session.rows.cursor < session.rows.top + session.rows.size.height - 1:
                await session.press("down")
            here = session.rows.cursor
            await session.press("g")
            assert session.prompt.is_open and session.rows.cursor == here
            y = session.rows.region.y + here - session.rows.top
            assert session.lines()[y].startswith(">") and "cause number" in session.lines()[y]
            assert not any(line.rstrip().endswith(tuple("123456")) for line in session.lines()[-6:])
            await session.pilot.press("f10")


async def test_a_fact_says_what_belongs_in_it(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    for size, day in (((80, 24), "+14 for in 14 days"), ((40, 15), "2026-12-24 or +14")):
        async with home(store, store_dir, anna, size=size) as session:
            await open_case(session)
            for field, words in (("due", day), ("owner", "who sees to it"), ("correction", "what put it right")):
                session.rows.move_to(f"field {field}")
                await session.press("enter")
                assert session.shows(words)
                await session.pilot.press("f10")
