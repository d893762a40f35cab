"""The field's words, the same in documents, screens, commands and exports.

Audit, audit criteria, audit evidence, finding, conformity, nonconformity and opportunity for improvement are used as in
ISO 19011; correction, corrective action and effectiveness as in ISO 9001 10.2. The labels are shown through gettext.
"""

from typing import Literal

from qms_tui.i18n import N_, _, ngettext

AuditStatus = Literal["draft", "planned", "in_progress", "completed", "closed", "cancelled"]
Progress = Literal["to_do", "done"]
Result = Literal["conform", "partial", "nonconform", "not_applicable", "not_assessed", "corrected_on_spot"]
Grade = Literal["major", "minor", "observation", "opportunity", "good_practice"]
Verdict = Literal["pass", "fail"]
NonconformityStatus = Literal["draft", "analysis", "action_plan", "in_progress", "verification", "closed", "cancelled"]
ActionStatus = Literal["new", "planned", "in_progress", "done", "verified", "closed", "cancelled"]
ActionKind = Literal["correction", "containment", "corrective", "preventive", "improvement", "training"]
Priority = Literal["low", "normal", "high", "urgent"]
EffectVerdict = Literal["effective", "not_effective"]

RESULTS: tuple[Result, ...] = (
    "conform", "partial", "nonconform", "not_applicable", "not_assessed", "corrected_on_spot",
)  # fmt: skip
GRADES: tuple[Grade, ...] = ("major", "minor", "observation", "opportunity", "good_practice")

NONCONFORMITY_STATUSES: tuple[NonconformityStatus, ...] = (
    "draft", "analysis", "action_plan", "in_progress", "verification", "closed", "cancelled",
)  # fmt: skip
ACTION_KINDS: tuple[ActionKind, ...] = (
    "correction", "containment", "corrective", "preventive", "improvement", "training",
)  # fmt: skip
PRIORITIES: tuple[Priority, ...] = ("low", "normal", "high", "urgent")
VERDICTS: tuple[EffectVerdict, ...] = ("effective", "not_effective")

# Where a cause may lie, after Ishikawa; a record may name a category of its own.
CATEGORIES: tuple[str, ...] = ("people", "method", "machine", "material", "measurement", "environment")

# Kinds of action that are taken at once; the others wait until it is fixed how their effect will be shown.
IMMEDIATE: frozenset[str] = frozenset({"correction", "containment"})

# The grades that raise a nonconformity.
RAISING: frozenset[str] = frozenset({"major", "minor"})

# The results that open a finding for the inspector to accept or edit.
FAILING: frozenset[str] = frozenset({"nonconform", "partial"})

ENDED: frozenset[str] = frozenset({"closed", "cancelled"})

# An action in one of these leaves no more work: it was carried out and verified, or it was cancelled.
ACTION_ENDED: frozenset[str] = frozenset({"verified", "closed", "cancelled"})

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


def history_label(state: str | None) -> str:
    """What is decided of an item's history as a person reads it; None where nobody has been asked."""
    return {
        None: "-",
        "asked": _("undecided"),
        "confirmed": _("the same question as before"),
        "refused": _("another question than before"),
    }.get(state, str(state))


def grade_label(grade: str) -> str:
    """A finding's grade as a person reads it."""
    return {
        "major": _("major nonconformity"),
        "minor": _("minor nonconformity"),
        "observation": _("observation"),
        "opportunity": _("opportunity for improvement"),
        "good_practice": _("good practice"),
    }.get(grade, grade)


def grade_count(grade: str, n: int) -> str:
    """How many findings of a grade, as a person reads it."""
    words = {
        "major": ngettext("{n} major nonconformity", "{n} major nonconformities", n),
        "minor": ngettext("{n} minor nonconformity", "{n} minor nonconformities", n),
        "observation": ngettext("{n} observation", "{n} observations", n),
        "opportunity": ngettext("{n} opportunity for improvement", "{n} opportunities for improvement", n),
        "good_practice": ngettext("{n} good practice", "{n} good practices", n),
    }
    return words.get(grade, f"{{n}} {grade}").format(n=n)


def severity_label(severity: str) -> str:
    """How bad it is when an item fails, as a person reads it."""
    return {
        "critical": _("critical"),
        "major": _("major"),
        "minor": _("minor"),
        "observation": _("observation"),
    }.get(severity, severity)


_STATUSES = {
    "draft": N_("draft"),
    "planned": N_("planned"),
    "in_progress": N_("in progress"),
    "completed": N_("completed"),
    "closed": N_("closed"),
    "cancelled": N_("cancelled"),
    "analysis": N_("analysis"),
    "action_plan": N_("action plan"),
    "verification": N_("verification"),
    "new": N_("new"),
    "done": N_("done"),
    "verified": N_("verified"),
}


def status_label(status: str) -> str:
    """The status of an audit, a nonconformity or an action as a person reads it."""
    return _(_STATUSES.get(status, status))


def kind_label(kind: str) -> str:
    """The kind of an action as a person reads it."""
    return {
        "correction": _("correction"),
        "containment": _("containment"),
        "corrective": _("corrective action"),
        "preventive": _("preventive action"),
        "improvement": _("improvement"),
        "training": _("training"),
    }.get(kind, kind)


def category_label(category: str) -> str:
    """Where a cause lies, as a person reads it; an own category is shown as it was written."""
    return {
        "people": _("people"),
        "method": _("method"),
        "machine": _("machine"),
        "material": _("material"),
        "measurement": _("measurement"),
        "environment": _("environment"),
    }.get(category, category)


def read_category(text: str) -> str:
    """The category that a number, a word or its beginning names, by code or label; else one of their own.

    Raises ValueError for a number that is none of theirs.
    """
    wanted = text.strip().casefold()
    if wanted.isdecimal():
        if not 1 <= int(wanted) <= len(CATEGORIES):
            raise ValueError(_("'{text}' is none of 1 to {n}").format(text=text.strip(), n=len(CATEGORIES)))
        return CATEGORIES[int(wanted) - 1]
    named = [c for c in CATEGORIES if wanted and (c.startswith(wanted) or category_label(c).casefold() == wanted)]
    return named[0] if len(named) == 1 else text.strip()


def priority_label(priority: str) -> str:
    """The priority of an action as a person reads it."""
    return {"low": _("low"), "normal": _("normal"), "high": _("high"), "urgent": _("urgent")}.get(priority, priority)


def verdict_label(verdict: str) -> str:
    """The verdict of an effectiveness check as a person reads it."""
    return {"effective": _("effective"), "not_effective": _("not effective")}.get(verdict, verdict)
