"""A re-audit: only the flagged items of an earlier audit are asked again, the original answer beside the new one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from qms_tui.checklist.model import Checklist, Item
from qms_tui.i18n import _
from qms_tui.records.words import FAILING, RAISING
from qms_tui.store.base import Doc, Store
from qms_tui.workflow.past import Past
from qms_tui.workflow.unknown import Unknown


class Reaudit(NamedTuple):
    """`audit` is the earlier audit, `only` the ids of the items that are asked again, `originals` what was answered.

    `whole` is the checklist with all its items: what its questions continue is decided for all at once.
    """

    whole: Checklist
    audit: Doc
    only: tuple[str, ...]
    originals: Mapping[str, Past]


def _is_live(doc: Mapping[str, Any]) -> bool:
    return not doc.get("void")


def flagged(store: Store, audit: Doc) -> list[Doc]:
    """The answers of an audit that failed, or that a major or minor finding stands on, in the order of their entry."""
    graded = {doc["item"] for doc in store.find("findings", _is_live, within=audit.id) if doc["grade"] in RAISING}
    answers = store.find("answers", _is_live, within=audit.id)
    return [doc for doc in answers if doc.get("result") in FAILING or doc["item"] in graded]


def plan_reaudit(
    store: Store, checklist: Checklist, audit: Doc, pinned: Checklist, only: Sequence[str] | None = None
) -> tuple[Checklist, Reaudit]:
    """The checklist cut down to what was flagged in `audit`, whose own checklist was `pinned`.

    An item is found in a newer version by id or wording; one that has no counterpart there, or was added during that
    audit, is asked as it was asked then. `only` are the ids that a re-audit asks that was begun before. Raises Unknown
    when nothing was flagged.
    """
    answers = flagged(store, audit)
    if not answers and only is None:
        raise Unknown(_("{number}: nothing was flagged there").format(number=audit["number"]))
    new_ids: dict[str, str] = {}
    if pinned.digest != checklist.digest:
        from qms_tui.checklist.matching import match  # an edited checklist alone pays for its word lists

        pairs = match(pinned.items, checklist.items, same_language=pinned.language == checklist.language)
        new_ids = {pinned.items[pair.old].id: checklist.items[pair.new].id for pair in pairs}
    findings = {doc["item"]: doc for doc in store.find("findings", _is_live, within=audit.id)}
    originals = {
        new_ids.get(doc["item"], doc["item"]): _past(store, audit, doc, findings.get(doc["item"])) for doc in answers
    }
    asked = tuple(originals if only is None else only)
    return restricted(checklist, asked, answers, pinned), Reaudit(checklist, audit, asked, originals)


def restricted(checklist: Checklist, only: Iterable[str], answers: Sequence[Doc], pinned: Checklist) -> Checklist:
    """The checklist with these items, those that decide whether they are asked, and those that it does not have."""
    wanted = set(only)
    known = {item.id: item for item in checklist.items}
    waiting = [known[id_] for id_ in wanted if id_ in known]
    while waiting:
        for condition in waiting.pop().conditions:
            if condition.item in known and condition.item not in wanted:
                wanted.add(condition.item)
                waiting.append(known[condition.item])
    lost = [_as_it_was(doc, pinned) for doc in answers if doc["item"] in wanted and doc["item"] not in known]
    return checklist._replace(items=(*(item for item in checklist.items if item.id in wanted), *lost))


def _as_it_was(answer: Doc, pinned: Checklist) -> Item:
    item = pinned.item(answer["item"])
    if item is not None:
        return item._replace(conditions=())
    return Item(id=answer["item"], question=answer["question"], section=tuple(answer["section"]), line=0)


def _past(store: Store, audit: Doc, answer: Mapping[str, Any], finding: Mapping[str, Any] | None) -> Past:
    raised = store.get("nonconformities", str(finding.get("nonconformity"))) if finding else None
    return Past(
        audit=audit["number"],
        subject=audit.get("subject"),
        at=answer["at"],
        by=answer["by"],
        result=str(answer.get("result")),
        value=answer.get("value"),
        unit=answer.get("unit"),
        note=answer.get("note"),
        finding=finding["statement"] if finding else None,
        nonconformity=raised["number"] if raised and not raised.get("void") else None,
    )
