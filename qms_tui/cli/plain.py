"""`run --plain`: numbered questions and answers line by line, for screen readers, dumb terminals, pipes and tests."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from qms_tui.checklist.diff_words import doubt_words
from qms_tui.checklist.plain import plain_guidance
from qms_tui.cli.output import say
from qms_tui.i18n import _
from qms_tui.records.gates import Refused
from qms_tui.records.grading import grades_of
from qms_tui.records.words import grade_label, read_result, result_label
from qms_tui.reports.record import Entry
from qms_tui.store.base import StoreError
from qms_tui.workflow.answering import suggest_finding, wants_finding, with_draft
from qms_tui.workflow.clock import local_time
from qms_tui.workflow.evidence import is_readable
from qms_tui.workflow.given import BadAnswer, Given, from_text, show_value
from qms_tui.workflow.walk import Walk

Said = TypeVar("Said")


class _Leave(Exception):
    """The person leaves, or the input ends."""


def walk_plainly(walk: Walk, program: str) -> None:
    """Ask what is unanswered, in reading order, until all is answered or the person leaves.

    `program` is the command with its global options, as the person would type it to go on.
    """
    say(f"{walk.checklist.title}" + (f" {walk.number}" if walk.number else ""))
    if walk.news:
        say(walk.news)
    say(_("y conform, n nonconform, p partial, a not applicable, c corrected on the spot, or the value."))
    say(_(":m TEXT note, :e PATH evidence, :s skip, :b back, :u undo, :q leave and go on later."))
    try:
        _ask_all(walk)
        _finish(walk)
    except _Leave:
        pass
    if walk.number and not walk.frozen:
        say(_("Go on with: {command}").format(command=f"{program} run --resume {walk.number} --plain"))
    elif walk.number is None:
        say(_("Nothing was recorded."))


def _ask_all(walk: Walk) -> None:
    skipped: set[str] = set()
    back: list[str] = []
    at: str | None = None
    while True:
        walk.refresh()
        entries = walk.entries()
        entry = next((e for e in entries if e.item.id == at), None) or next(
            (e for e in entries if e.result is None and e.item.answer.name != "none" and e.item.id not in skipped), None
        )
        if entry is None:
            return
        at = None
        _show(walk, entry, entries)
        line = _read("> ")
        command = line.partition(" ")[0]
        if command == ":b":
            at = back.pop() if back else entry.item.id
            continue
        if command == ":s":
            skipped.add(entry.item.id)
            back.append(entry.item.id)
            continue
        if command == ":u":
            at = _said(lambda: _undo(walk)) or entry.item.id
            continue
        if command in (":=", ":!"):
            _said(partial(_decide, walk, entry.item.id, same=command == ":="))
            at = entry.item.id
            continue
        if command in (":m", ":e"):
            _note(walk, entry, command, line.partition(" ")[2].strip())
            at = entry.item.id
            continue
        if not line.strip() or not _said(partial(_answer, walk, entry, line)):
            at = entry.item.id
            continue
        back.append(entry.item.id)


def _read(prompt: str) -> str:
    say(prompt, nl=False)
    line = sys.stdin.buffer.readline().decode("utf-8", "replace")
    if not line:
        say()
        raise _Leave
    line = line.rstrip("\r\n")
    if line.strip() in (":q", "q"):
        raise _Leave
    return line


def _said(act: Callable[[], Said]) -> Said | None:
    """Do something; what is wrong with it is told in one line, and the walk goes on."""
    try:
        return act()
    except (BadAnswer, Refused, StoreError) as error:
        say(f"! {error}")
        return None


def _show(walk: Walk, entry: Entry, entries: list[Entry]) -> None:
    item = entry.item
    position = next(n for n, e in enumerate(entries, 1) if e.item.id == item.id)
    section = f"[{' / '.join(item.section)}] " if item.section else ""
    wants = "" if item.answer.name == "pass/fail" else f" ({item.answer})"
    limits = f" [{item.limits.text}]" if item.limits else ""
    say(f"\n{position}/{len(entries)} {section}{item.question}{wants}{limits}")
    for text in (item.help, *plain_guidance(item.guidance).splitlines()):
        if text.strip():
            say(f"   {text}")
    doubt = walk.lineage.open_question(item.id)
    if doubt is not None and doubt["state"] == "asked":
        words = _("? Was this asked as '{question}' before ({why})? := the same, :! another question")
        say("   " + words.format(question=doubt["was"], why=doubt_words(doubt["doubt"])))
    for earlier in walk.past(item.id):
        value = "" if earlier.value is None else f" {show_value(item, earlier.value)}"
        perhaps = "" if earlier.sure else _(" perhaps")
        say(f"   {earlier.at[:10]} {earlier.audit}:{perhaps}{value} {result_label(earlier.result)}")
    for lesson in walk.lessons(item.id)[:3]:
        say("   " + _("learned: {lesson}").format(lesson=lesson))
    if entry.result:
        say("   " + _("now: {result}").format(result=result_label(entry.result)))


def _answer(walk: Walk, entry: Entry, text: str) -> bool:
    given = from_text(entry.item, text, walk.checklist.accept)
    if wants_finding(given) and given.result != "corrected_on_spot":
        found = _finding(entry, given)
        if found is None:
            say(_("Nothing was recorded."))
            return False
        given = found
    receipt = walk.answer(entry.item, given, _seen(entry))
    raised = walk.nonconformity_of(entry.item.id)
    number = f", {raised['number']}" if raised and not raised.get("void") else ""
    if number and raised and raised.get("repeat_of"):
        number += ", " + _("repeat of {earlier}").format(earlier=raised["repeat_of"])
    words = result_label(given.result)
    say(_("recorded {time}: {words}").format(time=local_time(receipt.at), words=words) + number)
    return True


def _seen(entry: Entry) -> int:
    return getattr(entry.answer, "rev", 0)


def _finding(entry: Entry, given: Given) -> Given | None:
    """The answer with its finding as accepted; None when the person goes back to the question."""
    draft = suggest_finding(entry.item, given)
    grades = grades_of(given.result)
    while True:
        say("   " + _("Finding: {grade}: {what}").format(grade=grade_label(draft.grade), what=draft.statement))
        line = _read(_("   enter accepts, :g GRADE, :b back, or type the statement: ")).strip()
        command, _space, text = line.partition(" ")
        if not line:
            return with_draft(given, draft)
        if command == ":b":
            return None
        if command == ":g":
            word = text.strip().replace(" ", "_").casefold()
            grade = next((grade for grade in grades if word and grade.startswith(word)), None)
            if grade is None:
                say("! " + _("grades are {known}").format(known=", ".join(grades)))
            else:
                draft = draft._replace(grade=grade)
        elif command == ":m" and text:
            given = given._replace(note=text.strip())
        elif command == ":e" and text:
            if _said(partial(is_readable, text)):
                given = given._replace(evidence=(*given.evidence, text.strip()))
        elif line.startswith(":") or read_result(line) or not any(letter.isalpha() for letter in line):
            known = _("'{text}' is no statement; in a finding: enter, :g GRADE, :m TEXT, :e PATH, :b back, :q leave")
            say("! " + known.format(text=line))
        else:
            draft = draft._replace(statement=line)


def _note(walk: Walk, entry: Entry, command: str, text: str) -> None:
    if not text:
        say("! " + _("write the text behind it: {command} TEXT").format(command=command))
        return
    given = Given(note=text) if command == ":m" else Given(evidence=[text])
    receipt = _said(lambda: walk.answer(entry.item, given, _seen(entry)))
    if receipt:
        say(_("recorded {time}").format(time=local_time(receipt.at)))


def _decide(walk: Walk, item: str, *, same: bool) -> None:
    receipt = walk.decide_history(item, same)
    words = _("recorded {time}: the same question as before") if same else _("recorded {time}: another question")
    say(words.format(time=local_time(receipt.at)))


def _undo(walk: Walk) -> str | None:
    back = walk.undo()
    say(_("{what}, recorded {time}").format(what=back.words(walk.all_entries()), time=local_time(back.receipt.at)))
    return back.item


def _finish(walk: Walk) -> None:
    """Tell what is missing and undecided, and complete it or leave it open; an answered item is decided here too."""
    say("\n" + walk.figures().formula)
    missing = walk.missing()
    for lack in missing:
        say(f"- {lack.question}: {lack.words}")
    for item in walk.undecided():
        words = _("{question}: undecided whether it is the same question as before; := {id} the same, :! {id} another")
        say("- " + words.format(question=item.question, id=item.id))
    ask = (
        _("Reason for leaving these (empty: complete it later): ")
        if missing
        else _("Complete it now? y completes, anything else leaves it open: ")
    )
    while (line := _read(ask).strip()).startswith((":=", ":!")):
        _said(partial(_decide, walk, line[2:].strip(), same=line[1] == "="))
    if not line or (not missing and line.casefold() != "y"):
        return
    if _said(lambda: walk.complete(line if missing else "")):
        say(_("{number} completed").format(number=walk.number))
