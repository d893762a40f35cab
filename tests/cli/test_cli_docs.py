"""docs/commands.md names every command and option, nothing else, and its examples run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
from cli_helpers import ANSWERS, Cli

from qms_tui.cli.main import COMMANDS, qms_tui

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def tree(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from tree(below, f"{path} {name}")


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_and_option_is_documented() -> None:
    documented = sections()
    for path, command in tree(qms_tui, "qms-tui"):
        noun = path.split()[1] if " " in path else path
        assert noun in documented, f"docs/commands.md has no section '## {noun}'"
        assert f"`{path}" in documented[noun] or path == "qms-tui", f"{path} is not in docs/commands.md"
        for param in command.params:
            if isinstance(param, click.Option):
                for option in {*param.opts, *param.secondary_opts} - {"-h", "--help", "--json"}:
                    assert f"`{option}" in documented[noun] or f"{option} " in documented[noun], f"{path} {option}"


def test_every_command_has_its_place_at_the_top() -> None:
    top = DOCS.read_text("utf-8").partition("\n## ")[0]
    assert sorted(re.findall(r"\[(\w+)\]\(#\1\)", top)) == sorted(COMMANDS)


def test_nothing_is_documented_that_is_not_there() -> None:
    known = {"-h", "--json"}
    commands = set()
    for path, command in tree(qms_tui, "qms-tui"):
        commands.add(path)
        known |= {o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)}
    text = DOCS.read_text("utf-8")
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)) <= known
    for words in re.findall(r"`(qms-tui [a-z]+(?: [a-z]+)?)", text):
        assert words in commands or words.rpartition(" ")[0] in commands, words


def examples() -> Iterator[tuple[list[str], int]]:
    for line in re.findall(r"^\$ (.+)$", DOCS.read_text("utf-8"), flags=re.MULTILINE):
        command, _hash, comment = line.partition(" # ")
        yield shlex.split(command), int(comment.split()[0]) if comment else 0


def test_the_examples_run_as_they_say(cli: Cli) -> None:
    (answers,) = re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), flags=re.DOTALL)
    assert answers != ANSWERS
    (cli.folder / "answers.yaml").write_text(answers, "utf-8")
    (cli.folder / "cold-store.md").write_text(
        (cli.folder / "cold-store.md").read_text("utf-8") + "- [ ] Lights work {#lights}\n", "utf-8"
    )
    (cli.folder / "shop.md").write_text("# Shop\n\n- [ ] Lights are off\n- [ ] Door is locked\n", "utf-8")
    year = None
    for words, code in examples():
        assert words[0] == "qms-tui"
        if year is None and cli.store.exists():
            year = cli.json("audit", "list")[0]["number"][2:6]
        args = [re.sub(r"-2026-(?=\d{4}$)", f"-{year}-", word) for word in words[1:]]
        result = cli.runner.invoke(qms_tui, args)
        assert result.exit_code == code, (words, result.output)
        assert result.exception is None or isinstance(result.exception, SystemExit), words
    assert (cli.folder / "record.json").is_file() and (cli.folder / "records").is_dir()
