"""Cases in short form, at every state of the way."""

from typing import Any

from qms_tui.records.case import Case

TODAY = "2026-11-22"
AT = "2026-11-22T10:00:00.000Z"

PLAN = {
    "indicator": "jobs closed unconfirmed",
    "baseline": 9,
    "target": 2,
    "unit": "per week",
    "check_date": "2026-11-22",
    "checker": "dora",
}


def nc(status: str = "draft", **fields: Any) -> dict[str, Any]:
    return {"number": "NC-2026-0001", "status": status, "cycle": 1, "statement": "Jobs closed unconfirmed", **fields}


def why(text: str = "because", parent: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"cycle": 1, "text": text, "parent": parent, "evidence": "seen", "by": "anna", "at": AT, **fields}


def action(status: str = "planned", **fields: Any) -> dict[str, Any]:
    return {
        "number": "AC-2026-0001",
        "cycle": 1,
        "kind": "corrective",
        "title": "Make confirmation a required field",
        "status": status,
        "owner": "ben",
        "due": "2026-12-01",
        "priority": "normal",
        **fields,
    }


def case(status: str = "draft", **parts: Any) -> Case:
    """A case with a root cause, one action and a plan; what is given stands in place of these."""
    return Case(
        nonconformity=nc(status, **parts.pop("nc", {})),
        causes=parts.pop("causes", {"w1": why(root=True)}),
        actions=parts.pop("actions", {"a1": action()}),
        effects=parts.pop("effects", {1: PLAN}),
        **parts,
    )
