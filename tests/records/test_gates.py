"""Transitions of an audit: what they set, and what bars them."""

import shlex
from typing import Any, get_args

import pytest

from qms_tui.records.gates import Missing, Refused, cancel, close, complete, missing_of, reopen, require_walkable
from qms_tui.records.words import AuditStatus, status_label

AT = "2026-11-22T10:00:00.000Z"
LACK = Missing("i", "Q?", "answer")


def audit(status: str = "in_progress", **fields: Any) -> dict[str, Any]:
    return {"number": "A-2026-0001", "status": status, **fields}


def test_completing_needs_nothing_more_when_nothing_is_missing() -> None:
    assert complete(audit(), [], "", AT) == {"status": "completed", "completed": AT, "left": None}


def test_what_is_missing_is_left_with_its_reason() -> None:
    evidence = Missing("j", "R?", "evidence")
    fields = complete(audit(), [LACK, evidence], "  no time ", AT)
    assert fields["left"] == [
        {"item": "i", "missing": "answer", "reason": "no time"},
        {"item": "j", "missing": "evidence", "reason": "no time"},
    ]


@pytest.mark.parametrize(("count", "said"), [(1, "1 thing is missing"), (3, "3 things are missing")])
def test_missing_without_a_reason_is_refused(count: int, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        complete(audit(), [LACK] * count, " \n", AT)
    assert refused.value.gate == "missing"


def test_reopening_forgets_the_completion() -> None:
    assert reopen(audit("completed"), "a door was overlooked") == {
        "status": "in_progress",
        "completed": None,
        "left": None,
        "figures": None,
    }


@pytest.mark.parametrize("status", ["draft", "planned", "in_progress"])
def test_cancelling_keeps_the_reason(status: str) -> None:
    assert cancel(audit(status), " flood ") == {"status": "cancelled", "cancelled_because": "flood"}


@pytest.mark.parametrize("status", get_args(AuditStatus))
def test_each_gate_bars_the_other_states_and_names_itself(status: str) -> None:
    gates = {
        "frozen": ({"in_progress"}, lambda: complete(audit(status), [], "", AT)),
        "reopen": ({"completed"}, lambda: reopen(audit(status), "why")),
        "cancel": ({"draft", "planned", "in_progress"}, lambda: cancel(audit(status), "why")),
    }
    for gate, (allowed, act) in gates.items():
        if status in allowed:
            act()
            continue
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.gate == gate
        message = str(refused.value)
        assert "A-2026-0001" in message and status_label(status) in message and "\n" not in message


@pytest.mark.parametrize("act", [lambda: reopen(audit("completed"), " "), lambda: cancel(audit(), "\t")])
def test_a_reason_of_blanks_is_none(act: Any) -> None:
    with pytest.raises(Refused, match="--why") as refused:
        act()
    assert refused.value.gate == "reason"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("completed", "qms-tui audit reopen A-2026-0001 --why"),
        ("closed", "qms-tui run --only-flagged A-2026-0001"),
        ("cancelled", "qms-tui run shop.md"),
        ("draft", "only while it is in progress"),
    ],
)
def test_what_to_do_is_what_that_state_allows(status: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        require_walkable(audit(status, checklist="shop", source="shop.md"))


def test_a_path_in_a_command_to_paste_is_one_word() -> None:
    with pytest.raises(Refused) as refused:
        require_walkable(audit("cancelled", checklist="shop", source="hall 2/shop; floor.md"))
    command = str(refused.value).rpartition(": ")[2]
    assert shlex.split(command) == ["qms-tui", "run", "hall 2/shop; floor.md"]


def test_a_void_audit_is_frozen() -> None:
    require_walkable(audit())
    with pytest.raises(Refused):
        require_walkable(audit(void={"why": "double", "by": "anna", "at": AT}))


@pytest.mark.parametrize(
    ("rule", "answer", "missing"),
    [
        ("optional", None, ["answer"]),
        ("optional", {}, ["answer"]),
        ("required", {"note": "looked"}, ["answer"]),
        ("optional", {"result": "nonconform"}, []),
        ("required", {"result": "conform"}, ["evidence"]),
        ("required", {"result": "conform", "evidence": []}, ["evidence"]),
        ("required", {"result": "conform", "evidence": [{}]}, []),
        ("required", {"result": "corrected_on_spot"}, ["evidence"]),
        ("required", {"result": "not_applicable"}, []),
        ("if fail", {"result": "conform"}, []),
        ("if fail", {"result": "nonconform"}, ["evidence"]),
        ("if fail", {"result": "partial"}, ["evidence"]),
        ("if fail", {"result": "partial", "evidence": [{}]}, []),
        ("required", {"result": "not_assessed"}, ["reason"]),
        ("required", {"result": "not_assessed", "note": "locked"}, []),
    ],
)
def test_what_an_item_lacks(rule: str, answer: dict[str, Any] | None, missing: list[str]) -> None:
    lacking = missing_of("i", "Q?", rule, answer)
    assert [lack.what for lack in lacking] == missing
    assert all(lack.words for lack in lacking)


def test_closing_waits_for_every_nonconformity() -> None:
    assert close(audit("completed"), [], AT) == {"status": "closed", "closed": AT}
    with pytest.raises(Refused, match="NC-1, NC-2") as refused:
        close(audit("completed"), ["NC-1", "NC-2"], AT)
    assert refused.value.gate == "nonconformities"


@pytest.mark.parametrize("status", [status for status in get_args(AuditStatus) if status != "completed"])
def test_only_a_completed_audit_is_closed(status: str) -> None:
    with pytest.raises(Refused, match=status_label(status)) as refused:
        close(audit(status), [], AT)
    assert refused.value.gate == "status"
