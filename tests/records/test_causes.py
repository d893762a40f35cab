"""The five whys: order, read-back, and what is weak in them."""

import pytest
from case_helpers import why
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.records.causes import chain, leaves, read_back, roots, tree, warnings

CAUSES = {
    "a": why("the field is optional"),
    "b": why("nobody reads the list"),
    "a1": why("the form is that of 2019", "a"),
    "a2": why("the desk has no time", "a", evidence=None),
    "a11": why("no one owns the form", "a1", root=True),
}


def test_the_whys_are_read_branch_by_branch() -> None:
    assert [(w.id, w.label, w.depth) for w in tree(CAUSES)] == [
        ("a", "1", 1), ("a1", "1.1", 2), ("a11", "1.1.1", 3), ("a2", "1.2", 2), ("b", "2", 1)]  # fmt: skip
    assert leaves(CAUSES) == ["a11", "a2", "b"]
    assert list(roots(CAUSES)) == ["a11"]
    assert [c["text"] for c in chain(CAUSES, "a11")][::2] == ["the field is optional", "no one owns the form"]


def test_the_read_back_goes_from_root_to_symptom() -> None:
    assert read_back(CAUSES, "Jobs unconfirmed") == [
        ["no one owns the form", "the form is that of 2019", "the field is optional", "Jobs unconfirmed"]
    ]
    assert read_back({}, "x") == []


def test_a_chain_of_three_with_evidence_is_sound() -> None:
    assert [(w.code, w.cause) for w in warnings(CAUSES)] == [("evidence", "a2"), ("short", "a2"), ("short", "b")]


@pytest.mark.parametrize(
    ("text", "category", "code"),
    [
        ("the technician forgot it", None, "person"),
        ("Human error", None, "person"),
        ("she did not follow the instruction", None, "person"),
        ("the new man", "people", "person"),
        ("員工疏忽", None, "person"),
        ("they were not trained", "people", "training"),
        ("lack of training", None, "training"),
        ("訓練不足", None, "training"),
        ("the train was late", None, None),
        ("the form has no such field", "method", None),
    ],
)
def test_a_chain_that_ends_at_a_person_or_at_training_is_weak(
    text: str, category: str | None, code: str | None
) -> None:
    causes = {"a": why("x"), "b": why("y", "a"), "c": why(text, "b", category=category, root=True)}
    assert [w.code for w in warnings(causes)] == ([code] if code else [])
    causes["d"] = why("and why was that?", "c")
    causes["c"]["root"] = False
    assert [w.code for w in warnings(causes)] == []  # it goes on below the person


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=9))
def test_every_why_stands_in_the_tree_once_whatever_it_hangs_on(shape: list[tuple[int, bool]]) -> None:
    """A why whose parent was taken back is not lost."""
    causes = {str(n): why(parent=str(parent) if parent < n or parent > len(shape) else None, root=root)
              for n, (parent, root) in enumerate(shape)}  # fmt: skip
    found = tree(causes)
    assert sorted(w.id for w in found) == sorted(causes)
    assert len({w.label for w in found}) == len(found)
    assert len(read_back(causes, "s")) == len(roots(causes))
