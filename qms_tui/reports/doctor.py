"""Does the loop itself work? Consistency of the records, each finding with the records concerned and what to do.

A check is a function from `Records` to findings; further tables add theirs to `CHECKS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from qms_tui.i18n import _
from qms_tui.records.case import Document
from qms_tui.records.dates import is_overdue
from qms_tui.records.words import ACTION_ENDED
from qms_tui.reports.action_rows import days_after
from qms_tui.reports.gist import gist
from qms_tui.reports.rows import is_open

PATIENCE = 14  # days that an action may wait for its verification, and a nonconformity or an action for an owner
TWELVE_MONTHS = 365


class Records(NamedTuple):
    """What the checks look at: documents by id, root causes without theirs; withdrawn ones are left out.

    `evidence` names, for each kept file that is not there, the audit and the file's name; `altered` those that cannot
    be read, or are not what was kept. `today` is an ISO date.
    """

    today: str
    nonconformities: Mapping[str, Document]
    causes: Iterable[Document] = ()
    actions: Mapping[str, Document] = {}
    effects: Mapping[str, Document] = {}
    audits: Mapping[str, Document] = {}
    evidence: Iterable[tuple[str, str]] = ()
    altered: Iterable[tuple[str, str]] = ()


class Finding(NamedTuple):
    """`code` is stable; `records` are human numbers."""

    code: str
    records: list[str]
    message: str
    help: str

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "records": self.records, "message": self.message, "help": self.help}


Check = Callable[[Records], Iterator[Finding]]


def examine(records: Records) -> list[Finding]:
    """All findings, check by check."""
    return [finding for check in CHECKS for finding in check(records)]


def closed_without_effect(records: Records) -> Iterator[Finding]:
    """A closed nonconformity whose last cycle was not shown to be effective, with what was found."""
    for id_, nc in records.nonconformities.items():
        if nc["status"] != "closed":
            continue
        effect = records.effects.get(f"{id_}/{nc['cycle']}")
        if effect is None or effect.get("verdict") != "effective" or effect.get("value") is None:
            yield Finding(
                "closed_without_effect",
                [str(nc["number"])],
                _("closed without evidence that it was effective"),
                _("raise it anew and check its effect"),
            )


def overdue_verification(records: Records) -> Iterator[Finding]:
    """An action that was done long ago, an effectiveness check whose day has passed."""
    before = days_after(records.today, -PATIENCE)
    for action in records.actions.values():
        if action["status"] == "done" and str(action.get("done_at") or records.today)[:10] < before:
            yield Finding(
                "overdue_verification",
                [str(action["number"])],
                _("done since {day}, not verified").format(day=str(action["done_at"])[:10]),
                _("look at it: qms-tui action verify {number}, or refuse").format(number=action["number"]),
            )
    for effect in records.effects.values():
        nc = records.nonconformities.get(effect["nonconformity"])
        if nc is None or not is_open(nc) or effect["cycle"] != nc["cycle"] or effect.get("verdict"):
            continue
        if nc["status"] in ("in_progress", "verification") and is_overdue(effect.get("check_date"), records.today):
            yield Finding(
                "overdue_check",
                [str(nc["number"])],
                _("its effect was to be checked on {day}").format(day=effect["check_date"]),
                _("{checker}: qms-tui nc check {number}").format(checker=effect.get("checker"), number=nc["number"]),
            )


def same_cause(records: Records) -> Iterator[Finding]:
    """One root cause in several nonconformities within twelve months that no link joins."""
    since = days_after(records.today, -TWELVE_MONTHS)
    first: dict[frozenset[str], Document] = {}
    groups: dict[frozenset[str], dict[str, Document]] = {}
    for cause in records.causes:
        nc = records.nonconformities.get(cause["nonconformity"])
        if nc is not None and nc["status"] != "cancelled" and nc["opened"] >= since:
            key = gist(cause["text"])
            before = first.setdefault(key, nc)
            if before is not nc and key:
                groups.setdefault(key, {str(before["number"]): before})[str(nc["number"])] = nc
    for group in groups.values():
        linked = {n for nc in group.values() for n in (nc.get("repeat_of"), *(nc.get("related") or ())) if n}
        linked |= {number for number, nc in group.items() if nc.get("repeat_of") or nc.get("related")}
        loose = [number for number in group if number not in linked]
        if loose:
            yield Finding(
                "same_cause",
                sorted(group),
                _("the same root cause within twelve months"),
                _("link them: qms-tui nc link {number} OTHER --repeat").format(number=loose[-1]),
            )


def broken_repeats(records: Records) -> Iterator[Finding]:
    """A repeat of nothing, or of itself by a circle (two laptops may have made one)."""
    known = {str(nc["number"]) for nc in records.nonconformities.values()}
    repeats = {str(nc["number"]): str(of) for nc in records.nonconformities.values() if (of := nc.get("repeat_of"))}
    for number, of in repeats.items():
        seen, at = {number}, of
        while at not in seen and at in repeats:
            seen.add(at)
            at = repeats[at]
        if at == number or at not in known:
            words = _("its repeats are a circle") if at == number else _("is a repeat of {other}, which is not there")
            yield Finding(
                "broken_repeat",
                [number],
                words.format(other=at),
                _("link it again: qms-tui nc link {number} OTHER --repeat").format(number=number),
            )


def unowned(records: Records) -> Iterator[Finding]:
    """An open nonconformity that nobody owns, long after it was opened."""
    before = days_after(records.today, -PATIENCE)
    for nc in records.nonconformities.values():
        if is_open(nc) and not nc.get("owner") and not nc.get("handed_over") and str(nc["opened"])[:10] < before:
            yield Finding(
                "unowned",
                [str(nc["number"])],
                _("open since {day} and nobody owns it").format(day=str(nc["opened"])[:10]),
                _("name somebody: qms-tui nc edit {number} --owner NAME").format(number=nc["number"]),
            )


def unowned_actions(records: Records) -> Iterator[Finding]:
    """An open action that nobody owns, long after it was added or past its due date."""
    before = days_after(records.today, -PATIENCE)
    for action in records.actions.values():
        nc = records.nonconformities.get(action["nonconformity"])
        if action["status"] in ACTION_ENDED or action.get("owner") or nc is None or not is_open(nc):
            continue
        day = str(action["at"])[:10]
        if day < before or is_overdue(action.get("due"), records.today):
            yield Finding(
                "unowned_action",
                [str(action["number"]), str(nc["number"])],
                _("open since {day} and nobody owns it").format(day=day),
                _("name somebody: qms-tui action assign {number} --owner NAME").format(number=action["number"]),
            )


def stray_actions(records: Records) -> Iterator[Finding]:
    """An open action of a nonconformity that has ended, was withdrawn, or is not there."""
    for action in records.actions.values():
        if action["status"] in ACTION_ENDED:
            continue
        nc = records.nonconformities.get(action["nonconformity"])
        if nc is None or not is_open(nc):
            yield Finding(
                "stray_action",
                [str(action["number"])] + ([str(nc["number"])] if nc else []),
                _("is open, its nonconformity is not"),
                _("end it: qms-tui action cancel {number} --why ...").format(number=action["number"]),
            )


def closed_audits(records: Records) -> Iterator[Finding]:
    """A closed audit with a nonconformity that is neither dealt with nor handed over."""
    left: dict[str, list[str]] = {}
    for nc in records.nonconformities.values():
        audit = records.audits.get(nc.get("audit") or "")
        if audit is not None and audit["status"] == "closed" and is_open(nc) and not nc.get("handed_over"):
            left.setdefault(str(audit["number"]), []).append(str(nc["number"]))
    for number, open_ in left.items():
        yield Finding(
            "closed_audit",
            [number, *open_],
            _("the audit is closed, a nonconformity of it is open"),
            _("deal with it, or hand it over: qms-tui nc handover {number} --to NAME").format(number=open_[0]),
        )


def missing_evidence(records: Records) -> Iterator[Finding]:
    """An audit that refers to a file which is not there."""
    for audit, name in records.evidence:
        yield Finding(
            "evidence_missing",
            [audit],
            _("its evidence is not in the store: {name}").format(name=name),
            _("copy the folder evidence/ back from a backup"),
        )


def altered_evidence(records: Records) -> Iterator[Finding]:
    """An audit that refers to a file whose hash differs."""
    for audit, name in records.altered:
        yield Finding(
            "evidence_altered",
            [audit],
            _("its evidence is not as it was kept: {name}").format(name=name),
            _("see: qms-tui verify {audit}; copy the file back from a backup").format(audit=audit),
        )


CHECKS: tuple[Check, ...] = (
    closed_without_effect,
    overdue_verification,
    same_cause,
    broken_repeats,
    unowned,
    unowned_actions,
    stray_actions,
    closed_audits,
    missing_evidence,
    altered_evidence,
)
