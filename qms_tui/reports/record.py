"""One audit as a whole: what exports, `audit show` and the summary screen are made from."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist, Item
from qms_tui.records.gates import Missing
from qms_tui.reports.rows import audit_row, nonconformity_row
from qms_tui.reports.score import Figures, figures
from qms_tui.reports.trail import reopenings

Document = Mapping[str, Any]


class Entry(NamedTuple):
    """An item of a walk with what was recorded for it. `asked` is False where its condition no longer holds."""

    item: Item
    answer: Document | None = None
    finding: Document | None = None
    adhoc: bool = False
    asked: bool = True

    @property
    def result(self) -> str | None:
        return self.answer.get("result") if self.answer else None

    @property
    def entered(self) -> bool:
        """Whether anything was recorded for it: an answer, a note, evidence, or the item itself."""
        answer = self.answer or {}
        return self.adhoc or any(answer.get(field) for field in ("result", "note", "evidence"))


def entry_figures(entries: Iterable[Entry]) -> Figures:
    """The figures of the entries that are asked."""
    return figures((entry.item, entry.answer) for entry in entries if entry.asked)


class AuditRecord(NamedTuple):
    """`head` is the number and hash of the store's last transaction when the record was read.

    In a re-audit `reaudit_of` is the number of the audit whose flagged items it asks again, `originals` the answers
    given there, by item: `audit result value unit note by at`. `numbers` maps ids of what the trail tells of to the
    numbers that they go by.
    """

    audit: Document
    checklist: Checklist
    entries: Sequence[Entry]
    nonconformities: Sequence[Document]
    figures: Figures
    missing: Sequence[Missing]
    trail: Sequence[Document]
    head: tuple[int, str]
    reaudit_of: str | None = None
    originals: Mapping[str, Document] = MappingProxyType({})
    numbers: Mapping[str, str] = MappingProxyType({})


def answer_row(entry: Entry, original: Document | None = None) -> dict[str, Any]:
    """An answer as `audit show --json` gives it; in a re-audit with the original one."""
    answer = entry.answer or {}
    return {
        "item": entry.item.id,
        "question": entry.item.question,
        "section": list(entry.item.section),
        "result": answer.get("result"),
        "value": answer.get("value"),
        "unit": answer.get("unit"),
        "verdict": answer.get("verdict"),
        "note": answer.get("note"),
        "evidence": answer.get("evidence") or [],
        "adhoc": entry.adhoc,
        "asked": entry.asked,
        "by": answer.get("by"),
        "at": answer.get("at"),
        **({} if original is None else {"original": dict(original)}),
    }


def finding_row(entry: Entry, numbers: Mapping[str, str]) -> dict[str, Any]:
    """A finding; `nonconformity` is the number of the one it raised, or null. `numbers` maps ids to numbers."""
    finding = entry.finding or {}
    return {
        "item": entry.item.id,
        "grade": finding.get("grade"),
        "statement": finding.get("statement"),
        "criterion": finding.get("criterion"),
        "nonconformity": numbers.get(finding.get("nonconformity") or ""),
        "by": finding.get("by"),
        "at": finding.get("at"),
    }


def record_json(record: AuditRecord, today: str) -> dict[str, Any]:
    """The audit with its answers, findings and nonconformities, as `audit show --json` gives it."""
    audit = record.audit
    raised = {str(nc["id"]): str(nc["number"]) for nc in record.nonconformities}
    return {
        **audit_row(audit, record.figures.as_json()),
        "site": audit.get("site"),
        "team": audit.get("team") or [],
        "digest": audit["digest"],
        "reaudit_of": record.reaudit_of,
        "summary": audit.get("summary"),
        "reopened": reopenings(record.trail),
        "cancelled_because": audit.get("cancelled_because"),
        "left": audit.get("left") or [],
        "missing": [{"item": m.item, "missing": m.what} for m in record.missing],
        "formula": record.figures.formula,
        "answers": [answer_row(e, record.originals.get(e.item.id)) for e in record.entries if e.entered],
        "findings": [finding_row(e, raised) for e in record.entries if e.finding],
        "nonconformities": [nonconformity_row(nc, str(audit["number"]), today) for nc in record.nonconformities],
    }
