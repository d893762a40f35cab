"""An audit as Markdown: what was asked, what was answered, what was found, and who said so when."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qms_tui.export.changes import changes_told
from qms_tui.i18n import _
from qms_tui.records.gates import missing_words
from qms_tui.records.words import grade_label, result_label, status_label
from qms_tui.reports.record import AuditRecord, Entry
from qms_tui.reports.trail import reopenings

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_BLOCK = re.compile(r"([-+=:]|[0-9]{1,9}(?=[.)]))")  # what begins a list, a heading or a table at the start of a line


def audit_markdown(record: AuditRecord, *, trail: bool = True) -> str:
    """The whole record; `trail` adds who changed what and when."""
    parts = [_head(record), _answers(record), _findings(record), _lacking(record)]
    if trail:
        parts.append(_trail(record))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def plain(text: Any) -> str:
    """A text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def paragraph(text: Any) -> str:
    """A text that begins a line of Markdown and is shown as it is."""
    escaped = plain(text)
    block = _BLOCK.match(escaped)
    if block is None:
        return escaped
    return f"{block[1]}\\{escaped[block.end() :]}" if block[1].isdecimal() else f"\\{escaped}"


def _head(record: AuditRecord) -> Iterator[str]:
    audit = record.audit
    yield f"# {audit['number']} {plain(audit['title'])}"
    yield ""
    facts = [
        (_("Status"), status_label(audit["status"])),
        (_("Subject"), audit.get("subject")),
        (_("Site"), audit.get("site")),
        (_("Lead"), audit["lead"]),
        (_("Team"), ", ".join(audit.get("team") or [])),
        (_("Started"), audit["started"]),
        *((_("Reopened"), f"{one['at']}, {one['by']}: {one['why']}") for one in reopenings(record.trail)),
        (_("Completed"), audit.get("completed")),
        (_("Cancelled because"), audit.get("cancelled_because")),
        (_("Re-audit of"), record.reaudit_of),
        (_("Checklist"), f"{audit['checklist']}, SHA-256 {audit['digest']}"),
    ]
    for name, value in facts:
        if value:
            yield f"- {name}: {plain(value)}"
    figures = record.figures
    coverage = "-" if figures.coverage is None else f"{figures.coverage:g} %"
    yield "- " + _("Coverage: {coverage} ({answered} of {applicable} applicable items answered)").format(
        coverage=coverage, answered=figures.answered, applicable=figures.applicable
    )
    conformity = "-" if figures.conformity is None else f"{figures.conformity:g} %"
    provisional = " " + _("(provisional: items are unanswered)") if figures.provisional else ""
    yield "- " + _("Conformity: {conformity}").format(conformity=conformity) + provisional
    yield f"- {plain(figures.formula)}"
    if audit.get("summary"):
        yield ""
        yield paragraph(audit["summary"])
    yield ""


def _answers(record: AuditRecord) -> Iterator[str]:
    yield f"## {_('Answers')}"
    yield ""
    section: tuple[str, ...] | None = None
    for entry in record.entries:
        if entry.item.section != section:
            section = entry.item.section
            if section:
                yield f"### {plain(' / '.join(section))}"
                yield ""
        yield from _answer(entry, record.originals.get(entry.item.id))
        yield ""


def _answer(entry: Entry, original: Mapping[str, Any] | None) -> Iterator[str]:
    answer = entry.answer or {}
    aside = ""
    if entry.adhoc:
        aside = " " + _("(added during the walk)")
    elif not entry.asked:
        aside = " " + _("(no longer asked after other answers)")
    yield f"- **{plain(entry.item.question)}** `{entry.item.id}`{aside}"
    if entry.item.answer.name != "none" or answer.get("result"):
        yield f"  - {_answer_words(answer)}"
    if original is not None:
        note = f": {plain(original['note'])}" if original["note"] else ""
        yield "  - " + _("Before, in {audit}: {answer}").format(
            audit=original["audit"], answer=_answer_words(original) + note
        )
    if answer.get("note"):
        yield f"  - {_('Note')}: {plain(answer['note'])}"
    for kept in answer.get("evidence") or []:
        yield f"  - {_('Evidence')}: {plain(kept['name'])}, {kept['size']} B, SHA-256 {kept['digest']}"
    if entry.finding:
        yield f"  - {_('Finding')}: {grade_label(entry.finding['grade'])}: {plain(entry.finding['statement'])}"


def _answer_words(answer: Any) -> str:
    words = result_label(answer.get("result"))
    value = answer.get("value")
    if value is not None:
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        words = f"{plain(shown)} {plain(answer.get('unit') or '')}".rstrip() + f": {words}"
    return f"{words}, {answer['by']}, {answer['at']}" if answer.get("result") else words


def _findings(record: AuditRecord) -> Iterable[str]:
    numbers = {nc["id"]: nc["number"] for nc in record.nonconformities}
    found = [entry for entry in record.entries if entry.finding]
    if not found:
        return []
    lines = [f"## {_('Findings')}", ""]
    for entry in found:
        finding = entry.finding or {}
        number = numbers.get(finding.get("nonconformity"))
        lines += [
            f"- {number + ' ' if number else ''}**{grade_label(finding['grade'])}**: {plain(finding['statement'])}",
            f"  - {_('Criterion')}: {plain(finding['criterion'])}",
            f"  - {_('Item')}: `{entry.item.id}`",
        ]
    return [*lines, ""]


def _lacking(record: AuditRecord) -> Iterable[str]:
    questions = {entry.item.id: entry.item.question for entry in record.entries}
    left = [
        f"- {plain(questions.get(one['item'], one['item']))} `{one['item']}`: {missing_words(one['missing'])}: "
        f"{plain(one['reason'])}"
        for one in record.audit.get("left") or []
    ]
    lacking = [] if left else [f"- {plain(m.question)} `{m.item}`: {m.words}" for m in record.missing]
    if not left and not lacking:
        return []
    return [f"## {_('Left with a reason') if left else _('Missing')}", "", *left, *lacking, ""]


def _trail(record: AuditRecord) -> Iterator[str]:
    yield f"## {_('Trail')}"
    yield ""
    for row in record.trail:
        who = row["by"] + (f" ({row['via']})" if row["via"] else "")
        why = f": {plain(row['why'])}" if row["why"] else ""
        yield f"- {row['n']} {row['at']} {plain(who)}{why}"
        for named in changes_told(row["changes"], record.numbers):
            yield f"  - {': '.join(map(plain, filter(None, named)))}"
    n, h = record.head
    yield ""
    yield _("Head of the record: {head}. Whether it still holds: {command}").format(
        head=f"`{n}:{h}`", command=f"`qms-tui verify {record.audit['number']} --head {n}:{h}`"
    )
