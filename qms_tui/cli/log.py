"""`qms-tui log`: the trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import one_line_text, print_json, say
from qms_tui.i18n import _
from qms_tui.records.words import history_label


@click.command()
@click.argument("number", required=False)
@click.option("--since", metavar="TIME", help="Only what was recorded from this time on (ISO 8601; a date will do).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def log(settings: Settings, number: str | None, since: str | None, as_json: bool) -> None:
    """Who changed what, when, from what to what, and why; of one NUMBER (A-, NC-, AC-) or of everything."""
    from qms_tui.workflow.numbers import find
    from qms_tui.workflow.trail import trail_of, trail_rows

    after = _moment(since) if since is not None else None
    with settings.open() as store:
        rows = trail_rows(store) if number is None else trail_of(store, find(store, number).id)
    if after is not None:
        rows = [row for row in rows if datetime.fromisoformat(row["at"]) >= after]
    if as_json:
        print_json(rows)
    else:
        print_trail(rows)


def _moment(text: str) -> datetime:
    """A time with zone; the local one where none is given."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError) as error:
        raise Fault(
            _("--since: '{text}' is no time; write it as 2026-11-22 or 2026-11-22T10:02").format(text=text), 2
        ) from error


# Fields that say where a document belongs: they stand in the JSON and in the journal.
_UNTOLD = frozenset(
    {"audit", "checklist", "item", "section", "question", "progress", "digest", "finding", "nonconformity", "by", "at"}
    | {
        "opened",
        "cycle",
        "parent",
        "of",
        "done_at",
        "done_by",
        "verified_at",
        "verified_by",
        "checked_at",
        "checked_by",
    }
)


def _told(change: Mapping[str, Any]) -> bool:
    if change["table"] == "lineage":  # the decision, and on which wording
        return change["field"] in ("was", "state")
    return change["table"] != "checklists" and (change["field"] not in _UNTOLD or change["old"] is not None)


def print_trail(rows: Sequence[Mapping[str, Any]]) -> None:
    """A line a transaction, then a line a changed field."""
    numbers: dict[str, str] = {}
    for row in rows:
        who = row["by"] + (f" ({row['via']})" if row["via"] else "")
        why = f"  {_('why')}: {row['why']}" if row["why"] else ""
        say(one_line_text(f"{row['n']:>5}  {row['at']}  {who}  {row['number'] or ''}{why}"))
        numbers |= {change["id"]: change["new"] for change in row["changes"] if change["field"] == "number"}
        documents = {(change["table"], change["id"]) for change in row["changes"]}
        for change in row["changes"]:
            if not _told(change):
                continue
            name = change["table"]
            if name == "lineage":
                say(one_line_text("       " + _decision(change)))
                continue
            if name in ("answers", "findings"):
                name = change["id"].partition("/")[2]
            elif sum(table == name for table, _id in documents) > 1:  # which of them
                name = numbers.get(change["id"], name)
            say(one_line_text(f"       {name}.{change['field']}: {_shown(change['old'])} -> {_shown(change['new'])}"))


def _decision(change: Mapping[str, Any]) -> str:
    """Whether an item is the question that it may be, and how that one was worded."""
    item = change["id"].split("/", 2)[-1]
    old, new = change["old"], change["new"]
    if change["field"] == "was":
        return _("history of {item}: asked before as {old} -> {new}").format(
            item=item, old=_shown(old), new=_shown(new)
        )
    return _("history of {item}: {old} -> {new}").format(item=item, old=history_label(old), new=history_label(new))


def _shown(value: object) -> str:
    """A value on one line; the whole of it stands in the JSON."""
    match value:
        case None:
            return "-"
        case str():
            return value if len(value) <= 200 else _("{n} characters").format(n=len(value))
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(map(_shown, value)) or "-"
        case {"digest": str(digest), "name": str(name)}:
            return f"{name} (SHA-256 {digest[:12]}...)"
        case {"why": str(why), "by": _}:
            return why
        case {"item": str(item), "missing": str(missing)}:
            return f"{item} ({missing})"
        case dict():
            return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    return str(value)
