"""From a failed item to the finding it suggests."""

from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.records.words import FAILING, GRADES, RAISING, Grade, grade_label, result_label

_OF_SEVERITY: dict[str, Grade] = {
    "critical": "major",
    "major": "major",
    "minor": "minor",
    "observation": "observation",
}
_ONE_LOWER: dict[Grade, Grade] = {"major": "minor", "minor": "observation"}


def suggested_grade(severity: str | None, result: str) -> Grade:
    """The grade from the item's severity (minor where none is given); partial fulfilment is one grade lower.

    What was corrected on the spot is kept as an observation: the requirement is met again, and the fact is not lost.
    """
    if result == "corrected_on_spot":
        return "observation"
    grade = _OF_SEVERITY.get(severity or "minor", "minor")
    return _ONE_LOWER.get(grade, grade) if result == "partial" else grade


def grades_of(result: str | None) -> tuple[Grade, ...]:
    """The grades that a finding on such an answer may have.

    What is not fulfilled is a nonconformity, or an observation where it weighs little; an opportunity or a good
    practice is found where the requirement is met (ISO 19011 6.4.8).
    """
    if result not in FAILING:
        return GRADES
    return tuple(grade for grade in GRADES if grade in RAISING or grade == "observation")


def require_grade(result: str | None, grade: Grade | None) -> None:
    """Raise Refused for a grade that the answer contradicts."""
    if grade is not None and grade not in grades_of(result):
        raise Refused(
            "grade",
            _("a finding on '{result}' cannot be graded {grade}; use {known}").format(
                result=result_label(result), grade=grade_label(grade), known=", ".join(grades_of(result))
            ),
        )
