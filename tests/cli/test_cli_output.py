"""What reaches a terminal holds no control characters; what reaches a file or a pipe is the record as it is."""

import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Cli

from qms_tui.cli.context import Settings
from qms_tui.cli.output import clean, escaped, print_rows

NASTY = "a\x1b[2J\x1b]0;owned\x07b\x9b31m\u202ec\u2066"
BAD = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066")


def write_checklist(cli: Cli) -> None:
    (cli.folder / "cold-store.md").write_text(
        f"---\ndescription: D\u202e\n---\n# T{NASTY}\n## S{NASTY}\n- [ ] Q{NASTY} {{#q}}\n  - help: H{NASTY}\n"
        f"- [ ] R{NASTY} {{#r}}\n",
        "utf-8",
    )


def assert_clean(text: str) -> None:
    assert not [char for char in BAD if char in text], ascii(text)


def on_terminal(cli: Cli, *args: str) -> str:
    """What the command writes when its stdout is a terminal."""
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "qms_tui", *args]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, cwd=cli.folder, env=os.environ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                block = os.read(mine, 65536)
            except OSError:  # how a pseudo-terminal says that the other side is closed
                break
            if not block:
                break
            shown += block
        os.close(mine)
        assert process.wait(60) == 0
    return shown.decode().replace("\r\n", "\n")


def test_lines_stay_and_controls_go() -> None:
    assert clean(f"1\r\n{NASTY}\n\n 門 🙂") == "1\na[2J]0;ownedb31mc\n\n 門 🙂"


def test_an_escaped_document_means_the_same() -> None:
    data = {"note": NASTY + "\x7f\U000e0001 門 👩\u200d🔧\n"}
    document = escaped(json.dumps(data, ensure_ascii=False, indent=2))
    assert_clean(document)
    assert json.loads(document) == data and "門 👩\u200d🔧" in document


def test_plain_commands(cli: Cli) -> None:
    write_checklist(cli)
    assert_clean(cli("checklist", "show", "cold-store.md").output)
    assert_clean(cli("run", "cold-store.md", "--plain", input=f"y\n:b\n:m N{NASTY}\nq\n").output)
    (row,) = cli.json("audit", "list")
    for args in (("audit", "show"), ("log",), ("undo",)):
        assert_clean(cli(*args, row["number"]).output)
    assert_clean(cli("audit", "list").output)
    assert_clean(cli("audit", "complete", row["number"], code=1).output)


def test_export_is_cleaned_on_a_terminal_only(
    cli: Cli, process: Callable[..., "subprocess.CompletedProcess[bytes]"]
) -> None:
    write_checklist(cli)
    number = cli.record(json.dumps({"q": {"result": "y", "note": f"N{NASTY}"}, "r": "y"}))
    piped = process("export", number).stdout.decode()
    assert "\x1b" in piped and "\u202e" in piped
    shown = on_terminal(cli, "export", number)
    assert_clean(shown)
    assert shown == clean(piped)
    for args in (("export", number, "-f", "json"), ("audit", "show", number, "--json")):
        assert_clean(on_terminal(cli, *args))
        assert json.loads(on_terminal(cli, *args)) == json.loads(process(*args).stdout)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(), "qms-tui"),
        (Settings(Path("x y"), "Anna K"), "qms-tui --store 'x y' --as 'Anna K'"),
    ],
)
def test_the_line_to_go_on_with_leads_to_the_same_store_and_person(settings: Settings, said: str) -> None:
    assert settings.program() == said


def test_going_on_with_what_was_given(cli: Cli) -> None:
    shown = cli("--store", "my store", "--as", "Ben", "run", "cold-store.md", "--plain", input="y\nq\n").stdout
    assert "Go on with: qms-tui --store 'my store' --as Ben run --resume A-" in shown


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("args", [["checklist", "list"], ["checklist", "list", "--json"], ["--version"], ["--help"]])
def test_output_that_takes_no_more_is_told_in_one_line(
    process: Callable[..., "subprocess.CompletedProcess[bytes]"], args: list[str]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process(*args, stdout=full)
    assert done.returncode == 3
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("qms-tui: the output cannot be written (No space left on device)")


def test_without_standard_output_a_list_says_nothing(cli: Cli) -> None:
    command = f"{shlex.quote(sys.executable)} -m qms_tui nc list --fail >&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=cli.folder, check=False, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves_early_gets_no_words(cli: Cli) -> None:
    command = f"{shlex.quote(sys.executable)} -m qms_tui checklist show weekly-check --json | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=cli.folder, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (b"{", b"")


def test_output_that_was_opened_to_be_read_is_told_in_one_line(
    process: Callable[..., "subprocess.CompletedProcess[bytes]"],
) -> None:
    with Path(os.devnull).open("rb") as nothing:
        done = process("checklist", "list", stdout=nothing)
    assert done.returncode == 3
    assert done.stderr.decode().startswith("qms-tui: the output cannot be written (Bad file descriptor)")


def test_two_headings_of_one_word_are_two_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """As a translation may render them."""
    rows = [{"raised": "2026-11-02", "opened": "2026-11-03"}]
    print_rows(rows, [("begun", "raised"), ("begun", "opened")], "none", as_json=False)
    assert capsys.readouterr().out.splitlines() == ["begun       begun", "2026-11-02  2026-11-03"]
