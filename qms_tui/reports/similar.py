"""Do similar ones exist? Nonconformities that share an item, a clause, a cause or the wording with one."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal, NamedTuple

from qms_tui.checklist.rewording import turn, words
from qms_tui.checklist.text import fold
from qms_tui.i18n import _
from qms_tui.records.case import Document
from qms_tui.reports.gist import EMPTY

WITHIN = timedelta(days=365)  # a repeat is one within twelve months
LIKE = 0.6  # from it on, two wordings are one requirement
NEAR = 0.45  # below it, two wordings have nothing to do with each other
SAME_CAUSE = 0.75  # from it on, two root causes are one
_ENDING = re.compile(r"(?:ing|ed|es|s)$")

Reason = Literal["item", "cause", "clause", "wording"]


def terms(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without common endings; of Chinese and Japanese each character."""
    return frozenset(
        _ENDING.sub("", word) if len(word) > 4 and word.isascii() else word
        for word in words(fold(text))
        if word not in EMPTY
    )


def wording(one: str, other: str) -> float:
    """0..1: how like two texts are: their terms in common, or where some are, their letters."""
    from qms_tui.checklist.matching import likeness  # the self-check needs none of it

    shared = alike(terms(one), terms(other))
    return max(shared, likeness(fold(one), fold(other))) if shared >= NEAR / 2 else shared


def alike(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """0..1: the terms in common. Quick; `wording` looks at the letters too."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def clauses(criterion: str) -> frozenset[str]:
    """The clauses that a criterion names: `ISO 9001 8.5.1, QMS 4.1` has two. One without a digit is a sentence."""
    return frozenset(
        folded for part in re.split(r"[,;]", criterion) if any(map(str.isdigit, folded := fold(part).strip()))
    )


class Subject:
    """What a nonconformity is about, to compare others with. `roots` are the texts of its root causes."""

    def __init__(self, document: Document, roots: Sequence[str] = ()) -> None:
        self.document = document
        self.roots = roots
        self.text = str(document.get("question") or document["statement"])

    @cached_property
    def clauses(self) -> frozenset[str]:
        return clauses(self.document["criterion"])

    def same_item(self, other: Document) -> bool:
        """Whether another was raised on the same item of the same checklist."""
        mine = self.document
        item = mine.get("item")
        return bool(item) and other.get("item") == item and other.get("checklist") == mine.get("checklist")

    def repeats(self, other: Document) -> bool:
        """Whether the same requirement failed before: the same item, or one that asks the same in other words.

        A question that may mean the opposite or another amount is none.
        """
        if self.same_item(other):
            return True
        same_list = bool(other.get("checklist")) and other.get("checklist") == self.document.get("checklist")
        if not same_list and not (self.clauses & clauses(other["criterion"])):
            return False
        asked = self.document.get("question") and other.get("question")
        theirs = str(other["question"] if asked else other["statement"])
        ours = self.text if asked else str(self.document["statement"])
        return wording(ours, theirs) >= LIKE and not (asked and turn(theirs, ours))

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """The terms of what was asked, and of what was found."""
        return [terms(text) for text in {self.text, str(self.document["statement"])}]

    def reasons(self, other: Document, roots: Iterable[str]) -> tuple[list[Reason], float]:
        """Why another one is similar, and how much: 0 is not at all. Terms alone decide: thousands are quick."""
        found: list[Reason] = []
        score = 0.0
        if self.same_item(other):
            found.append("item")
            score += 3
        causes = [terms(root) for root in roots] if self.roots else []
        cause = max((alike(terms(mine), one) for mine in self.roots for one in causes), default=0.0)
        if cause >= SAME_CAUSE:
            found.append("cause")
            score += 2 + cause
        theirs = terms(str(other.get("question") or other["statement"]))
        near = max(alike(mine, theirs) for mine in self._terms)
        if near >= NEAR:
            found.append("wording")
            score += 1 + near
        if self.clauses & clauses(other["criterion"]):
            found.append("clause")
            score += 1
        return found, score


class Candidate(NamedTuple):
    """A similar one. `recent` where it was opened within twelve months before or after."""

    document: Document
    reasons: Sequence[Reason]
    score: float
    recent: bool


def is_recent(other: Document, at: str) -> bool:
    """Whether another one was opened within twelve months before a time."""
    age = datetime.fromisoformat(at) - datetime.fromisoformat(other["opened"])
    return timedelta(0) <= age <= WITHIN


def is_near(other: Document, at: str) -> bool:
    """Whether another one was opened within twelve months before or after a time."""
    return abs(datetime.fromisoformat(at) - datetime.fromisoformat(other["opened"])) <= WITHIN


def candidate_row(candidate: Candidate) -> dict[str, Any]:
    """A candidate as `nc similar --json` gives it; its lesson is what was learned from it."""
    other = candidate.document
    return {
        "number": other["number"],
        "status": other["status"],
        "statement": other["statement"],
        "opened": other["opened"],
        "reasons": list(candidate.reasons),
        "score": round(candidate.score, 2),
        "recent": candidate.recent,
        "lesson": other.get("lesson"),
    }


def reason_label(reason: str) -> str:
    """Why another one is similar, as a person reads it."""
    return {
        "item": _("same item"),
        "cause": _("same root cause"),
        "clause": _("same clause"),
        "wording": _("like wording"),
    }.get(reason, reason)
