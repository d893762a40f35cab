"""Documents are whole and valid before they are written; what a later version adds survives."""

from typing import Any

import pytest

from qms_tui.records.models import MODELS, InvalidDocument, check

AT = "2026-11-22T10:00:00.000Z"
GOOD: dict[str, dict[str, Any]] = {
    "checklists": {"text": "- [ ] a", "title": "T", "checklist": "t", "name": "t.md"},
    "audits": {
        "title": "T",
        "kind": "check",
        "status": "in_progress",
        "checklist": "t",
        "digest": "a" * 64,
        "lead": "anna",
        "started": AT,
    },
    "answers": {
        "audit": "1",
        "checklist": "t",
        "item": "i",
        "question": "Q?",
        "section": ["S"],
        "progress": "done",
        "result": "conform",
        "value": 4.5,
        "by": "anna",
        "at": AT,
    },
    "findings": {
        "audit": "1",
        "item": "i",
        "grade": "minor",
        "statement": "門沒關",
        "criterion": "ISO 9001 8.5.1",
        "by": "anna",
        "at": AT,
    },
    "nonconformities": {
        "status": "draft",
        "grade": "minor",
        "statement": "s",
        "criterion": "c",
        "cycle": 1,
        "opened": AT,
    },
    "causes": {"nonconformity": "1", "cycle": 1, "text": "門太重", "root": True, "by": "anna", "at": AT},
    "actions": {
        "nonconformity": "1",
        "cycle": 1,
        "kind": "corrective",
        "title": "t",
        "status": "planned",
        "owner": "ben",
        "due": "2026-12-01",
        "moves": [{"old": "2026-11-30", "new": "2026-12-01", "why": "ill", "by": "anna", "at": AT}],
        "priority": "normal",
        "milestones": [{"title": "draft", "due": "2026-11-25"}],
        "by": "anna",
        "at": AT,
    },
    "effectiveness": {"nonconformity": "1", "cycle": 1, "method": "ten calls", "baseline": 9, "target": "2"},
    "lineage": {"checklist": "t", "digest": "a" * 64, "item": "i", "question": "Q?", "thread": "i"},
    "notes": {"of": "2", "nonconformity": "1", "text": "half way", "by": "ben", "at": AT},
}


OPTIONAL = frozenset({"result", "value", "root", "owner", "due", "moves", "milestones", "method", "baseline", "target"})


@pytest.mark.parametrize("table", MODELS)
def test_a_whole_document_passes_and_unknown_fields_survive(table: str) -> None:
    document = {**GOOD[table], "of_a_later_version": {"x": [1]}}
    before = repr(document)
    check(table, document)
    assert repr(document) == before


@pytest.mark.parametrize(("table", "field"), [(t, f) for t, d in GOOD.items() for f in d if f not in OPTIONAL])
def test_every_required_field_is_named_when_it_lacks(table: str, field: str) -> None:
    with pytest.raises(InvalidDocument, match=f"^{table}: {field}: ") as error:
        check(table, {k: v for k, v in GOOD[table].items() if k != field})
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("audits", "status", "finished"),
        ("audits", "digest", "A" * 64),
        ("audits", "digest", "a" * 63),
        ("audits", "title", ""),
        ("audits", "started", "2026-11-22T10:00:00"),
        ("audits", "started", "yesterday"),
        ("audits", "team", "anna"),
        ("audits", "left", [{"item": "i", "missing": "answer", "reason": ""}]),
        ("answers", "result", "ok"),
        ("answers", "progress", "half"),
        ("answers", "verdict", "maybe"),
        ("answers", "value", {"x": 1}),
        ("answers", "question", ""),
        ("answers", "section", "S"),
        ("answers", "evidence", [{"digest": "x", "name": "n", "size": 1, "by": "anna", "at": AT}]),
        ("answers", "evidence", [{"digest": "a" * 64, "name": "n", "size": -1, "by": "anna", "at": AT}]),
        ("findings", "grade", "huge"),
        ("findings", "statement", ""),
        ("findings", "void", {"why": "x"}),
        ("nonconformities", "cycle", 0),
        ("nonconformities", "cycle", "1"),
        ("nonconformities", "status", "open"),
    ],
)
def test_bad_values_are_refused_with_table_and_field(table: str, field: str, value: Any) -> None:
    with pytest.raises(InvalidDocument, match=f"^{table}: {field}"):
        check(table, {**GOOD[table], field: value})


@pytest.mark.parametrize("value", ["text\n[/] 🙂 ‏עברית", 3, 2.5, ["a", "b"]])
def test_values_of_every_kind_of_answer(value: Any) -> None:
    check("answers", {**GOOD["answers"], "value": value})
