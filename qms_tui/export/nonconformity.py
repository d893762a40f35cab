"""A nonconformity as a document for others: its whole story, every cycle of it, and who did what when."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from qms_tui.export.markdown import paragraph, plain
from qms_tui.i18n import _
from qms_tui.records.words import category_label, grade_label, kind_label, priority_label, status_label, verdict_label
from qms_tui.reports.bars import before_after
from qms_tui.reports.timeline import section_label

Row = Mapping[str, Any]
SECTIONS = ("correction", "containment", "need", "similar", "risks_updated", "qms_changed", "lesson")


def render(row: Row, name: str, head: tuple[int, str]) -> str:
    """The record as `md` or `json`; `row` as `nc show --json` gives it.

    `head` is the number and hash of the store's last transaction when the record was read.
    """
    if name == "md":
        return nonconformity_markdown(row, head)
    told = {key: value for key, value in row.items() if key not in ("steps", "candidates")}
    told["head"] = {"n": head[0], "h": head[1]}
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def nonconformity_markdown(row: Row, head: tuple[int, str]) -> str:
    """The whole record."""
    n, h = head
    proof = _("Head of the record: {head}. Whether it still holds: {command}").format(
        head=f"`{n}:{h}`", command=f"`qms-tui verify --head {n}:{h}`"
    )
    parts = [_head(row), *(_cycle(cycle) for cycle in row["cycles"]), _timeline(row), ["", proof]]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(row: Row) -> Iterator[str]:
    yield f"# {row['number']} {plain(row['statement'])}"
    yield ""
    facts = [
        (_("Status"), status_label(row["status"])),
        (_("Grade"), grade_label(row["grade"])),
        (_("Criterion"), row["criterion"]),
        (_("Audit"), row["audit"]),
        (_("Item"), row["item"]),
        (_("Owner"), row["owner"]),
        (_("Due"), row["due"]),
        (_("Opened"), row["opened"]),
        (_("Closed"), row["closed"]),
        (_("Cancelled"), row["cancelled"]),
        (_("Repeat of"), row["repeat_of"]),
        (_("Similar ones"), ", ".join(row["related"])),
        (_("Cancelled because"), row["cancelled_because"]),
    ]
    for name, value in facts:
        if value:
            yield f"- {name}: {plain(value)}"
    for move in row["moves"]:
        yield f"- {_moved(move)}"
    if row["handed_over"]:
        over = row["handed_over"]
        yield "- " + _("Handed over to {to}: {why}").format(to=plain(over["to"]), why=plain(over["why"]))
    yield ""
    for section in SECTIONS:
        if row[section]:
            yield f"## {section_label(section).capitalize()}"
            yield ""
            yield paragraph(row[section])
            yield ""


def _moved(move: Row) -> str:
    return _("Moved from {old} to {new}: {why} ({by}, {at})").format(**{k: plain(v) for k, v in move.items()})


def _cycle(cycle: Row) -> Iterator[str]:
    if not (cycle["causes"] or cycle["actions"] or cycle["effectiveness"]):
        return
    yield "## " + _("Cycle {n}").format(n=cycle["cycle"])
    yield ""
    if cycle["causes"]:
        yield f"### {_('Causes')}"
        yield ""
        for why in cycle["causes"]:
            yield f"{'  ' * (why['depth'] - 1)}- {_why(why)}"
        yield ""
    for chain in cycle["read_back"]:
        yield _("Read back: {chain}").format(chain=_(" - therefore: ").join(map(plain, chain)))
        yield ""
    for weak in cycle["weaknesses"]:
        yield "- " + _("Weak: {what}").format(what=plain(weak["message"]))
    if cycle["weaknesses"]:
        yield ""
    if cycle["actions"]:
        yield f"### {_('Actions')}"
        yield ""
        for action in cycle["actions"]:
            yield from _action(action)
        yield ""
    if cycle["effectiveness"]:
        yield f"### {_('Effectiveness')}"
        yield ""
        yield from _effect(cycle["effectiveness"])
        yield ""


def _why(why: Row) -> str:
    text = f"{why['label']} {plain(why['text'])}"
    marks = ([_("root cause")] if why["root"] else []) + ([category_label(why["category"])] if why["category"] else [])
    text += f" ({', '.join(map(plain, marks))})" if marks else ""
    return text + (". " + _("Evidence: {text}").format(text=plain(why["evidence"])) if why["evidence"] else "")


def _action(action: Row) -> Iterator[str]:
    who = [action["owner"], *action["contributors"]]
    said = [
        status_label(action["status"]),
        ", ".join(filter(None, who)),
        action["due"],
        priority_label(action["priority"]),
    ]
    title = f"{kind_label(action['kind'])}: {plain(action['title'])}"
    yield f"- {action['number']} {title} ({plain(', '.join(filter(None, said)))})"
    for move in action["moves"]:
        yield f"  - {_moved(move)}"
    for milestone in action["milestones"]:
        reached = (
            _("reached {day}").format(day=milestone["done"]) if milestone.get("done") else milestone.get("due") or ""
        )
        yield (
            "  - "
            + _("Milestone: {title}").format(title=plain(milestone["title"]))
            + (f" ({reached})" if reached else "")
        )
    for note in action["notes"]:
        yield f"  - {plain(note['by'])}, {note['at']}: {plain(note['text'])}"
    for refusal in action["refused"]:
        yield "  - " + _("Refused by {by}, {at}: {comment}").format(
            by=plain(refusal["by"]), at=refusal["at"], comment=plain(refusal["comment"])
        )
    if action["done_by"]:
        outcome = f": {plain(action['outcome'])}" if action["outcome"] else ""
        yield "  - " + _("Done by {by}, {at}").format(by=plain(action["done_by"]), at=action["done_at"]) + outcome
    if action["verified_by"]:
        note = f": {plain(action['verified_note'])}" if action["verified_note"] else ""
        by, at = plain(action["verified_by"]), action["verified_at"]
        yield "  - " + _("Verified by {by}, {at}").format(by=by, at=at) + note
    if action["cancelled_because"]:
        yield "  - " + _("Cancelled: {why}").format(why=plain(action["cancelled_because"]))


def _effect(effect: Row) -> Iterator[str]:
    unit = f" {plain(effect['unit'])}" if effect["unit"] else ""
    facts = [
        (_("Indicator"), effect["indicator"]),
        (_("Method"), effect["method"]),
        (_("Check date"), effect["check_date"]),
        (_("Checker"), effect["checker"]),
    ]
    for name, value in facts:
        if value:
            yield f"- {name}: {plain(value)}"
    for move in effect["moves"]:
        yield f"- {_moved(move)}"
    for name, key in ((_("Baseline"), "baseline"), (_("Target"), "target"), (_("Found"), "value")):
        if effect[key] is not None:
            yield f"- {name}: {plain(effect[key])}{unit}"
    if effect["verdict"]:
        yield "- " + _("Verdict: {verdict}, {by}, {at}").format(
            verdict=verdict_label(effect["verdict"]), by=plain(effect["checked_by"]), at=effect["checked_at"]
        )
    if effect["note"]:
        yield "- " + _("Note: {text}").format(text=plain(effect["note"]))
    bars = before_after(effect["baseline"], effect["target"], effect["value"], 30, effect["unit"])
    if bars:
        yield ""
        yield "```text"
        yield from bars
        yield "```"


def _timeline(row: Row) -> Iterator[str]:
    yield f"## {_('Timeline')}"
    yield ""
    for event in row["timeline"]:
        why = f" ({plain(event['why'])})" if event["why"] else ""
        yield f"- {event['at']} {plain(event['by'])}: {plain(event['what'])}{why}"
