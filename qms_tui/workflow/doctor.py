"""The self-check of a store's records."""

from qms_tui.records.dates import is_overdue
from qms_tui.records.words import ACTION_ENDED
from qms_tui.reports.doctor import Finding, Records, examine
from qms_tui.reports.rows import is_open
from qms_tui.store.base import Doc, EvidenceError, Fields, Query, Store
from qms_tui.workflow.cases import ACTIONS, CAUSES, EFFECTS, NONCONFORMITIES
from qms_tui.workflow.clock import today


def self_check(store: Store) -> list[Finding]:
    """All findings of `reports.doctor`."""

    day = today()
    audits = _by_id(store, "audits", _stands)
    nonconformities = _by_id(store, NONCONFORMITIES, _stands)
    closed = {id_ for id_, doc in nonconformities.items() if doc["status"] == "closed"}
    going = {id_ for id_, doc in nonconformities.items() if is_open(doc)}

    def is_looked_at(action: Fields) -> bool:
        """Done, or open and nobody's, or open of what is not."""
        status = action["status"]
        astray = not action.get("owner") or action["nonconformity"] not in going
        return (status == "done" or (astray and status not in ACTION_ENDED)) and _stands(action)

    def proves_or_is_late(effect: Fields) -> bool:
        return effect["nonconformity"] in closed or is_overdue(effect.get("check_date"), day)

    missing, altered = _evidence_lost(store, audits)
    return examine(
        Records(
            today=day,
            nonconformities=nonconformities,
            causes=_root_causes(store),
            actions=_by_id(store, ACTIONS, is_looked_at),
            effects=_by_id(store, EFFECTS, proves_or_is_late),
            audits=audits,
            evidence=missing,
            altered=altered,
        )
    )


def _stands(doc: Fields) -> bool:
    return not doc.get("void")


def _by_id(store: Store, table: str, keep: Query) -> dict[str, Doc]:
    return {doc.id: doc for doc in store.scan(table, keep)}


def _root_causes(store: Store) -> list[Fields]:
    """Their fields alone, as they are looked at: thousands of documents would cost as much again."""
    found: list[Fields] = []

    def take(cause: Fields) -> bool:
        if cause.get("root") and not cause.get("void"):
            found.append(cause)
        return False

    store.scan(CAUSES, take)
    return found


def _evidence_lost(store: Store, audits: dict[str, Doc]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The number of the audit and the name of each kept file: those not there, and those not as they were kept."""
    missing: list[tuple[str, str]] = []
    altered: list[tuple[str, str]] = []
    for answer in store.scan("answers", lambda doc: bool(doc.get("evidence")) and not doc.get("void")):
        audit = audits.get(answer["audit"])
        if audit is None:
            continue
        for kept in answer["evidence"]:
            named = str(audit["number"]), str(kept["name"])
            try:
                if store.get_evidence(kept["digest"]) is None:
                    missing.append(named)
            except EvidenceError:
                altered.append(named)
    return missing, altered
