"""Repeats and similar ones, found in the store; and the lessons learned from them."""

from collections.abc import Callable, Mapping
from typing import Any

from qms_tui.checklist.model import Item
from qms_tui.records.case import Case
from qms_tui.records.causes import roots
from qms_tui.reports.rows import by_number, is_open
from qms_tui.reports.similar import SAME_CAUSE, Candidate, Subject, alike, candidate_row, is_near, is_recent, terms
from qms_tui.store.base import Doc, Store
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.cases import CAUSES, NONCONFORMITIES, stored
from qms_tui.workflow.cases import by_number as by_human_number
from qms_tui.workflow.clock import now
from qms_tui.workflow.lineage import Lineage

RECENT = 200  # so many of a checklist's latest nonconformities are compared by their wording


def repeat_at(store: Store, lineage: Lineage, item_id: str, audit_id: str) -> str | None:
    """The number of the latest nonconformity at the same question in another audit within twelve months, or None."""
    at = now()

    def repeated(doc: Mapping[str, Any]) -> bool:
        return (
            doc.get("audit") not in (None, audit_id)
            and not doc.get("void")
            and doc.get("status") != "cancelled"
            and is_recent(doc, at)
            and lineage.continues(item_id, doc)
        )

    checklist_id = lineage.checklist.id
    same = [
        doc
        for asked_as in lineage.asked_as(item_id)
        for doc in store.find(NONCONFORMITIES, repeated, by=("asked", f"{checklist_id} {asked_as}"))
    ]
    return max((str(doc["number"]) for doc in same), key=by_number, default=None)


def repeat_in_walk(store: Store, lineage: Lineage, raised: Mapping[str, Any]) -> str | None:
    """As `repeat_of`, of one that is found at an item: by the history of its question, else by its wording.

    Where that history waits for a person, or a person has denied it, no wording stands in for them.
    """
    item = str(raised["item"])
    surely = repeat_at(store, lineage, item, raised["audit"])
    known = lineage.of(item)
    if surely or known.get("state") in ("asked", "refused"):
        return surely
    # not by its id, which may have stood for another question
    return repeat_of(store, {**raised, "item": known["thread"]}, lambda doc: lineage.apart(item, doc))


def repeat_of_answer(store: Store, lineage: Lineage, audit_id: str, item: Item, draft: FindingDraft) -> str | None:
    """As `repeat_in_walk`, of the finding that an answer makes."""
    return repeat_in_walk(
        store,
        lineage,
        {
            "audit": audit_id,
            "checklist": lineage.checklist.id,
            "item": item.id,
            "question": item.question,
            "statement": draft.statement,
            "criterion": draft.criterion,
        },
    )


def repeat_of(
    store: Store, raised: Mapping[str, Any], apart: Callable[[Mapping[str, Any]], bool] = lambda _doc: False
) -> str | None:
    """The number of the latest nonconformity within twelve months that this one repeats, or None.

    `raised` has criterion and statement, and where it was found checklist, item, question and audit; one of the same
    audit is no repeat. At an item the same item is looked for first, then others of the checklist. `apart` are none.
    """
    subject, at = Subject(raised), now()
    audit, checklist = raised.get("audit"), raised.get("checklist")

    def earlier(doc: Mapping[str, Any]) -> bool:
        return (
            not doc.get("void")
            and doc["status"] != "cancelled"
            and (audit is None or doc.get("audit") != audit)
            and is_recent(doc, at)
        )

    if checklist and raised.get("item"):
        named = ("asked", f"{checklist} {raised['item']}")
        found = store.find(NONCONFORMITIES, lambda doc: earlier(doc) and not apart(doc), by=named, last=1)
        found = found or store.find(NONCONFORMITIES, earlier, by=("checklist", checklist), last=RECENT)
    else:
        found = store.find(NONCONFORMITIES, lambda doc: earlier(doc) and subject.repeats(doc))
    repeated = (str(doc["number"]) for doc in found if subject.repeats(doc) and not apart(doc))
    return max(repeated, key=by_number, default=None)


def repeats_in_doubt(store: Store, lineage: Lineage, item_id: str) -> list[Doc]:
    """Open nonconformities to this version's item that repeat one to the question that it may be."""
    maybe = {*(lineage.of(item_id).get("maybe") or ())}
    named = ("asked", f"{lineage.checklist.id} {item_id}")
    found = []
    for doc in store.find(NONCONFORMITIES, lambda doc: is_open(doc) and bool(doc.get("repeat_of")), by=named):
        other = by_human_number(store, NONCONFORMITIES, str(doc["repeat_of"]))
        if lineage.is_of_this(doc) and other is not None and other.get("item") and other.get("audit"):
            same_list = other.get("checklist") == lineage.checklist.id
            found += [doc] if same_list and lineage.thread_of(other) in maybe else []
    return found


def same_cause(store: Store, case: Case, text: str) -> str | None:
    """The number of the latest other nonconformity within twelve months with such a root cause, or None."""
    at, own, mine = now(), stored(case.nonconformity).id, terms(text)
    found = store.find(
        CAUSES,
        lambda doc: (
            bool(doc.get("root"))
            and not doc.get("void")
            and doc["nonconformity"] != own
            and alike(terms(doc["text"]), mine) >= SAME_CAUSE
        ),
    )
    numbers = [
        str(other["number"])
        for id_ in {doc["nonconformity"] for doc in found}
        if (other := store.get(NONCONFORMITIES, id_)) is not None
        and not other.get("void")
        and other["status"] != "cancelled"
        and is_recent(other, at)
    ]
    return max(numbers, key=by_number, default=None)


def what_it_is_about(case: Case) -> tuple[object, ...]:
    """What `similar` looks at of a case: as long as it is the same, so are the similar ones of before."""
    own = case.nonconformity
    fields = tuple(own.get(field) for field in ("statement", "question", "criterion", "item", "checklist"))
    return (*fields, *(cause["text"] for cause in roots(case.causes_of(case.cycle)).values()))


def similar(store: Store, case: Case, most: int = 10) -> list[Candidate]:
    """Similar ones, the likest first."""
    own = stored(case.nonconformity)
    subject = Subject(own, [str(cause["text"]) for cause in roots(case.causes_of(case.cycle)).values()])
    causes: dict[str, list[str]] = {}
    if subject.roots:
        for cause in store.scan(CAUSES, lambda doc: bool(doc.get("root")) and not doc.get("void")):
            causes.setdefault(cause["nonconformity"], []).append(str(cause["text"]))
    found: list[Candidate] = []
    for doc in store.scan(NONCONFORMITIES, lambda doc: not doc.get("void")):
        if doc.id != own.id:
            reasons, score = subject.reasons(doc, causes.get(doc.id, ()))
            if reasons:
                found.append(Candidate(doc, reasons, score, is_near(doc, own["opened"])))
    found.sort(key=lambda one: (one.score, by_number(str(one.document["number"]))), reverse=True)
    return found[:most]


def similar_rows(store: Store, case: Case, most: int = 10) -> list[dict[str, Any]]:
    """As `similar`, as rows for screens and `nc similar --json`."""
    return [candidate_row(candidate) for candidate in similar(store, case, most)]
