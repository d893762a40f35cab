"""A nonconformity on the screen, and its forms filled in by keys."""

from datetime import date, timedelta

from screen_helpers import Session

from qms_tui.screens.action_screen import ActionScreen
from qms_tui.screens.case import CaseScreen
from qms_tui.store.base import Actor, Store
from qms_tui.workflow import actions, causes, effect, handling

BEN = Actor("ben")
TODAY = date.today().isoformat()
IN_A_WEEK = (date.today() + timedelta(days=7)).isoformat()


def raised(store: Store, by: Actor, statement: str = "Server room temperature: 29 °C", grade: str = "major") -> str:
    number, _receipt = handling.raise_nonconformity(store, by, statement, "QMS 7.3, ISO 9001 7.1.4", grade)
    return number


def planned(store: Store, by: Actor) -> tuple[str, str]:
    """A nonconformity whose work may begin, and its action, which ben carries out; dora checks the effect."""
    number = raised(store, by)
    causes.add_why(store, by, number, "The contract leaves it out", None, {"root": True})
    handling.advance(store, by, number)
    action, _receipt = actions.add(store, by, number, "corrective", "Clean it", {"owner": "ben", "due": IN_A_WEEK})
    plan = {"indicator": "doors that stand open", "baseline": 3, "target": 0, "check_date": TODAY, "checker": "dora"}
    effect.plan(store, by, number, plan)
    return number, action


def in_work(store: Store, by: Actor) -> tuple[str, str]:
    """As `planned`, and it is in progress."""
    number, action = planned(store, by)
    handling.advance(store, by, number)
    return number, action


async def open_case(session: Session) -> CaseScreen:
    await session.press("r")
    await session.until(lambda: session.rows.selected, "the register")
    await session.press("enter")
    await session.until(
        lambda: isinstance(session.app.screen, CaseScreen) and session.app.screen.loaded and session.prompt.is_ready,
        "the nonconformity",
    )
    screen = session.app.screen
    assert isinstance(screen, CaseScreen)
    return screen


async def open_action(session: Session, number: str) -> None:
    """One action of the only nonconformity."""
    await open_case(session)
    session.rows.move_to(f"action {number}")
    await session.press("enter")
    await session.until(
        lambda: isinstance(session.app.screen, ActionScreen) and session.rows.selected and session.prompt.is_ready,
        "the action",
    )


async def fill(session: Session, values: dict[str, str]) -> None:
    """Fields of the form that is open."""
    await session.until(lambda: session.rows.rows and session.prompt.is_ready, "the form")
    for field, text in values.items():
        session.rows.move_to(field)
        await session.press("enter")
        await session.paste(text)
        await session.pilot.press("enter")
    await session.press("s")
    await session.settle()
