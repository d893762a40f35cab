"""The other keys of the walk: notes, evidence, undo, finding one's way, the summary, help."""

from hashlib import sha256
from pathlib import Path

from screen_helpers import Session, home, walking

from qms_tui.store.base import Actor, Store
from qms_tui.workflow.walk import About


def evidence_of(session: Session, item: str) -> list[dict[str, object]]:
    answer = session.answer(item)
    return list((answer or {}).get("evidence") or [])


async def test_a_note_is_kept_shown_edited_and_emptied(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("m")
        await session.type("hinge [x] of door 3")
        await session.settle()
        answer = session.answer("doors")
        assert answer is not None and answer["note"] == "hinge [x] of door 3" and not answer.get("result")
        assert session.current == "doors" and session.shows("note: hinge [x] of door 3")
        await session.press("m")
        await session.type(" and 4")
        await session.settle()
        assert session.shows("note: hinge [x] of door 3 and 4")
        await session.press("m")
        await session.until(lambda: session.prompt.is_open)
        await session.pilot.press(*["backspace"] * len("hinge [x] of door 3 and 4"), "enter")
        await session.settle()
        assert not session.shows("note:") and not (session.answer("doors") or {}).get("note")


async def test_a_note_leaves_the_answer_as_it_is(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "enter", "up", "m")
        await session.type("seen twice")
        await session.settle()
        answer = session.answer("doors")
        assert answer is not None and (answer["result"], answer["note"]) == ("nonconform", "seen twice")
        assert len(session.nonconformities()) == 1


async def test_evidence_is_a_file_or_pasted_text_kept_by_its_digest(
    store: Store, store_dir: Path, anna: Actor, tmp_path: Path
) -> None:
    photo = tmp_path / "door 3.jpg"
    photo.write_bytes(b"\xff\xd8 a photograph")
    async with walking(store, store_dir, anna) as session:
        await session.press("e")
        await session.type(str(photo))
        await session.settle()
        await session.press("e")
        await session.paste("07:00 ok\n08:00 alarm 高溫 [/]\n09:00 ok")
        await session.pilot.press("enter")
        await session.settle()
        one, two = evidence_of(session, "doors")
        assert one["digest"] == sha256(photo.read_bytes()).hexdigest() and one["name"] == "door 3.jpg"
        pasted = "07:00 ok\n08:00 alarm 高溫 [/]\n09:00 ok"
        assert store.get_evidence(str(two["digest"])) == pasted.encode()
        assert session.shows("door 3.jpg") and session.current == "doors"


async def test_evidence_that_is_not_there_is_one_line_and_changes_nothing(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("e")
        await session.type("/nowhere/door.jpg", enter=False)
        await session.pilot.press("enter")
        await session.until(lambda: session.message.startswith("! "), "the message")
        assert "/nowhere/door.jpg" in session.message and "\n" not in session.message
        await session.until(lambda: session.prompt.value == "/nowhere/door.jpg", "the path given back")
        await session.pilot.press("f10")
        await session.settle()
        assert store.head()[0] == 0 and session.mark("doors").strip() == ""


async def test_undo_takes_back_the_answer_and_goes_there(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "enter")
        await session.settle()
        await session.press("end", "u")
        await session.settle()
        assert session.current == "doors" and session.mark("doors").strip() == ""
        assert not session.nonconformities() and "aken back" in session.message
        await session.press("u")
        await session.settle()
        assert session.message.startswith("! ")


async def test_search_repeats_and_goes_round(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("slash")
        await session.type("VAN")
        assert session.current == "van"
        await session.press("slash")
        await session.until(lambda: session.prompt.value == "VAN")
        await session.pilot.press("enter")
        await session.pilot.pause()
        assert session.current == "van"
        await session.press("slash")
        await session.until(lambda: session.prompt.is_open)
        await session.pilot.press(*["backspace"] * 3, *"stands", "enter")
        await session.pilot.pause()
        assert session.current == "doors"
        await session.press("slash")
        await session.until(lambda: session.prompt.is_open)
        await session.pilot.press(*"[/]", "enter")
        await session.pilot.pause()
        assert session.message.startswith("! ") and session.current == "doors"


async def test_going_to_a_position_an_id_or_nowhere(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("g")
        await session.type("4")
        assert session.current == "handled"
        await session.press("g")
        await session.type("risk")
        assert session.current == "risk"
        for nowhere in ("0", "99", "who", "[/]"):
            await session.press("g")
            await session.type(nowhere)
            assert session.message.startswith("! ") and session.current == "risk"


async def test_next_open_passes_over_what_is_answered(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "up")
        await session.press("right_square_bracket")
        assert session.current == "temp"
        await session.press("end", "right_square_bracket")
        assert session.current == "temp"


async def test_an_added_item_stands_after_the_one_it_was_added_at(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("plus")
        await session.type("Who has the [spare] key? 鑰匙")
        await session.settle()
        assert session.current.startswith("added-")
        questions = [row.text for row in session.rows.rows if not row.header]
        assert questions[:3] == ["Doors close by themselves", "Who has the [spare] key? 鑰匙", "Temperature"]
        await session.press("n", "enter")
        await session.settle()
        assert len(session.nonconformities()) == 1 and session.current == "temp"


async def test_about_is_said_before_or_after_the_first_answer(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("b")
        await session.type("North store; 北倉; anna, ben")
        await session.settle()
        audit = store.get("audits", session.walk.audit_id)
        assert audit is not None
        assert (audit["subject"], audit["site"], audit["team"]) == ("North store", "北倉", ["anna", "ben"])
        assert session.shows("North store")
        await session.press("b")
        await session.until(lambda: session.prompt.value == "North store; 北倉; anna, ben")
        await session.pilot.press("f10")
        await session.settle()
        assert store.head()[0] == 1


async def test_about_given_at_the_start_is_shown(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, about=About("北倉 [/]")) as session:
        assert session.shows("Cold store round  北倉 [/]")
        await session.press("y")
        await session.settle()
        audit = store.get("audits", session.walk.audit_id)
        assert audit is not None and audit["subject"] == "北倉 [/]"


async def test_help_is_read_and_left(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna, size=(40, 15)) as session:
        await session.press("question_mark")
        await session.until(lambda: session.app.screen is not session.walk_screen, "help")
        pages = set()
        for _page in range(20):
            pages |= set(session.lines())
            await session.press("space")
        read = " ".join(pages)
        assert "While typing" in read and "not applicable" in read
        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        assert session.current == "doors"


async def test_the_summary_leads_to_what_is_missing(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
        assert session.shows("no answer: Temperature")
        await session.press("down", "enter")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        assert session.current == "waited"


async def test_a_reason_completing_and_reopening(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
        await session.press("r")
        await session.type("sensor [/] is being repaired")
        await session.settle()
        answer = session.answer("temp")
        assert answer is not None and answer["result"] == "not_assessed"
        assert answer["note"] == "sensor [/] is being repaired"

        await session.press("c")
        await session.until(lambda: session.prompt.is_open, "the reason")
        await session.pilot.press("f10")
        await session.settle()
        assert not session.walk.frozen
        await session.press("c")
        await session.type("the van was away")
        await session.settle()
        assert session.walk.frozen and session.shows("completed")
        await session.press("c")
        await session.settle()
        assert session.message.startswith("! ")

        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        seen = store.head()[0]
        for key in ("y", "n", "m", "e", "5", "plus", "b", "f"):
            await session.press(key)
            assert not session.prompt.is_open and not session.walk_screen.form.is_open, key
            assert session.message.startswith("! "), key
        assert store.head()[0] == seen

        await session.press("s")
        await session.until(lambda: session.app.screen is not session.walk_screen, "the summary")
        await session.press("o")
        await session.type("the van is back")
        await session.settle()
        await session.press("q")
        await session.until(lambda: session.app.screen is session.walk_screen, "the walk")
        await session.go("van")
        await session.press("1")
        await session.settle()
        answer = session.answer("van")
        assert answer is not None and answer["value"] == "Good"


async def test_going_on_stands_at_the_same_item_with_the_draft(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await session.go("service")
        await session.press("m")
        await session.type("half a [/] thought", enter=False)
        number = session.walk.number
        session.app.save()
    async with walking(store, store_dir, anna, resume=number) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.current == "service" and session.prompt.value == "half a [/] thought"
        await session.pilot.press("enter")
        await session.settle()
        answer = session.answer("service")
        assert answer is not None and answer["note"] == "half a [/] thought"


async def test_an_answer_recorded_after_the_last_look_at_the_walk_is_not_gone_back_to(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        left = session.current
        session.app.keeping.keeper.keep()
        session.app.keeping.keeper.end()  # killed within the second
        await session.press("c")
        await session.settle()
        number, after = session.walk.number, session.current
        assert after != left
        session.app.drafts.end(kept=False)
    async with walking(store, store_dir, anna, resume=number) as session:
        assert session.current == after
        await session.press("k", "u")
        await session.settle()
        session.app.save()
    async with walking(store, store_dir, anna, resume=number) as session:
        assert session.current == left


async def test_a_finding_open_when_the_line_went_is_open_again(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("down", "9")
        await session.type("9")
        await session.until(lambda: session.walk_screen.form.is_open, "the finding")
        await session.press("g", "s")
        await session.type(" by the door", enter=False)
        session.app.save()
    assert store.head()[0] == 0
    async with walking(store, store_dir, anna) as session:
        await session.until(lambda: session.prompt.is_open, "the draft")
        assert session.current == "temp" and session.prompt.value.endswith(" by the door")
        await session.pilot.press("enter")
        await session.until(lambda: not session.prompt.is_open)
        await session.press("enter")
        await session.settle()
        answer, finding = session.answer("temp"), session.finding("temp")
        assert answer is not None and answer["value"] == 99
        assert finding is not None and finding["grade"] == "observation"
        assert finding["statement"].endswith(" by the door")


async def test_home_starts_goes_on_and_shows(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("n", "enter")
        await session.settle()
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.shows("Open nonconformities"), "the overview")
        assert session.shows("A-20") and session.shows("1 of 8 answered")
        await session.press("enter")
        await session.until(lambda: session.shows("Temperature"), "the walk")
        await session.press("q")
        await session.until(lambda: session.shows("Open nonconformities"), "home")
        await session.until(lambda: session.rows.selected, "the rows")
        session.rows.action_last()
        await session.press("enter")
        await session.until(lambda: session.shows("cycle 1"), "the nonconformity")
        assert session.shows("Not fulfilled: Doors close by themselves")
        await session.press("q")
        await session.until(lambda: session.rows.selected, "home")
        await session.press("q")
        await session.until(lambda: not session.app.is_running, "the end")


async def test_walking_from_home_comes_back_with_the_walk_in_the_list(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with home(store, store_dir, anna) as session:
        await session.until(lambda: session.rows.selected, "the overview")
        session.rows.move_to("checklist weekly-check")
        await session.press("enter")
        await session.until(lambda: session.shows("not begun"), "the walk")
        await session.until(lambda: session.shows("Median"), "the items")
        await session.press("5")
        await session.type("")
        await session.settle()
        await session.press("q")
        await session.until(lambda: session.shows("of 17 answered"), "home with the audit")
        assert session.rows.rows[0].header
