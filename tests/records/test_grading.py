"""From a failed item to the grade that is suggested."""

import pytest

from qms_tui.records.grading import suggested_grade


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
