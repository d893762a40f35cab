"""An overview that is renewed is the one that would be made anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_tui.records.words import Result
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.workflow import audits, handling, overview
from qms_tui.workflow.answering import Given
from qms_tui.workflow.begin import begin
from qms_tui.workflow.overview import Overview, renewed
from qms_tui.workflow.walk import About, Walk


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "doors.md"
    path.write_text("# Doors\n\n- [ ] Doors close\n- [ ] Locks lock\n", "utf-8")
    return str(path)


def answer(walk: Walk, at: int, result: Result = "conform") -> None:
    walk.answer(walk.entries()[at].item, Given(result))


def test_a_renewed_overview_is_as_a_new_one(
    store: Store, anna: Actor, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors, weekly = begin(store, anna, file, About()), begin(store, anna, "weekly-check", About())
    answer(doors, 0)
    answer(weekly, 0)
    read: list[str] = []
    walk_of = audits.open_walk

    def noted(store: Store, actor: Actor, audit: Doc) -> Walk:
        read.append(audit["number"])
        return walk_of(store, actor, audit)

    number = ""

    def raise_one() -> None:
        nonlocal number
        number, _receipt = handling.raise_nonconformity(store, anna, "Door open", "QMS 7.3", "major")

    def begin_another() -> None:
        answer(begin(store, anna, "monthly-check", About()), 0)

    steps: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: answer(doors, 1, "nonconform"), ["A-0001"]),
        (lambda: doors.undo(), ["A-0001"]),
        (begin_another, ["A-0003"]),
        (raise_one, []),
        (lambda: handling.cancel(store, anna, number, "the wrong room"), []),
        (lambda: (answer(doors, 1), doors.complete()), []),
        (lambda: doors.reopen("a lock was forgotten"), ["A-0001"]),
    ]
    before: Overview = overview.overview(store, anna)
    for do, audits_read in steps:
        n = store.head()[0]
        do()
        touched = {(change.table, change.id) for record in store.changes(n) for change in record.changes}
        with monkeypatch.context() as patched:
            patched.setattr(audits, "open_walk", noted)
            before = renewed(store, anna, before, touched)
        assert [f"A-{name[-4:]}" for name in read] == audits_read
        read.clear()
        assert before == overview.overview(store, anna)
