"""A nonconformity as rows, and each row in full: pure functions over what `nc show --json` gives."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qms_tui.i18n import _, ngettext
from qms_tui.records.nonconformity import SECTIONS
from qms_tui.records.words import ENDED, category_label, grade_label, kind_label, status_label, verdict_label
from qms_tui.reports.bars import before_after
from qms_tui.reports.similar import reason_label
from qms_tui.reports.timeline import section_label
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap
from qms_tui.workflow.clock import local_date, local_time

Shown = Mapping[str, Any]

STEP_KEYS = {"advance": "n", "check": "c", "cancel": "z"}


def field_labels() -> dict[str, str]:
    """What may be written of a nonconformity, in the order of ISO 9001 10.2.1: who sees to it, then what was done."""
    return {field: section_label(field) for field in ("owner", "due", *SECTIONS)}


def day_help() -> str:
    return _("2026-12-24, today, or +14 for in 14 days")


def field_note(name: str, *, short: bool) -> str:
    """What belongs in a field, in few words; `short` where the line is narrow."""
    notes = {
        "statement": _("where, when, how much"),
        "owner": _("who sees to it"),
        "due": _("2026-12-24 or +14") if short else day_help(),
        "correction": _("what put it right"),
        "containment": _("what keeps it from spreading"),
        "need": _("is action on causes needed, and why"),
        "similar": _("where else was looked"),
        "risks_updated": _("which, or none") if short else _("which risks were updated, or none"),
        "qms_changed": _("what, or nothing") if short else _("what was changed in the system, or nothing"),
    }
    return notes.get(name, "")


def moved_to(day: str) -> str:
    return _("Why is it moved to {day}?").format(day=day)


_FIRST = ("owner", "due", "correction", "containment", "need", "similar")


def case_rows(row: Shown) -> list[Row]:
    """Keys: `field NAME`, `step N`, `why ID`, `action NUMBER`, `effect CYCLE`, `audit`, `nc NUMBER`, `similar NUMBER`,
    `event N`, `reopen`."""
    rows = [Row("field statement", row["statement"]), Row("field criterion", row["criterion"])]
    if row["audit"]:
        where = _("{audit}, item {item}") if row["item"] else "{audit}"
        rows.append(Row("audit", where.format(audit=row["audit"], item=row["item"])))
    rows += _next_rows(row)
    rows.append(Row("# facts", _("Facts"), header=True))
    rows += [_field_row(row, name) for name in _FIRST]
    for number in dict.fromkeys([*([row["repeat_of"]] if row["repeat_of"] else []), *row["related"]]):
        words = _("repeat of {number}") if number == row["repeat_of"] else _("similar to {number}")
        rows.append(Row(f"nc {number}", words.format(number=number), mark="="))
    linked = {row["repeat_of"], *row["related"]}
    candidates = [one for one in row["candidates"] if one["number"] not in linked]
    if candidates:
        rows.append(Row("# similar", _("Do similar ones exist?"), header=True))
    for one in candidates:
        rows.append(
            Row(f"similar {one['number']}", f"{one['number']} {one['statement']}", mark="=" if one["recent"] else "")
        )
    for cycle in reversed(row["cycles"]):
        rows += _cycle_rows(row, cycle)
    rows.append(Row("# learned", _("Learned"), header=True))
    rows += [_field_row(row, name) for name in ("risks_updated", "qms_changed")]
    if row["lesson"]:
        rows.append(Row("field lesson", _("lesson: {text}").format(text=row["lesson"])))
    rows.append(Row("# trail", _("Timeline"), header=True))
    rows += timeline_rows(row["timeline"])
    return rows


def _field_row(row: Shown, name: str) -> Row:
    late = name == "due" and row["overdue"]
    words = f"{field_labels()[name]}: {row[name] or '-'}" + (", " + _("overdue") if late else "")
    return Row(f"field {name}", words, mark="!" if late else "", style="red" if late else "")


def _next_rows(row: Shown) -> Iterator[Row]:
    if row["status"] == "cancelled" and not row["void"]:
        yield Row("# next", _("Next"), header=True)
        yield Row("reopen", _("o  opens it again"))
    if not row["steps"]:
        return
    yield Row("# next", _("Next"), header=True)
    for at, step in enumerate(row["steps"]):
        if step["step"] == "cancel":
            continue
        key = STEP_KEYS[step["step"]]
        words = f"{key}  {status_label(step['to'])}"
        if step["step"] == "check":
            verdict = verdict_label("effective" if step["to"] == "closed" else "not_effective")
            words = f"{key}  {verdict}: {status_label(step['to'])}"
        mark = ""
        if not step["allowed"]:
            mark = "/"
            words += ": " + _("barred, {gate}").format(gate=step["gate"])
        elif step["missing"]:
            mark = "?"
            words += ": " + _("still to be named: {missing}").format(missing=step["missing"])
        yield Row(f"step {at}", words, mark=mark, style="yellow" if mark else "")


def _cycle_rows(row: Shown, cycle: Shown) -> Iterator[Row]:
    several = len(row["cycles"]) > 1
    n = cycle["cycle"]
    goes_on = n == row["cycle"] and row["status"] not in ENDED

    def head(words: str) -> str:
        return f"{words}, " + _("cycle {n}").format(n=n) if several else words

    weak = {found["cause"] for found in cycle["weaknesses"]}
    yield Row(f"# causes {n}", head(_("Causes")), header=True)
    if not cycle["causes"]:
        yield Row(f"whys {n}", _("none yet; w asks why") if goes_on else _("none"))
    for why in cycle["causes"]:
        mark = "*" if why["root"] else "?" if why["id"] in weak else ""
        yield Row(f"why {why['id']}", f"{why['label']} {why['text']}", mark=mark, indent=2 * (why["depth"] - 1))
    yield Row(f"# actions {n}", head(_("Actions")), header=True)
    if not cycle["actions"]:
        yield Row(f"actions {n}", _("none yet; a adds one") if goes_on else _("none"))
    for action in cycle["actions"]:
        yield action_row(action)
    yield Row(f"# effect {n}", head(_("Effectiveness")), header=True)
    yield Row(f"effect {n}", _effect_words(cycle["effectiveness"], goes_on))


def in_place_of(before: Shown, after: Shown, key: str) -> str | None:
    """The row to stand on where a why has been taken back; None where a row can stay.

    The next answer beside it, else the why that it answered, else one before it, else the row that asks for the first.
    """
    kind, _space, gone = key.partition(" ")
    left = {why["id"] for cycle in after["cycles"] for why in cycle["causes"]}
    cycle = next((c for c in before["cycles"] if any(why["id"] == gone for why in c["causes"])), None)
    if kind != "why" or gone in left or cycle is None:
        return None
    whys = cycle["causes"]
    at = next(n for n, why in enumerate(whys) if why["id"] == gone)
    parent = whys[at]["parent"]
    beside = [why["id"] for why in whys[at + 1 :] if why["parent"] == parent]
    near = [*beside, parent, *(why["id"] for why in reversed(whys[:at]))]
    return next((f"why {why}" for why in near if why in left), f"whys {cycle['cycle']}")


def action_row(action: Shown) -> Row:
    late = action["overdue"]
    state = f"{action['due'] or '-'} {status_label(action['status'])} {action['owner'] or '-'}"
    return Row(
        f"action {action['number']}",
        f"{action['number']} {state}: {action['title']}",
        mark="!" if late else "",
        style="red" if late else "",
    )


def _effect_words(effect: Shown | None, now: bool) -> str:
    if effect is None:
        return _("not planned; t plans it") if now else _("not planned")
    if effect["verdict"]:
        return _("{verdict}: {value} after {before}, target {target}").format(
            verdict=verdict_label(effect["verdict"]), value=_unit(effect, "value"), before=_unit(effect, "baseline"),
            target=_unit(effect, "target"))  # fmt: skip
    said = effect["indicator"] or effect["method"] or "-"
    return _("{what}: {before} -> {target}, {checker} on {day}").format(
        what=said, before=_unit(effect, "baseline"), target=_unit(effect, "target"),
        checker=effect["checker"] or "-", day=effect["check_date"] or "-")  # fmt: skip


def _unit(effect: Shown, field: str) -> str:
    if effect[field] is None:
        return "-"
    return f"{effect[field]} {effect['unit']}" if effect["unit"] else str(effect[field])


def timeline_rows(timeline: Sequence[Shown]) -> list[Row]:
    """What happened, the newest first."""
    return [
        Row(f"event {at}", f"{local_date(event['at'])} {event['by']}: {event['what']}")
        for at, event in reversed(list(enumerate(timeline)))
    ]


# One row in full


def case_detail(row: Shown, key: str, width: int) -> Sequence[Line]:
    """What stands behind a row of `case_rows`."""
    kind, _space, name = key.partition(" ")
    match kind:
        case "field":
            return _field_detail(row, name, width)
        case "reopen":
            return wrap(_("cancelled: {why}").format(why=row["cancelled_because"] or "-"), width)
        case "step":
            return _step_detail(row["steps"][int(name)], width)
        case "why":
            return _why_detail(row, name, width)
        case "action":
            found = next(a for cycle in row["cycles"] for a in cycle["actions"] if a["number"] == name)
            return action_lines(found, width)
        case "effect":
            return effect_lines(row["cycles"][int(name) - 1]["effectiveness"], width)
        case "event":
            return event_lines(row["timeline"][int(name)], width)
        case "similar":
            return similar_lines(next(one for one in row["candidates"] if one["number"] == name), width)
        case "nc":
            alike = next((one for one in row["candidates"] if one["number"] == name), None)
            opens = wrap(_("enter opens {number}").format(number=name), width)
            return opens if alike is None else [*_similar(alike, width), "", *opens]
        case "audit":
            words = (
                _("raised in {audit} at the item {item}: {question}; enter goes there")
                if row["item"]
                else _("raised in {audit}; enter goes there")
            )
            return wrap(words.format(audit=row["audit"], item=row["item"], question=row["question"] or "-"), width)
    return []


def _field_detail(row: Shown, name: str, width: int) -> list[Line]:
    label = {"statement": _("what was found"), "criterion": _("checked against"), "lesson": _("lesson"),
             **field_labels()}[name]  # fmt: skip
    lines: list[Line] = [[(label, "bold")], *wrap(str(row[name] or "-"), width)]
    if name == "statement":
        state = f"{grade_label(row['grade'])}, {status_label(row['status'])}, " + _("cycle {n}").format(n=row["cycle"])
        lines += ["", *wrap(state, width), *wrap(age_words(row), width)]
        for words, field in ((_("withdrawn: {why}"), "void"), (_("handed over to {to}: {why}"), "handed_over")):
            if row[field]:
                lines += wrap(words.format(**row[field]), width)
        if row["cancelled_because"]:
            lines += wrap(_("cancelled: {why}").format(why=row["cancelled_because"]), width)
    if name == "due":
        lines += moves_lines(row["moves"], width)
    return lines


def age_words(row: Shown) -> str:
    """How long it has been open, or on which day it was closed or cancelled."""
    if row["closed"]:
        return _("closed {day}").format(day=local_date(row["closed"]))
    if row["cancelled"]:
        return _("cancelled {day}").format(day=local_date(row["cancelled"]))
    if row["status"] in ENDED:
        return ""
    return ngettext("open for {n} day", "open for {n} days", row["age"]).format(n=row["age"])


def moves_lines(moves: Any, width: int) -> list[Line]:
    """Every move of a due date stays visible."""
    words = [
        _("moved from {old} to {new} by {by}: {why}").format(
            old=m["old"] or "-", new=m["new"], by=m["by"], why=m["why"]
        )
        for m in moves
    ]
    return [line for said in words for line in wrap(said, width)]


def _step_detail(step: Shown, width: int) -> list[Line]:
    head = _("{key}: to {state}").format(key=STEP_KEYS[step["step"]], state=status_label(step["to"]))
    lines: list[Line] = [[(part, "bold")] for part in wrap(head, width)]
    if step["allowed"]:
        lines += wrap(_("may be done now"), width)
        later = _("still to be named: {missing}").format(missing=step["missing"]) if step["missing"] else ""
        return [*lines, *wrap(later, width)] if later else lines
    return [
        *lines,
        *wrap(_("barred by the gate '{gate}'").format(gate=step["gate"]), width),
        *wrap(step["missing"], width),
    ]


def _why_detail(row: Shown, id_: str, width: int) -> list[Line]:
    cycle = next(c for c in row["cycles"] if any(why["id"] == id_ for why in c["causes"]))
    whys = {why["id"]: why for why in cycle["causes"]}
    why = whys[id_]
    lines: list[Line] = [[(part, "bold")] for part in wrap(f"{why['label']} {why['text']}", width)]
    lines += wrap(_("root cause") if why["root"] else _("not a root cause; r marks it"), width)
    lines += wrap(_("evidence: {text}").format(text=why["evidence"] or "-"), width)
    lines += wrap(_("lies in: {category}").format(
        category=category_label(why["category"]) if why["category"] else "-"), width)  # fmt: skip
    for weak in cycle["weaknesses"]:
        if weak["cause"] == id_:
            lines += [[(part, "yellow")] for part in wrap("? " + weak["message"], width)]
    lines += ["", [(_("Read back"), "bold")]]
    at: Any = id_
    said = []
    while at in whys:
        said.append(whys[at]["text"])
        at = whys[at]["parent"]
    for n, part in enumerate([*said, row["statement"]]):
        lines += wrap(part if n == 0 else _("therefore: {text}").format(text=part), width)
    return lines


def action_summary(action: Shown, width: int) -> list[Line]:
    """An action as `action list --json` gives it."""
    lines: list[Line] = [[(part, "bold")] for part in wrap(action["title"], width)]
    late = ", " + _("overdue") if action["overdue"] else ", " + _("due soon") if action["due_soon"] else ""
    lines += wrap(f"{kind_label(action['kind'])}, {status_label(action['status'])}{late}", width)
    facts = [
        (_("for"), action["nonconformity"]),
        (_("owner"), action["owner"]),
        (_("with"), ", ".join(action["contributors"])),
        (_("verifier"), action["verifier"]),
        (_("due date"), action["due"]),
    ]
    return lines + _fact_lines(facts, width)


def _fact_lines(facts: Sequence[tuple[str, Any]], width: int) -> list[Line]:
    return [line for name, value in facts if value for line in wrap(f"{name}: {value}", width)]


def action_lines(action: Shown, width: int) -> list[Line]:
    """An action whole, as `action show --json` gives it."""
    ended = [
        (_("outcome"), action["outcome"]),
        (_("done by"), action["done_by"]),
        (_("verified by"), action["verified_by"]),
        (_("note"), action["verified_note"]),
        (_("cancelled"), action["cancelled_because"]),
    ]
    lines = action_summary(action, width) + _fact_lines(ended, width)
    lines += moves_lines(action["moves"], width)
    for milestone in action["milestones"]:
        done = (
            _("reached {day}").format(day=milestone["done"]) if milestone.get("done") else milestone.get("due") or "-"
        )
        lines += wrap(_("milestone: {title} ({done})").format(title=milestone["title"], done=done), width)
    for refused in action["refused"]:
        lines += wrap(_("refused by {by}: {comment}").format(by=refused["by"], comment=refused["comment"]), width)
    for note in action["notes"]:
        lines += wrap(f"{local_date(note['at'])} {note['by']}: {note['text']}", width)
    return lines


def effect_lines(effect: Shown | None, width: int) -> Sequence[Line]:
    """The effectiveness plan with its bars, and what was found."""
    if effect is None:
        words = _("How will it be seen that the actions worked? Indicator, before, target, day and who checks it.")
        return wrap(words, width)
    lines: list[Line] = [[(part, "bold")] for part in wrap(effect["indicator"] or effect["method"] or "-", width)]
    bars = before_after(effect["baseline"], effect["target"], effect["value"], max(8, width - 20), effect["unit"])
    named = ((_("before"), "baseline"), (_("target"), "target"), (_("after"), "value"))
    lines += bars or _fact_lines([(name, _unit(effect, field)) for name, field in named], width)
    lines += wrap(_("check due on {day}, by {who}").format(
        day=effect["check_date"] or "-", who=effect["checker"] or "-"), width)  # fmt: skip
    lines += moves_lines(effect["moves"], width)
    if effect["verdict"]:
        lines += ["", [(verdict_label(effect["verdict"]), "bold")]]
        lines += wrap(f"{effect['checked_by']}, {local_date(effect['checked_at'])}: {effect['note'] or '-'}", width)
    return lines


def event_lines(event: Shown, width: int) -> list[Line]:
    """One event of a timeline in full."""
    head = f"{local_date(event['at'])} {local_time(event['at'])} {event['by']}"
    lines: list[Line] = [[(part, "bold")] for part in wrap(head, width)]
    return [*lines, *wrap(event["what"], width), *(wrap(event["why"], width) if event["why"] else ())]


def _similar(candidate: Shown, width: int) -> list[Line]:
    """A similar one: why it is thought so, and what was learned from it."""
    head = f"{candidate['number']}, {status_label(candidate['status'])}, {local_date(candidate['opened'])}"
    lines: list[Line] = [[(part, "bold")] for part in wrap(head, width)]
    lines += wrap(candidate["statement"], width)
    lines += wrap(", ".join(reason_label(reason) for reason in candidate["reasons"]), width)
    if candidate["lesson"]:
        lines += ["", *wrap(_("lesson: {text}").format(text=candidate["lesson"]), width)]
    return lines


def similar_lines(candidate: Shown, width: int) -> list[Line]:
    """As `_similar`, with the keys that link it."""
    return [
        *_similar(candidate, width),
        "",
        *wrap(_("l links it as similar, p as the one that this repeats; enter opens it"), width),
    ]
