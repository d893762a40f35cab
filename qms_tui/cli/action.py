"""`qms-tui action`: what is done about nonconformities, by whom and by when."""

from collections.abc import Mapping
from typing import Any

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import Column, print_json, print_rows, say, say_if_unchanged
from qms_tui.i18n import _
from qms_tui.records.words import ACTION_KINDS, PRIORITIES


@click.group()
def action() -> None:
    """Actions: planned, carried out, verified by somebody else."""


@action.command("list")
@click.option("--mine", is_flag=True, help="Only those that I own or contribute to.")
@click.option("--open", "open_only", is_flag=True, help="Only those that are not verified, closed or cancelled.")
@click.option("--overdue", is_flag=True, help="Only those not done and past their due date.")
@click.option("--owner", metavar="NAME", help="Only those that NAME owns.")
@click.option("--nc", "nonconformity", metavar="NC", help="Only those of this nonconformity.")
@click.option("--fail", is_flag=True, help="Exit 1 when the list is not empty.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def list_(settings: Settings, /, mine: bool, fail: bool, as_json: bool, **filters: Any) -> None:
    """The actions, by number."""
    from qms_tui.workflow.nonconformities import list_actions

    with settings.open() as store:
        rows = list_actions(store, mine=settings.actor().name if mine else None, **filters)
    filtered = mine or any(filters.values())
    none = _("no actions that match in {path}") if filtered else _("no actions in {path}")
    columns: list[tuple[str, Column]] = [
        (_("number"), "number"),
        (_("status"), "status"),
        (_("due"), _due),
        (_("owner"), "owner"),
        (_("priority"), "priority"),
        (_("nonconformity"), "nonconformity"),
        (_("title"), "title"),
    ]
    print_rows(rows, columns, none.format(path=settings.store), as_json=as_json)
    if fail and rows:
        raise click.exceptions.Exit(1)


def _due(row: Mapping[str, Any]) -> str:
    return f"{row['due'] or ''}{' !' if row['overdue'] else ''}"


@action.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def show(settings: Settings, number: str, as_json: bool) -> None:
    """One action whole, what may be done next, and its trail."""
    from qms_tui.cli.case import print_action
    from qms_tui.workflow.nonconformities import show_action

    with settings.open() as store:
        row = show_action(store, number, settings.actor())
    if as_json:
        print_json(row)
    else:
        print_action(row)


def _plan_options(command: Any) -> Any:
    for option in (
        click.option("--owner", metavar="NAME", help="The one who is accountable."),
        click.option("--with", "contributors", multiple=True, metavar="NAME", help="Who helps (several times)."),
        click.option("--verifier", metavar="NAME", help="Who is to verify it."),
        click.option("--due", metavar="DAY", help="By when: 2026-12-24, today, or +14."),
        click.option("--priority", type=click.Choice(PRIORITIES), help="How urgent it is."),
        click.option("--milestone", "milestones", multiple=True, metavar="[DAY ]TEXT", help="A step on the way."),
    ):
        command = option(command)
    return command


def _given(due: str | None, contributors: tuple[str, ...], milestones: tuple[str, ...], **given: Any) -> dict[str, Any]:
    from qms_tui.workflow.typed import read_day

    return {
        **given,
        "due": read_day(due) if due else None,
        "contributors": list(contributors) or None,
        "milestones": [_milestone(text) for text in milestones] or None,
    }


def _milestone(text: str) -> dict[str, Any]:
    """`2026-12-24 form agreed` or `+7 form agreed`; one without a day is told. Raises BadInput."""
    from qms_tui.records.case import DAY_LIKE
    from qms_tui.workflow.typed import BadInput, read_day

    first, _space, rest = text.strip().partition(" ")
    if first.startswith("+") or DAY_LIKE.fullmatch(first):
        day = read_day(first)
        if not rest.strip():
            raise BadInput(
                _("--milestone '{text}': say what is reached by then: {text} TEXT").format(text=text.strip())
            )
        return {"title": rest.strip(), "due": day}
    if not first:
        raise BadInput(_("--milestone is empty; write it as: 2026-12-24 TEXT"))
    say(_("milestone without a day: {text}").format(text=text.strip()), err=True)
    return {"title": text.strip()}


@action.command()
@click.argument("title")
@click.option("--nc", "nonconformity", metavar="NC", help="The nonconformity that it is for.")
@click.option("--kind", type=click.Choice(ACTION_KINDS), default="corrective", help="What kind of action it is.")
@_plan_options
@pass_settings
def add(settings: Settings, /, title: str, nonconformity: str | None, kind: str, **given: Any) -> None:
    """Add an action; prints its number. With owner and due date it is planned."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        number, _receipt = actions.add(store, settings.actor(), nonconformity, kind, title, _given(**given))
    say(number)


@action.command()
@click.argument("number")
@click.option("--title", metavar="TEXT", help="What is to be done.")
@click.option("--reached", metavar="MILESTONE", help="This milestone is reached.")
@_plan_options
@pass_settings
def assign(settings: Settings, /, number: str, reached: str | None, **given: Any) -> None:
    """Set owner, due date and the rest of NUMBER; a due date that stands is moved with: qms-tui action move."""
    from qms_tui.workflow import actions

    wanted = _given(**given)
    if reached is None and all(value is None for value in wanted.values()):
        raise Fault(_("nothing to write; see the options with -h"), 2)
    with settings.open() as store:
        say_if_unchanged(actions.assign(store, settings.actor(), number, wanted, reached=reached))


@action.command()
@click.argument("number")
@pass_settings
def start(settings: Settings, number: str) -> None:
    """Start work on NUMBER."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.start(store, settings.actor(), number)


@action.command()
@click.argument("number")
@click.option("--outcome", default="", metavar="TEXT", help="What was done; needed.")
@pass_settings
def done(settings: Settings, number: str, outcome: str) -> None:
    """NUMBER is done; its owner says so."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.done(store, settings.actor(), number, outcome)


@action.command()
@click.argument("number")
@click.option("--note", default="", metavar="TEXT", help="What was seen; needed.")
@pass_settings
def verify(settings: Settings, number: str, note: str) -> None:
    """NUMBER was carried out; somebody else than its owner has seen it."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.verify(store, settings.actor(), number, note)


@action.command()
@click.argument("number")
@click.option("--comment", default="", metavar="TEXT", help="What is missing.")
@pass_settings
def refuse(settings: Settings, number: str, comment: str) -> None:
    """NUMBER was not carried out as agreed: back to its owner, with a comment."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.refuse(store, settings.actor(), number, comment)


@action.command()
@click.argument("number")
@click.argument("day")
@click.option("--why", default="", metavar="TEXT", help="Why it is moved.")
@pass_settings
def move(settings: Settings, number: str, day: str, why: str) -> None:
    """Move the due date of NUMBER, with a reason; the move stays visible."""
    from qms_tui.workflow import actions
    from qms_tui.workflow.typed import read_day

    with settings.open() as store:
        say_if_unchanged(actions.move(store, settings.actor(), number, read_day(day), why))


@action.command()
@click.argument("number")
@click.argument("text")
@pass_settings
def note(settings: Settings, number: str, text: str) -> None:
    """Add a progress note to NUMBER."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.note(store, settings.actor(), number, text)


@action.command()
@click.argument("number")
@click.option("--why", default="", metavar="TEXT", help="Why it is cancelled.")
@pass_settings
def cancel(settings: Settings, number: str, why: str) -> None:
    """Cancel NUMBER, with a reason."""
    from qms_tui.workflow import actions

    with settings.open() as store:
        actions.cancel(store, settings.actor(), number, why)
