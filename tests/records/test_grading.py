"""From a failed item to the grade that is suggested."""

import pytest

from qms_tui.records.gates import Refused
from qms_tui.records.grading import require_grade, suggested_grade
from qms_tui.records.words import GRADES, Grade


@pytest.mark.parametrize(
    ("severity", "nonconform", "partial"),
    [
        ("critical", "major", "minor"),
        ("major", "major", "minor"),
        ("minor", "minor", "observation"),
        (None, "minor", "observation"),
        ("observation", "observation", "observation"),
        ("unheard of", "minor", "observation"),
    ],
)
def test_partial_is_one_grade_lower(severity: str | None, nonconform: str, partial: str) -> None:
    assert suggested_grade(severity, "nonconform") == nonconform
    assert suggested_grade(severity, "partial") == partial
    assert suggested_grade(severity, "corrected_on_spot") == "observation"


@pytest.mark.parametrize("result", ["nonconform", "partial"])
@pytest.mark.parametrize("grade", ["opportunity", "good_practice"])
def test_what_is_not_fulfilled_is_no_good_practice(result: str, grade: Grade) -> None:
    with pytest.raises(Refused, match="use major, minor, observation"):
        require_grade(result, grade)


def test_other_grades_are_taken() -> None:
    for grade in GRADES:
        require_grade("conform", grade)
    for grade in (None, "major", "minor", "observation"):
        require_grade("nonconform", grade)  # type: ignore[arg-type]  # a loop over texts
