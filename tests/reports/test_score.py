"""Coverage and conformity: never mixed, never beyond 0-100."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.checklist.answers import read_answer
from qms_tui.checklist.model import Item
from qms_tui.records.words import RESULTS
from qms_tui.reports.score import Figures, figures, points


def item(answer: str = "pass/fail", weight: float = 1.0) -> Item:
    return Item("i", "Q", (), 1, answer=read_answer(answer), weight=weight)


def said(*results: str | None) -> list[tuple[Item, dict[str, Any] | None]]:
    return [(item(), {"result": result} if result else None) for result in results]


@pytest.mark.parametrize(
    ("results", "applicable", "answered", "coverage", "conformity", "provisional"),
    [
        ([], 0, 0, None, None, False),
        (["conform", "conform"], 2, 2, 100.0, 100.0, False),
        (["conform", "nonconform"], 2, 2, 100.0, 50.0, False),
        (["partial"], 1, 1, 100.0, 50.0, False),
        (["corrected_on_spot"], 1, 1, 100.0, 100.0, False),
        (["not_applicable", "conform"], 1, 1, 100.0, 100.0, False),
        (["not_applicable"], 0, 0, None, None, False),
        (["not_assessed", "conform"], 2, 1, 50.0, 50.0, True),
        ([None, "conform", "conform"], 3, 2, 66.7, 66.7, True),
        ([None, None], 2, 0, 0.0, 0.0, True),
    ],
)
def test_figures_of_results(
    results: list[str | None],
    applicable: int,
    answered: int,
    coverage: float | None,
    conformity: float | None,
    provisional: bool,
) -> None:
    stored = figures(said(*results)).as_json()
    assert Figures.frozen(stored) == figures(said(*results))
    del stored["points"], stored["maximum"]
    assert Figures.frozen(stored) is None and stored == {
        "items": len(results),
        "applicable": applicable,
        "answered": answered,
        "coverage": coverage,
        "conformity": conformity,
        "provisional": provisional,
    }


def test_weights_count_for_conformity_and_not_for_coverage() -> None:
    found = figures([(item(weight=3), {"result": "conform"}), (item(), {"result": "nonconform"}), (item(), None)])
    assert (found.conformity, found.coverage) == (60.0, 66.7)


@pytest.mark.parametrize(("value", "earned"), [(1, 0.0), (3, 0.5), (5, 1.0)])
def test_a_score_earns_its_part_of_the_scale(value: int, earned: float) -> None:
    assert points(item("score 1-5"), {"result": "conform", "value": value}) == earned


def test_a_score_without_a_value_counts_by_its_result() -> None:
    assert points(item("score 1-5"), {"result": "nonconform"}) == 0
    assert points(item("score 1-5"), {"result": "corrected_on_spot", "value": 1}) == 1


def test_information_is_no_item() -> None:
    assert figures([(item("none"), None), (item("none"), {"result": "conform"}), *said("conform")]).items == 1


def test_the_formula_holds_the_numbers() -> None:
    found = figures([(item(weight=2.5), {"result": "conform"}), (item(), {"result": "nonconform"})])
    assert "= 2.5 / 3.5 = 71.4 %" in found.formula
    assert figures([]).formula == "conformity: nothing applies"


ENTRIES = st.tuples(
    st.sampled_from(["pass/fail", "score 1-5", "number", "none"]),
    st.floats(0, 1000, allow_nan=False),
    st.sampled_from([None, *RESULTS]),
    st.integers(1, 5),
)


@given(st.lists(ENTRIES, max_size=30))
def test_always_within_bounds(entries: list[tuple[str, float, str | None, int]]) -> None:
    found = figures(
        (item(answer, weight), {"result": result, "value": value} if result else None)
        for answer, weight, result, value in entries
    )
    for figure in (found.coverage, found.conformity):
        assert figure is None or 0 <= figure <= 100
    assert 0 <= found.answered <= found.applicable <= found.items <= len(entries)
    assert (found.coverage is None) == (found.applicable == 0)
    assert found.provisional == (found.applicable > 0 and found.answered < found.applicable)


def test_what_is_taken_apart_again_leaves_nothing_behind() -> None:
    weights = [0.1, 0.2, 0.3]
    whole = figures([(item(weight=weight), None) for weight in weights])
    for weight in weights:
        before, after = (
            figures([(item(weight=weight), None)]),
            figures([(item(weight=weight), said("not_applicable")[0][1])]),
        )
        whole = whole.less(before).more(after)
    assert (whole.maximum, whole.conformity, whole.coverage) == (0, None, None)
