"""What goes wrong is one line that says what, where and how to mend it; never a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import ANSWERS, Cli
from store_faults import ordinary_user

from qms_tui.cli.main import qms_tui

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["audit", "show", "A-1"], "A-1: no such audit; see: qms-tui audit list"),
        (["audit", "show", "a\nb\x1b[2J"], "a b[2J: no such audit"),
        (["audit", "complete", "A-1"], "no such audit"),
        (["export", ""], "no such audit"),
        (["nc", "show", "NC-1"], "NC-1: no such nonconformity; see: qms-tui nc list"),
        (["log", "NC-1"], "no such nonconformity"),
        (["undo"], "no audit is in progress; start one: qms-tui run CHECKLIST"),
        (["undo", "A-1"], "no such audit"),
        (["run", "--resume", "--plain"], "no audit is in progress"),
        (["export", "nc-2026-0001"], "NC-2026-0001 is a nonconformity; qms-tui export --nc NC-2026-0001"),
        (["run", "A-1", "--resume", "--plain"], "no such audit"),
        (["run", "weekly-chek", "--plain"], "weekly-chek: no such checklist - did you mean weekly-check?"),
        (["checklist", "show", "wekly-check"], "did you mean weekly-check?"),
        (["checklist", "show", "xyzzy"], "name a Markdown file or one of: "),
        (["checklist", "show", "gone.md"], "gone.md"),
        (["run", "."], "The input is not a terminal."),
        (["run", "cold-store.md"], "`--plain`"),
        ([], "The input is not a terminal."),
        (["run"], "name a checklist (qms-tui checklist list) or --resume"),
        (["run", "--resume", "--plain", "--subject", "north"], "are for a new walk; with --resume use the key b"),
        (["run", "cold-store.md", "--complete"], "--complete goes with --answers"),
        (["run", "cold-store.md", "--answers", "a", "--plain"], "--answers goes with neither"),
        (["run", "--resume", "--answers", "a"], "--answers goes with neither"),
        (["run", "cold-store.md", "--answers", "gone.yaml"], "gone.yaml: No such file or directory"),
        (["run", "gone.md", "--answers", "cold-store.md"], "gone.md"),
    ],
)
def test_bad_input(cli: Cli, args: list[str], said: str) -> None:
    assert said in cli.refused(*args, code=2)
    assert not cli.store.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--nonsense"], "; see: qms-tui -h"),
        (["nonsense"], "No such command 'nonsense'; see: qms-tui -h"),
        (["nc", "list", "--grade", "x"], "Invalid value for '--grade': 'x' is not one of 'major', 'minor',"),
        (["nc", "show"], "Missing argument 'NUMBER'; see: qms-tui nc show -h"),
        (
            ["nc", "check", "NC-1", "--value", "1"],
            "Missing option '--verdict'. Choose from: effective, not_effective; see",
        ),
        (["action", "list", "more"], "Got unexpected extra argument (more); see: qms-tui action list -h"),
    ],
)
def test_a_command_written_wrongly(cli: Cli, args: list[str], said: str) -> None:
    assert said in cli.refused(*args, code=2)


def test_a_noun_alone_shows_its_verbs(cli: Cli) -> None:
    told = cli.runner.invoke(qms_tui, ["nc"]).output
    assert "Commands:" in told and "reopen" in told


def test_answers_that_cannot_be_taken(cli: Cli) -> None:
    path = cli.folder / "a.yaml"
    for text, code, said in (
        ("door: y\n", 2, "a.yaml: 'door' is no item of this checklist; did you mean 'doors'?"),
        ("temp: warm\n", 2, "temp: 'warm' is not a number"),
        ("doors: {result: n, evidence: gone.jpg}\n", 2, "No such file or directory: gone.jpg"),
        ("doors: y\n", 1, "2 things are missing (temp, waited)"),
    ):
        path.write_text(text)
        more = ["--complete"] if code == 1 else []
        assert said in cli.refused("run", "cold-store.md", "--answers", "a.yaml", *more, code=code)
    assert not cli.store.exists()


READING = [["nc", "list"], ["audit", "list"], ["log"], ["nc", "show", "NC-1"], ["audit", "show", "A-1"], ["undo"]]


@pytest.mark.parametrize("args", READING)
def test_a_store_that_is_a_file(cli: Cli, args: list[str]) -> None:
    cli.store.write_text("not a store")
    assert str(cli.store) in cli.refused(*args, code=3)
    assert cli.store.read_text() == "not a store"


@pytest.mark.parametrize("args", READING)
def test_a_damaged_journal(cli: Cli, args: list[str]) -> None:
    cli.record()
    cli.record("doors: y\n")
    journal = cli.store / "journal.jsonl"
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b"Door 3", b"Door 4", 1))
    assert "journal.jsonl, line 1" in cli.refused(*args, code=3)


def test_a_store_that_cannot_be_read(cli: Cli) -> None:
    cli.record()
    journal = cli.store / "journal.jsonl"
    data = journal.read_bytes()
    journal.unlink()
    journal.mkdir()
    assert "journal.jsonl" in cli.refused("nc", "list", code=3)
    journal.rmdir()
    journal.write_bytes(data)
    assert len(cli.json("nc", "list")) == 2
    (cli.store / "store.json").write_text("{}")
    assert "store.json" in cli.refused("nc", "list", code=3)


@pytest.mark.parametrize("args", READING)
def test_a_store_without_the_right_to_read(cli: Cli, args: list[str]) -> None:
    cli.record()
    cli.runner.invoke(qms_tui, args)  # all is imported
    cli.store.chmod(0o000)
    with ordinary_user():
        said = cli.refused(*args, code=3)
        assert "Permission denied" in said and str(cli.store) in said and "check its rights" in said
        assert said == cli.refused("--store", str(cli.store), *args, code=3)
    cli.store.chmod(0o700)


def test_a_store_without_the_right_to_write(cli: Cli) -> None:
    """Root may write everywhere but in /proc; for others a folder without the right will do."""
    (cli.folder / "answers.yaml").write_text(ANSWERS)
    if os.geteuid():
        locked = cli.folder / "locked"
        locked.mkdir(mode=0o500)
    else:
        locked = Path("/proc/self")
    folder = str(locked / "store")
    assert cli.json("--store", folder, "nc", "list") == []
    said = cli.refused("--store", folder, "run", "cold-store.md", "--answers", "answers.yaml", code=3)
    assert "nothing was recorded" in said and folder in said
    result = cli("--store", folder, "run", "cold-store.md", "--plain", input="y\nn\n\n")
    assert result.stdout.count("nothing was recorded") == 2 and "Nothing was recorded." in result.stdout


def test_a_name_that_is_no_text(process: Process, cli: Cli) -> None:
    (cli.folder / "a.yaml").write_text("doors: y\n")
    for args in ([b"--as", b"\xff", b"run", b"cold-store.md", b"--answers", b"a.yaml"], [b"nc", b"show", b"\xff"]):
        done = process(*args)
        assert done.returncode in (2, 3) and done.stdout == b"" and done.stderr.count(b"\n") == 1, done.stderr
    assert not (cli.store / "journal.jsonl").exists()


def test_exit_codes_of_the_process(process: Process, cli: Cli) -> None:
    cli.record()
    for args, code in (
        (["nc", "list"], 0),
        (["nc", "list", "--fail"], 1),
        (["audit", "complete", "A-1"], 2),
        (["--store", "cold-store.md", "nc", "list"], 3),
    ):
        done = process(*args)
        assert done.returncode == code and b"Traceback" not in done.stderr
    assert process("run", "cold-store.md", stdin=subprocess.DEVNULL).returncode == 2


def test_a_reader_that_goes_away(cli: Cli, process: Process) -> None:
    cli.record()
    read, write = os.pipe()
    os.close(read)
    done = process("log", "--json", stdout=write)
    os.close(write)
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


def test_a_terminal_that_lacks_the_characters(cli: Cli, process: Process) -> None:
    cli.record(ANSWERS, "--subject", "北倉")
    for args in (["audit", "list"], ["audit", "show", "A-1"], ["log"]):
        done = process(*args, env={"PYTHONIOENCODING": "ascii"})
        assert b"Traceback" not in done.stderr
    assert b"\\u5317\\u5009" in process("audit", "list", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert "北倉".encode() in process("audit", "list", "--json", env={"PYTHONIOENCODING": "ascii"}).stdout


LIGHT = """
import sys
from qms_tui.cli.main import qms_tui
try:
    qms_tui(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("args", "banned"),
    [
        (["nc", "list"], {"textual", "rich", "pydantic", "yaml", "markdown_it"}),
        (["nc", "show", "NC"], {"textual", "rich", "pydantic", "yaml", "markdown_it"}),
        (["action", "list", "--mine", "--json"], {"textual", "rich", "pydantic", "yaml", "markdown_it"}),
        (["my", "--json"], {"textual", "rich", "pydantic", "yaml", "markdown_it", "smtplib"}),
        (["remind", "--json"], {"textual", "rich", "pydantic", "yaml", "markdown_it", "smtplib"}),
        (["doctor", "--json"], {"textual", "rich", "pydantic", "yaml", "markdown_it"}),
        (["audit", "list"], {"textual", "rich", "pydantic"}),
        (["log"], {"textual", "rich", "pydantic"}),
        (["checklist", "list"], {"textual", "rich", "pydantic"}),
    ],
)
def test_what_only_lists_starts_light(cli: Cli, process: Process, args: list[str], banned: set[str]) -> None:
    cli.record(ANSWERS, "--complete")
    number = cli.json("nc", "list")[0]["number"]
    cli("action", "add", "Mend it", "--nc", number, "--owner", "ben", "--due", "+1")
    if args[-1] == "NC":
        args = [*args[:-1], cli.json("nc", "list")[0]["number"]]
    done = subprocess.run([sys.executable, "-c", LIGHT, *args], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert banned & set(done.stderr.decode().split()) == set()
