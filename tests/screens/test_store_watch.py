"""Who holds the store while a write waits for it, why it is read-only, and the trail of a record."""

import os
import threading
from pathlib import Path

from case_screen_helpers import BEN, in_work
from screen_helpers import BOUND, FullDisk, Session, home, walking

from qms_tui.store.base import Actor, Store
from qms_tui.store.disk import Disk
from qms_tui.store.lock import FileLock
from qms_tui.store.open import open_store
from qms_tui.workflow import actions


def shown(session: Session) -> str:
    return " ".join(line.strip() for line in session.lines())


async def test_who_holds_the_store_is_said_until_it_is_recorded(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        held, free = threading.Event(), threading.Event()

        def hold() -> None:
            with FileLock(Disk(), store_dir / "lock", "ben").hold(BOUND):
                held.set()
                free.wait(BOUND)

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(BOUND)
        await session.go("handled")
        await session.press("4")
        await session.until(lambda: f"busy: held by ben (pid {os.getpid()}); waiting" in shown(session), "who holds it")
        free.set()
        thread.join(BOUND)
        await session.until(lambda: "busy" not in shown(session), "the words to go")
        assert session.mark("handled") == "+"


async def test_a_store_that_takes_nothing_says_so_on_every_screen(store_dir: Path, anna: Actor) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna) as session:
        disk.full = True
        await session.press("y")
        await session.until(lambda: "READ-ONLY: disk full; free space at" in shown(session), "the banner")
        await session.settle()  # the refusal comes after it, and goes back to the item where no key waits
        await session.press("s")
        await session.until(lambda: "Summary" in shown(session) and "READ-ONLY" in shown(session), "the banner there")
        await session.press("q")
        disk.full = False
        await session.press("y")
        await session.until(lambda: "READ-ONLY" not in shown(session), "the banner to go")
    store.close()


async def test_an_outcome_stands_once_in_the_trail(store: Store, store_dir: Path, anna: Actor) -> None:
    number, action = in_work(store, anna)
    actions.start(store, BEN, action)
    actions.done(store, BEN, action, "closers fitted on both doors")
    actions.verify(store, anna, action, "opened and let go ten times")
    other, _receipt = actions.add(store, anna, number, "preventive", "Ask the landlord")
    actions.cancel(store, anna, other, "the house is sold")
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        session.rows.move_to(f"nc {number}")
        await session.press("t")
        await session.until(lambda: "done:" in shown(session), "the trail")
        for said in ("done: closers fitted on both doors", "verified: opened and let go ten times",
                     "cancelled: the house is sold"):  # fmt: skip
            assert said in shown(session) and shown(session).count(said.partition(": ")[2]) == 1


async def test_the_trail_of_an_audit_newest_first(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "up", "a")
        await session.settle()
        await session.press("s")
        await session.until(lambda: "Summary" in shown(session), "the summary")
        await session.press("t")
        await session.until(lambda: "Trail of A-" in shown(session) and "anna" in shown(session), "the trail")
        assert "result not applicable (was conform)" in shown(session)
        assert shown(session).index("was conform") < shown(session).index("audit A-")
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        await session.press("t")
        await session.until(lambda: "Trail of A-" in shown(session) and "anna" in shown(session), "the trail")
