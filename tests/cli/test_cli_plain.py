"""`run --plain`: a walk line by line."""

import os
import select
import subprocess
import sys

import pytest
from cli_helpers import Cli

from qms_tui.store.base import Actor
from qms_tui.store.open import open_store
from qms_tui.workflow.audits import find_audit, open_walk
from qms_tui.workflow.given import Given


def walked(cli: Cli, *lines: str, resume: bool = False, args: tuple[str, ...] = ()) -> str:
    command = ["run", "--resume"] if resume else ["run", "cold-store.md"]
    return cli(*command, "--plain", *args, input="".join(line + "\n" for line in lines)).stdout


def results(cli: Cli) -> dict[str, str | None]:
    (row,) = cli.json("audit", "list")
    return {a["item"]: a["result"] for a in cli.json("audit", "show", row["number"])["answers"]}


def test_a_whole_walk(cli: Cli) -> None:
    (cli.folder / "photo.jpg").write_bytes(b"photo")
    shown = walked(
        cli,
        "n", ":g obs", ":g minor", "Door 3 stays open", "",
        ":m by the fan 風扇", ":e photo.jpg", "12", "",
        "no",
        "y",
        args=("--subject", "north"),
    )  # fmt: skip
    assert "1/3 [Systems] Doors close by themselves\n" in shown
    assert "2/3 [Systems] Temperature (number °C) [2..8 °C]" in shown
    assert "Finding: major nonconformity: Not fulfilled: Doors close by themselves" in shown
    assert "Finding: observation: Not fulfilled" in shown and "Finding: minor nonconformity: Door 3" in shown
    assert "Finding: minor nonconformity: Temperature: 12 °C (above 2..8 °C)" in shown
    (row,) = cli.json("audit", "list")
    assert f"{row['number']} completed" in shown and "Go on with" not in shown
    assert row["status"] == "completed" and row["subject"] == "north"
    audit = cli.json("audit", "show", row["number"])
    assert results(cli) == {"doors": "nonconform", "temp": "nonconform", "waited": "conform"}
    assert [(f["grade"], f["statement"]) for f in audit["findings"]] == [
        ("minor", "Door 3 stays open"),
        ("minor", "Temperature: 12 °C (above 2..8 °C)"),
    ]
    temp = audit["answers"][1]
    assert (temp["note"], temp["evidence"][0]["name"], temp["value"]) == ("by the fan 風扇", "photo.jpg", 12)


def test_nothing_entered_nothing_recorded(cli: Cli) -> None:
    for lines in (
        [],
        ["q"],
        [":q"],
        ["", "maybe", ":s", ":b", "q"],
        ["n", ":q"],
        ["n"],
        ["n", "stuck", ":b"],
        ["n", "it is stuck"],
    ):
        assert "Nothing was recorded." in walked(cli, *lines)
    assert not cli.store.exists()


def test_skip_back_and_undo(cli: Cli) -> None:
    shown = walked(cli, ":u", ":b", "y", ":b", ":s", "4", ":u", ":s", "no", "", args=())
    assert (
        "! there is nothing of yours" in shown
        and "now: conform" in shown
        and "Answer taken back: Temperature, recorded" in shown
    )
    assert results(cli) == {"doors": "conform", "waited": "conform"}
    assert "- Temperature: no answer" in shown and "Reason for leaving these" in shown
    assert cli.json("audit", "list")[0]["status"] == "in_progress"


def test_completing_with_a_reason(cli: Cli) -> None:
    shown = walked(cli, "y", ":s", ":s", "the lights went out")
    (row,) = cli.json("audit", "list")
    assert f"{row['number']} completed" in shown
    assert {left["reason"] for left in cli.json("audit", "show", row["number"])["left"]} == {"the lights went out"}


def test_the_input_ends_and_goes_on_later(cli: Cli) -> None:
    shown = cli("run", "cold-store.md", "--plain", input="y\n:m half").stdout
    (row,) = cli.json("audit", "list")
    assert f"Go on with: qms-tui run --resume {row['number']} --plain" in shown
    assert results(cli) == {"doors": "conform", "temp": None}
    shown = walked(cli, "4", "yes", "", "王小姐", "n", resume=True)
    assert row["number"] in shown.splitlines()[0] and "2/3 [Systems] Temperature" in shown
    assert "4/4 [Systems] Which customer? (text)" in shown
    assert results(cli) == {"doors": "conform", "temp": "conform", "waited": "nonconform", "who": "conform"}
    assert "Complete it now?" in shown and cli.json("audit", "list")[0]["status"] == "in_progress"
    assert "completed" in walked(cli, "Y", resume=True)


def test_wrong_entries_are_told_and_asked_again(cli: Cli) -> None:
    shown = walked(cli, "x", ":m", ":e gone.jpg", ":zzz", "n", ":g huge", "", "warm", "1,234", "q")
    for said in (
        "! 'x' is no answer; use y, n, p, a or c",
        "! write the text behind it: :m TEXT",
        "! No such file or directory: gone.jpg",
        "! ':zzz' is no answer",
        "! grades are major, minor, observation",
        "! 'warm' is not a number",
        "! '1,234' is ambiguous",
    ):
        assert said in shown
    assert results(cli) == {"doors": "nonconform"}


def test_answers_of_the_last_time_are_shown(cli: Cli) -> None:
    number = cli.record("temp: 12\n")
    shown = walked(cli, "y", "q")
    assert f"{number}: 12 °C nonconform" in shown


def test_only_an_audit_in_progress_is_gone_on_with(cli: Cli) -> None:
    number = cli.record("doors: y\n", "--complete", "--reason", "half")
    said = cli.refused("run", "--resume", number, "--plain", input="4\n", code=1)
    assert "reopen it first" in said and number in said


def test_bytes_that_are_no_text(cli: Cli) -> None:
    cli("run", "cold-store.md", "--plain", input=b":m \xff\xfe\nq\n")
    (row,) = cli.json("audit", "list")
    assert cli.json("audit", "show", row["number"])["answers"][0]["note"] == "\ufffd\ufffd"


@pytest.mark.parametrize("theirs", ["answer", "complete"])
def test_a_colleague_writes_meanwhile(cli: Cli, theirs: str) -> None:
    """The conflict is told with both values, the item is shown again as it stands, and the walk goes on."""
    command = [sys.executable, "-m", "qms_tui", "run", "cold-store.md", "--plain"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=cli.folder, env=os.environ) as process:
        assert process.stdin and process.stdout and process.stderr
        shown = b""

        def until(text: bytes) -> None:
            nonlocal shown
            start = len(shown)
            while text not in shown[start:] or not shown.endswith(b"> "):
                ready, _w, _x = select.select([process.stdout], [], [], 20)
                read = os.read(process.stdout.fileno(), 65536) if ready else b""
                if not read:
                    process.kill()
                    pytest.fail(shown.decode())
                shown += read

        def say(line: bytes) -> None:
            process.stdin.write(line + b"\n")
            process.stdin.flush()

        until(b"1/3")
        say(b"y")
        until(b"2/3")
        with open_store(cli.store) as store:
            walk = open_walk(store, Actor("ben"), find_audit(store, cli.json("audit", "list")[0]["number"]))
            if theirs == "answer":
                walk.answer(walk.entries()[1].item, Given("nonconform", 12, "fail"))
            else:
                walk.complete("time is up")
        say(b"5")
        until(b"2/3")
        text = shown.decode()
        assert (
            "ben was first here: 12 °C, nonconform; yours: 5 °C, conform"
            if theirs == "answer"
            else "its answers are frozen"
        ) in text
        if theirs == "answer":
            assert "now: nonconform" in text
        say(b"5")
        if theirs == "answer":
            until(b"3/3")
        else:
            until(b"reopen it first")
        say(b"q")
        _rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0 and errors == b""
    assert results(cli).get("temp") == ("conform" if theirs == "answer" else None)


def test_commands_and_answers_are_no_statement(cli: Cli) -> None:
    (cli.folder / "photo.jpg").write_bytes(b"photo")
    shown = walked(
        cli, "n", ":u", ":zzz", "3", "y", ":g opp", ":e gone.jpg", ":e photo.jpg", ":m by the fan", ":b",
        "n", "Door 3 stays open", ":e photo.jpg", ":m by the fan", "", ":q",
    )  # fmt: skip
    for text in (":u", ":zzz", "3", "y"):
        assert f"! '{text}' is no statement; in a finding: enter, :g GRADE, :m TEXT, :e PATH, :b back" in shown
    assert "! grades are major, minor, observation\n" in shown and "! No such file or directory: gone.jpg" in shown
    assert shown.count("1/3 [Systems]") == 2 and "Nothing was recorded.\n" in shown
    (row,) = cli.json("audit", "list")
    audit = cli.json("audit", "show", row["number"])
    assert [finding["statement"] for finding in audit["findings"]] == ["Door 3 stays open"]
    (answer,) = audit["answers"]
    assert (answer["note"], [kept["name"] for kept in answer["evidence"]]) == ("by the fan", ["photo.jpg"])


def test_a_decision_about_a_history_is_told_at_the_end_and_stands_in_the_log(cli: Cli) -> None:
    cli.record()
    path = cli.folder / "cold-store.md"
    path.write_text(path.read_text("utf-8").replace("close by themselves", "do not close by themselves"), "utf-8")
    left = walked(cli, "y", "3", "n", "", "n")
    assert "undecided whether it is the same question as before; := doors the same, :! doors another\n" in left
    number = cli.json("audit", "list")[-1]["number"]
    assert cli("audit", "complete", number).stderr.startswith("doors: left undecided whether it is the same question")
    cli("audit", "reopen", number, "--why", "a look at the doors")
    assert "history of" not in cli("log", number).stdout
    walked(cli, ":=", "y", ":q")
    for audit in (number, cli.json("audit", "list")[-1]["number"]):
        said = cli("log", audit).stdout
        assert "history of doors: undecided -> the same question as before\n" in said and "lineage" not in said
        exported = cli("export", audit).stdout
        assert "  - history of doors: decision the same question as before (was undecided)\n" in exported


def test_an_answered_item_is_decided_before_the_audit_is_completed(cli: Cli) -> None:
    cli.record()
    path = cli.folder / "cold-store.md"
    path.write_text(path.read_text("utf-8").replace("close by themselves", "do not close by themselves"), "utf-8")
    said = walked(cli, "y", "3", "n", ":! nothing", ":! doors", "y")
    assert said.count("! nothing is in doubt here") == said.count(": another question\n") == 1
    assert said.endswith(" completed\n")
    assert "undecided -> another question than before" in cli("log", cli.json("audit", "list")[-1]["number"]).stdout
