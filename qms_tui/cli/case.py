"""A nonconformity and an action on stdout, for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from qms_tui.cli.log import print_trail
from qms_tui.cli.output import one_line_text, say
from qms_tui.i18n import _, ngettext
from qms_tui.records.words import category_label, kind_label, status_label, verdict_label
from qms_tui.reports.similar import reason_label

Row = Mapping[str, Any]


def _facts(facts: Iterable[tuple[str, Any]], indent: str = "") -> None:
    for name, value in facts:
        if value not in (None, "", []):
            say(one_line_text(f"{indent}{name:<10} {', '.join(value) if isinstance(value, list) else value}"))


def print_case(row: Row) -> None:
    """`row` as `nc show --json` gives it."""
    keys = ("number", "status", "grade", "statement", "criterion", "audit", "item", "owner", "due", "repeat_of")
    _facts((key, row[key]) for key in keys)
    sections = ("related", "correction", "containment", "need", "similar", "risks_updated", "qms_changed", "lesson")
    _facts((key, row[key]) for key in sections)
    _moves(row["moves"])
    if row["handed_over"]:
        _facts([("handed over", f"{row['handed_over']['to']}: {row['handed_over']['why']}")])
    if row["cancelled_because"]:
        _facts([("cancelled", row["cancelled_because"])])
    if row["void"]:
        _facts([("void", f"{row['void']['why']} ({row['void']['by']}, {row['void']['at']})")])
    for cycle in row["cycles"]:
        _cycle(cycle, several=len(row["cycles"]) > 1)
    print_candidates(row.get("candidates") or [], _("Similar ones"))
    _steps(row.get("steps") or [])
    say()
    print_trail(row["trail"])


def print_candidates(candidates: Iterable[Row], heading: str = "") -> None:
    """Rows of `nc similar --json`, under a heading if there are any."""
    for n, one in enumerate(candidates):
        if n == 0 and heading:
            say(f"\n{heading}")
        reasons = ", ".join(map(reason_label, one["reasons"]))
        recent = "" if one["recent"] else ", " + _("more than a year ago")
        line = f"  {one['number']} {one['statement']} ({status_label(one['status'])}; {reasons}{recent})"
        say(one_line_text(line))
        if one["lesson"]:
            say(one_line_text("    " + _("learned: {lesson}").format(lesson=one["lesson"])))


def _cycle(cycle: Row, *, several: bool) -> None:
    if several:
        say("\n" + _("Cycle {n}").format(n=cycle["cycle"]))
    if cycle["causes"]:
        say("\n" + _("Causes"))
    for why in cycle["causes"]:
        marks = [_("root cause")] * why["root"] + ([category_label(why["category"])] if why["category"] else [])
        aside = f" [{', '.join(marks)}]" if marks else ""
        evidence = f" ({why['evidence']})" if why["evidence"] else ""
        say(one_line_text(f"{'  ' * why['depth']}{why['label']} {why['text']}{aside}{evidence}"))
    for chain in cycle["read_back"]:
        say(one_line_text("  " + _(" - therefore: ").join(chain)))
    for weak in cycle["weaknesses"]:
        say(one_line_text(f"  ! {weak['message']}"))
    if cycle["actions"]:
        say("\n" + _("Actions"))
    for action in cycle["actions"]:
        _action_line(action)
    if cycle["effectiveness"]:
        say("\n" + _("Effectiveness"))
        _effect(cycle["effectiveness"])


def _action_line(action: Row) -> None:
    late = _("overdue") if action["overdue"] else ""
    n = action["moved"]
    moved = ngettext("moved {n} time", "moved {n} times", n).format(n=n) if n else ""
    parts = [status_label(action["status"]), action["owner"], action["due"], late, moved]
    said = ", ".join(part for part in parts if part)
    say(one_line_text(f"  {action['number']} {kind_label(action['kind'])}: {action['title']} ({said})"))


def _effect(effect: Row) -> None:
    unit = f" {effect['unit']}" if effect["unit"] else ""
    _facts([(_("indicator"), effect["indicator"]), (_("method"), effect["method"])], "  ")
    for name in ("baseline", "target", "value"):
        if effect[name] is not None:
            _facts([(name, f"{effect[name]}{unit}")], "  ")
    _facts([(_("check date"), effect["check_date"]), (_("checker"), effect["checker"])], "  ")
    _moves(effect["moves"], "  ")
    if effect["verdict"]:
        who = f"{verdict_label(effect['verdict'])} ({effect['checked_by']}, {effect['checked_at']})"
        _facts([(_("verdict"), who), (_("note"), effect["note"])], "  ")


def _moves(moves: Iterable[Row], indent: str = "") -> None:
    for move in moves:
        _facts([("moved", f"{move['old']} -> {move['new']}: {move['why']} ({move['by']})")], indent)


def _steps(steps: Iterable[Row]) -> None:
    for n, step in enumerate(steps):
        if n == 0:
            say("\n" + _("Next"))
        words = _("still to be named: {missing}") if step["allowed"] else _("barred: {gate}: {missing}")
        missing = "  " + words.format(**step) if step["missing"] else ""
        say(one_line_text(f"  {step['step']} -> {status_label(step['to'])}{missing}"))


def print_action(row: Row) -> None:
    """`row` as `action show --json` gives it."""
    keys = (
        "number",
        "nonconformity",
        "status",
        "kind",
        "title",
        "owner",
        "contributors",
        "verifier",
        "due",
        "priority",
    )
    _facts((key, row[key]) for key in keys)
    _moves(row["moves"])
    for milestone in row["milestones"]:
        reached = _("reached {day}").format(day=milestone["done"]) if milestone.get("done") else milestone.get("due")
        _facts([("milestone", f"{milestone['title']}" + (f" ({reached})" if reached else ""))])
    _facts(("note", f"{note['text']} ({note['by']}, {note['at']})") for note in row["notes"])
    _facts(("refused", f"{one['comment']} ({one['by']}, {one['at']})") for one in row["refused"])
    _facts([("outcome", row["outcome"])])
    if row["verified_by"]:
        _facts([("verified", f"{row['verified_by']}, {row['verified_at']}: {row['verified_note'] or ''}".rstrip(": "))])
    _facts([("cancelled", row["cancelled_because"])])
    _steps(row.get("steps") or [])
    say()
    print_trail(row["trail"])
