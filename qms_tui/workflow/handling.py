"""What is done with a nonconformity: raised, described, moved on, linked, handed over, cancelled, reopened.

Every use case takes a store, an actor and a number, and raises Unknown, Refused (the gate that bars it) and what
Store.commit raises; then nothing has changed. `seen` is the document as the person saw it: when a field that is about
to be set was changed since, Conflict carries both values. None does not ask.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from qms_tui.i18n import _
from qms_tui.records import nonconformity as gates
from qms_tui.records.case import Case
from qms_tui.records.gates import Barred
from qms_tui.records.words import ENDED, status_label
from qms_tui.store.base import Actor, Doc, Op, Receipt, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow import cases
from qms_tui.workflow.audits import find_audit, pinned_checklist
from qms_tui.workflow.clock import now, today
from qms_tui.workflow.lineage import Lineage
from qms_tui.workflow.repeats import repeat_in_walk, repeat_of
from qms_tui.workflow.unknown import Unknown
from qms_tui.workflow.write import transact

Seen = Mapping[str, Any] | None


def raise_nonconformity(
    store: Store,
    actor: Actor,
    statement: str,
    criterion: str,
    grade: str = "minor",
    *,
    audit: str | None = None,
    item: str | None = None,
    owner: str | None = None,
    due: str | None = None,
) -> tuple[str, Receipt]:
    """Raise one outside of a walk, or by hand for an audit; its number and receipt. `due` is an ISO date.

    A repeat within twelve months is linked by itself. Raises Unknown when the audit did not ask the item.
    """
    new = gates.new(statement, criterion, grade, owner, due, now(), today())
    run = find_audit(store, audit) if audit else None
    if run is not None and run["status"] in ENDED:
        raise Barred("status", _("{number} is {status}; raise it without --audit").format(
            number=run["number"], status=status_label(run["status"])))  # fmt: skip
    lineage = _lineage_at(store, run, item) if run is not None and item else None
    at_item = {"audit": run.id, "checklist": run["checklist"]} if run is not None else {}
    fields = {**new, **at_item, "item": item}
    id_ = uuid7()

    def build() -> Tx:
        earlier = repeat_of(store, fields) if lineage is None else repeat_in_walk(store, lineage, fields)
        whole = {**fields, "repeat_of": earlier}
        raised = {field: value for field, value in whole.items() if value is not None}
        return Tx(uuid7(), actor, [Op(cases.NONCONFORMITIES, id_, raised, 0, number="NC")])

    receipt = transact(store, build)
    return receipt.numbers[id_], receipt


def _lineage_at(store: Store, audit: Doc, item: str) -> Lineage:
    """Which questions the items of an audit continue. Raises Unknown when it did not ask the item."""
    checklist = pinned_checklist(store, audit)
    ids = [each.id for each in checklist.items]
    if item not in ids and store.get("answers", f"{audit.id}/{item}") is None:
        near = get_close_matches(item, ids, n=1)
        hint = _("did you mean '{near}'?").format(near=near[0]) if near else _("see: qms-tui checklist show")
        raise Unknown(_("{audit}: no item {item}; {hint}").format(audit=audit["number"], item=item, hint=hint))
    return Lineage(store, checklist, begun=True)


def edit(
    store: Store, actor: Actor, number: str, given: Mapping[str, Any], why: str = "", seen: Seen = None
) -> Receipt:
    """Set owner, due, grade, statement, or a section of `gates.SECTIONS`; None leaves a field."""

    def build(case: Case) -> Sequence[Op]:
        wanted = {field: value for field, value in given.items() if value is not None}
        cases.require_seen(store, cases.NONCONFORMITIES, case.nonconformity, seen, wanted)
        return [cases.op(case.nonconformity, gates.edit(case, wanted, why, actor.name, now(), today()))]

    return cases.change(store, actor, number, build, why)


def advance(store: Store, actor: Actor, number: str, seen: Seen = None) -> tuple[str, Receipt]:
    """Move to the next state, if its gate is open; the state reached."""
    reached = ""

    def build(case: Case) -> Sequence[Op]:
        nonlocal reached
        require_same_state(store, case, seen)
        fields = gates.advance(case)
        reached = fields["status"]
        return [cases.op(case.nonconformity, fields)]

    receipt = cases.change(store, actor, number, build)
    return reached, receipt


def unplanned(store: Store, number: str) -> str:
    """What actions of one that is in progress lack to be planned; empty in other states, where it is nobody's news."""
    case = cases.case_of(store, number)
    return gates.unplanned(case) if case.status == "in_progress" else ""


def cancel(store: Store, actor: Actor, number: str, reason: str, seen: Seen = None) -> Receipt:
    """It is not pursued any more, with a reason; its gate says what must have ended before."""

    def build(case: Case) -> Sequence[Op]:
        require_same_state(store, case, seen)
        return [cases.op(case.nonconformity, gates.cancel(case, reason, now()))]

    return cases.change(store, actor, number, build, reason)


def reopen(store: Store, actor: Actor, number: str, reason: str, seen: Seen = None) -> tuple[str, Receipt]:
    """Open a cancelled one again; gives the state that it had, and has again."""
    before = ""

    def build(case: Case) -> Sequence[Op]:
        nonlocal before
        require_same_state(store, case, seen)
        before = _state_before_cancelling(store, case)
        return [cases.op(case.nonconformity, gates.reopen(case, before, reason))]

    receipt = cases.change(store, actor, number, build, reason)
    return before, receipt


def _state_before_cancelling(store: Store, case: Case) -> str:
    """The state that its trail tells; its present one where it is not cancelled. Raises Barred where none tells it."""
    doc = cases.stored(case.nonconformity)
    moves = [
        str(change.old)
        for record in store.records(doc.revs)
        for change in record.changes
        if (change.id, change.field, change.new) == (doc.id, "status", "cancelled") and change.old is not None
    ]
    if not moves and case.status == "cancelled":
        raise Barred("status", _("{number}: its trail does not tell the state that it had").format(number=case.number))
    return moves[-1] if moves else case.status


def hand_over(store: Store, actor: Actor, number: str, to: str, reason: str, seen: Seen = None) -> Receipt:
    """Somebody outside this audit carries it on."""

    def build(case: Case) -> Sequence[Op]:
        fields = gates.hand_over(case, to, reason, actor.name, now())
        cases.require_seen(store, cases.NONCONFORMITIES, case.nonconformity, seen, fields)
        return [cases.op(case.nonconformity, fields)]

    return cases.change(store, actor, number, build, reason)


def mark_repeat(store: Store, actor: Actor, number: str, of: str, seen: Seen = None) -> Receipt:
    """Mark it as a repeat of another one; a circle is refused."""
    earlier = cases.find_nonconformity(store, of)
    if earlier["status"] == "cancelled" or earlier.get("void"):
        raise Barred("repeat", _("{number} is cancelled").format(number=earlier["number"]))

    def build(case: Case) -> Sequence[Op]:
        gates.require_open(case)
        repeats = repeats_from(store, str(earlier["number"]))
        fields = gates.repeat_of(case.number, str(earlier["number"]), repeats)
        related = case.nonconformity.get("related") or []
        if earlier["number"] in related:  # what it repeats is more than similar
            fields["related"] = [one for one in related if one != earlier["number"]] or None
        cases.require_seen(store, cases.NONCONFORMITIES, case.nonconformity, seen, fields)
        return [cases.op(case.nonconformity, fields)]

    return cases.change(store, actor, number, build)


def part_repeat(store: Store, actor: Actor, number: str, of: str) -> Receipt:
    """It is no repeat of another one after all."""
    other = str(cases.find_nonconformity(store, of)["number"])

    def build(case: Case) -> Sequence[Op]:
        gates.require_open(case)
        if case.nonconformity.get("repeat_of") != other:
            raise Barred("repeat", _("{number} is no repeat of {other}").format(number=case.number, other=other))
        return [cases.op(case.nonconformity, {"repeat_of": None})]

    return cases.change(store, actor, number, build)


def repeats_from(store: Store, number: str) -> dict[str, str | None]:
    """What a nonconformity repeats, what that repeats, and so on."""
    repeats: dict[str, str | None] = {}
    at: str | None = number
    while at and at not in repeats:
        found = cases.by_number(store, cases.NONCONFORMITIES, at)
        repeats[at] = found.get("repeat_of") if found else None
        at = repeats[at]
    return repeats


def relate(store: Store, actor: Actor, number: str, to: str) -> Receipt:
    """Name another one as similar: what is found for one may hold for both."""
    other = str(cases.find_nonconformity(store, to)["number"])

    def build(case: Case) -> Sequence[Op]:
        gates.require_open(case)
        if other == case.number:
            raise Barred("repeat", _("{number} is the same one").format(number=other))
        if other == case.nonconformity.get("repeat_of"):
            raise Barred("repeat", _("{number} repeats {other} already, which says more").format(
                number=case.number, other=other))  # fmt: skip
        related = case.nonconformity.get("related") or []
        return [cases.op(case.nonconformity, {"related": related if other in related else [*related, other]})]

    return cases.change(store, actor, number, build)


def require_same_state(store: Store, case: Case, seen: Seen) -> None:
    """Raise Conflict when somebody else has moved the nonconformity on since the person saw it."""
    if seen is not None:
        mine = {"status": seen.get("status"), "cycle": seen.get("cycle")}
        cases.require_seen(store, cases.NONCONFORMITIES, case.nonconformity, seen, mine)
