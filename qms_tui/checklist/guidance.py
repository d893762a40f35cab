"""What stands in an item and is neither its question, nor a field, nor another item: kept as Markdown source."""

import re
import textwrap
from collections.abc import Sequence

from qms_tui.checklist.draft import Draft

_QUOTE = re.compile(r"[ \t]{0,12}> ?")
_OPENS = re.compile(r"\s*(?:[-+*>]|[0-9]{1,9}[.)]|$)")
"""A line that does not run on from the one before it."""


def read_guidance(lines: Sequence[str], drafts: Sequence[Draft], taken: set[int]) -> list[str]:
    """The guidance of each draft. `taken` are lines (from 0) used by fields; a nested item's lines are its own."""
    owner = [-1] * len(lines)
    for number, draft in enumerate(drafts):
        end = min(draft.end, len(lines))
        owner[draft.start : end] = [number] * (end - draft.start)
    used = set(taken)
    for draft in drafts:
        used.update(range(draft.start, draft.line + len(draft.text)))
        if draft.branch is not None and not draft.branch.kept:
            used.add(draft.branch.place.line)
    for draft in drafts:
        branch = draft.branch
        if branch is not None and branch.place.line in used:
            holder = owner[branch.place.line]
            below = range(branch.place.line + 1, min(branch.end, len(lines)))
            if any(owner[n] == holder and n not in used and lines[n].strip(" \t>") for n in below):
                used.discard(branch.place.line)
    found: list[list[str]] = [[] for _ in drafts]
    last = [-1] * len(drafts)
    for number, line in enumerate(lines):
        holder = owner[number]
        if holder >= 0 and number not in used:
            if found[holder] and last[holder] + 1 < number and not _OPENS.match(line):
                found[holder].append("")
            found[holder].append(line)
            last[holder] = number
    return [_dedent(each, draft) for each, draft in zip(found, drafts, strict=True)]


def _dedent(lines: list[str], draft: Draft) -> str:
    if not lines and not draft.notes:
        return ""
    for _ in range(draft.quotes):
        lines = [_QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line for line in lines]
    text = textwrap.dedent("\n".join(line.expandtabs(4).rstrip() for line in lines)).strip("\n")
    return "\n\n".join(part for part in (text, "\n".join(draft.notes)) if part)
