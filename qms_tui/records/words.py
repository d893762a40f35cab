"""The field's words, the same in documents, screens, commands and exports.

Audit, audit criteria, audit evidence, finding, conformity, nonconformity and opportunity for improvement are used as in
ISO 19011; correction, corrective action and effectiveness as in ISO 9001 10.2. The labels are shown through gettext.
"""

from typing import Literal

from qms_tui.i18n import _

AuditStatus = Literal["draft", "planned", "in_progress", "completed", "closed", "cancelled"]
Progress = Literal["to_do", "done"]
Result = Literal["conform", "partial", "nonconform", "not_applicable", "not_assessed", "corrected_on_spot"]
Grade = Literal["major", "minor", "observation", "opportunity", "good_practice"]
Verdict = Literal["pass", "fail"]
NonconformityStatus = Literal["draft", "analysis", "action_plan", "in_progress", "verification", "closed", "cancelled"]

RESULTS: tuple[Result, ...] = (
    "conform", "partial", "nonconform", "not_applicable", "not_assessed", "corrected_on_spot",
)  # fmt: skip
GRADES: tuple[Grade, ...] = ("major", "minor", "observation", "opportunity", "good_practice")

# The grades that raise a nonconformity.
RAISING: frozenset[str] = frozenset({"major", "minor"})

# The results that open a finding for the inspector to accept or edit.
FAILING: frozenset[str] = frozenset({"nonconform", "partial"})

ENDED: frozenset[str] = frozenset({"closed", "cancelled"})

_RESULT_WORDS: dict[str, Result] = {
    "y": "conform", "yes": "conform", "pass": "conform", "passed": "conform", "ok": "conform",
    "n": "nonconform", "no": "nonconform", "fail": "nonconform", "failed": "nonconform",
    "p": "partial", "partly": "partial",
    "a": "not_applicable", "na": "not_applicable", "n/a": "not_applicable",
    "c": "corrected_on_spot", "corrected": "corrected_on_spot",
}  # fmt: skip


def read_result(word: str) -> Result | None:
    """The result that a word stands for (`y`, `pass`, `not applicable`, in any case), or None."""
    folded = word.strip().casefold()
    for result in RESULTS:
        if folded.replace(" ", "_").replace("-", "_") == result:
            return result
    return _RESULT_WORDS.get(folded)


def result_label(result: str | None) -> str:
    """A result as a person reads it; None is an item without an answer."""
    return {
        None: _("not answered"),
        "conform": _("conform"),
        "partial": _("partial"),
        "nonconform": _("nonconform"),
        "not_applicable": _("not applicable"),
        "not_assessed": _("not assessed"),
        "corrected_on_spot": _("corrected on the spot"),
    }.get(result, str(result))


def grade_label(grade: str) -> str:
    """A finding's grade as a person reads it."""
    return {
        "major": _("major nonconformity"),
        "minor": _("minor nonconformity"),
        "observation": _("observation"),
        "opportunity": _("opportunity for improvement"),
        "good_practice": _("good practice"),
    }.get(grade, grade)


def severity_label(severity: str) -> str:
    """How bad it is when an item fails, as a person reads it."""
    return {
        "critical": _("critical"),
        "major": _("major"),
        "minor": _("minor"),
        "observation": _("observation"),
    }.get(severity, severity)


def status_label(status: str) -> str:
    """The status of an audit or a nonconformity as a person reads it."""
    return {
        "draft": _("draft"),
        "planned": _("planned"),
        "in_progress": _("in progress"),
        "completed": _("completed"),
        "closed": _("closed"),
        "cancelled": _("cancelled"),
        "analysis": _("analysis"),
        "action_plan": _("action plan"),
        "verification": _("verification"),
    }.get(status, status)
