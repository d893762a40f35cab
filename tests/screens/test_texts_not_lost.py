"""A text that is being typed outlives whatever ends the walk, and goes when it is recorded."""

from pathlib import Path

import pytest
from screen_helpers import FullDisk, Session, colleague_answers, home, walking

from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.store.base import Actor, ReadOnly, Store
from qms_tui.store.drafts import load_draft
from qms_tui.store.open import open_store
from qms_tui.workflow.begin import go_on
from qms_tui.workflow.given import Given

TEXTS = """
- [ ] Who was on duty? {#duty}
  - answer: text
- [ ] Lamp is lit {#lamp}
"""


def refuse(*_given: object) -> None:
    raise ReadOnly("no room on the disk")


async def test_letters_are_keys_where_a_text_is_waited_for_and_enter_opens_it(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        assert "enter text" in session.lines()[-1]
        await session.press("g")
        await session.type("lamp")
        assert session.current == "lamp"
        await session.press("up", "m")
        await session.type("night shift")
        await session.settle()
        await session.press("enter")
        await session.type("qy?")
        await session.settle()
        answer = session.answer("duty")
        assert answer is not None and answer["value"] == "qy?" and answer["note"] == "night shift"


async def test_one_letter_is_a_text(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("enter")
        await session.type("a")
        await session.settle()
        assert (session.answer("duty") or {}).get("value") == "a"


async def test_a_text_comes_back_when_a_colleague_answered_first(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "up", "enter")
        await session.type("Tom, and Jane after noon", enter=False)
        await session.settle()
        colleague_answers(store_dir, ben, session.walk.number, "duty", Given("conform", "Tom"))
        await session.until(lambda: session.answer("duty"), "the news")
        await session.pilot.press("enter")
        await session.decide_later()
        assert session.message == (
            "! ben was first here: Tom, conform; yours: Tom, and Jane after noon, conform; enter opens your text again"
        )
        await session.press("enter")
        assert session.prompt.value == "Tom, and Jane after noon"
        await session.pilot.press("enter")
        await session.settle()
        assert (session.answer("duty") or {}).get("value") == "Tom, and Jane after noon"


async def test_a_note_that_came_second_is_kept_until_it_is_recorded(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "up", "m")
        await session.type("by the door", enter=False)
        await session.settle()
        colleague_answers(store_dir, ben, session.walk.number, "duty", Given(note="by the fan"))
        await session.until(lambda: session.answer("duty"), "the news")
        await session.pilot.press("enter")
        await session.decide_later()
        assert "ben wrote a note first: by the fan; yours: by the door; m opens" in session.message
        await session.press("enter")
        await session.type("Tom")
        await session.settle()
        await session.press("up", "m")
        assert session.prompt.value == "by the door"


async def test_q_leaves_an_item_that_waits_for_a_text(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    assert store.head()[0] == 0


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_in_the_middle_of_a_text_keeps_it(store: Store, store_dir: Path, anna: Actor, key: str) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "enter")
        await session.type("Half a th", enter=False)
        await session.settle()
        number = session.walk.number
        await session.pilot.press(key)
        await session.until(lambda: not session.app.is_running, "the end")
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value == "Half a th"


async def test_a_line_that_goes_before_the_draft_is_shown_keeps_it(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "up", "m")
        await session.type("night sh", enter=False)
        await session.settle()
        session.app.save()
        number = session.walk.number
    prepare, gone = Prompt.prepare, []

    async def hung_up(prompt: Prompt) -> None:
        gone.append(prompt.app.save())
        await prepare(prompt)

    with monkeypatch.context() as patched:
        patched.setattr(Prompt, "prepare", hung_up)
        async with walking(store, store_dir, anna, resume=number) as session:
            await session.until(lambda: gone, "the moment between the first question and its draft")
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value == "night sh"


async def test_a_draft_goes_when_its_text_is_recorded(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "m")
        await session.type("half a th", enter=False)
        session.app.save()
        kept = load_draft(store_dir, "anna")["walks"]
        assert [draft["text"] for draft in kept.values()] == ["half a th"]
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        await session.pilot.press("enter")
        await session.settle()
        session.app.save()
        kept = load_draft(store_dir, "anna")["walks"]
        assert [draft.get("text") for draft in kept.values()] == [None]


async def test_a_draft_that_cannot_be_kept_keeps_nobody_here(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y")
        await session.settle()
        drafts = store_dir / "drafts"
        if drafts.exists():
            for file in drafts.iterdir():
                file.unlink()
            drafts.rmdir()
        drafts.write_text("in the way")
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    assert [answer["result"] for answer in store.find("answers")] == ["conform"]


@pytest.mark.parametrize(("key", "text"), [("m", "seen at 07:30"), ("e", "07:00 ok")])
async def test_a_text_refused_by_the_disk_is_given_back(store_dir: Path, anna: Actor, key: str, text: str) -> None:
    disk = FullDisk()
    disk.full = True
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", key)
        await session.type(text)
        await session.until(lambda: session.message.startswith("! not recorded"), "the message")
        await session.until(lambda: session.prompt.is_open, "the text given back")
        assert session.prompt.value == text
    store.close()


async def test_a_colleague_completes_while_a_text_is_typed(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "up", "enter")
        await session.type("Tom", enter=False)
        await session.settle()
        with open_store(store_dir) as other:
            walk = go_on(other, ben, session.walk.number)
            walk.complete("time is up")
        await session.until(lambda: session.walk.frozen, "the news")
        assert session.prompt.is_open and session.prompt.value == "Tom"
        await session.pilot.press("enter")
        await session.settle()
        assert session.message.startswith("!") and "frozen" in session.message
        with open_store(store_dir) as other:
            go_on(other, ben, session.walk.number).reopen("Tom was forgotten")
        await session.until(lambda: not session.walk.frozen, "the news")
        await session.press("enter")
        await session.until(lambda: session.prompt.is_open, "the text kept")


async def test_a_colleague_answers_while_a_finding_is_open(
    store: Store, store_dir: Path, anna: Actor, ben: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("enter")
        await session.type("Dora")
        await session.settle()
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        colleague_answers(store_dir, ben, session.walk.number, "lamp", Given("conform"))
        await session.until(lambda: (session.answer("lamp") or {}).get("result") == "conform", "the news")
        assert session.walk_screen.form.is_open
        await session.press("enter")
        await session.decide_later()
        assert "ben was first" in session.message and session.nonconformities() == []
        await session.press("n")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding kept")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
async def test_why_evidence_is_not_kept_stands_over_the_text_given_back(
    store: Store, store_dir: Path, anna: Actor, size: tuple[int, int]
) -> None:
    async with walking(store, store_dir, anna, TEXTS, size=size) as session:
        await session.press("down", "e")
        await session.type("/tmp/no/such/folder/nope.txt")
        await session.until(lambda: session.prompt.is_open, "the text given back")
        said = " ".join(line.strip() for line in session.lines())
        assert "No such file or directory: /tmp/no/such/folder/nope.txt" in said
        assert session.lines()[-3].startswith("/tmp/no/such/folder/nope.txt")
        await session.pilot.press("f10")
        assert session.message.startswith("Left, not recorded")


async def test_ctrl_u_empties_the_whole_text_not_a_row_of_it(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, TEXTS, size=(40, 15)) as session:
        await session.press("m")
        await session.type("The cooling unit was iced over and the filter clogged since the last service", enter=False)
        await session.pilot.press("ctrl+u")
        await session.type("new")
        await session.settle()
        assert (session.answer("duty") or {}).get("note") == "new"


@pytest.mark.parametrize(
    ("refused", "crashed", "stays"), [(True, False, True), (False, True, True), (False, False, False)]
)
async def test_what_a_window_could_not_keep_waits_in_its_own_file(
    store: Store,
    store_dir: Path,
    anna: Actor,
    monkeypatch: pytest.MonkeyPatch,
    refused: bool,
    crashed: bool,
    stays: bool,
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "m")
        await session.type("half a th", enter=False)
        await session.until(lambda: list(store_dir.glob("drafts/*.live")), "the file of the window")
        if refused:
            monkeypatch.setattr(session.app.drafts, "keep", refuse)
        session.app.save()
        app = session.app
    app.end(crashed=crashed)
    assert bool(list(store_dir.glob("drafts/*.live"))) is stays
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value == "half a th"


async def test_a_note_that_was_emptied_does_not_come_back_after_a_kill(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y", "up", "m")
        await session.settle()
        number = session.walk.number
        await session.type("night sh", enter=False)
        session.app.keeping.keeper.keep()
        await session.pilot.press("ctrl+u")
        session.kill()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_ready, "the walk")
        await session.settle()
        assert not session.prompt.is_open and session.current == "duty"
        await session.press("m")
        await session.type("night sh", enter=False)
        session.kill()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        await session.pilot.press("ctrl+u")
        session.kill()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_ready, "the walk")
        await session.settle()
        assert not session.prompt.is_open
        await session.press("m")
        assert session.prompt.is_open and not session.prompt.value


async def test_a_refused_note_that_was_opened_again_and_emptied_does_not_come_back_after_a_kill(
    store_dir: Path, anna: Actor
) -> None:
    disk = FullDisk()
    store = open_store(store_dir, disk=disk)
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "y")
        await session.settle()
        number = session.walk.number
        disk.full = True
        await session.press("m")
        await session.type("seen at 07:30")
        await session.until(lambda: session.prompt.is_open, "the text given back")
        disk.full = False
        await session.pilot.press("ctrl+u")
        session.kill()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_ready, "the walk")
        await session.settle()
        assert "Not recorded yet" not in session.message
        await session.press("m")
        assert session.prompt.is_open and not session.prompt.value
    store.close()


async def test_where_one_text_cannot_be_kept_by_a_defect_the_others_are_and_it_is_told(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ValueError("a defect")

    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.press("down", "m")
        await session.type("half a th", enter=False)
        session.app.routes.typed.keep("raise", {"now": {"statement": "The van stood open"}})
        with monkeypatch.context() as broken:
            broken.setattr(session.app.drafts, "keep", fail)
            await session.pilot.press("ctrl+q")
            await session.until(lambda: "cannot be kept: a defect" in session.message, "the warning")
            assert load_draft(store_dir, "anna")["typed"]
            session.app.save()
        app = session.app
    app.end(crashed=False)
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.prompt.value == "half a th"


async def open_weekly(session: Session) -> None:
    session.rows.move_to("checklist weekly-check")
    await session.press("enter")
    await session.until(lambda: len(session.app.screen_stack) == 2 and session.walk_screen.board, "the walk")
    await session.until(lambda: session.walk_screen.prompt.is_ready, "its prompt")
    await session.settle()


async def leave_home(session: Session) -> None:
    await session.press("q")
    await session.until(lambda: len(session.app.screen_stack) == 1, "home")


async def lose_a_walk(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave it all the same, when it is told that a refused text cannot be kept."""
    await open_weekly(session)
    session.walk_screen.giving.kept.restore({"item": "old-tickets", "purpose": "note", "label": "-", "text": "ice"})
    with monkeypatch.context() as full:
        full.setattr(session.app.drafts, "keep", refuse)
        await session.press("q")
        await session.until(lambda: "Leave once more" in session.message, "the warning")
        await leave_home(session)


@pytest.mark.parametrize("records", [False, True])
async def test_a_walk_left_while_it_could_not_be_kept_is_kept_later_in_this_window(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch, records: bool
) -> None:
    async with home(store, store_dir, anna) as session:
        await lose_a_walk(session, monkeypatch)
        assert "lost" not in session.message
        await open_weekly(session)
        assert "offered again at its item: ice" in session.message
        if records:
            await session.go("old-tickets")
            await session.press("m", "enter")
            await session.settle()
            assert (session.answer("old-tickets") or {})["note"] == "ice"
        await leave_home(session)
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    session.app.end(crashed=False)
    kept = [one.get("kept") for one in load_draft(store_dir, "anna")["walks"].values()]
    assert kept == [None] if records else [texts[0]["text"] for texts in kept] == ["ice"]
    assert not list(store_dir.glob("drafts/*.live"))


async def test_a_walk_left_while_it_could_not_be_kept_waits_for_the_next_window(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(store, store_dir, anna) as session:
        await lose_a_walk(session, monkeypatch)
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    session.app.save()  # the line may go while the program ends
    session.app.end(crashed=False)
    async with home(store, store_dir, anna) as session:
        await open_weekly(session)
        assert "offered again at its item: ice" in session.message


async def test_a_walk_that_came_first_is_left_with_the_forms_that_were_opened_from_it(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        session.app.routes.typed.keep("raise", {"now": {"statement": "The van stood open"}})
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    session.app.end(crashed=False)
    assert list(load_draft(store_dir, "anna")["typed"]) == ["raise"]


async def test_a_walk_that_came_first_and_its_forms_that_cannot_be_kept_are_left_when_that_was_told_once(
    store: Store, store_dir: Path, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(store, store_dir, anna, TEXTS) as session:
        session.walk_screen.giving.kept.restore({"item": "lamp", "purpose": "note", "label": "-", "text": "ice"})
        session.app.routes.typed.keep("raise", {"now": {"statement": "The van stood open"}})
        monkeypatch.setattr(session.app.drafts, "keep", refuse)
        monkeypatch.setattr(session.app.drafts, "keep_typed", refuse)
        await session.press("q")
        await session.until(lambda: "Leave once more" in session.message, "the warning")
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")
    session.app.end(crashed=False)
    async with walking(store, store_dir, anna, TEXTS) as session:
        await session.until(lambda: "offered again at its item: ice" in session.message, "the text")
    assert list(load_draft(store_dir, "anna")["typed"]) == ["raise"]
