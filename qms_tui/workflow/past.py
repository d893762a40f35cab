"""What was answered the last times an item was asked."""

from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.store.base import Store
from qms_tui.workflow.other_language import OtherLanguages


class Past(NamedTuple):
    """An earlier answer to the same item of the same checklist. `at` is UTC, ISO 8601."""

    audit: str
    subject: str | None
    at: str
    by: str
    result: str
    value: Any
    unit: str | None
    note: str | None


LOOKED_AT = 12  # latest audits of a checklist; an item that none of these asked has no past


def past_answers(store: Store, checklist: Checklist, audit_id: str, most: int = 3) -> dict[str, list[Past]]:
    """By item, the latest answers in other audits of the checklist, newest first."""
    latest = store.find(
        "audits",
        lambda audit: not audit.get("void") and audit["status"] != "cancelled",
        by=("checklist", checklist.id),
        last=LOOKED_AT + 1,
    )
    audits = {audit.id: audit for audit in latest if audit.id != audit_id}
    earlier = [doc for one in audits for doc in store.find("answers", lambda doc: bool(doc.get("result")), within=one)]
    languages = OtherLanguages(store, checklist)
    past: dict[str, list[Past]] = {}
    for answer in sorted(earlier, key=lambda doc: str(doc["at"]), reverse=True):
        audit = audits[answer["audit"]]
        known = past.setdefault(answer["item"], [])
        if len(known) < most:
            known.append(
                Past(
                    audit=audit["number"],
                    subject=audit.get("subject"),
                    at=answer["at"],
                    by=answer["by"],
                    result=answer["result"],
                    value=languages.value(audit, answer["item"], answer.get("value")),
                    unit=answer.get("unit"),
                    note=answer.get("note"),
                )
            )
    return past
