"""Actions: added, assigned, carried out, verified, refused, moved, noted, cancelled.

Use cases raise as those of `workflow.handling`; `number` is the action's.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qms_tui.i18n import _
from qms_tui.records import actions as gates
from qms_tui.records.case import Case
from qms_tui.records.gates import Barred
from qms_tui.store.base import Actor, Doc, Op, Receipt, Store
from qms_tui.store.ids import uuid7
from qms_tui.workflow import cases
from qms_tui.workflow.clock import now, today
from qms_tui.workflow.handling import Seen


def add(
    store: Store,
    actor: Actor,
    nonconformity: str | None,
    kind: str,
    title: str,
    given: Mapping[str, Any] | None = None,
) -> tuple[str, Receipt]:
    """Add an action to a nonconformity; its number and receipt.

    `given`: owner, contributors, verifier, due (ISO date), priority, milestones; None leaves a field.
    """
    if not (nonconformity or "").strip():
        raise Barred("nonconformity", _("an action belongs to a nonconformity; name it: --nc NC-..."))
    if not title.strip():
        raise Barred("nonconformity", _("the action is empty; say what is to be done"))
    id_ = uuid7()

    def build(case: Case) -> Sequence[Op]:
        fields = gates.new(case, kind, title, given or {}, actor.name, now(), today())
        fields["nonconformity"] = cases.stored(case.nonconformity).id
        return [Op(cases.ACTIONS, id_, {k: v for k, v in fields.items() if v is not None}, base_rev=0, number="AC")]

    receipt = cases.change(store, actor, str(nonconformity), build)
    return receipt.numbers[id_], receipt


def assign(
    store: Store,
    actor: Actor,
    number: str,
    given: Mapping[str, Any],
    why: str = "",
    seen: Seen = None,
    reached: str | None = None,
) -> Receipt:
    """Set title, owner, contributors, verifier, due, priority or milestones; one of these is `reached` today."""
    wanted = {field: value for field, value in given.items() if value is not None}

    def fields(case: Case, action: Doc) -> Mapping[str, Any]:
        set_ = gates.assign(case, action, wanted, why, actor.name, now(), today()) if wanted or reached is None else {}
        return set_ if reached is None else set_ | gates.reach(case, {**action, **set_}, reached, today())

    return _change(store, actor, number, fields, why, seen, wanted)


def move(store: Store, actor: Actor, number: str, due: str, reason: str, seen: Seen = None) -> Receipt:
    """Move the due date; the reason and the move stay visible."""
    return assign(store, actor, number, {"due": due}, reason, seen)


def start(store: Store, actor: Actor, number: str, seen: Seen = None) -> Receipt:
    """Work has begun."""
    return _change(store, actor, number, lambda case, action: gates.start(case, action, actor.name), "", seen)


def done(store: Store, actor: Actor, number: str, outcome: str, seen: Seen = None) -> Receipt:
    """Its owner says that it is done, and what was done."""
    return _change(
        store, actor, number, lambda _case, action: gates.done(action, outcome, actor.name, now()), outcome, seen
    )


def verify(store: Store, actor: Actor, number: str, note: str, seen: Seen = None) -> Receipt:
    """Somebody else than its owner has seen that it was carried out, and says what was seen."""
    return _change(
        store, actor, number, lambda _case, action: gates.verify(action, note, actor.name, now()), note, seen
    )


def refuse(store: Store, actor: Actor, number: str, comment: str, seen: Seen = None) -> Receipt:
    """Verification refused: it goes back to its owner with the comment."""
    return _change(
        store, actor, number, lambda _case, action: gates.refuse(action, comment, actor.name, now()), comment, seen
    )


def cancel(store: Store, actor: Actor, number: str, reason: str, seen: Seen = None) -> Receipt:
    """It is not carried out any more, with a reason."""
    return _change(store, actor, number, lambda _case, action: gates.cancel(action, reason), reason, seen)


def note(store: Store, actor: Actor, number: str, text: str) -> Receipt:
    """Add a progress note."""
    action = cases.find_action(store, number)

    def build(_case: Case) -> Sequence[Op]:
        if not text.strip():
            raise Barred("comment", _("the note is empty"))
        fields = {"of": action.id, "nonconformity": action["nonconformity"], "text": text.strip()}
        return [Op(cases.NOTES, uuid7(), {**fields, "by": actor.name, "at": now()}, base_rev=0)]

    return cases.change(store, actor, _nonconformity(store, action), build)


def _change(
    store: Store,
    actor: Actor,
    number: str,
    transition: Callable[[Case, Doc], Mapping[str, Any]],
    why: str,
    seen: Seen,
    mine: Mapping[str, Any] | None = None,
) -> Receipt:
    """Commit a transition of an action. A Conflict when its status, or a field of `mine`, was changed since `seen`."""
    found = cases.find_action(store, number)

    def build(case: Case) -> Sequence[Op]:
        action = cases.stored(case.actions[found.id])
        if seen is not None:
            cases.require_seen(store, cases.ACTIONS, action, seen, mine or {"status": seen.get("status")})
        return [cases.op(action, transition(case, action), cases.ACTIONS)]

    return cases.change(store, actor, _nonconformity(store, found), build, why)


def _nonconformity(store: Store, action: Doc) -> str:
    """The number of the nonconformity that an action belongs to."""
    found = store.get(cases.NONCONFORMITIES, action["nonconformity"])
    return str(found["number"]) if found else "?"
