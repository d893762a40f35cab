"""Texts that the walk asks for: what each is called, and what is done with it.

`purpose` is kept in a draft when the line goes, so that the text finds its way when the walk goes on.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from qms_tui.i18n import _
from qms_tui.reports.record import Entry
from qms_tui.screens.refused import nothing_typed
from qms_tui.store.base import Receipt
from qms_tui.workflow.about import About
from qms_tui.workflow.given import Given, answer_label
from qms_tui.workflow.walk import Walk

if TYPE_CHECKING:
    from qms_tui.screens.walk import WalkScreen


class Typing(NamedTuple):
    """A text asked for: `many` lines may come, and what is typed may `replace` the present text.

    `entry` is the item that it is for, as the person saw it when they began to type; `seen` the audit's rev likewise.
    """

    purpose: str
    label: str
    text: str = ""
    many: bool = False
    entry: Entry | None = None
    replace: bool = False
    seen: int | None = None


NOTHING = Typing("", "")
_WRITTEN = frozenset({"text", "number", "date", "risk", "any of"})  # what takes more than a key to answer


def _as_typed(value: object) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


CHOSEN = frozenset({"one of", "score"})
TYPED = frozenset({"number", "date", "risk", "any of", *CHOSEN})
"""Kinds of answers: chosen by a digit, and all that have a value to type."""


def value(entry: Entry, text: str = "") -> Typing:
    """The value that the item asks for, beginning with `text`, else with the present one."""
    answer = entry.item.answer
    names = {"number": answer.unit, "date": _("date, as 2026-11-22"), "risk": _("likelihood x impact")}
    label = names.get(answer.name) or answer_label(answer)
    if entry.item.limits:
        label += f" [{entry.item.limits.text}]"
    present = entry.answer.get("value") if entry.answer else None
    if answer.options:
        label = ", ".join(f"{n} {option}" for n, option in enumerate(answer.options, 1))
    old = not text and present is not None
    if old:
        text = _as_typed(present)
    many = answer.name == "text"
    return Typing("value", label, text, many=many, replace=old and not many)


def note(entry: Entry) -> Typing:
    present = (entry.answer or {}).get("note") or ""
    return Typing("note", _("Note to: {item}").format(item=entry.item.question), present, many=True)


def evidence() -> Typing:
    return Typing("evidence", _("Evidence: file path, or pasted text"), many=True)


def added() -> Typing:
    return Typing("add", _("Question to add after this item"), many=True)


def search(last: str) -> Typing:
    return Typing("search", _("Search"), last, replace=True)


def go_to(last: int) -> Typing:
    return Typing("go_to", _("Go to: position 1-{last} or id").format(last=last))


def about(present: About, seen: int | None) -> Typing:
    said = "; ".join([present.subject or "", present.site or "", ", ".join(present.team)]).rstrip("; ")
    return Typing("about", _("Subject; site; name, name"), said, seen=seen)


def again(entry: Entry, given: Given) -> Typing | None:
    """A typed answer that was not recorded, to be sent again; None when nothing was typed."""
    if given.note:
        return Typing("note", _("Note, not recorded yet"), given.note, many=True)
    if given.evidence:
        return Typing("evidence", _("Evidence, not recorded yet"), given.evidence[0], many=True)
    if entry.item.answer.name in _WRITTEN and given.value is not None:
        return Typing(
            "value", _("Answer, not recorded yet"), _as_typed(given.value), many=entry.item.answer.name == "text"
        )
    return None


def _is_typed(screen: "WalkScreen", text: str) -> bool:
    """Whether there is more than blanks; else it is said."""
    if not text.strip():
        screen.say(nothing_typed())
    return bool(text.strip())


def _take_value(screen: "WalkScreen", text: str) -> None:
    entry = screen.asking.typing.entry
    if entry is not None and _is_typed(screen, text) and (refused := screen.giving.give_text(entry, text)):
        screen.asking.type_in(value(entry, text)._replace(replace=True), entry)
        screen.refuse(refused)


def _take_note(screen: "WalkScreen", text: str) -> None:
    entry = screen.asking.typing.entry
    if entry is not None and ((entry.answer or {}).get("note") or _is_typed(screen, text)):
        screen.giving.record(entry, Given(note=text.strip()), stay=True)


def _take_evidence(screen: "WalkScreen", text: str) -> None:
    if (entry := screen.asking.typing.entry) is not None and _is_typed(screen, text):
        screen.giving.record(entry, Given(evidence=[text]), stay=True)


def _take_search(screen: "WalkScreen", text: str) -> None:
    screen.asking.sought = text.strip()
    if not screen.asking.sought:
        return
    entry = screen.asking.typing.entry
    found = screen.board.search(entry.item.id, screen.asking.sought) if screen.board and entry else None
    if found is not None:
        screen.rows.move_to(found.item.id)
    else:
        screen.refuse(_("'{text}' stands in no item").format(text=screen.asking.sought))


def _take_go_to(screen: "WalkScreen", text: str) -> None:
    found = screen.board.named(text) if screen.board else None
    if found is not None:
        screen.rows.move_to(found.item.id)
    else:
        screen.refuse(_("'{text}' is no position and no id here").format(text=text.strip()))


def _take_add(screen: "WalkScreen", text: str) -> None:
    if (entry := screen.asking.typing.entry) is not None and _is_typed(screen, text):
        added: list[str] = []

        def add(walk: Walk) -> Receipt:
            item_id, receipt = walk.add_item(text, entry.item)
            added.append(item_id)
            return receipt

        def done(receipt: Receipt) -> None:
            screen.giving.done(receipt)
            screen.rows.move_to(added[0])

        screen.giving.submit(add, done)


def _take_about(screen: "WalkScreen", text: str) -> None:
    subject, site, team = ([part.strip() for part in text.split(";", 2)] + ["", ""])[:3]
    people = tuple(name.strip() for name in team.split(",") if name.strip())
    seen = screen.asking.typing.seen
    screen.giving.submit(lambda walk: walk.describe(About(subject or None, site or None, people), seen))


def _take_finding(screen: "WalkScreen", text: str) -> None:
    field = screen.asking.typing.purpose.removeprefix("finding ")
    screen.form.edited(field, text)
    if field in ("statement", "criterion") and not text.strip():
        screen.say(_("Nothing was typed, so it stays as it was."))


def _take_finding_evidence(screen: "WalkScreen", text: str) -> None:
    _take_finding(screen, text)
    if _is_typed(screen, text):
        n = len(screen.form.given.evidence)
        screen.say(_("evidence {n} added to the finding; enter records it").format(n=n))
        screen.finding.look_at_evidence(text.strip())


TAKE: dict[str, Callable[["WalkScreen", str], None]] = {
    "value": _take_value,
    "note": _take_note,
    "evidence": _take_evidence,
    "search": _take_search,
    "go_to": _take_go_to,
    "add": _take_add,
    "about": _take_about,
    "finding statement": _take_finding,
    "finding criterion": _take_finding,
    "finding note": _take_finding,
    "finding evidence": _take_finding_evidence,
}

NEEDED = frozenset({"value", "note", "evidence", "add", "finding evidence"})
"""Purposes of which an empty text is none."""

RECORDED = frozenset(TAKE) - {"search", "go_to"}
"""Purposes of which a text goes into the record."""
