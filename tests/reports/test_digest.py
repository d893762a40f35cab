"""What each person owes."""

from typing import Any

import pytest

from qms_tui.reports.digest import Digest, digests, verifier_of

TODAY = "2026-11-22"


def nc(n: int = 1, status: str = "in_progress", **fields: Any) -> dict[str, Any]:
    return {
        "number": f"NC-2026-{n:04d}", "status": status, "grade": "minor", "statement": f"s{n}", "criterion": "c",
        "cycle": 1, "opened": "2026-11-01T08:00:00.000Z", **fields,
    }  # fmt: skip


def action(n: int = 1, status: str = "planned", **fields: Any) -> dict[str, Any]:
    return {
        "number": f"AC-2026-{n:04d}", "nonconformity": "n1", "cycle": 1, "kind": "corrective", "title": f"t{n}",
        "status": status, "priority": "normal", **fields,
    }  # fmt: skip


def of(found: list[Digest], name: str) -> dict[str, list[str]]:
    digest = next(d for d in found if d.name == name)
    return {key: [row["number"] for row in rows] for key, rows in digest.as_json().items() if key != "person" and rows}


def test_each_owes_what_is_theirs() -> None:
    actions = [
        action(1, owner="ben", due="2026-11-20", contributors=["Cleo"]),
        action(2, owner="Ben ", due="2026-11-29"),
        action(3, owner="ben", due="2026-11-30"),
        action(4, "done", owner="ben", due="2026-11-01"),
        action(5, "verified", owner="ben", due="2026-11-01"),
        action(6, owner="ben", due="2026-11-01", void={"why": "x"}),
        action(7, "new"),
        action(8, owner="ben", nonconformity="unknown"),
    ]
    effects = [
        {"nonconformity": "n1", "cycle": 1, "check_date": "2026-11-29", "checker": "dora", "indicator": "i"},
        {"nonconformity": "n2", "cycle": 1, "check_date": "2026-11-30", "checker": "dora", "indicator": "i"},
        {"nonconformity": "n3", "cycle": 1, "check_date": "2026-11-20", "checker": "dora", "method": "m"},
        {"nonconformity": "n4", "cycle": 1, "check_date": "2026-11-20", "checker": "dora", "verdict": "effective"},
    ]
    nonconformities = {
        "n1": nc(1, owner="anna", due="2026-11-21"),
        "n2": nc(2, owner="anna", due="2026-11-29"),
        "n3": nc(3, "verification"),
        "n4": nc(4, "closed", owner="anna", due="2026-11-01"),
        "n5": nc(5, "draft", owner="anna"),
    }
    found = digests(nonconformities, actions, effects, TODAY)
    assert [d.name for d in found] == ["anna", "ben", "Cleo", "dora", ""]
    assert of(found, "anna") == {
        "overdue": ["NC-2026-0001"],
        "due_soon": ["NC-2026-0002"],
        "to_verify": ["AC-2026-0004"],
        "others": ["NC-2026-0005"],
    }
    assert of(found, "ben") == {
        "overdue": ["AC-2026-0001"],
        "due_soon": ["AC-2026-0002"],
        "others": ["AC-2026-0003"],
    }
    assert of(found, "Cleo") == {"overdue": ["AC-2026-0001"]}
    assert of(found, "dora") == {"checks": ["NC-2026-0003", "NC-2026-0001"], "others": ["NC-2026-0002"]}
    later = next(d for d in found if d.name == "dora").others[0]
    assert (later["kind"], later["owner"], later["checker"], later["due"]) == ("check", "anna", "dora", "2026-11-30")
    pressing = digests(nonconformities, actions, effects, TODAY, pressing=True)
    assert of(pressing, "dora") == {"checks": ["NC-2026-0003", "NC-2026-0001"]}
    assert of(found, "") == {"others": ["AC-2026-0007", "NC-2026-0003"]}
    assert [d.pressing for d in found] == [True, True, True, True, False]


def test_who_is_owner_and_contributor_owes_an_action_once() -> None:
    found = digests({"n1": nc()}, [action(1, owner="ben", contributors=["Ben", "cleo"])], [], TODAY)
    assert {name: of(found, name) for name in ("ben", "cleo")} == {
        "ben": {"others": ["AC-2026-0001"]},
        "cleo": {"others": ["AC-2026-0001"]},
    }


@pytest.mark.parametrize(
    ("fields", "owner", "checker", "who"),
    [
        ({"owner": "ben", "verifier": "emil"}, "anna", "dora", "emil"),
        ({"owner": "ben"}, "anna", "dora", "anna"),
        ({"owner": "anna"}, "Anna", "dora", "dora"),
        ({"owner": "ben", "contributors": ["anna"]}, "anna", None, ""),
        ({"owner": "ben"}, None, None, ""),
    ],
)
def test_who_is_to_verify(fields: dict[str, Any], owner: str | None, checker: str | None, who: str) -> None:
    assert verifier_of(action(**fields), nc(owner=owner), checker) == who
