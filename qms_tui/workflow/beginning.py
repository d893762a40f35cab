"""The operations that begin an audit."""

from typing import Any

from qms_tui.checklist.model import Checklist
from qms_tui.store.base import Actor, Op
from qms_tui.workflow.about import About
from qms_tui.workflow.answering import merged
from qms_tui.workflow.clock import now
from qms_tui.workflow.lineage import Lineage
from qms_tui.workflow.reaudit import Reaudit


def start_ops(
    audit_id: str,
    checklist: Checklist,
    about: About,
    lead: Actor,
    lineage: Lineage,
    *,
    source: str | None = None,
    reaudit: Reaudit | None = None,
) -> list[Op]:
    """Its checklist pinned, what its questions continue, its number asked for (last).

    `source` is the file that the checklist was read from, where it is a person's own.
    """
    pinned = {
        "text": checklist.text,
        "title": checklist.title,
        "checklist": checklist.id,
        "name": checklist.id + ".md",
    }
    audit: dict[str, Any] = {
        "title": checklist.title,
        "kind": checklist.kind,
        "status": "in_progress",
        "checklist": checklist.id,
        "digest": checklist.digest,
        "source": source,
        "subject": about.subject or None,
        "site": about.site or None,
        "team": list(about.team) or None,
        "lead": lead.name,
        "started": now(),
    }
    if reaudit is not None:
        audit |= {"reaudit_of": reaudit.audit.id, "only": list(reaudit.only)}
    return [
        Op("checklists", checklist.digest, pinned),
        *lineage.begin_ops(),
        Op("audits", audit_id, merged(None, audit), base_rev=0, number="A"),
    ]
