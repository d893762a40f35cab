"""Every bundled checklist can be walked to its end, at its best and at its worst, alike in each language."""

from collections.abc import Callable
from typing import Any

import pytest

from qms_tui.checklist.conditions import asked
from qms_tui.checklist.library import find, languages, own
from qms_tui.checklist.model import Checklist, Item
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.answers_file import record_answers
from qms_tui.workflow.given import from_entry
from qms_tui.workflow.walk import About, Walk

NAMES = [entry.name.removesuffix(".md") for entry in own("en")]
SEEN = "Seen at the desk, ticket 4711"


def at_best(item: Item) -> str:
    """An answer that passes, as typed; options by their number, so that it fits each language."""
    answer, limits = item.answer, item.limits
    match answer.name:
        case "yes/no":
            return item.expect[0] if item.expect else "yes"
        case "number":
            return item.target or str(limits.high if limits and limits.high is not None else 1)
        case "one of" | "any of":
            return str(answer.options.index(item.expect[0]) + 1 if item.expect else 1)
        case "score":
            return str(answer.high)
        case "risk":
            return "1x1"
        case "date":
            return "2026-11-02"
        case "text":
            return SEEN
    return "pass"


def at_worst(item: Item) -> str:
    """An answer that fails, where the item has a way to fail; else any."""
    answer, limits = item.answer, item.limits
    match answer.name:
        case "yes/no":
            return next((word for word in ("no", "yes") if word not in (item.expect or ("yes",))), "yes")
        case "number" if limits is not None:
            return str(limits.low - 1 if limits.low is not None else (limits.high or 0) + 1)
        case "one of" | "any of" if item.expect:
            return str(next(n for n, option in enumerate(answer.options, 1) if option not in item.expect))
        case "score":
            return str(answer.low)
        case "risk":
            return f"{answer.low}x{answer.high}"
        case "pass/fail":
            return "fail"
    return at_best(item)


def filled(checklist: Checklist, how: Callable[[Item], str]) -> dict[str, Any]:
    """Answers to all that is asked, what follows from an answer too."""
    entries: dict[str, Any] = {}
    stated: dict[str, dict[str, Any]] = {}
    while waiting := [item for item in asked(checklist.items, stated) if item.id not in entries]:
        for item in waiting:
            entry = {"value" if item.answer.name != "pass/fail" else "result": how(item)}
            given = from_entry(item, entry, checklist.accept)
            entries[item.id] = {**entry, "evidence": SEEN, "note": SEEN}
            stated[item.id] = {"result": given.result, "value": given.value}
    return entries


@pytest.fixture
def walked(store: Store, anna: Actor) -> Callable[[str, str, Callable[[Item], str]], Walk]:
    def walk(name: str, language: str, how: Callable[[Item], str]) -> Walk:
        walk = Walk(store, anna, find(name, language), None, About())
        record_answers(walk, filled(walk.checklist, how), "answers.yaml", finish=True)
        return walk

    return walk


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NAMES)
def test_at_its_best_everything_conforms(walked: Any, name: str, language: str) -> None:
    walk = walked(name, language, at_best)
    assert walk.figures().coverage == 100 and walk.figures().conformity == 100
    assert walk.nonconformities() == [] and walk.missing() == []


@pytest.mark.parametrize("name", NAMES)
def test_at_its_worst_the_same_is_found_in_each_language(walked: Any, name: str) -> None:
    found = []
    for language in languages():
        walk = walked(name, language, at_worst)
        raised = {doc["item"]: (doc["grade"], doc["criterion"]) for doc in walk.nonconformities()}
        for item_id, (_grade, criterion) in raised.items():
            assert criterion == ", ".join(walk.checklist.item(item_id).clause)
        found.append((raised, walk.figures(), [entry.item.id for entry in walk.entries()]))
    assert found[0] == found[1]
    assert len(found[0][0]) >= 5
