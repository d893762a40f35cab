"""What the walk shows, as pure functions from its entries to rows and lines."""

from collections.abc import Container, Sequence
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from qms_tui.checklist.diff_words import doubt_words
from qms_tui.checklist.model import Checklist, Item
from qms_tui.checklist.plain import plain_guidance
from qms_tui.checklist.values import explain, option_label
from qms_tui.i18n import _, ngettext
from qms_tui.records.words import grade_label, result_label, severity_label, status_label
from qms_tui.reports.record import Document, Entry
from qms_tui.reports.score import Figures
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap, wrap_spans
from qms_tui.workflow.answering import FindingDraft
from qms_tui.workflow.clock import local_date
from qms_tui.workflow.given import Given, answer_label, show_value
from qms_tui.workflow.past import Past

# One sign a result, in ASCII: the box-drawing and tick characters are of ambiguous width in CJK terminals.
MARKS = {
    None: " ",
    "conform": "+",
    "nonconform": "x",
    "partial": "~",
    "not_applicable": "/",
    "corrected_on_spot": "c",
    "not_assessed": "?",
}
PENDING = "."
REFUSED = "!"  # given, and not recorded
ASKED = "="  # whether it is the same question as before
ROW_STYLES = {"nonconform": "red", "partial": "yellow"}  # what wants a second look
STYLES = {"nonconform": "red", "partial": "yellow", "conform": "green", "corrected_on_spot": "cyan"}


def rows(
    entries: Sequence[Entry],
    pending: frozenset[str] = frozenset(),
    asked: frozenset[str] = frozenset(),
    refused: Container[str] = (),
) -> list[Row]:
    """The list: a header where the section changes, then a row an item.

    By their ids: `pending` are on their way to the disk, `asked` have a doubtful history, `refused` came back from it.
    """
    found: list[Row] = []
    section: tuple[str, ...] = ()
    for entry in entries:
        if entry.item.section != section:
            before, section = section, entry.item.section
            common = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, section, strict=False)))
            # Of nested headings those that are new: the others stand above, and the end is what tells them apart.
            if section:
                found.append(Row(f"# {len(found)}", " / ".join(section[common:] or section[-1:]), header=True))
        item_id = entry.item.id
        found.append(row(entry, item_id in pending, item_id in asked, item_id in refused))
    return found


def row(entry: Entry, pending: bool = False, asked: bool = False, refused: bool = False) -> Row:
    """An item's row. A nested item stands indented under the one that it follows from."""
    indent = min(len(entry.item.conditions), 3) + (1 if entry.adhoc else 0)
    mark = ASKED if asked and not entry.result else MARKS.get(entry.result, " ")
    mark = PENDING if pending else REFUSED if refused else mark
    style = ROW_STYLES.get(entry.result or "", "")
    return Row(entry.item.id, entry.item.question, mark=mark, indent=indent, style=style)


LESSONS = 2  # so many of the newest lessons stand with an item


class Detail(NamedTuple):
    """Everything that the detail pane shows of one item."""

    entry: Entry
    past: Sequence[Past] = ()
    nonconformity: Document | None = None
    checklist: Checklist | None = None
    doubt: Document | None = None
    """What is in doubt about the item's history, as `Lineage.open_question` gives it."""
    lessons: Sequence[str] = ()

    def lines(self, width: int) -> list[Line]:
        item = self.entry.item
        lines: list[Line] = [[(part, "bold")] for part in wrap(item.question, width)]
        if wanted := wanted_words(self.entry):
            lines += wrap(wanted, width)
        lines += option_lines(item, self.checklist, width)
        if criterion := criterion_words(self.entry):
            lines += _wrapped(criterion, width, "dim")
        lines += self._answer(width)
        lines += self._past(width)
        for lesson in self.lessons[:LESSONS]:
            lines += _wrapped(_("learned: {lesson}").format(lesson=lesson), width, "cyan")
        if item.help:
            lines += _wrapped(item.help, width, "")
        if item.guidance:
            lines += ["", *_wrapped(plain_guidance(item.guidance), width, "")]
        return lines

    def _answer(self, width: int) -> list[Line]:
        answer = self.entry.answer or {}
        lines: list[Line] = []
        if self.entry.result:
            when = datetime.fromisoformat(answer["at"]).astimezone().strftime("%H:%M")
            said = f"{MARKS.get(self.entry.result, ' ')} {answer_words(self.entry)} ({answer['by']} {when})"
            lines += _wrapped(said, width, STYLES.get(self.entry.result, "bold"))
        if answer.get("note"):
            lines += _wrapped(_("note: {text}").format(text=answer["note"]), width, "")
        for kept in answer.get("evidence") or []:
            said = _("evidence: {name}, {size} B, {digest}").format(
                name=kept["name"], size=kept["size"], digest=kept["digest"][:12]
            )
            lines += _wrapped(said, width, "")
        if self.entry.finding:
            finding = self.entry.finding
            raised = self.nonconformity if self.nonconformity and not self.nonconformity.get("void") else None
            words = grade_label(finding["grade"])
            if raised:
                words = f"{raised['number']} {words}, {status_label(raised['status'])}"
            lines += _wrapped(f"{words}: {finding['statement']}", width, "red")
            if raised:
                earlier = raised.get("repeat_of")
                words = _("repeat of {number}; o opens it") if earlier else _("o opens it")
                lines += _wrapped(words.format(number=earlier), width, "red")
        return lines

    def _past(self, width: int) -> list[Line]:
        lines: list[Line] = []
        asked = self.doubt is not None and self.doubt["state"] == "asked"
        if self.doubt is not None and asked:
            words = _("? Was this asked as '{question}' before ({why})? = the same, ! another question")
            why = doubt_words(self.doubt["doubt"])
            lines += _wrapped(words.format(question=self.doubt["was"], why=why), width, "bold yellow")
        wording = self.entry.item.question
        for past in self.past:
            value = "" if past.value is None else show_value(self.entry.item, past.value) + ", "
            who = f"{past.by}, {past.subject}" if past.subject else past.by
            words = _("before, {date}: {answer} ({who})") if past.sure else _("perhaps, {date}: {answer} ({who})")
            said = words.format(date=local_date(past.at), answer=value + result_label(past.result), who=who)
            if past.sure and past.question not in ("", wording):
                said += _(", asked as '{question}'").format(question=past.question)
                wording = past.question
            for more in (" ".join(filter(None, (past.nonconformity, past.finding))), past.note):
                said += f": {more}" if more else ""
            lines += _wrapped(said, width, "cyan")
        return lines


def answer_words(entry: Entry) -> str:
    """The recorded answer: value, why it passes or fails, result."""
    answer = entry.answer or {}
    words = result_label(entry.result)
    if answer.get("value") is None:
        return words
    why = explain(entry.item, answer["value"])
    return f"{show_value(entry.item, answer['value'])}: {words}" + (f", {why}" if why else "")


def option_lines(item: Item, checklist: Checklist | None, width: int) -> list[Line]:
    """What may be chosen, each with its number in bold; for a risk the words of its scale."""
    if item.answer.options:
        many = _("any of") if item.answer.name == "any of" else _("one of")
        return _numbered(many, item.answer.options, width)
    if item.answer.name != "risk" or checklist is None:
        return []
    names = {"likelihood": _("likelihood"), "impact": _("impact")}
    lines = [line for key, words in checklist.scale.items() for line in _numbered(names.get(key, key), words, width)]
    if checklist.accept is not None:
        lines += wrap(_("accepted up to {rating:g}").format(rating=checklist.accept), width)
    return lines


def _numbered(name: str, words: Sequence[str], width: int) -> list[Line]:
    spans = [(f"{name}:", "")]
    for n, word in enumerate(words, 1):
        spans += [(f"  {n}", "bold"), (f"\u00a0{word}", "")]  # a line ends before a number, not after it
    return [[(text.replace("\u00a0", " "), style) for text, style in line] for line in wrap_spans(spans, width)]


def wanted_words(entry: Entry) -> str:
    """What kind of answer is wanted and what passes; empty for plain conform or not."""
    item = entry.item
    parts: list[str] = []
    if not item.answer.options and item.answer.name != "pass/fail":
        parts.append(answer_label(item.answer))
    if item.limits:
        parts.append(_("limits {limits}").format(limits=item.limits.text))
    if item.target:
        parts.append(_("target {target}").format(target=item.target))
    if item.expect:
        parts.append(
            _("expected {options}").format(options=", ".join(option_label(item, option) for option in item.expect))
        )
    can_fail = item.answer.name in ("pass/fail", "yes/no", "risk") or item.limits or item.expect
    if item.evidence == "required" or (item.evidence == "if fail" and can_fail):
        parts.append(_("evidence required") if item.evidence == "required" else _("evidence if it fails"))
    return "; ".join(parts)


def criterion_words(entry: Entry) -> str:
    """What the item is checked against, and how severe a failure is."""
    severity = _("severity {grade}").format(grade=severity_label(entry.item.severity)) if entry.item.severity else ""
    if entry.adhoc:
        severity = _("added during this walk")
    return "; ".join(part for part in (", ".join(entry.item.clause), severity) if part)


def finding_lines(entry: Entry, answer: str, draft: FindingDraft, given: Given, width: int) -> list[Line]:
    """The finding before it is accepted; each field with the key that edits it."""
    lines: list[Line] = [[(part, "bold")] for part in wrap(_("Finding: {answer}").format(answer=answer), width)]
    fields = [
        ("g", _("grade"), grade_label(draft.grade)),
        ("s", _("statement"), draft.statement),
        ("k", _("criterion"), draft.criterion),
    ]
    if given.note is not None:
        fields.append(("m", _("note"), given.note))
    if given.evidence:
        fields.append(("e", _("evidence"), "; ".join(text.splitlines()[0] for text in given.evidence)))
    for key, name, value in fields:
        first, *rest = wrap(f"{key} {name}: {value}", width)
        lines += [[(first[:1], "bold reverse"), (first[1:], "")], *rest]
    raises = draft.grade in ("major", "minor")
    lines.append("")
    lines += _wrapped(
        _("enter records it and raises a nonconformity")
        if raises
        else _("enter records it; no nonconformity is raised"),
        width,
        "bold",
    )
    return [*lines, *_wrapped(entry.item.question, width, "dim")]


def status(position: int, total: int, figures: Figures, recorded: str | None, *, short: bool = False) -> str:
    """Where the walk stands: position, coverage, score, and when the last thing reached the disk."""
    parts = [f"{position}/{total}"]
    provisional = figures.provisional
    if figures.coverage is not None:
        words = "{coverage:.0f}%" if short else _("{coverage:.0f} % answered")
        parts.append(words.format(coverage=figures.coverage))
    if figures.conformity is not None and figures.answered:
        words = _("score {score:.0f}%") if short else _("score {score:.0f} %")
        parts.append(words.format(score=figures.conformity))
        if provisional:
            parts[-1] += " " + (_("prov.") if short else _("provisional"))
    if recorded:
        parts.append((_("rec {time}") if short else _("recorded {time}")).format(time=recorded))
    return (" " if short else "  ").join(parts)


def missing_words(n: int) -> str:
    return ngettext("{n} thing is missing", "{n} things are missing", n).format(n=n)


def _wrapped(text: str, width: int, style: str) -> list[Line]:
    return [[(part, style)] if style else part for part in wrap(text, width)]
