"""What is typed belongs to the start it was typed for, and outlives a window that is killed."""

from pathlib import Path

import pytest

from qms_tui.screens.drafts import Drafts
from qms_tui.screens.typed import TypedTexts
from qms_tui.store.base import Actor, Store
from qms_tui.store.drafts import load_draft
from qms_tui.workflow.begin import begin
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import About, Walk

HALF = {"item": "old-tickets", "purpose": "note", "label": "Note", "text": "half a no"}


def walk_of(store: Store, by: Actor, about: About = About()) -> Walk:  # noqa: B008 - a tuple
    return begin(store, by, None if about.only_flagged else "weekly-check", about)


def flagged(store: Store, by: Actor) -> str:
    walk = walk_of(store, by)
    walk.answer(walk.entries()[1].item, Given("nonconform"))
    return str(walk.number)


def test_a_text_is_offered_in_the_start_that_it_was_typed_for_and_in_no_other(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    number = flagged(store, anna)
    starts = [
        About(),
        About(subject="Branch Wels"),
        About(subject="Branch"),
        About(site="Wels"),
        About(only_flagged=number),
        About(only_flagged=number, subject="Branch Wels"),
    ]
    for at, about in enumerate(starts):
        Drafts(store_dir, anna.name).keep(walk_of(store, anna, about), {**HALF, "text": f"text {at}"})
    for at, about in enumerate(starts):
        assert Drafts(store_dir, anna.name).open(walk_of(store, anna, about))["text"] == f"text {at}"


def test_what_a_killed_window_held_is_opened_by_the_next_one(store: Store, store_dir: Path, anna: Actor) -> None:
    killed = Drafts(store_dir, anna.name)
    walk = walk_of(store, anna)
    assert killed.open(walk) == {}
    texts = TypedTexts()
    texts.keep("raise", {"now": {"statement": "The van stood open"}})
    killed.keep_live(killed.held([(walk, HALF)], texts.as_json()))
    other = Drafts(store_dir, anna.name)
    assert other.open(walk_of(store, anna)) == {} and not other.typed()  # it lives
    killed.end(kept=False)
    assert Drafts(store_dir, anna.name).open(walk_of(store, anna))["text"] == "half a no"
    assert Drafts(store_dir, anna.name).typed() == {"raise": {"now": {"statement": "The van stood open"}}}
    assert not list(store_dir.glob("drafts/*.live"))


def test_a_text_that_was_opened_again_and_recorded_before_the_kill_is_gone(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    walk = walk_of(store, anna)
    before = Drafts(store_dir, anna.name)
    before.open(walk)
    before.keep(walk, HALF)
    before.keep_typed(texts := TypedTexts())
    texts.keep("raise", "x")
    before.keep_typed(texts)
    killed = Drafts(store_dir, anna.name)
    again = walk_of(store, anna)
    assert killed.open(again)["text"] == "half a no"
    (taken := TypedTexts()).take_in(killed.typed())
    taken.forget("raise")
    again.answer(again.entries()[1].item, Given(note="half a note"))
    killed.keep_live(killed.held([(again, {"item": "promise-missed"})], taken.as_json()))
    killed.end(kept=False)
    after = Drafts(store_dir, anna.name)
    assert after.open(walk_of(store, anna)) == {} and not after.typed()
    assert after.open(again)["item"] == "promise-missed"


def test_nothing_is_written_while_nothing_changes_and_a_window_that_is_left_leaves_no_file(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    drafts = Drafts(store_dir, anna.name)
    walk = walk_of(store, anna)
    drafts.open(walk)
    drafts.keep_live(drafts.held([(walk, {"item": "old-tickets"})], {}))
    assert not (store_dir / "drafts").exists()  # a look at a checklist
    drafts.keep_live(drafts.held([(walk, HALF)], {}))
    (live,) = (store_dir / "drafts").glob("*.live")
    written = live.stat().st_mtime_ns
    drafts.keep_live(drafts.held([(walk, HALF)], {}))
    assert live.stat().st_mtime_ns == written
    drafts.keep_live(drafts.held([(walk, {"item": "old-tickets"})], {}))
    assert live.read_text().endswith(" {}\n")
    drafts.end(kept=True)
    drafts.keep_live(drafts.held([(walk, HALF)], {}))
    assert not live.exists()


@pytest.mark.parametrize("later", [{**HALF, "text": "half a note"}, {"item": "promise-missed"}], ids=["typed", "done"])
def test_what_a_window_went_on_to_after_it_was_kept_replaces_that(
    store: Store, store_dir: Path, anna: Actor, later: dict[str, str]
) -> None:
    walk = walk_of(store, anna)
    walk.answer(walk.entries()[1].item, Given("conform"))
    killed = Drafts(store_dir, anna.name)
    killed.open(walk)
    killed.keep(walk, HALF)
    killed.keep_live(killed.held([(walk, later)], {}))
    killed.end(kept=False)
    opened = Drafts(store_dir, anna.name).open(walk)
    assert (opened["item"], opened.get("text")) == (later["item"], later.get("text"))


def test_what_is_kept_while_a_look_waits_for_the_disk_is_not_taken_for_what_that_look_replaces(
    store: Store, store_dir: Path, anna: Actor
) -> None:
    walk = walk_of(store, anna)
    walk.answer(walk.entries()[1].item, Given("conform"))
    killed = Drafts(store_dir, anna.name)
    killed.open(walk)
    seen = killed.held([(walk, HALF)], {})
    killed.keep(walk, {**HALF, "text": "half a note"})
    killed.keep_live(seen)
    killed.end(kept=False)
    after = Drafts(store_dir, anna.name)
    after.open(walk)
    kept = load_draft(store_dir, anna.name)["walks"].values()
    assert sorted(one["text"] for one in kept) == ["half a no", "half a note"]
