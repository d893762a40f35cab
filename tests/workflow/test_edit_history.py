"""Editing a checklist keeps the history of every item that is still the same question, and gives none another's."""

import random
from typing import NamedTuple

import pytest
from edit_history import History

from qms_tui.checklist.parse import parse
from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store
from qms_tui.workflow.given import Given
from qms_tui.workflow.walk import About, Walk

VERSIONS, ITEMS, EDITS = 10, 60, 12


class Counted(NamedTuple):
    """Items with a history: it followed by itself, a person was asked for it, it was lost; of these the reworded ones.

    `wrong` are items that were given the history of another question, the last those for which it was asked.
    """

    carried: int = 0
    asked: int = 0
    lost: int = 0
    reworded: int = 0
    reworded_carried: int = 0
    wrong: int = 0
    asked_for_another: int = 0

    def more(self, other: "Counted") -> "Counted":
        return Counted(*(a + b for a, b in zip(self, other, strict=True)))


def walk_once(store: Store, actor: Actor, history: History, known: dict[int, str], *, decide: bool) -> Counted:
    """Begin an audit of the present text, look at what was answered before, decide, and answer everything."""
    walk = Walk(store, actor, parse(history.text().encode(), "round.md"), None, About())
    counts = Counted()
    asked = []
    for item, question in zip(walk.checklist.items, history.all(), strict=True):
        assert item.question == question.text
        past = walk.past(item.id)
        sure = {p.note for p in past if p.sure}
        maybe = {p.note for p in past if not p.sure}
        who = str(question.who)
        counts = counts.more(
            Counted(
                carried=who in sure,
                asked=who in maybe and who not in sure,
                reworded=known.get(question.who, question.text) != question.text,
                reworded_carried=known.get(question.who, question.text) != question.text and who in sure,
                lost=question.who in known and who not in sure | maybe,
                wrong=bool(sure - {who}),
                asked_for_another=bool(maybe - {who}),
            )
        )
        if maybe:
            asked.append((item, who in maybe))
    ops = [op for item, q in zip(walk.checklist.items, history.all(), strict=True)
           for op in walk.plan_answer(item, Given("conform", note=str(q.who)))]  # fmt: skip
    walk.write(ops, why="")
    if decide:
        for item, same in asked:
            walk.decide_history(item.id, same)
    known |= {question.who: question.text for question in history.all()}
    return counts


def run(tmp_path, seed: int, *, decide: bool) -> Counted:
    history = History(random.Random(seed))
    history.begin(ITEMS)
    known: dict[int, str] = {}
    counts = Counted()
    store = open_store(tmp_path / f"store-{seed}-{decide}")
    try:
        for _ in range(VERSIONS):
            counts = counts.more(walk_once(store, Actor("anna"), history, known, decide=decide))
            for _ in range(EDITS):
                history.edit()
    finally:
        store.close()
    assert {"reword", "move", "insert", "delete", "turn", "near"} <= history.edits.keys()
    return counts


@pytest.mark.parametrize(("decide", "seeds"), [(True, 2), (False, 1)])
def test_histories_follow_their_questions(tmp_path, decide, seeds, record_property):
    counts = Counted()
    for seed in range(seeds):
        counts = counts.more(run(tmp_path, seed, decide=decide))
    with_history = counts.carried + counts.asked + counts.lost
    shares = {name: round(100 * getattr(counts, name) / with_history, 2) for name in ("carried", "asked", "lost")}
    print(f"{with_history} items with a history: {shares}, {counts}")
    record_property("shares", shares)
    assert counts.wrong == 0
    assert counts.reworded > 20 * seeds and counts.reworded_carried > 0.8 * counts.reworded
    assert shares["carried"] >= 95 and shares["carried"] + shares["asked"] >= 99
