"""What was answered the last times an item was asked."""

from typing import Any, NamedTuple

from qms_tui.store.base import Store
from qms_tui.workflow.lineage import Lineage
from qms_tui.workflow.other_language import OtherLanguages


class Past(NamedTuple):
    """An earlier answer to the same question of the same checklist. `at` is UTC, ISO 8601; `question` as it was asked.

    `sure` is False where nobody has said yet whether it was the same question. `finding` is what was found, where that
    is what is asked again, with the number of its nonconformity, if it raised one, in `nonconformity`.
    """

    audit: str
    subject: str | None
    at: str
    by: str
    result: str
    value: Any
    unit: str | None
    note: str | None
    question: str = ""
    sure: bool = True
    finding: str | None = None
    nonconformity: str | None = None


LOOKED_AT = 12  # latest audits of a checklist; an item that none of these asked has no past


def past_answers(store: Store, lineage: Lineage, audit_id: str, most: int = 3) -> dict[str, list[Past]]:
    """By item, the latest answers in other audits of the checklist, newest first."""
    asking: dict[str, list[tuple[str, bool]]] = {}
    for item in lineage.checklist.items:
        known = lineage.of(item.id)
        for thread in lineage.threads(item.id):
            asking.setdefault(thread, []).append((item.id, True))
        for thread in known["maybe"] if known.get("state") == "asked" else []:
            asking.setdefault(thread, []).append((item.id, False))
    latest = store.find(
        "audits",
        lambda audit: not audit.get("void") and audit["status"] != "cancelled",
        by=("checklist", lineage.checklist.id),
        last=LOOKED_AT + 1,
    )
    audits = {audit.id: audit for audit in latest if audit.id != audit_id}
    earlier = [doc for one in audits for doc in store.find("answers", lambda doc: bool(doc.get("result")), within=one)]
    languages = OtherLanguages(store, lineage.checklist)
    past: dict[str, list[Past]] = {}
    for answer in sorted(earlier, key=lambda doc: str(doc["at"]), reverse=True):
        audit = audits[answer["audit"]]
        for item_id, sure in asking.get(lineage.thread_of(answer), ()):
            found = past.setdefault(item_id, [])
            if len(found) < most:
                found.append(
                    Past(
                        audit=audit["number"],
                        subject=audit.get("subject"),
                        at=answer["at"],
                        by=answer["by"],
                        result=answer["result"],
                        value=languages.value(audit, answer["item"], answer.get("value")),
                        unit=answer.get("unit"),
                        note=answer.get("note"),
                        question=answer["question"],
                        sure=sure,
                    )
                )
    return past
