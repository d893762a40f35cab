"""The self-check finds each thing, says what to do, and is silent about sound records."""

from typing import Any

import pytest

from qms_tui.reports.doctor import Records, examine

TODAY = "2026-11-22"


def nc(number: str = "NC-1", status: str = "in_progress", **fields: Any) -> dict[str, Any]:
    opened = fields.pop("opened", "2026-11-20T08:00:00.000Z")
    return {"number": number, "status": status, "cycle": 1, "opened": opened, **fields}


def cause(of: str, text: str = "Nobody owns the form", **fields: Any) -> dict[str, Any]:
    return {"nonconformity": of, "text": text, "root": True, **fields}


EFFECTIVE = {"n/1": {"nonconformity": "n", "cycle": 1, "verdict": "effective", "value": 1}}


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ({"nonconformities": {"n": nc(status="closed")}, "effects": EFFECTIVE}, []),
        ({"nonconformities": {"n": nc(status="closed")}}, [("closed_without_effect", ["NC-1"])]),
        (
            {"nonconformities": {"n": nc(status="closed", cycle=2)}, "effects": EFFECTIVE},
            [("closed_without_effect", ["NC-1"])],
        ),
        (
            {
                "nonconformities": {"n": nc()},
                "actions": {
                    "a": {"number": "AC-1", "nonconformity": "n",
                          "owner": "b", "status": "done", "done_at": "2026-11-07T08:00:00Z"},
                    "b": {"number": "AC-2", "nonconformity": "n",
                          "owner": "b", "status": "done", "done_at": "2026-11-08T08:00:00Z"},
                },
            },
            [("overdue_verification", ["AC-1"])],
        ),
        (
            {
                "nonconformities": {"n": nc(), "m": nc("NC-2", "analysis")},
                "effects": {
                    "n/1": {"nonconformity": "n", "cycle": 1, "check_date": "2026-11-21", "checker": "dora"},
                    "m/1": {"nonconformity": "m", "cycle": 1, "check_date": "2026-11-21"},
                },
            },
            [("overdue_check", ["NC-1"])],
        ),
        (
            {
                "nonconformities": {"n": nc(), "m": nc("NC-2"), "o": nc("NC-3"), "p": nc("NC-4", "cancelled")},
                "causes": {"1": cause("n"), "2": cause("m", "The form: nobody owns it"), "3": cause("o", "Rain"),
                           "4": cause("p")},
            },
            [("same_cause", ["NC-1", "NC-2"])],
        ),
        (
            {
                "nonconformities": {"n": nc(), "m": nc("NC-2", repeat_of="NC-1")},
                "causes": {"1": cause("n"), "2": cause("m")},
            },
            [],
        ),
        (
            {
                "nonconformities": {"n": nc(), "m": nc("NC-2", owner="anna", opened="2025-11-01T08:00:00Z")},
                "causes": {"1": cause("n"), "2": cause("m")},
            },
            [],
        ),
        (
            {"nonconformities": {"n": nc(repeat_of="NC-2"), "m": nc("NC-2", repeat_of="NC-1")}},
            [("broken_repeat", ["NC-1"]), ("broken_repeat", ["NC-2"])],
        ),
        ({"nonconformities": {"n": nc(repeat_of="NC-9")}}, [("broken_repeat", ["NC-1"])]),
        ({"nonconformities": {"n": nc(repeat_of="NC-2"), "m": nc("NC-2")}}, []),
        ({"nonconformities": {"n": nc(opened="2026-11-01T08:00:00Z")}}, [("unowned", ["NC-1"])]),
        ({"nonconformities": {"n": nc(opened="2026-11-01T08:00:00Z", owner="anna")}}, []),
        (
            {
                "nonconformities": {"n": nc(status="cancelled")},
                "actions": {
                    "a": {"number": "AC-1", "nonconformity": "n", "status": "planned"},
                    "b": {"number": "AC-2", "nonconformity": "gone", "status": "new"},
                    "c": {"number": "AC-3", "nonconformity": "n", "status": "cancelled"},
                },
            },
            [("stray_action", ["AC-1", "NC-1"]), ("stray_action", ["AC-2"])],
        ),
        (
            {
                "nonconformities": {"n": nc(owner="anna"), "m": nc("NC-2", "closed", cycle=1)},
                "effects": {"m/1": {"nonconformity": "m", "cycle": 1, "verdict": "effective", "value": 1}},
                "actions": {
                    "a": {"number": "AC-1", "nonconformity": "n", "status": "new", "at": "2026-11-07T08:00:00Z"},
                    "b": {"number": "AC-2", "nonconformity": "n", "status": "new", "at": "2026-11-08T08:00:00Z"},
                    "c": {"number": "AC-3", "nonconformity": "n", "status": "new", "at": "2026-11-20T08:00:00Z",
                          "due": "2026-11-21"},
                    "d": {"number": "AC-4", "nonconformity": "n", "status": "planned", "at": "2026-11-01T08:00:00Z",
                          "owner": "ben"},
                    "e": {"number": "AC-5", "nonconformity": "n", "status": "cancelled", "at": "2026-11-01T08:00:00Z"},
                    "f": {"number": "AC-6", "nonconformity": "m", "status": "new", "at": "2026-11-01T08:00:00Z"},
                },
            },
            [("unowned_action", ["AC-1", "NC-1"]), ("unowned_action", ["AC-3", "NC-1"]),
             ("stray_action", ["AC-6", "NC-2"])],
        ),
        (
            {
                "nonconformities": {"n": nc(audit="a"), "m": nc("NC-2", audit="a", handed_over={"to": "IT"}),
                                    "o": nc("NC-3", audit="b")},
                "audits": {"a": {"number": "A-1", "status": "closed"}, "b": {"number": "A-2", "status": "completed"}},
            },
            [("closed_audit", ["A-1", "NC-1"])],
        ),
        ({"nonconformities": {}, "evidence": [("A-1", "photo.jpg")]}, [("evidence_missing", ["A-1"])]),
        ({"nonconformities": {}, "altered": [("A-1", "photo.jpg")]}, [("evidence_altered", ["A-1"])]),
    ],
)  # fmt: skip
def test_each_finding(records: dict[str, Any], found: list[tuple[str, list[str]]]) -> None:
    causes = records.pop("causes", {}).values()
    findings = examine(Records(TODAY, causes=causes, **records))
    assert [(finding.code, finding.records) for finding in findings] == found
    for finding in findings:
        assert finding.message and finding.help and set(finding.as_json()) == {"code", "records", "message", "help"}
