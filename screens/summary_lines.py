"""What the summary shows, as pure functions."""

from collections import Counter
from collections.abc import Sequence

from qms_tui.checklist.model import Item
from qms_tui.i18n import _
from qms_tui.records.gates import Missing
from qms_tui.records.words import GRADES, grade_count, result_label, status_label
from qms_tui.reports.record import Document, Entry, entry_figures
from qms_tui.screens.walk_lines import ASKED, MARKS, missing_words
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.screens.widgets.text_cells import wrap


def figure_lines(status: str, entries: Sequence[Entry], width: int) -> list[Line]:
    """What is answered, the findings by grade, and the score with its formula."""
    figures = entry_figures(entries)
    head = status_label(status)
    if figures.coverage is not None:
        head += ": " + _("{answered} of {applicable} applicable items answered ({coverage:g} %)").format(
            answered=figures.answered, applicable=figures.applicable, coverage=figures.coverage
        )
    if figures.provisional and figures.conformity is not None:
        head += ", " + _("score provisional")
    lines: list[Line] = [[(part, "bold")] for part in wrap(head, width)]
    grades = Counter(entry.finding["grade"] for entry in entries if entry.finding)
    found = ", ".join(grade_count(grade, grades[grade]) for grade in GRADES if grades[grade])
    lines += wrap(_("findings: {found}").format(found=found or _("none")), width)
    return [*lines, *wrap(figures.formula, width)]


def summary_rows(
    entries: Sequence[Entry],
    missing: Sequence[Missing],
    left: Sequence[Document] = (),
    undecided: Sequence[Item] = (),
) -> list[Row]:
    """What is missing or was left with a reason, each to be reached; then the sections with their results.

    `undecided` are items of which nobody has said whether they are the same question as before.
    """
    reasons = {one["item"]: one["reason"] for one in left}
    head = missing_words(len(missing)) if missing else _("nothing is missing")
    rows = [Row("missing", _("left with a reason") if left else head, header=True)]
    for lack in _one_each(missing):
        why = reasons.get(lack.item)
        words = f"{lack.question} ({why})" if why else f"{lack.words}: {lack.question}"
        rows.append(Row(lack.item, words, mark="/" if why else "!"))
    if undecided:
        rows.append(Row("undecided", _("the same question as before?"), header=True))
        rows.append(Row("undecided if left", "  " + _("if left, its past stays 'perhaps'"), header=True))
        rows += [Row(item.id + "#=", item.question, mark=ASKED) for item in undecided]
    rows.append(Row("sections", _("by section"), header=True))
    sections: dict[str, list[Entry]] = {}
    for entry in entries:
        sections.setdefault(" / ".join(entry.item.section) or _("items"), []).append(entry)
    for name, members in sections.items():
        results = Counter(entry.result for entry in members if entry.item.answer.name != "none")
        words = ", ".join(f"{results[result]} {result_label(result)}" for result in MARKS if results[result])
        rows.append(Row(members[0].item.id + "#", f"{name}: {words}" if words else name))
    return rows


def _one_each(missing: Sequence[Missing]) -> list[Missing]:
    return list({lack.item: lack for lack in missing}.values())
