"""Register, nonconformity, actions, forms and my work, by keys over a real store."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from case_screen_helpers import fill, open_case, raised
from screen_helpers import BOUND, Golden, HeldStore, Session, home, walking
from textual.events import Key

from qms_tui.records.causes import tree
from qms_tui.records.effect import CheckResult
from qms_tui.screens.case import CaseScreen
from qms_tui.screens.drafts import Drafts
from qms_tui.screens.reading import ReadingScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.cases import case_of

IN_A_WEEK = (date.today() + timedelta(days=7)).isoformat()


async def test_from_causes_to_a_second_cycle_and_an_effect_that_is_shown(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    ben, carla = Actor("ben"), Actor("carla")
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        answers = {
            "The cooling unit was iced over": "enter",
            "Its filter was clogged": "enter",
            "Nobody cleans it between services": "tab",
            "The contract leaves it out": "enter",
        }
        for answer, key in answers.items():
            await session.paste(answer)
            await session.pilot.press(key)
        await session.pilot.press("enter")
        await session.settle()
        whys = tree(case_of(store, number).causes_of(1))
        assert [(why.label, why.cause["text"]) for why in whys] == [
            ("1", "The cooling unit was iced over"),
            ("1.1", "Its filter was clogged"),
            ("1.1.1", "Nobody cleans it between services"),
            ("1.1.2", "The contract leaves it out"),
        ]
        assert session.shows("therefore: Its filter was clogged")
        await session.press("n")
        await session.settle()
        assert "root cause" in session.message
        await session.press("r", "n")
        await session.settle()
        assert case_of(store, number).status == "action_plan"
        await session.press("a")
        await fill(session, {"title": "Clean the filter monthly", "owner": "ben", "due": "+7"})
        await session.press("n")
        await session.settle()
        assert "effectiveness plan" in session.message or "lacks" in session.message
        await session.press("t")
        await fill(
            session,
            {"indicator": "Highest temperature of the week", "baseline": "29", "target": "25", "unit": "C",
             "check_date": "today", "checker": "anna"},
        )  # fmt: skip
        await session.press("n")
        await session.settle()
        assert case_of(store, number).status == "in_progress"
        action = next(iter(case_of(store, number).actions.values()))
        assert (action["owner"], action["due"], action["kind"]) == ("ben", IN_A_WEEK, "corrective")
        actions.start(store, ben, action["number"])
        actions.done(store, ben, action["number"], "in the monthly check since today")

        session.rows.move_to(f"action {action['number']}")
        await session.press("enter")
        await session.until(lambda: session.shows("verified"), "the action")
        await session.press("v")
        await session.type("saw the clean filter")
        await session.settle()
        assert case_of(store, number).actions[next(iter(case_of(store, number).actions))]["status"] == "verified"
        await session.press("q")
        await session.settle()
        await session.press("n")
        await session.settle()
        await session.press("c")
        await session.until(lambda: session.prompt.is_ready and session.rows.rows, "the form")
        session.rows.move_to("value")
        await session.press("enter")
        await session.type("28")
        await session.until(lambda: session.line_with("after  #").endswith(" 28 C"), "the bars")
        session.rows.move_to("verdict")
        await session.press("enter", "enter", "s")
        await session.settle()
        case = case_of(store, number)
        assert (case.status, case.cycle) == ("analysis", 2)
        assert session.shows("cycle 1") and session.shows("not effective")
        assert carla.name not in str(case.effects)


async def test_a_conflict_shows_both_values_and_the_text_is_offered_again(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        session.rows.move_to("field correction")
        await session.press("enter")
        await session.paste("Portable cooler from the depot")
        handling.edit(store, ben, number, {"correction": "Doors opened, fan set up"})
        await session.pilot.press("enter")
        await session.decide_later()
        await session.settle()
        assert "ben" in session.message and "Doors opened" in session.message and "Portable" in session.message
        assert case_of(store, number).nonconformity["correction"] == "Doors opened, fan set up"
        await session.press("enter")
        await session.until(lambda: session.prompt.is_open)
        assert session.prompt.value == "Portable cooler from the depot"
        await session.pilot.press("enter")
        await session.settle()
        assert case_of(store, number).nonconformity["correction"] == "Portable cooler from the depot"


async def test_a_refused_form_stays_as_it_was_typed(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    causes.add_why(store, anna, number, "The service contract leaves the filter out", None, {"root": True})
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("a")
        await fill(session, {"title": "Clean the filter", "owner": "ben", "due": "2020-01-31"})
        assert "2020-01-31" in session.message
        assert not case_of(store, number).actions
        await session.press("q")
        await session.settle()
        await session.press("a")
        await session.until(lambda: session.shows("2020-01-31"), "what was typed")
        await fill(session, {})
        assert "2020-01-31" in session.message


async def test_what_is_typed_when_the_line_goes_is_offered_the_next_time(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.paste("The unit was iced ov")
        session.app.save()
    assert any("iced ov" in str(text) for text in Drafts(store_dir, anna.name).typed().values())
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.until(lambda: session.prompt.is_open)
        assert session.prompt.value == "The unit was iced ov"
        await session.pilot.press("f10")
        session.app.save()
    assert not Drafts(store_dir, anna.name).typed()


@pytest.mark.parametrize("rest", ["", "Door 3 closed"], ids=["emptied", "as it stands"])
async def test_a_text_that_was_taken_back_before_a_kill_does_not_come_back(
    store: Store, store_dir: Path, anna: Actor, rest: str
) -> None:
    number = raised(store, anna)
    handling.edit(store, anna, number, {"correction": "Door 3 closed"})

    async def begin(session: Session) -> None:
        await open_case(session)
        session.rows.move_to("field correction")
        await session.press("enter")
        await session.until(lambda: session.prompt.is_open, "the prompt")

    async def take_back(session: Session) -> None:
        session.app.keeping.keeper.keep()
        await session.pilot.press("ctrl+u")
        if rest:
            await session.paste(rest)
        session.kill()

    async with home(store, store_dir, anna) as session:
        await begin(session)
        await session.paste(" at on")
        await take_back(session)
    async with home(store, store_dir, anna) as session:
        await begin(session)
        assert session.prompt.value == "Door 3 closed"
        await session.paste(" at once")
        session.kill()
    async with home(store, store_dir, anna) as session:
        await begin(session)
        assert session.prompt.value == "Door 3 closed at once"
        await take_back(session)
    async with home(store, store_dir, anna) as session:
        await begin(session)
        assert session.prompt.value == "Door 3 closed"


async def test_an_emptied_text_leaves_another_windows_beside_it(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    kept = {f"nc {number} why ": "ice", f"nc {number} why  beside 1": "a clogged filter"}
    async with home(store, store_dir, anna) as session:
        session.app.routes.typed.take_in(kept)
        await open_case(session)
        await session.press("w")
        await session.until(lambda: session.prompt.is_open, "the prompt")
        assert session.prompt.value == "ice"
        await session.pilot.press("ctrl+u")
        session.app.keeping.keeper.keep()
        session.app.keeping.keeper.keep()
        await session.pilot.press("f10")
        await session.press("w")
        assert session.prompt.value == "a clogged filter"


async def test_whys_typed_faster_than_the_disk_hang_where_they_were_asked(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = raised(store, anna)
    held = HeldStore(store)
    async with home(held, store_dir, anna) as session:
        await open_case(session)
        await session.press("w")
        await session.type("one")
        await session.type("two", enter=False)
        await session.pilot.press("tab")
        await session.type("two beside")
        await session.pilot.press("enter")
        assert not case_of(store, number).causes
        held.gate.set()
        await session.settle()
        labels = [(why.label, why.cause["text"]) for why in tree(case_of(store, number).causes_of(1))]
        assert labels == [("1", "one"), ("1.1", "two"), ("1.2", "two beside")]


async def test_the_register_narrows_as_one_types_and_sorts(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna, "Escape route blocked by boxes", "major")
    raised(store, anna, "Phone list of last year", "minor")
    number = raised(store, anna, "Boxes on the ramp", "minor")
    handling.edit(store, anna, number, {"owner": "anna"})
    handling.cancel(store, anna, raised(store, anna, "Entered twice", "minor"), "a double of the one before")
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: len(session.rows.rows) == 3, "the open ones")
        await session.press("slash")
        await session.type("box", enter=False)
        await session.until(lambda: len(session.rows.rows) == 2)
        await session.pilot.press("enter")
        await session.pilot.pause()
        assert session.shows("2 of 4") and session.shows("/box")
        await session.press("m")
        assert [row.key for row in session.rows.rows] == [number]
        await session.press("f", "o")
        assert len(session.rows.rows) == 4
        await session.press("o", "s", "s", "s")
        assert session.shows("by grade")
        await session.press("slash")
        await session.type("grade:minor phone")
        assert len(session.rows.rows) == 1


async def test_my_work_says_what_i_owe_and_what_waits_for_me(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    own, _receipt = actions.add(
        store, anna, number, "correction", "Reset the unit", {"owner": "anna", "due": IN_A_WEEK}
    )
    other, _receipt = actions.add(
        store, anna, number, "correction", "Warn the staff", {"owner": "ben", "due": IN_A_WEEK}
    )
    actions.start(store, ben, other)
    actions.done(store, ben, other, "mail of today")
    handling.edit(store, ben, number, {"owner": "anna"})
    async with home(store, store_dir, anna) as session:
        await session.press("m")
        await session.until(lambda: session.rows.rows, "my work")
        shown = [row.text for row in session.rows.rows]
        assert "Due within a week: 1" in shown and own in shown[shown.index("Due within a week: 1") + 1]
        assert "Waits for my verification: 1" in shown and any(other in text for text in shown)
        session.rows.move_to(f"action {own}")
        await session.press("enter")
        await session.until(
            lambda: (session.shows("Reset the unit") and session.shows("start")) or session.shows("s  in")
        )


async def test_a_nonconformity_raised_by_hand_opens(store: Store, store_dir: Path, anna: Actor) -> None:
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.settle()
        await session.press("n")
        await fill(session, {"statement": "Contract without a signature", "criterion": "ISO 9001 8.4.1"})
        await session.until(lambda: isinstance(session.app.screen, CaseScreen), "the nonconformity")
        assert [doc["statement"] for doc in session.nonconformities()] == ["Contract without a signature"]


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
async def test_what_the_screens_show(
    golden: Golden, store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    number = raised(store, anna)
    raised(store, anna, "機房門禁紀錄缺少七月份", "minor")
    top, _receipt = causes.add_why(store, anna, number, "The filter of the cooling unit was clogged")
    causes.add_why(store, anna, number, "The service contract leaves it out", top, {"root": True, "evidence": "§ 4"})
    handling.advance(store, anna, number)
    actions.add(store, anna, number, "corrective", "Clean it monthly", {"owner": "ben", "due": IN_A_WEEK})
    effect.plan(store, anna, number, {"indicator": "Highest temperature", "baseline": 29, "target": 25, "unit": "°C"})
    shown: list[str] = []

    async def take(name: str) -> None:
        await session.pilot.pause()
        shown.extend([f"{name} {'=' * (size[0] - len(name) - 1)}", *session.lines()])

    async with home(store, store_dir, anna, size=size) as session:
        await session.press("r")
        await session.until(lambda: session.rows.selected, "the register")
        await take("register")
        await session.press("enter")
        await session.until(lambda: session.shows("action plan"), "the nonconformity")
        await session.settle()  # similar ones are found after it is shown
        await take("nonconformity")
        session.rows.move_to("effect 1")
        await take("effect")
        await session.press("a")
        await session.until(lambda: session.shows("what is to be done"), "the form")
        await take("form")
        await session.press("q")
        await session.settle()
        session.rows.move_to(next(row.key for row in session.rows.rows if row.key.startswith("action ")))
        await session.press("enter")
        await session.until(lambda: session.shows("planned"), "the action")
        await take("action")
    golden(f"case_{size[0]}x{size[1]}", shown)


async def test_keys_sent_before_a_screen_has_its_rows_wait_for_them(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        for key in ("r", "enter", "down", "w"):
            session.app.post_message(Key(key, key if len(key) == 1 else None))
        await session.until(
            lambda: (
                isinstance(session.app.screen, CaseScreen) and session.app.screen.is_made and session.prompt.is_open
            ),
            "the why asked for ahead",
        )


@pytest.mark.parametrize("opens", ["r", "m"])
async def test_q_leaves_at_once_while_rows_are_gathered(store: Store, store_dir: Path, anna: Actor, opens: str) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        gate = threading.Event()
        session.app.recorder.submit(lambda: gate.wait(BOUND), lambda _done: None, lambda _error: None)
        try:
            for key in (opens, "q", "question_mark"):  # in one burst: q arrives before the screen is there
                session.app.post_message(Key(key, key if len(key) == 1 else "?"))
            await session.until(lambda: isinstance(session.app.screen, ReadingScreen), "the help of the overview")
            assert len(session.app.screen_stack) == 2
            await session.press("q")
            await session.press(opens)
            await session.until(lambda: len(session.app.screen_stack) == 2 and session.prompt.is_ready, "the screen")
            assert not session.rows.rows
            await session.press("q")
            assert len(session.app.screen_stack) == 1
        finally:
            gate.set()
        await session.settle()
        assert session.shows("Start a check") and not session.message


async def test_what_was_learned_stands_with_the_item_that_comes_up_again(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "enter")
        await session.settle()
        number = session.nonconformities()[0]["number"]
    ben = Actor("ben")
    causes.add_why(store, anna, number, "The closer is too weak for the draught", None, {"root": True})
    handling.advance(store, anna, number)
    done, _receipt = actions.add(store, anna, number, "corrective", "New closer", {"owner": "ben", "due": IN_A_WEEK})
    plan = {"indicator": "doors that stand open", "baseline": 3, "target": 0, "check_date": date.today().isoformat()}
    effect.plan(store, anna, number, {**plan, "checker": "anna"})
    handling.advance(store, anna, number)
    actions.start(store, ben, done)
    actions.done(store, ben, done, "mounted")
    actions.verify(store, anna, done, "seen")
    handling.advance(store, anna, number)
    effect.check(store, anna, number, CheckResult("effective", 0), "Choose closers by the draught")
    async with walking(store, store_dir, anna) as session:
        assert session.shows(f"learned: {number}: Choose closers")


async def test_a_wrong_day_stays_in_its_field_until_it_is_one(store: Store, store_dir: Path, anna: Actor) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("a")
        await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
        session.rows.move_to("due")
        await session.press("enter")
        await session.type("31.2.")
        assert "due date: '31.2.' is no day" in session.message
        assert session.prompt.is_open and session.prompt.value == "31.2."
        assert session.rows.selected is not None and session.rows.selected.key == "due"
        await session.type("+7")  # in its place
        await fill(session, {"title": "Clean the filter", "owner": "ben"})
        assert [action["due"] for action in case_of(store, number).actions.values()] == [IN_A_WEEK]


async def test_what_was_said_goes_when_somebody_else_has_changed_the_case(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    number = raised(store, anna)
    async with home(store, store_dir, anna) as session:
        await open_case(session)
        await session.press("n")
        await session.until(lambda: session.message == "recorded: now analysis", "the step")
        await session.settle()
        assert session.message == "recorded: now analysis"  # one's own change is no news
        handling.edit(store, ben, number, {"correction": "Doors opened"})
        await session.until(lambda: session.message == "changed by ben", "the news")
        assert session.shows("Doors opened")


async def test_what_cannot_be_read_is_not_called_not_recorded(store: Store, store_dir: Path, anna: Actor) -> None:
    raised(store, anna)
    async with home(store, store_dir, anna) as session:
        journal = store_dir / "journal.jsonl"
        with journal.open("ab") as file:
            file.write(journal.read_bytes())  # each line stands there twice
        await session.press("r")
        await session.until(lambda: session.message, "why there is nothing")
        assert session.message.startswith("! ") and "not recorded" not in session.message


async def test_a_cancelled_one_says_when(store: Store, store_dir: Path, anna: Actor) -> None:
    handling.cancel(store, anna, raised(store, anna), "the wrong room")
    async with home(store, store_dir, anna) as session:
        await session.press("r")
        await session.until(lambda: session.prompt.is_ready, "the register")
        await session.press("o")
        await session.until(lambda: session.shows(f"cancelled {date.today().isoformat()}"), "its last day")
