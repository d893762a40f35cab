"""`qms-tui nc`: nonconformities, from what was found to an effect that is shown."""

from typing import Any

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import print_json, print_rows, say, say_if_unchanged
from qms_tui.i18n import _
from qms_tui.records.words import GRADES, VERDICTS
from qms_tui.reports.rows import SORTS


@click.group()
def nc() -> None:
    """Nonconformities: causes, actions, and whether the effect was shown."""


@nc.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those neither closed nor cancelled.")
@click.option("--overdue", is_flag=True, help="Only open ones past their due date.")
@click.option("--grade", type=click.Choice(GRADES), help="Only this grade.")
@click.option("--owner", metavar="NAME", help="Only those that NAME owns.")
@click.option("--audit", metavar="AUDIT", help="Only those raised in this audit.")
@click.option("--clause", metavar="CLAUSE", help="Only those against this clause (its beginning will do).")
@click.option("--age", type=click.IntRange(0), metavar="DAYS", help="Only those that are or were open so long.")
@click.option("--find", metavar="TEXT", help="Only those with all these words; owner: clause: age: grade: audit: too.")
@click.option("--sort", type=click.Choice(SORTS), default="number", help="The order.")
@click.option("--fail", is_flag=True, help="Exit 1 when the list is not empty.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def list_(settings: Settings, /, sort: str, fail: bool, as_json: bool, **filters: Any) -> None:
    """The nonconformities, by number."""
    from qms_tui.workflow.nonconformities import list_rows

    text = filters.pop("find")
    if text:
        from qms_tui.reports.search import flaw_of

        if flaw := flaw_of(text):
            raise Fault(f"--find: {flaw}", 2)
    with settings.open() as store:
        rows = list_rows(store, sort=sort, **filters)
    if text:
        from qms_tui.reports.search import found, searchable
        from qms_tui.workflow.clock import today

        filters["find"], rows = text, [dict(row) for row in found(searchable(rows), text, today())]
    filtered = any(value not in (None, False) for value in filters.values())
    none = _("no nonconformities that match in {path}") if filtered else _("no nonconformities in {path}")
    columns = [
        (_("number"), "number"),
        (_("grade"), "grade"),
        (_("status"), "status"),
        (_("due"), "due"),
        (_("owner"), "owner"),
        (_("audit"), "audit"),
        (_("statement"), "statement"),
    ]
    print_rows(rows, columns, none.format(path=settings.store), as_json=as_json)
    if fail and rows:
        raise click.exceptions.Exit(1)


@nc.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def show(settings: Settings, number: str, as_json: bool) -> None:
    """One nonconformity whole: sections, causes, actions, effect of every cycle, what may be done next, the trail."""
    from qms_tui.cli.case import print_case
    from qms_tui.workflow.nonconformities import show_row

    with settings.open() as store:
        row = show_row(store, number, settings.actor())
    if as_json:
        print_json(row)
    else:
        print_case(row)


@nc.command("raise")
@click.argument("statement")
@click.option("--criterion", metavar="TEXT", required=True, help="The requirement that is not met.")
@click.option("--grade", type=click.Choice(("major", "minor")), default="minor", help="How bad it is.")
@click.option("--audit", metavar="AUDIT", help="The audit that it was found in.")
@click.option("--item", metavar="ID", help="The item of its checklist.")
@click.option("--owner", metavar="NAME", help="Who sees to it.")
@click.option("--due", metavar="DAY", help="By when it is to be closed.")
@pass_settings
def raise_(settings: Settings, /, statement: str, due: str | None, **given: Any) -> None:
    """Raise a nonconformity outside of a walk; prints its number."""
    from qms_tui.workflow.cases import find_nonconformity
    from qms_tui.workflow.handling import raise_nonconformity
    from qms_tui.workflow.typed import read_day

    day = read_day(due) if due else None
    with settings.open() as store:
        number, _receipt = raise_nonconformity(store, settings.actor(), statement, due=day, **given)
        earlier = find_nonconformity(store, number).get("repeat_of")
    say(number)
    if earlier:
        words = _("a repeat of {earlier}; if it is none: qms-tui nc link {number} {earlier} --no-repeat")
        say(words.format(number=number, earlier=earlier), err=True)


@nc.command()
@click.argument("number")
@click.option("--owner", metavar="NAME", help="Who sees to it.")
@click.option("--due", metavar="DAY", help="By when it is to be closed; a later change needs --why.")
@click.option("--grade", type=click.Choice(("major", "minor")), help="How bad it is.")
@click.option("--statement", metavar="TEXT", help="What is not as it must be.")
@click.option("--need", metavar="TEXT", help="Whether action on the cause is needed, and why.")
@click.option("--similar", metavar="TEXT", help="What was found when similar ones were looked for.")
@click.option("--risks", "risks_updated", metavar="TEXT", help="Which risks and opportunities were updated.")
@click.option("--qms", "qms_changed", metavar="TEXT", help="What was changed in the quality management system.")
@click.option("--why", default="", metavar="TEXT", help="The reason of the change.")
@pass_settings
def edit(settings: Settings, /, number: str, due: str | None, why: str, **given: Any) -> None:
    """Write owner, due date, or one of the sections of NUMBER."""
    from qms_tui.workflow import handling
    from qms_tui.workflow.typed import read_day

    given["due"] = read_day(due) if due else None
    _require_something(given)
    with settings.open() as store:
        say_if_unchanged(handling.edit(store, settings.actor(), number, given, why))


@nc.command()
@click.argument("number")
@click.option("--correction", metavar="TEXT", help="What was put right at once.")
@click.option("--containment", metavar="TEXT", help="What keeps it from doing more harm meanwhile.")
@pass_settings
def contain(settings: Settings, /, number: str, **given: Any) -> None:
    """Write what was done at once about NUMBER: correction and containment."""
    from qms_tui.workflow import handling

    _require_something(given)
    with settings.open() as store:
        say_if_unchanged(handling.edit(store, settings.actor(), number, given))


def _require_something(given: dict[str, Any]) -> None:
    if all(value is None for value in given.values()):
        raise Fault(_("nothing to write; see the options with -h"), 2)


@nc.command()
@click.argument("number")
@click.argument("text", required=False)
@click.option("--under", metavar="WHY", help="The why that TEXT answers, by its label such as 1.2.")
@click.option("--change", metavar="WHY", help="Change this why instead of adding one.")
@click.option("--withdraw", metavar="WHY", help="Take this why back; TEXT says why.")
@click.option("--evidence", metavar="TEXT", help="What shows that it is so.")
@click.option("--category", metavar="NAME", help="people, method, machine, material, measurement, environment, or own.")
@click.option("--root/--no-root", default=None, help="It is a root cause.")
@pass_settings
def cause(
    settings: Settings,
    /,
    number: str,
    text: str | None,
    under: str | None,
    change: str | None,
    withdraw: str | None,
    **given: Any,
) -> None:
    """Add a why to NUMBER: TEXT answers its statement, or the why --under. Prints the why's label."""
    from qms_tui.workflow import causes
    from qms_tui.workflow.cases import case_of

    if sum(option is not None for option in (under, change, withdraw)) > 1:
        raise Fault(_("only one of --under, --change and --withdraw"), 2)
    if change is None and withdraw is None and text is None:
        raise Fault(_("write the why: qms-tui nc cause {number} TEXT").format(number=number), 2)
    actor = settings.actor()
    with settings.open() as store:
        target = causes.find_why(case_of(store, number), under or change or withdraw)
        if withdraw is not None:
            causes.withdraw_why(store, actor, number, str(target), text or "")
            return
        if change is not None:
            say_if_unchanged(causes.change_why(store, actor, number, str(target), {"text": text, **given}))
            id_ = str(target)
        else:
            id_, _receipt = causes.add_why(store, actor, number, str(text), target, given)
        label, weak = causes.standing(case_of(store, number), id_)
    say(label)
    for message in weak:
        say(message, err=True)


@nc.command()
@click.argument("number")
@click.option("--indicator", metavar="TEXT", help="What is measured.")
@click.option("--method", metavar="TEXT", help="How else the effect is found out.")
@click.option("--baseline", metavar="VALUE", help="What it is now.")
@click.option("--target", metavar="VALUE", help="What it is to be.")
@click.option("--unit", metavar="TEXT", help="The unit of both.")
@click.option("--check-date", metavar="DAY", help="When the effect is checked.")
@click.option("--checker", metavar="NAME", help="Who checks it; nobody who owns it or carries it out.")
@click.option("--why", default="", metavar="TEXT", help="The reason of a change after work started.")
@pass_settings
def plan(
    settings: Settings,
    /,
    number: str,
    baseline: str | None,
    target: str | None,
    check_date: str | None,
    why: str,
    **given: Any,
) -> None:
    """Fix how the effect of the actions of NUMBER will be shown, before work starts."""
    from qms_tui.workflow import effect
    from qms_tui.workflow.typed import read_day, read_value

    given["baseline"] = None if baseline is None else read_value(baseline)
    given["target"] = None if target is None else read_value(target)
    given["check_date"] = None if check_date is None else read_day(check_date)
    _require_something(given)
    with settings.open() as store:
        say_if_unchanged(effect.plan(store, settings.actor(), number, given, why))


@nc.command()
@click.argument("number")
@pass_settings
def advance(settings: Settings, number: str) -> None:
    """Move NUMBER to its next state, if the gate is open; prints the state reached."""
    from qms_tui.workflow import handling

    with settings.open() as store:
        reached, _receipt = handling.advance(store, settings.actor(), number)
        missing = handling.unplanned(store, number)
    say(reached)
    if missing:
        say(_("still to be named: {missing}").format(missing=missing), err=True)


@nc.command()
@click.argument("number")
@click.option("--value", metavar="VALUE", required=True, help="What was found, in the plan's unit.")
@click.option("--verdict", type=click.Choice(VERDICTS), required=True, help="Whether the effect is shown.")
@click.option("--note", default="", metavar="TEXT", help="How it was found; needed for a verdict against the target.")
@click.option("--lesson", default="", metavar="TEXT", help="What was learned; needed to close.")
@pass_settings
def check(settings: Settings, number: str, value: str, verdict: str, note: str, lesson: str) -> None:
    """Check the effect of NUMBER: effective closes it, not_effective begins its next cycle; prints the state."""
    from qms_tui.records.effect import CheckResult
    from qms_tui.workflow import effect
    from qms_tui.workflow.typed import read_value

    with settings.open() as store:
        result = CheckResult(verdict, read_value(value), note)
        reached, _receipt = effect.check(store, settings.actor(), number, result, lesson)
    say(reached)


@nc.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="Why it is cancelled.")
@pass_settings
def cancel(settings: Settings, number: str, why: str) -> None:
    """Cancel NUMBER, with a reason."""
    from qms_tui.workflow import handling

    with settings.open() as store:
        handling.cancel(store, settings.actor(), number, why)


@nc.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="Why it is opened again.")
@pass_settings
def reopen(settings: Settings, number: str, why: str) -> None:
    """Open the cancelled NUMBER again, with a reason; prints the state that it had, and has again."""
    from qms_tui.workflow import handling

    with settings.open() as store:
        state, _receipt = handling.reopen(store, settings.actor(), number, why)
    say(state)


@nc.command()
@click.argument("number")
@click.option("--to", metavar="NAME", required=True, help="Who carries it on.")
@click.option("--why", default="", metavar="TEXT", help="Why it is handed over.")
@pass_settings
def handover(settings: Settings, number: str, to: str, why: str) -> None:
    """Hand NUMBER over to somebody outside its audit, which may then be closed."""
    from qms_tui.workflow import handling

    with settings.open() as store:
        handling.hand_over(store, settings.actor(), number, to, why)


@nc.command()
@click.argument("number")
@click.argument("other")
@click.option("--repeat/--no-repeat", default=None, help="NUMBER is a repeat of OTHER, or is none after all.")
@pass_settings
def link(settings: Settings, number: str, other: str, repeat: bool | None) -> None:
    """Link NUMBER to OTHER: as similar, or as a repeat of it."""
    from qms_tui.workflow import handling
    from qms_tui.workflow.cases import find_nonconformity

    actor = settings.actor()
    with settings.open() as store:
        if repeat is None:
            say_if_unchanged(handling.relate(store, actor, number, other))
        elif not repeat:
            handling.part_repeat(store, actor, number, other)
        else:
            before = find_nonconformity(store, number).get("repeat_of")
            say_if_unchanged(handling.mark_repeat(store, actor, number, other))
            if before and before != other.strip().upper():
                say(_("no longer a repeat of {number}").format(number=before), err=True)


@nc.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def similar(settings: Settings, number: str, as_json: bool) -> None:
    """Do similar ones exist? By item, clause, root cause and wording, the likest first."""
    from qms_tui.cli.case import print_candidates
    from qms_tui.workflow.cases import case_of
    from qms_tui.workflow.repeats import similar_rows

    with settings.open() as store:
        rows = similar_rows(store, case_of(store, number), most=50)
    if as_json:
        print_json(rows)
    else:
        print_candidates(rows)


@nc.command()
@click.argument("text", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def lessons(settings: Settings, text: str, as_json: bool) -> None:
    """What was learned; with TEXT, what speaks of it."""
    from qms_tui.workflow.lessons import lessons

    with settings.open() as store:
        rows = lessons(store, text)
    columns = [(_("number"), "number"), (_("lesson"), "lesson"), (_("statement"), "statement")]
    print_rows(rows, columns, _("no lessons that match"), as_json=as_json)
