"""What a person entered in a walk and is not recorded: kept by item, and given back when it is asked for again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.reports.record import Entry
from qms_tui.screens import typing_in
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.given import Given

Key = tuple[str, str]
"""An item's id ("" for the audit itself) and the purpose of a text, or "finding"."""


class Kept(NamedTuple):
    """An answer with its finding, or a text. `left`: the person left it, it was not refused. `at_fault`: it was
    refused for what it says, and will be again."""

    given: Given
    draft: FindingDraft | None = None
    typing: typing_in.Typing | None = None
    left: bool = False
    at_fault: bool = False

    @property
    def text(self) -> str:
        return self.typing.text if self.typing is not None else ""

    def way_back(self) -> str:
        """How to get it back."""
        if self.typing is None:
            return _("the same answer opens your finding again")
        key = {"note": "m", "evidence": "e"}.get(self.typing.purpose, "enter")
        return _("{key} opens your text again").format(key=key)


class KeptEntries:
    """The newest of each kind for each item, and what is on its way to the disk."""

    def __init__(self) -> None:
        self._kept: dict[Key, Kept] = {}
        self._sent: dict[int, dict[Key, Kept]] = {}
        self._tickets = 0

    def keep(self, entry: Entry, given: Given, *, at_fault: bool = False) -> Kept | None:
        """What was given for an item, where there is something to type or edit again."""
        worth = {key: kept._replace(at_fault=at_fault) for key, kept in _worth_keeping(entry, given).items()}
        self._kept |= worth
        return next(iter(worth.values()), None)

    def keep_typing(self, typing: typing_in.Typing) -> None:
        self._kept |= _of_typing(typing)

    def keep_left(self, entry: Entry, given: Given, draft: FindingDraft) -> None:
        """A finding that the person left."""
        self._kept[entry.item.id, "finding"] = Kept(given, draft, left=True)

    def forget(self, item_id: str, given: Given) -> None:
        """What has been recorded; a text of another kind for the same item stays. May be called from any thread."""
        gone = [
            *(("finding", "value") if given.result is not None else ()),
            *(("note",) if given.note is not None else ()),
            *(("evidence",) if given.evidence else ()),
        ]
        for purpose in gone:
            self._kept.pop((item_id, purpose), None)

    def drop(self, typing: typing_in.Typing) -> None:
        """A text that was recorded, or emptied; may be called from any thread."""
        self._kept.pop(_key(typing), None)

    def give_up(self, typing: typing_in.Typing) -> bool:
        """Left by the person: one that is at fault is no longer offered. Whether it was one."""
        kept = self._kept.get(_key(typing))
        if kept is None or not kept.at_fault:
            return False
        self.drop(typing)
        return True

    # On its way: it is part of `unrecorded` until it has arrived

    def send(self, entry: Entry, given: Given) -> int:
        return self._send(_worth_keeping(entry, given))

    def send_typing(self, typing: typing_in.Typing) -> int:
        return self._send(_of_typing(typing))

    def _send(self, texts: dict[Key, Kept]) -> int:
        self._tickets += 1
        self._sent[self._tickets] = texts
        return self._tickets

    def arrived(self, ticket: int) -> None:
        """It is on the disk, or came back; may be called from any thread."""
        self._sent.pop(ticket, None)

    # Given back

    def finding(self, entry: Entry, given: Given) -> Kept | None:
        """The finding that was left for the same answer."""
        kept = self._kept.get((entry.item.id, "finding"))
        same = kept is not None and (kept.given.result, kept.given.value) == (given.result, given.value)
        return kept if same else None

    def typing(self, entry: Entry | None, purpose: str) -> typing_in.Typing | None:
        kept = self._kept.get((entry.item.id if entry else "", purpose))
        return kept.typing if kept is not None else None

    # Into a draft and back

    def unrecorded(self, emptied: typing_in.Typing = typing_in.NOTHING) -> list[dict[str, Any]]:
        """Everything as JSON, the oldest first; without the text that `emptied` was opened with, if it was one."""
        key = _key(emptied)
        texts = {k: kept for k, kept in list(self._kept.items()) if k != key or kept.text != emptied.text}
        for sent in list(self._sent.values()):
            texts |= sent
        return [_as_json(key, kept) for key, kept in texts.items()]

    def restore(self, one: Mapping[str, Any]) -> Kept:
        """Take back one of `unrecorded`. Raises KeyError, TypeError for what is none."""
        key, purpose = str(one["item"]), str(one["purpose"])
        if purpose == "finding":
            kept = Kept(Given(**one["given"]), FindingDraft(**one["finding"]), left=bool(one.get("left")))
        else:
            typing = typing_in.Typing(purpose, one["label"], one["text"], many=True)
            kept = Kept(Given(), typing=typing, at_fault=bool(one.get("at_fault")))
        self._kept[key, purpose] = kept
        return kept


def given_json(given: Given) -> dict[str, Any]:
    """The fields of an answer that say something."""
    return {key: value for key, value in given._asdict().items() if value not in (None, ())}


def _worth_keeping(entry: Entry, given: Given) -> dict[Key, Kept]:
    if given.grade and given.statement and given.criterion:
        draft = FindingDraft(given.grade, given.statement, given.criterion)
        return {(entry.item.id, "finding"): Kept(given, draft)}
    again = typing_in.again(entry, given)
    return {} if again is None else {(entry.item.id, again.purpose): Kept(given, typing=again)}


def _of_typing(typing: typing_in.Typing) -> dict[Key, Kept]:
    return {_key(typing): Kept(Given(), typing=typing._replace(entry=None))}


def _key(typing: typing_in.Typing) -> Key:
    return "" if typing.purpose == "about" or typing.entry is None else typing.entry.item.id, typing.purpose


def _as_json(key: Key, kept: Kept) -> dict[str, Any]:
    one: dict[str, Any] = {"item": key[0], "purpose": key[1]}
    if kept.draft is not None:
        return one | {"given": given_json(kept.given), "finding": kept.draft._asdict(), "left": kept.left}
    typing = kept.typing or typing_in.NOTHING
    return one | {"label": typing.label, "text": typing.text} | ({"at_fault": True} if kept.at_fault else {})
