"""The self-check of a store's records."""

from collections.abc import Iterator

from qms_tui.records.dates import is_overdue
from qms_tui.records.words import ACTION_ENDED
from qms_tui.reports.doctor import Finding, Records, examine
from qms_tui.reports.rows import is_open
from qms_tui.store.base import Doc, Fields, Query, Store
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

    return examine(
        Records(
            today=day,
            nonconformities=nonconformities,
            causes=_root_causes(store),
            actions=_by_id(store, ACTIONS, is_looked_at),
            effects=_by_id(store, EFFECTS, proves_or_is_late),
            audits=audits,
            evidence=_missing(store, audits),
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


def _missing(store: Store, audits: dict[str, Doc]) -> Iterator[tuple[str, str]]:
    """The number of the audit and the name of each kept file that the store no longer has."""
    for answer in store.scan("answers", lambda doc: bool(doc.get("evidence")) and not doc.get("void")):
        audit = audits.get(answer["audit"])
        for kept in answer["evidence"]:
            if audit is not None and store.get_evidence(kept["digest"]) is None:
                yield str(audit["number"]), str(kept["name"])
