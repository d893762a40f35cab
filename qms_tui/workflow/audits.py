"""Finding, resuming and closing audits."""

from collections.abc import Iterable, Mapping
from typing import Any

from qms_tui.checklist.model import Checklist
from qms_tui.i18n import _
from qms_tui.records import gates
from qms_tui.reports.record import AuditRecord
from qms_tui.reports.rows import audit_row, is_open
from qms_tui.reports.score import Figures
from qms_tui.store.base import Actor, Doc, Op, Receipt, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow.about import About
from qms_tui.workflow.clock import now
from qms_tui.workflow.reaudit import plan_reaudit
from qms_tui.workflow.trail import numbers_in, trail_of
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.walk import Walk
from qms_tui.workflow.write import commit, transact


def find_audit(store: Store, number: str) -> Doc:
    """An audit by its number (in any case) or id. Raises Unknown."""
    wanted = number.strip()
    numbered = store.find("audits", by=("number", wanted.upper()))
    found = numbered[0] if numbered else store.get("audits", wanted)
    if found is None:
        raise Unknown(_("{number}: no such audit").format(number=number), _("see: qms-tui audit list"))
    return found


def latest_in_progress(store: Store, actor: Actor) -> Doc:
    """The audit in progress that the actor worked on last, else anybody's. Raises Unknown when there is none."""
    going = {doc.id: doc for doc in going_on(store)}
    if not going:
        raise Unknown(_("no audit is in progress; start one: qms-tui run CHECKLIST"))
    answers = (doc for audit_id in going for doc in store.find("answers", within=audit_id))
    worked = [(doc["by"] == actor.name, str(doc["at"]), str(doc["audit"])) for doc in answers]
    worked += [(doc["lead"] == actor.name, str(doc["started"]), doc.id) for doc in going.values()]
    return going[max(worked)[2]]


def is_worked_on(store: Store, actor: Actor, audit: Doc) -> bool:
    """Whether somebody leads an audit or has answered in it."""
    return audit["lead"] == actor.name or any(doc["by"] == actor.name for doc in store.find("answers", within=audit.id))


def going_on(store: Store) -> list[Doc]:
    """The audits in progress."""
    return store.find("audits", by=("status", "in_progress"))


def pinned_checklist(store: Store, audit: Doc) -> Checklist:
    """The checklist that was pinned when an audit began. Raises Unknown."""
    from qms_tui.checklist.parse import parse

    pinned = store.get("checklists", audit["digest"])
    if pinned is None:
        raise Unknown(_("{number}: its checklist is not in the store").format(number=audit["number"]))
    checklist = parse(pinned["text"].encode(), pinned["name"])
    return checklist._replace(title=audit["title"])  # a file without a heading took it from its own name


def open_walk(store: Store, actor: Actor, audit: Doc) -> Walk:
    """A walk of a recorded audit, on the checklist that was pinned when it began. Raises Unknown."""
    checklist = pinned_checklist(store, audit)
    before = store.get("audits", audit.get("reaudit_of") or "")
    if before is None:
        return Walk(store, actor, checklist, audit, About())
    asked, reaudit = plan_reaudit(store, checklist, before, pinned_checklist(store, before), audit.get("only"))
    return Walk(store, actor, asked, audit, About(), reaudit)


def audit_rows(store: Store, actor: Actor, audits: Iterable[Doc]) -> list[dict[str, Any]]:
    """Rows of audits with their figures: frozen ones of completed audits, derived ones of those in progress."""
    return [
        audit_row(audit, audit.get("figures") or open_walk(store, actor, audit).figures().as_json())
        for audit in audits
        if not audit.get("void")
    ]


def load_record(store: Store, actor: Actor, audit: Doc) -> AuditRecord:
    """The whole of one audit. Figures of a completed one are those it was completed with."""
    walk = open_walk(store, actor, audit)
    trail = trail_of(store, audit.id)
    return AuditRecord(
        audit=audit,
        checklist=walk.checklist,
        entries=walk.all_entries(),
        nonconformities=[{**doc, "id": doc.id} for doc in walk.nonconformities()],
        figures=Figures.frozen(audit.get("figures") or {}) or walk.figures(),
        missing=walk.missing(),
        trail=trail,
        head=store.head(),
        reaudit_of=str(walk.reaudit.audit["number"]) if walk.reaudit else None,
        originals={item: past._asdict() for item, past in walk.reaudit.originals.items()} if walk.reaudit else {},
        numbers=numbers_in(store, trail),
    )


def cancel(store: Store, actor: Actor, audit: Doc, reason: str) -> Receipt:
    """Raises Refused."""
    op = Op("audits", audit.id, gates.cancel(audit, reason), base_rev=audit.rev)
    return commit(store, Tx(uuid7(), actor, [op], reason.strip()))


def _is_left(nonconformity: Mapping[str, Any]) -> bool:
    return is_open(nonconformity) and not nonconformity.get("handed_over")


def close(store: Store, actor: Actor, number: str) -> Receipt:
    """Completed -> closed, when each of its nonconformities is dealt with or handed over. Raises Unknown, Refused."""

    def build() -> Tx:
        audit = find_audit(store, number)
        own = store.find("nonconformities", _is_left, by=("audit", audit.id))
        fields = gates.close(audit, [str(doc["number"]) for doc in own], now())
        return Tx(uuid7(), actor, [Op("audits", audit.id, fields, base_rev=audit.rev)])

    return transact(store, build)
