"""The trail of a nonconformity in words: what happened, a line an event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.effect import field_label
from qms_tui.records.words import category_label, kind_label, status_label, verdict_label

Row = Mapping[str, Any]
Fields = Mapping[str, tuple[Any, Any]]  # field -> old, new


def timeline(trail: Iterable[Row], numbers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Events, oldest first: `{"at", "by", "what", "why"}`.

    `trail` is that of `reports.trail`; `numbers` maps ids of actions, and of what belongs to them, to their numbers.
    """
    events = []
    for row in trail:
        whats = [
            what
            for table, id_, fields in _documents(row["changes"])
            for what in _EVENTS.get(table, _nothing)(fields, numbers.get(id_, "?"))
        ]
        why = untold(row["why"], whats)
        events += [
            {"at": row["at"], "by": row["by"], "what": what, "why": "" if n else why} for n, what in enumerate(whats)
        ]
    return events


def untold(why: str, whats: Sequence[str]) -> str:
    """A reason; nothing where an event ends with it, as one that names its outcome does: it is read once."""
    said = " ".join(why.split())
    told = (" ".join(what.split()) for what in whats)
    return "" if any(what.endswith(said) and not what.removesuffix(said)[-1:].isalnum() for what in told) else why


def named_events(changes: Sequence[Row], numbers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What changes did to nonconformities, and to what belongs to them: the number it goes by, and an event in words.

    The number is empty where the words begin with it.
    """
    for table, id_, fields in _documents(changes):
        number = numbers.get(id_, "?")
        for what in _EVENTS.get(table, _nothing)(fields, number):
            yield ("" if table in _NUMBERED else number), what


def _documents(changes: Sequence[Row]) -> Iterator[tuple[str, str, Fields]]:
    found: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for change in changes:
        found.setdefault((change["table"], change["id"]), {})[change["field"]] = (change["old"], change["new"])
    for (table, id_), fields in found.items():
        yield table, id_, fields


def _nothing(_fields: Fields, _number: str) -> Iterator[str]:
    yield from ()


def _nonconformity(fields: Fields, _number: str) -> Iterator[str]:
    old, new = fields.get("status", (None, None))
    if "opened" in fields and fields["opened"][0] is None:
        yield _("raised: {statement}").format(statement=fields["statement"][1])
        if "repeat_of" in fields:
            yield _("marked as a repeat of {number}").format(number=fields["repeat_of"][1])
        return
    for field, (before, after) in fields.items():
        if field in ("status", "cycle", "closed", "cancelled", "cancelled_because", "moves"):
            continue
        if field == "void":
            yield _("withdrawn: {why}").format(why=after["why"]) if after else _("no longer withdrawn")
        elif field == "handed_over":
            yield _("handed over to {to}: {why}").format(**after)
        elif field == "repeat_of":
            words = _("marked as a repeat of {number}") if after else _("no repeat of {number} after all")
            yield words.format(number=after or before)
        elif field == "related":
            yield _("similar: {numbers}").format(numbers=", ".join(after or ()) or "-")
        elif before is None:
            yield f"{section_label(field)}: {after}"
        else:
            yield _("{field}: from {old} to {new}").format(field=section_label(field), old=before, new=after or "-")
    if new is not None and old is not None:
        if "cycle" in fields:
            yield _("cycle {n} begins at {status}").format(n=fields["cycle"][1], status=status_label(new))
        else:
            yield _("from {old} to {new}").format(old=status_label(old), new=status_label(new))


def section_label(field: str) -> str:
    """A field of a nonconformity as a person reads it."""
    return {
        "owner": _("owner"),
        "due": _("due date"),
        "grade": _("grade"),
        "statement": _("statement"),
        "correction": _("correction"),
        "containment": _("containment"),
        "need": _("need for action"),
        "similar": _("similar ones"),
        "risks_updated": _("risks updated"),
        "qms_changed": _("QMS changed"),
        "lesson": _("lesson"),
    }.get(field, field)


def _cause(fields: Fields, _number: str) -> Iterator[str]:
    if "void" in fields:
        yield _("why taken back: {why}").format(why=fields["void"][1]["why"])
    elif "text" in fields and fields["text"][0] is None:
        root = fields.get("root", (None, None))[1]
        said = (_("root cause: {text}") if root else _("why: {text}")).format(text=fields["text"][1])
        aside = [
            words.format(said=show(fields[field][1]))
            for field, words, show in (
                ("category", _("lies in: {said}"), category_label),
                ("evidence", _("evidence: {said}"), str),
            )
            if field in fields
        ]
        yield "; ".join([said, *aside])
    else:
        for field, (before, after) in fields.items():
            if field == "root":
                yield _("a why is marked as root cause") if after else _("a why is no longer a root cause")
            else:
                label = {"text": _("text"), "evidence": _("evidence"), "category": _("lies in")}.get(field, field)
                old, new = (category_label(said) if field == "category" and said else said for said in (before, after))
                yield _("why changed: {field}: from {old} to {new}").format(field=label, old=old or "-", new=new or "-")


def _action(fields: Fields, number: str) -> Iterator[str]:
    labels = {
        "title": _("what is to be done"),
        "owner": _("owner"),
        "contributors": _("with"),
        "verifier": _("verifier"),
        "due": _("due date"),
        "priority": _("priority"),
    }
    said = {
        field: f"{label}: {', '.join(new) if isinstance(new, list) else new or '-'}"
        for field, label in labels.items()
        if field in fields
        for new in (fields[field][1],)
    }
    if "title" in fields and fields["title"][0] is None:
        kind = kind_label(fields["kind"][1])
        added = _("{number} added: {kind}: {title}").format(number=number, kind=kind, title=fields["title"][1])
        usual = ("title", *(["priority"] if fields.get("priority", (None, None))[1] == "normal" else []))
        yield "; ".join([added, *(words for field, words in said.items() if field not in usual)])
        yield from _milestones(number, *fields.get("milestones", (None, None)))
        return
    if "refused" in fields:
        comment = fields["refused"][1][-1]["comment"]
        yield _("{number} refused: {comment}").format(number=number, comment=comment)
        return
    if "moves" in fields:
        move = fields["moves"][1][-1]
        yield _("{number} moved from {old} to {new}: {why}").format(
            number=number, old=move["old"], new=move["new"], why=move["why"]
        )
        said.pop("due", None)
    for words in said.values():
        yield f"{number} {words}"
    if "milestones" in fields:
        yield from _milestones(number, *fields["milestones"])
    if "status" in fields:
        state = status_label(fields["status"][1])
        more = fields.get("outcome", fields.get("verified_note", fields.get("cancelled_because", (None, None))))[1]
        yield f"{number} {state}: {more}" if more else f"{number} {state}"


def _milestones(number: str, old: Sequence[Row] | None, new: Sequence[Row] | None) -> Iterator[str]:
    before = {milestone["title"]: milestone for milestone in old or ()}
    for milestone in new or ():
        title = milestone["title"]
        if milestone == before.pop(title, None):
            continue
        if milestone.get("done"):
            yield _("{number} milestone reached: {title}").format(number=number, title=title)
        else:
            day = f" ({milestone['due']})" if milestone.get("due") else ""
            yield _("{number} milestone: {title}").format(number=number, title=title + day)
    for title in before:
        yield _("{number} milestone taken away: {title}").format(number=number, title=title)


def _effect(fields: Fields, _number: str) -> Iterator[str]:
    if "verdict" in fields:
        said = verdict_label(fields["verdict"][1])
        value = fields.get("value", (None, "?"))[1]
        yield _("effect checked: {value}: {verdict}").format(value=value, verdict=said)
        return
    planned = [
        f"{field_label(field)} {'-' if new is None else new}"
        for field, (_old, new) in fields.items()
        if field in ("indicator", "method", "baseline", "target", "unit", "check_date", "checker")
    ]
    if planned:
        yield _("effectiveness plan: {fields}").format(fields=", ".join(planned))


def _note(fields: Fields, number: str) -> Iterator[str]:
    yield _("{number} note: {text}").format(number=number, text=fields["text"][1])


_EVENTS = {
    "nonconformities": _nonconformity,
    "causes": _cause,
    "actions": _action,
    "effectiveness": _effect,
    "notes": _note,
}
_NUMBERED = frozenset({"actions", "notes"})  # their events begin with their number
