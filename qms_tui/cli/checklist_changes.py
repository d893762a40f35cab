"""`qms-tui checklist ids` and `diff`: what tells one version of a checklist from the next."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import print_json, say
from qms_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from qms_tui.checklist.model import Checklist

_NUMBER = re.compile(r"A-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write them into the file; every other byte stays.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def ids(settings: Settings, /, file: Path, write: bool, as_json: bool) -> None:
    """The ids that items known only by their words would get, so that they may be reworded freely."""
    from qms_tui.checklist.parse import load
    from qms_tui.checklist.write_ids import replace_file, with_ids

    file = _file_of(settings, file)
    data = load(file).text.encode()
    found = with_ids(data, str(file))
    if write and found.items:
        replace_file(file, data, found.data)
    if as_json:
        rows = [{"id": item.id, "line": item.line, "question": item.question} for item in found.items]
        left = [{"id": item.id, "line": item.line, "question": item.question} for item in found.left]
        print_json({"path": str(file), "written": write and bool(rows), "ids": rows, "left": left})
        return
    for item in found.items:
        say(f"{file}:{item.line}: {item.question} {{#{item.id}}}")
    for item in found.left:
        message = _("{path}:{line}: no place for an id in this line; write '- id: {id}' below it")
        say(message.format(path=file, line=item.line, id=item.id), err=True)
    if not found.items:
        say(_("{path}: every item has its id").format(path=file) if not found.left else "", err=True)
    elif write:
        words = ngettext("{path}: {n} id written", "{path}: {n} ids written", len(found.items))
        say(words.format(path=file, n=len(found.items)), err=True)
    else:
        say(_("nothing was written; --write does"), err=True)


def _file_of(settings: Settings, named: Path) -> Path:
    """The file that is named, by its path or by the id of an own checklist; a bundled one has its ids."""
    from qms_tui.checklist.library import locate

    if named.exists() or named.suffix or len(named.parts) != 1:
        return named
    path = locate(str(named), folders=settings.folders()).path
    if path is None:
        raise Fault(_("{name}: is bundled and has its ids; name a Markdown file of your own").format(name=named), 2)
    return path


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
@click.pass_context
def diff(ctx: click.Context, settings: Settings, old: str, new: str, as_json: bool) -> None:
    """What changed from OLD to NEW (ids, files, or an audit's number): exit code 0 nothing, 1 something."""
    from qms_tui.checklist.diff import diff as compare
    from qms_tui.checklist.diff_words import diff_lines
    from qms_tui.checklist.parse import parse

    before, after = _text_of(settings, old), _text_of(settings, new)
    name = f"{before.id}.md"  # an id or a title taken from a file's name is no change of the checklist
    found = compare(*(parse(each.text.encode(), name) for each in (before, after)))
    if as_json:
        print_json(found.as_json())
    else:
        for line in diff_lines(found):
            say(line)
    if found:
        ctx.exit(1)


def _text_of(settings: Settings, reference: str) -> "Checklist":
    """A checklist, or the text that an audit was begun with."""
    from qms_tui.checklist.library import find

    if not _NUMBER.fullmatch(reference):
        return find(reference, folders=settings.folders())
    from qms_tui.workflow.audits import find_audit, open_walk

    with settings.open() as store:
        return open_walk(store, settings.actor(), find_audit(store, reference)).checklist
