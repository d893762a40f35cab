"""The finding: accepted, edited, left."""

from pathlib import Path

import pytest
from screen_helpers import Session, walking

from qms_tui.store.base import Actor, Store


async def open_finding(session: Session, key: str = "n") -> None:
    await session.press(key)
    await session.until(lambda: session.walk_screen.form.is_open, "the finding")


async def test_enter_records_answer_finding_and_nonconformity_together(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        assert session.shows("s statement: Not fulfilled: Doors") and session.shows("raises a nonconformity")
        await session.press("enter")
        await session.settle()
        (raised,) = session.nonconformities()
        finding = session.finding("doors")
        assert finding is not None and finding["nonconformity"] == raised.id
        assert (raised["grade"], raised["criterion"]) == ("major", "ISO 9001 8.5.1, QMS 4.1")
        assert store.head()[0] == 1
        assert session.current == "temp" and session.mark("doors") == "x"


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_it_records_nothing(store: Store, store_dir: Path, anna: Actor, key: str) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        await session.press("g", key)
        await session.until(lambda: not session.walk_screen.form.is_open, "the walk")
        assert store.head()[0] == 0 and session.current == "doors" and session.mark("doors").strip() == ""
        await session.press("y")
        await session.settle()
        assert session.finding("doors") is None and session.answer("doors") is not None


async def test_g_goes_through_the_grades_of_a_failing_answer_and_an_observation_raises_nothing(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        seen = []
        for _grade in range(3):
            seen.append(session.walk_screen.form.draft.grade)
            await session.press("g")
        assert seen == ["major", "minor", "observation"]
        assert session.walk_screen.form.draft.grade == "major"
        await session.press("g", "g")
        assert session.shows("no nonconformity is raised")
        await session.press("enter")
        await session.settle()
        finding = session.finding("doors")
        assert finding is not None and finding["grade"] == "observation" and not session.nonconformities()


async def test_statement_and_criterion_are_edited(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        await session.press("s")
        await session.type(" at [/] 北門", enter=False)
        await session.pilot.press("enter")
        await session.press("k")
        await session.type(", 7.1")
        await session.until(lambda: session.shows("QMS 4.1, 7.1"), "the criterion")
        await session.press("enter")
        await session.settle()
        (raised,) = session.nonconformities()
        assert raised["statement"] == "Not fulfilled: Doors close by themselves at [/] 北門"
        assert raised["criterion"] == "ISO 9001 8.5.1, QMS 4.1, 7.1"


async def test_a_statement_that_is_emptied_stays_and_that_is_said(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        before = session.walk_screen.form.draft
        for key in ("s", "k"):
            await session.press(key)
            await session.pilot.press("ctrl+u", "enter")
            assert session.message == "Nothing was typed, so it stays as it was."
        assert session.walk_screen.form.draft == before


async def test_leaving_an_edit_leaves_the_field(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        before = session.walk_screen.form.draft
        for leave in ("f10", "escape"):
            await session.press("s")
            await session.type(" never", enter=False)
            await session.pilot.press(leave)
            await session.until(lambda: not session.prompt.is_open, "the finding")
            assert session.walk_screen.form.draft == before and session.walk_screen.form.is_open
        await session.press("enter")
        await session.settle()
        assert session.nonconformities()[0]["statement"] == before.statement


async def test_f_edits_the_finding_that_is_recorded(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("f")
        assert session.message.startswith("! ") and not session.walk_screen.form.is_open
        await open_finding(session)
        await session.press("enter")
        await session.settle()
        await session.press("up")
        await open_finding(session, "f")
        await session.press("g", "enter")
        await session.settle()
        (raised,) = session.nonconformities()
        assert raised["grade"] == "minor" and raised["number"].endswith("0001")


async def test_f_records_an_observation_to_what_conforms(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y", "up")
        await session.settle()
        await open_finding(session, "f")
        await session.press("enter")
        await session.settle()
        answer, finding = session.answer("doors"), session.finding("doors")
        assert answer is not None and answer["result"] == "conform"
        assert finding is not None and finding["grade"] == "observation" and not session.nonconformities()


async def test_what_is_fulfilled_may_be_an_opportunity_or_a_good_practice(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.press("y")
        await session.settle()
        await session.press("up", "f", "g", "g", "enter")
        await session.settle()
        assert (session.finding("doors") or {})["grade"] == "good_practice" and not session.nonconformities()


async def test_a_missing_file_of_a_finding_is_told_at_once_and_its_name_given_back(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    async with walking(store, store_dir, anna, size=(40, 15)) as session:
        await open_finding(session)
        await session.press("e")
        await session.type("/tmp/nope.txt")
        await session.until(lambda: session.prompt.is_open, "the name given back")
        assert session.prompt.value == "/tmp/nope.txt" and session.walk_screen.form.given.evidence == ()
        assert session.shows("! not attached: No such file or")
        await session.pilot.press("f10")
        assert not session.message and session.walk_screen.form.is_open


async def test_a_finding_takes_several_pieces_of_evidence_and_the_last_can_be_taken_out(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    (store_dir.parent / "my photo.jpg").write_bytes(b"photo")
    async with walking(store, store_dir, anna) as session:
        await open_finding(session)
        for text in (f"{store_dir.parent}/my photo.jpg", "07:00 door 3 open", "a slip of the hand"):
            await session.press("e")
            assert session.prompt.value == ""
            await session.type(text)
        await session.press("u")
        await session.settle()
        assert session.walk_screen.form.given.evidence[1:] == ("07:00 door 3 open",)
        await session.press("enter")
        await session.settle()
        assert [kept["size"] for kept in (session.answer("doors") or {})["evidence"]] == [5, 17]


async def test_a_number_that_is_missing_is_told_in_the_finding(store: Store, store_dir: Path, anna: Actor) -> None:
    async with walking(store, store_dir, anna) as session:
        await session.go("temp")
        await open_finding(session)
        assert session.shows("Finding: nonconform, no value given")
