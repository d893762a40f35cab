"""Words in, words out."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.records.words import (
    GRADES,
    RESULTS,
    AuditStatus,
    Grade,
    NonconformityStatus,
    Result,
    grade_label,
    read_result,
    result_label,
    status_label,
)


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("y yes pass passed ok conform Y YES Pass", "conform"),
        ("n no fail failed nonconform NO", "nonconform"),
        ("p partly partial PARTIAL", "partial"),
        ("a na n/a N/A not_applicable not-applicable", "not_applicable"),
        ("c corrected corrected_on_spot Corrected-On-Spot", "corrected_on_spot"),
        ("not_assessed", "not_assessed"),
    ],
)
def test_words_for_a_result(words: str, result: Result) -> None:
    for word in words.split():
        assert read_result(word) == result
        assert read_result(f"  {word}\t") == result


@pytest.mark.parametrize("word", ["not applicable", "Not Assessed", "corrected on spot"])
def test_results_with_spaces(word: str) -> None:
    assert read_result(word) == word.casefold().replace(" ", "_")


@pytest.mark.parametrize("word", ["", " ", "yy", "maybe", "0", "1", "是", "[/]", "none", "true"])
def test_other_words_are_no_result(word: str) -> None:
    assert read_result(word) is None


@given(st.sampled_from(RESULTS), st.data())
def test_a_result_in_any_case(result: Result, data: st.DataObject) -> None:
    typed = "".join(char.upper() if data.draw(st.booleans()) else char for char in result)
    assert read_result(typed) == result


def test_every_word_of_the_record_has_a_label() -> None:
    assert get_args(Result) == RESULTS and get_args(Grade) == GRADES
    labels = [result_label(r) for r in (None, *RESULTS)] + [grade_label(g) for g in GRADES]
    labels += [status_label(s) for s in {*get_args(AuditStatus), *get_args(NonconformityStatus)}]
    assert all(label and "_" not in label for label in labels)


def test_a_word_of_a_later_version_is_shown_as_it_is() -> None:
    assert (result_label("escalated"), grade_label("critical"), status_label("parked")) == (
        "escalated",
        "critical",
        "parked",
    )
