"""A digest as a person reads it, on a terminal or in a mail."""

from collections.abc import Iterable
from typing import Any

from qms_tui.i18n import _
from qms_tui.records.words import status_label
from qms_tui.reports.digest import Digest


def heading(section: str) -> str:
    """The name of a digest's section as a person reads it."""
    return {
        "overdue": _("Overdue"),
        "due_soon": _("Due within a week"),
        "to_verify": _("Waiting for verification"),
        "checks": _("Effectiveness checks due"),
        "others": _("Later"),
    }.get(section, section)


def digest_lines(digest: Digest, sections: Iterable[str]) -> list[str]:
    """The sections that hold anything, each under its heading."""
    lines: list[str] = []
    for section in sections:
        rows = getattr(digest, section)
        if rows:
            lines += ["", f"{heading(section)}:"] if lines else [f"{heading(section)}:"]
            lines += [f"  {_line(row, section)}" for row in rows]
    return lines


def _line(row: dict[str, Any], section: str) -> str:
    due = row["due"] or _("no date")
    said = [status_label(row["status"])]
    if row["kind"] == "check" and section != "checks":
        said.insert(0, _("effect to check"))
    if row["number"] != row["nonconformity"]:
        said.append(row["nonconformity"])
    return f"{due:<10}  {row['number']}  {row['title']} ({', '.join(said)})"
