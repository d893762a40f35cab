"""What changed between two versions of a checklist, in lines for people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qms_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from qms_tui.checklist.diff import Changed, Diff, FieldChange
    from qms_tui.checklist.model import Item


def doubt_words(doubt: str) -> str:
    """Why two wordings may be two questions."""
    words = {
        "negation": _("a 'not' more or less: the meaning may turn"),
        "number": _("another number"),
        "opposite": _("an opposite word: the meaning may turn"),
        "swapped": _("other words in place of some"),
        "likeness": _("only partly the same words"),
        "rival": _("another question is as like"),
        "place": _("it stands under another heading"),
        "id": _("another id was written to it"),
    }
    return words.get(doubt, "")


def summary(diff: "Diff") -> str:
    """One line: `3 added, 1 removed, 2 reworded, 1 moved, 2 with other fields`; "" where nothing changed."""
    counts = [
        (len(diff.added), ngettext("{n} added", "{n} added", len(diff.added))),
        (len(diff.removed), ngettext("{n} removed", "{n} removed", len(diff.removed))),
    ]
    reworded = sum(each.reworded for each in diff.changed)
    moved = sum(each.moved for each in diff.changed)
    fields = sum(bool(each.fields) for each in diff.changed)
    counts += [
        (reworded, ngettext("{n} reworded", "{n} reworded", reworded)),
        (moved, ngettext("{n} moved", "{n} moved", moved)),
        (fields, ngettext("{n} with other fields", "{n} with other fields", fields)),
    ]
    said = [words.format(n=n) for n, words in counts if n]
    if diff.front:
        said.append(_("its own data changed ({fields})").format(fields=", ".join(each.field for each in diff.front)))
    return ", ".join(said)


def diff_lines(diff: "Diff") -> list[str]:
    """All of it: `+` added, `-` removed, `~` changed; numbers are lines of the new file, of removed items the old."""
    lines = list(_field_lines(diff.front))
    lines += [f"- {_place(item)}" for item in diff.removed]
    lines += [f"+ {_place(item)}" for item in diff.added]
    for change in diff.changed:
        lines.append(f"~ {_place(change.new)}")
        lines += [f"    {line}" for line in _change_lines(change)]
    return lines


def _place(item: "Item") -> str:
    section = f"[{' / '.join(item.section)}] " if item.section else ""
    return f"{item.line}: {section}{item.question}"


def _change_lines(change: "Changed") -> Iterable[str]:
    if change.reworded:
        yield _("was: {question}").format(question=change.old.question)
    for why in dict.fromkeys((change.turned or "", change.doubt)):
        if why:
            yield f"! {doubt_words(why)}"
    if change.moved:
        if change.old.section != change.new.section:
            before = " / ".join(change.old.section) or _("no section")
            yield _("moved from line {line}, {section}").format(line=change.old.line, section=before)
        else:
            yield _("moved from line {line}").format(line=change.old.line)
    yield from _field_lines(change.fields)


def _field_lines(changes: "Iterable[FieldChange]") -> Iterable[str]:
    for change in changes:
        yield f"{change.field}: {_value(change.old)} -> {_value(change.new)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value).split()) if value not in (None, "") else _("none")
    return text if len(text) <= 60 else text[:57] + "..."
