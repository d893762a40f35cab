"""Where a walk stands when it is left or its line goes, and how it goes on: a draft, kept beside the record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qms_tui.checklist.model import Item
from qms_tui.i18n import _
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.screens.kept import given_json
from qms_tui.screens.typed import REASON
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.given import Given

if TYPE_CHECKING:
    from qms_tui.screens.board import Board
    from qms_tui.screens.walk import WalkScreen


def standing(screen: "WalkScreen") -> dict[str, Any]:
    """As it goes into a draft.

    `item`, and whether it was `open` (unanswered); the open finding as `given` and `finding`; the open text as
    `purpose`, `label` and `text`; what was not recorded as `kept`; the `reason` typed in the summary. A text that was
    emptied is none.
    """
    typing = screen.asking.typing if screen.prompt.is_open else typing_in.NOTHING
    form = screen.form if screen.has_finding else None
    entry = (form.entry if form else None) or typing.entry or screen.current
    found: dict[str, Any] = {"item": entry.item.id if entry else None}
    if entry is not None and entry.result is None:
        found["open"] = True
    if form is not None:
        found |= {"given": given_json(form.given), "finding": form.draft._asdict()}
    if screen.prompt.value.strip():
        found |= {"purpose": typing.purpose, "label": typing.label, "text": screen.prompt.value}
    if kept := screen.giving.kept.unrecorded(typing if not screen.prompt.value.strip() else typing_in.NOTHING):
        found["kept"] = kept
    if screen.reason:
        found["reason"] = screen.reason
    return found


def place(board: "Board", draft: Mapping[str, Any]) -> str | None:
    """The item to go on at; one that was open when it was looked at and has an answer now is left behind."""
    item_id = draft.get("item")
    entry = board.entry(item_id) if item_id else None
    if entry is None or entry.result is None or not draft.get("open") or draft.keys() & {"finding", "text"}:
        return item_id
    return after.item.id if (after := board.next_open(entry.item.id)) else item_id


def go_on(screen: "WalkScreen", draft: Mapping[str, Any]) -> None:
    """Open again what was open, and offer what was not recorded. Raises KeyError, TypeError, AttributeError."""
    for one in draft.get("kept") or ():
        if not screen.giving.kept.restore(one).left:
            entry = _entry(screen, one["item"] or None)
            text = one.get("text") or one["finding"]["statement"]
            where = f" ({entry.item.question})" if entry and entry.item.question else ""
            screen.say(_("Not recorded yet, offered again at its item: {text}").format(text=text + where), wrong=True)
    if draft.get("reason"):
        screen.reasons.keep(REASON, str(draft["reason"]))
        screen.say(_("Not recorded yet, offered again in the summary: {text}").format(text=screen.reason), wrong=True)
    entry = _entry(screen, draft.get("item"))
    if entry is None:
        return
    if "finding" in draft:
        screen.finding.open(entry, Given(**draft["given"]), FindingDraft(**draft["finding"]))
    if draft.get("text"):
        screen.asking.type_in(typing_in.Typing(draft["purpose"], draft["label"], draft["text"], many=True), entry)
        if screen.board is not None and screen.board.entry(entry.item.id) is not None:
            screen.say(_("This was typed when the line went, and is not recorded yet."))
        else:
            screen.say(_("Typed for an item that is no longer asked; F10 leaves it."), wrong=True)


def _entry(screen: "WalkScreen", item_id: str | None) -> Entry | None:
    """An item's entry. What was typed for one that is no longer asked goes to no other."""
    if screen.board is None or item_id is None:
        return screen.current
    item = screen.board.walk.checklist.item(item_id) or Item(id=item_id, question="", section=(), line=0)
    return screen.board.entry(item_id) or Entry(item, asked=False)
