"""From a failed item to the finding it suggests."""

from qms_tui.records.words import Grade

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
