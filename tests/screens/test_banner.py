"""The banner of a store that cannot be written and the line of one that is busy, by real causes, on each screen."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from case_screen_helpers import open_case, raised
from screen_helpers import Golden, Session, home, walking
from store_faults import fill, give_rights, held_by_ben, plain_rights, remount, small_disk, take_rights

from qms_tui.screens import store_watch
from qms_tui.screens.form import FormScreen
from qms_tui.screens.my_work import MyWorkScreen
from qms_tui.screens.register import RegisterScreen
from qms_tui.store.base import Actor, Op, ReadOnly, Store, Tx
from qms_tui.store.drafts import load_draft, spare_path
from qms_tui.store.ids import uuid7
from qms_tui.store.open import open_store
from qms_tui.workflow import actions

SIZES = [(80, 24), (40, 15)]
STORE = Path("store")

CHECKLIST = """\
---
checklist: 1
title: 冷庫 Cold store round
---
- [ ] Doors close by themselves {#doors}
- [ ] Temperature 溫度 {#temp}
  - answer: number °C
  - limits: 2..8 °C
- [ ] Van is clean {#van}
- [ ] Who was on duty? {#duty}
  - answer: text
"""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a short name, for it is told on the screen: always as long."""
    with tempfile.TemporaryDirectory(prefix="qms-", dir="/tmp") as name:
        monkeypatch.chdir(name)
        yield Path(name)
        monkeypatch.chdir("/")


class Trouble(NamedTuple):
    """How it begins, with the store closed, and how it ends."""

    begin: Callable[[], None]
    end: Callable[[], None]


@contextmanager
def no_rights(_desk: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[Trouble]:
    with plain_rights():
        yield Trouble(lambda: take_rights(STORE), lambda: give_rights(STORE))


@contextmanager
def full_disk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trouble]:
    with small_disk(desk / "disk") as disk:

        def begin() -> None:
            fill(disk)
            with open_store(STORE) as store, suppress(ReadOnly):
                while True:  # the journal's own last block has room yet
                    store.commit(Tx(uuid7(), Actor("anna"), [Op("t", uuid7(), {"v": "x" * 2000})]))

        monkeypatch.chdir(disk)
        yield Trouble(begin, (disk / "others").unlink)
        monkeypatch.chdir(desk)


@contextmanager
def read_only(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trouble]:
    with small_disk(desk / "disk") as disk:
        monkeypatch.chdir(disk)
        yield Trouble(lambda: remount(disk, "ro"), lambda: remount(disk, "rw"))
        monkeypatch.chdir(desk)


CAUSES = {"rights": no_rights, "full": full_disk, "mounted": read_only}
WHY = {"rights": "no right to write", "full": "disk full", "mounted": "the disk is mounted for reading only"}


async def begun(anna: Actor) -> str:
    """A store with a nonconformity, an action, and an audit of which this is the number: its first item is answered."""
    with open_store(STORE) as store:
        number = raised(store, anna)
        actions.add(store, anna, number, "correction", "Clean the filter 清潔濾網", {"owner": "anna"})
        async with walking(store, STORE, anna, CHECKLIST) as session:
            await session.press("y")
            await session.settle()
            session.app.save()
            number = session.walk.number
        session.app.end(crashed=False)
        return number


def shown(session: Session) -> str:
    return " ".join(line.strip() for line in session.lines())


def banner(session: Session) -> bool:
    return "READ-ONLY: " in shown(session)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_watch, "LOOK_SECONDS", 0.05)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
@pytest.mark.parametrize("cause", CAUSES)
async def test_the_banner_on_each_screen(
    golden: Golden, desk: Path, monkeypatch: pytest.MonkeyPatch, anna: Actor, cause: str, size: tuple[int, int]
) -> None:
    pages: list[str] = []

    async def take(name: str, session: Session) -> None:
        await session.until(lambda: banner(session), "the banner")
        pages.extend([f"{name} {'=' * (size[0] - len(name) - 1)}", *session.lines()])

    async def look_round(store: Store, audit: str) -> None:
        async with walking(store, STORE, anna, resume=audit, size=size) as session:
            await session.press("5")
            await session.type(".5")
            await session.until(lambda: session.prompt.is_open and banner(session), "the text given back")
            assert WHY[cause] in shown(session) and session.prompt.value == "5.5"
            await take("walk", session)
        async with home(store, STORE, anna, size=size) as session:
            await session.until(lambda: session.rows.selected, "the overview")
            if cause == "full":  # known once it is met
                await open_case(session)
                await session.press("n")
                await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
                await session.until(lambda: banner(session), "the banner")
                await session.press("q", "q")
                await session.until(lambda: session.rows.selected, "the overview")
            await take("home", session)
            await session.press("m")
            await session.until(lambda: isinstance(session.app.screen, MyWorkScreen) and session.rows.selected)
            await take("my work", session)
            await session.press("q")
            await session.press("r")
            await session.until(lambda: isinstance(session.app.screen, RegisterScreen) and session.rows.selected)
            await take("register", session)
            await session.press("q")
            await session.until(lambda: session.rows.selected, "the overview")
            await open_case(session)
            await take("nonconformity", session)
            await session.press("n")
            await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
            await take("refused", session)

    with CAUSES[cause](desk, monkeypatch) as trouble:
        audit = await begun(anna)
        trouble.begin()
        with open_store(STORE) as store:
            await look_round(store, audit)
        trouble.end()
    golden(f"banner_{cause}_{size[0]}x{size[1]}", pages)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
async def test_who_holds_the_store_on_each_screen_that_writes(
    golden: Golden, desk: Path, anna: Actor, size: tuple[int, int]
) -> None:
    pages: list[str] = []

    async def take(name: str, session: Session, pid: int) -> None:
        said = f"busy: held by ben (pid {pid}); waiting"
        await session.until(lambda: said in shown(session), "who holds it")
        lines = [line.replace(f"(pid {pid})", "(pid 4711)") for line in session.lines()]
        pages.extend([f"{name} {'=' * (size[0] - len(name) - 1)}", *lines])

    with open_store(STORE) as store:
        raised(store, anna)
        async with walking(store, STORE, anna, CHECKLIST, size=size) as session:
            await session.press("y")
            await session.settle()
            with held_by_ben(STORE) as pid:
                await session.press("y")
                await session.type("5.5")
                await take("walk", session, pid)
                await session.press("s")
                await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
                await take("summary", session, pid)
            await session.until(lambda: "busy" not in shown(session), "the words to go")
            await session.settle()
            assert (session.answer("temp") or {}).get("value") == 5.5
        async with home(store, STORE, anna, size=size) as session:
            await open_case(session)
            with held_by_ben(STORE) as pid:
                await session.press("w")
                await session.type("The filter was clogged")
                await session.paste("Nobody cleans it")
                await take("typing", session, pid)
            await session.until(lambda: "busy" not in shown(session), "the words to go")
            assert session.prompt.value == "Nobody cleans it"
            await session.press("f10")
            await session.settle()
            with held_by_ben(STORE) as pid:
                await session.press("n")
                await take("nonconformity", session, pid)
                await session.pilot.press("w")  # about the state that n leads to: it waits for that
                await session.pilot.pause()
                assert not session.prompt.is_open
            await session.until(lambda: session.prompt.is_open, "the why asked for meanwhile")
    golden(f"busy_{size[0]}x{size[1]}", pages)


@pytest.mark.parametrize("cause", CAUSES)
async def test_when_it_can_be_written_again_the_banner_goes_and_what_was_typed_is_recorded(
    desk: Path, monkeypatch: pytest.MonkeyPatch, impatient: None, anna: Actor, cause: str
) -> None:
    with CAUSES[cause](desk, monkeypatch) as trouble:
        audit = await begun(anna)
        trouble.begin()
        store = open_store(STORE)
        async with walking(store, STORE, anna, resume=audit) as session:
            await session.press("5")
            await session.type(".5")
            await session.until(lambda: banner(session) and session.prompt.value == "5.5", "the text given back")
            assert session.mark("temp") == "!"
            trouble.end()
            await session.until(lambda: not banner(session), "the banner to go, without a key")
            assert session.prompt.value == "5.5"
            await session.pilot.press("enter")
            await session.settle()
            assert session.mark("temp") == "+" and (session.answer("temp") or {})["value"] == 5.5
        store.close()


async def test_what_is_typed_is_kept_apart_and_offered_when_the_store_takes_it_again(desk: Path, anna: Actor) -> None:
    with plain_rights(), open_store(STORE) as store:
        number = raised(store, anna)
        async with walking(store, STORE, anna, CHECKLIST) as session:
            await session.press("y")
            await session.settle()
            audit = session.walk.number
            take_rights(STORE)
            await session.go("duty")
            await session.press("enter")
            await session.type("Tom, and Jane after noon")
            await session.until(lambda: session.prompt.is_open, "the text given back")
            await session.pilot.press("ctrl+q")
            await session.until(lambda: not session.app.is_running, "the end")
        async with home(store, STORE, anna) as session:
            await open_case(session)
            await session.press("w")
            await session.paste("The filter was clogged")
            await session.pilot.press("enter")
            await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
            await session.pilot.press("ctrl+q")
            await session.until(lambda: not session.app.is_running, "the end")
        assert spare_path(STORE, "anna").exists() and not (STORE / "drafts").exists()
        give_rights(STORE)
        async with walking(store, STORE, anna, resume=audit) as session:
            await session.until(lambda: session.prompt.is_open, "the text")
            assert session.prompt.value == "Tom, and Jane after noon"
            await session.pilot.press("enter")
            await session.settle()
            assert (session.answer("duty") or {})["value"] == "Tom, and Jane after noon"
            session.app.save()
        assert not spare_path(STORE, "anna").exists()
        [(key, text)] = load_draft(STORE, "anna")["typed"].items()
        assert key.startswith(f"nc {number} why ") and text == "The filter was clogged"


async def test_what_can_be_kept_nowhere_is_told_once_before_it_is_lost(
    desk: Path, monkeypatch: pytest.MonkeyPatch, anna: Actor
) -> None:
    (desk / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(desk / "file"))
    with plain_rights(), open_store(STORE) as store:
        raised(store, anna)
        async with walking(store, STORE, anna, CHECKLIST) as session:
            await session.press("y")
            await session.settle()
            take_rights(STORE)
            await session.press("m")
            await session.type("the fan stands still")
            await session.until(lambda: session.message.startswith("! not recorded"), "the refusal")
            await session.pilot.press("f10")
            await session.press("q")
            await session.until(lambda: "cannot be kept" in session.message, "the warning")
            await session.press("m")
            assert session.prompt.value == "the fan stands still"
            await session.pilot.press("f10")
            await session.press("q")
            await session.until(lambda: not session.app.is_running, "the end")
        async with home(store, STORE, anna) as session:
            await open_case(session)
            await session.press("a")
            await session.until(lambda: isinstance(session.app.screen, FormScreen) and session.prompt.is_ready)
            session.rows.move_to("title")
            await session.press("enter")
            await session.type("Clean the filter")
            await session.press("q", "q", "q")
            await session.until(lambda: session.app.screen is session.app.screen_stack[0], "home")
            await session.press("q")
            await session.until(lambda: "cannot be kept" in session.message, "the warning")
            await session.press("q")
            await session.until(lambda: not session.app.is_running, "the end")
        give_rights(STORE)


async def test_an_answer_that_was_refused_stays_told_when_another_is_recorded(
    desk: Path, monkeypatch: pytest.MonkeyPatch, anna: Actor
) -> None:
    with open_store(STORE, wait=1.2) as store:
        async with walking(store, STORE, anna, CHECKLIST) as session:
            await session.press("down", "down", "y", "up", "up", "up")
            await session.settle()
            with held_by_ben(STORE):
                await session.go("doors")
                await session.press("y")
                await session.until(lambda: session.mark("doors") == "!", "the refusal")
            await session.go("van")
            await session.press("n", "enter")
            await session.settle()
            assert session.mark("doors") == "!" and session.mark("van") == "x"
            await session.go("doors")
            await session.press("y")
            await session.settle()
            assert session.mark("doors") == "+" and not session.message
