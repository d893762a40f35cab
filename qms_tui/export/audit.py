"""One audit in each format."""

import json

from qms_tui.export.markdown import audit_markdown
from qms_tui.reports.record import AuditRecord, record_json


def render(record: AuditRecord, name: str, today: str) -> str:
    """The record as `md` or `json`; the JSON is that of `audit show` with trail, checklist text and head."""
    if name == "md":
        return audit_markdown(record)
    n, h = record.head
    data = {
        **record_json(record, today),
        "trail": list(record.trail),
        "checklist_text": record.checklist.text,
        "head": {"n": n, "h": h},
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
