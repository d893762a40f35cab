"""What was answered the last times an item was asked."""

from typing import Any, NamedTuple

from qms_tui.store.base import Store


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


def past_answers(store: Store, checklist_id: str, audit_id: str, most: int = 3) -> dict[str, list[Past]]:
    """By item, the latest answers in other audits of the checklist, newest first."""
    audits = {audit.id: audit for audit in store.find("audits") if not audit.get("void")}
    earlier = store.find(
        "answers",
        lambda doc: doc.get("checklist") == checklist_id and doc.get("audit") != audit_id and bool(doc.get("result")),
    )
    past: dict[str, list[Past]] = {}
    for answer in sorted(earlier, key=lambda doc: str(doc["at"]), reverse=True):
        audit = audits.get(answer["audit"])
        known = past.setdefault(answer["item"], [])
        if audit is not None and audit["status"] != "cancelled" and len(known) < most:
            known.append(
                Past(
                    audit=audit["number"],
                    subject=audit.get("subject"),
                    at=answer["at"],
                    by=answer["by"],
                    result=answer["result"],
                    value=answer.get("value"),
                    unit=answer.get("unit"),
                    note=answer.get("note"),
                )
            )
    return past
