"""What each person owes: overdue, due soon, waiting for verification, checks due. Pure, over stored documents."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from qms_tui.records.case import Document, same_person
from qms_tui.reports.action_rows import SOON, action_row, days_after
from qms_tui.reports.rows import is_open, nonconformity_row

Row = dict[str, Any]
SECTIONS = ("overdue", "due_soon", "to_verify", "checks", "others")


class Digest(NamedTuple):
    """One person's work. `name` is empty for what nobody is named for.

    Rows of actions and nonconformities have `number`, `title`, `due` and `kind`; `checks` are effectiveness checks that
    are due within a week or were missed; `others` are open actions, nonconformities and checks that are due later.
    Rows of checks have `checker` too.
    """

    name: str
    overdue: list[Row]
    due_soon: list[Row]
    to_verify: list[Row]
    checks: list[Row]
    others: list[Row]

    def as_json(self) -> dict[str, Any]:
        return {"person": self.name or None, **{section: getattr(self, section) for section in SECTIONS}}

    @property
    def pressing(self) -> bool:
        """Whether anything of it wants an answer this week."""
        return bool(self.overdue or self.due_soon or self.to_verify or self.checks)


def verifier_of(action: Document, nonconformity: Document, checker: str | None) -> str:
    """Who is to verify an action: who is named, else the nonconformity's owner, else the checker; "" is anybody."""
    team = [action.get("owner"), *(action.get("contributors") or ())]
    for name in (action.get("verifier"), nonconformity.get("owner"), checker):
        if name and not any(same_person(name, other) for other in team):
            return str(name)
    return ""


class _People:
    """Digests by person; a name is written as it was first seen."""

    def __init__(self) -> None:
        self.digests: dict[str, Digest] = {}
        self._written: dict[str | None, Digest] = {}  # by the name as it stands in the documents

    def of(self, name: str | None) -> Digest:
        digest = self._written.get(name)
        if digest is None:
            shown = " ".join((name or "").split())
            digest = self.digests.setdefault(shown.casefold(), Digest(shown, [], [], [], [], []))
            self._written[name] = digest
        return digest


def digests(
    nonconformities: Mapping[str, Document],
    actions: Iterable[Document],
    effects: Iterable[Document],
    today: str,
    *,
    pressing: bool = False,
) -> list[Digest]:
    """A digest for everybody who owes something, by name; last that of nobody.

    `nonconformities` by id; closed ones and ended actions may be among the documents and are left out. With `pressing`
    nonconformities and checks that are due later than within a week are left out too.
    """
    soon = days_after(today, SOON)
    people = _People()
    effects = list(effects)
    checkers = {(e["nonconformity"], e["cycle"]): e.get("checker") for e in effects}
    for action in actions:
        nonconformity = nonconformities.get(action["nonconformity"])
        if nonconformity is not None:
            checker = checkers.get((action["nonconformity"], action["cycle"]))
            _take_action(people, action, nonconformity, checker, today)
    for nonconformity in nonconformities.values():
        if is_open(nonconformity) and not (pressing and (nonconformity.get("due") or "9999") > soon):
            _take_nonconformity(people, nonconformity, today)
    for effect in effects:
        nonconformity = nonconformities.get(effect["nonconformity"])
        if nonconformity is not None:
            _take_check(people, effect, nonconformity, soon, pressing=pressing)
    for digest in people.digests.values():
        for section in SECTIONS:
            getattr(digest, section).sort(key=lambda row: (row["due"] or "9999", len(row["number"]), row["number"]))
    found = [people.digests[key] for key in sorted(people.digests) if key]
    return found + [digest for key, digest in people.digests.items() if not key]


def _take_action(people: _People, action: Document, nonconformity: Document, checker: str | None, today: str) -> None:
    if action.get("void") or action["status"] not in ("new", "planned", "in_progress", "done"):
        return
    row = action_row(action, str(nonconformity["number"]), today)
    told = {
        "number": row["number"],
        "kind": "action",
        "title": row["title"],
        "due": row["due"],
        "status": row["status"],
        "nonconformity": row["nonconformity"],
        "owner": row["owner"],
    }
    if row["status"] == "done":
        people.of(verifier_of(action, nonconformity, checker)).to_verify.append(told)
        return
    who = {id(digest): digest for digest in map(people.of, [action.get("owner"), *(action.get("contributors") or ())])}
    for digest in who.values():  # once, though somebody is both
        section = digest.overdue if row["overdue"] else digest.due_soon if row["due_soon"] else digest.others
        section.append(told)


def _take_nonconformity(people: _People, nonconformity: Document, today: str) -> None:
    row = nonconformity_row(nonconformity, None, today)
    told = {
        "number": row["number"],
        "kind": "nonconformity",
        "title": row["statement"],
        "due": row["due"],
        "status": row["status"],
        "nonconformity": row["number"],
        "owner": row["owner"],
    }
    soon = row["due"] is not None and row["due"] <= days_after(today, SOON)
    digest = people.of(row["owner"])
    (digest.overdue if row["overdue"] else digest.due_soon if soon else digest.others).append(told)


def _take_check(people: _People, effect: Document, nonconformity: Document, soon: str, *, pressing: bool) -> None:
    waits = (
        is_open(nonconformity)
        and nonconformity["status"] in ("in_progress", "verification")
        and effect["cycle"] == nonconformity["cycle"]
        and not effect.get("verdict")
    )
    day = effect.get("check_date")
    if not waits or not day or (pressing and day > soon):
        return
    told = {
        "number": nonconformity["number"],
        "kind": "check",
        "title": effect.get("indicator") or effect.get("method") or nonconformity["statement"],
        "due": day,
        "status": nonconformity["status"],
        "nonconformity": nonconformity["number"],
        "owner": nonconformity.get("owner"),
        "checker": effect.get("checker"),
    }
    digest = people.of(effect.get("checker"))
    (digest.checks if day <= soon else digest.others).append(told)
