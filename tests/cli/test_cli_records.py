"""Each command's text, JSON and exit code."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from cli_helpers import ANSWERS, Cli

from qms_tui.cli.main import qms_tui
from qms_tui.store.actor import system_user

AUDIT_KEYS = (
    "number title kind checklist subject status lead started completed items answered applicable coverage conformity "
    "provisional"
)
ANSWER_KEYS = "item question result value unit verdict note evidence by at"
NC_KEYS = "number status grade statement criterion audit item owner due overdue cycle repeat_of opened closed"
ITEM_KEYS = "id question section answer unit limits target expect severity clause evidence weight guidance line"


def keys(text: str) -> set[str]:
    return set(text.split())


def test_an_audit_from_answers(cli: Cli) -> None:
    number = cli.record(ANSWERS, "--subject", "北倉", "--site", "Hall 2", "--team", "ben", "--team", "徐")
    assert number.startswith("A-") and number.endswith("-0001")
    (row,) = cli.json("audit", "list")
    assert keys(AUDIT_KEYS) <= set(row)
    assert (row["number"], row["subject"], row["status"], row["lead"]) == (number, "北倉", "in_progress", system_user())
    assert (row["items"], row["answered"], row["coverage"], row["conformity"]) == (3, 3, 100.0, 33.3)
    shown = cli.json("audit", "show", number.lower())
    assert {k: shown[k] for k in row} == row and (shown["site"], shown["team"]) == ("Hall 2", ["ben", "徐"])
    doors, temp, waited = shown["answers"]
    assert keys(ANSWER_KEYS) <= set(doors)
    assert (doors["result"], doors["note"]) == ("nonconform", "門 [/] 🙂")
    assert [kept["name"] for kept in doors["evidence"]] == ["pasted text"]
    assert (temp["value"], temp["unit"], temp["verdict"]) == (12, "°C", "fail")
    assert (waited["value"], waited["result"]) == ("no", "conform")
    datetime.fromisoformat(doors["at"])


def test_audit_list_as_text_and_its_filters(cli: Cli) -> None:
    assert cli("audit", "list").stdout == "" and cli.json("audit", "list") == []
    cli.record(ANSWERS, "--subject", "北倉")
    cli.record("doors: y\n", "--complete", "--reason", "half")
    lines = cli("audit", "list").stdout.splitlines()
    assert lines[0].split() == ["number", "status", "started", "coverage", "conformity", "subject", "title"]
    assert "in_progress" in lines[1] and "100 %" in lines[1] and "北倉" in lines[1]
    assert "completed" in lines[2] and "33.3 % provisional" in lines[2]
    assert [r["status"] for r in cli.json("audit", "list", "--open")] == ["in_progress"]
    assert len(cli.json("audit", "list", "--checklist", "cold-store")) == 2
    assert cli.json("audit", "list", "--checklist", "other") == []
    assert "**Temperature** `temp`" in cli("audit", "show", lines[1].split()[0]).stdout


def test_completing_reopening_cancelling(cli: Cli) -> None:
    number = cli.record("doors: y\n")
    result = cli("audit", "complete", number, code=1)
    assert result.stdout == "" and result.stderr.splitlines() == [
        "temp: no answer: Temperature",
        "waited: no answer: Did any customer wait?",
        "qms-tui: 2 things are missing (temp, waited); answer them or give a reason for leaving them",
    ]
    assert cli("audit", "complete", number, "--reason", "dark", "--summary", "Good").stdout == f"{number} completed\n"
    shown = cli.json("audit", "show", number)
    assert shown["status"] == "completed" and shown["summary"] == "Good"
    assert shown["left"] == [{"item": i, "missing": "answer", "reason": "dark"} for i in ("temp", "waited")]
    assert "reopen it first" in cli.refused("audit", "complete", number, code=1)
    assert "can no longer be cancelled" in cli.refused("audit", "cancel", number, "--why", "x", code=1)
    assert "needs a reason" in cli.refused("audit", "reopen", number, code=1)
    assert cli("audit", "reopen", number, "--why", "overlooked").stdout == f"{number} reopened\n"
    assert "needs a reason" in cli.refused("audit", "cancel", number, code=1)
    assert cli("audit", "cancel", number, "--why", "wrong day").stdout == f"{number} cancelled\n"
    assert cli.json("audit", "show", number)["status"] == "cancelled"
    assert [line["why"] for line in cli.json("log")] == ["", "dark", "overlooked", "wrong day"]
    assert "begin a new one: qms-tui run " in cli.refused("undo", number, code=1)


def test_a_closed_audit_is_audited_again_and_not_reopened(cli: Cli) -> None:
    number = cli.record("doors: p\n", "--complete", "--reason", "dark")
    for row in cli.json("nc", "list"):
        cli("nc", "cancel", row["number"], "--why", "theirs")
    cli("audit", "close", number)
    said = cli.refused("undo", number, code=1)
    assert said.endswith(f"what is found now belongs in a new audit: qms-tui run --only-flagged {number}")
    assert "1/1" in cli("run", "--only-flagged", number, "--plain", input=":q\n").stdout


def test_nonconformities(cli: Cli) -> None:
    assert cli("nc", "list").stdout == "" and cli("nc", "list", "--fail").stdout == ""
    first, second = cli.record(), cli.record()
    rows = cli.json("nc", "list")
    assert keys(NC_KEYS) <= set(rows[0])
    assert [(r["item"], r["grade"], r["audit"], r["cycle"], r["overdue"]) for r in rows] == [
        ("doors", "major", first, 1, False),
        ("temp", "minor", first, 1, False),
        ("doors", "major", second, 1, False),
        ("temp", "minor", second, 1, False),
    ]
    assert [r["repeat_of"] for r in rows] == [None, None, rows[0]["number"], rows[1]["number"]]
    for filters, expected in (
        (["--open"], 4),
        (["--overdue"], 0),
        (["--grade", "major"], 2),
        (["--owner", "anna"], 0),
        (["--audit", second.lower()], 2),
        (["--audit", second, "--grade", "minor", "--open"], 1),
    ):
        assert len(cli.json("nc", "list", *filters)) == expected
        cli("nc", "list", *filters, "--fail", code=1 if expected else 0)
    lines = cli("nc", "list", "--audit", first).stdout.splitlines()
    assert lines[0].split() == ["number", "grade", "status", "due", "owner", "audit", "statement"]
    assert "Door 3 stays open" in lines[1]
    assert "no such audit" in cli.refused("nc", "list", "--audit", "A-1", code=2)
    cli("nc", "list", "--grade", "huge", code=2)


def test_what_stands_so_already_is_not_recorded_again(cli: Cli) -> None:
    number = cli("nc", "raise", "Late", "--criterion", "QMS 4.1", "--owner", "anna").stdout.strip()
    for args in (["edit", number, "--owner", "anna"], ["plan", number, "--unit", ""]):
        assert cli("nc", *args).stderr == "nothing to record: nothing was changed\n"
    assert len(cli.json("log")) == 1
    assert cli("nc", "edit", number, "--owner", "ben").stderr == ""


def test_one_nonconformity(cli: Cli) -> None:
    audit = cli.record()
    number = cli.json("nc", "list")[0]["number"]
    shown = cli.json("nc", "show", number.lower())
    assert keys(NC_KEYS) | {"void", "trail"} <= set(shown) and shown["criterion"] == "ISO 9001 8.5.1"
    lines = cli("nc", "show", number).stdout.splitlines()
    assert lines[:2] == [f"number     {number}", "status     draft"] and f"audit      {audit}" in lines
    assert any("statement: - -> Door 3 stays open" in line for line in lines)
    cli("undo", audit)
    assert any(line.startswith("void       undo of 1") for line in cli("nc", "show", number).stdout.splitlines())
    assert cli.json("nc", "list") == []


def test_work_begins_with_a_word_about_an_action_without_owner_or_day(cli: Cli) -> None:
    number = cli("nc", "raise", "Late", "--criterion", "QMS 4.1").stdout.strip()
    cli("nc", "cause", number, "Nobody owns the list", "--root")
    assert cli("nc", "advance", number).stderr == ""
    cli("action", "add", "Name an owner", "--nc", number, "--owner", "ben", "--due", "+7")
    loose = cli("action", "add", "Tell the desk", "--nc", number, "--owner", "cleo").stdout.strip()
    cli("nc", "plan", number, "--indicator", "late", "--baseline", "9", "--target", "2", "--checker", "dora")
    cli("nc", "plan", number, "--check-date", "+30")
    words = f"still to be named: due date of {loose}"
    assert f"  advance -> in progress  {words}" in cli("nc", "show", number).stdout.splitlines()
    step = cli.json("nc", "show", number)["steps"][0]
    assert (step["allowed"], step["gate"], step["missing"]) == (True, None, f"due date of {loose}")
    said = cli("nc", "advance", number)
    assert (said.stdout, said.stderr) == ("in_progress\n", f"{words}\n")


def test_nothing_that_was_typed_moves_the_terminal(cli: Cli) -> None:
    cli.record('doors: {result: n, statement: "a\\e[2Jb\\nc\\u202Ed　e\\u00A0f 👩\\u200d🔧"}\n')
    number = cli.json("nc", "list")[0]["number"]
    assert cli.json("nc", "show", number)["statement"] == "a\x1b[2Jb\nc\u202ed　e\xa0f 👩\u200d🔧"
    for text in (cli("nc", "list").stdout, cli("nc", "show", number).stdout, cli("log").stdout):
        assert "\x1b" not in text and "\u202e" not in text and "a[2Jb cd e f 👩\u200d🔧" in text


def test_the_trail(cli: Cli) -> None:
    first = cli.record()
    second = cli.record("doors: y\n")
    rows = cli.json("log")
    assert keys("n at by via why number changes") <= set(rows[0])
    assert keys("field old new") <= set(rows[0]["changes"][0])
    assert [(r["n"], r["number"]) for r in rows] == [(1, first), (2, second)]
    assert [r["n"] for r in cli.json("log", second)] == [2]
    nc = cli.json("nc", "list")[0]["number"]
    assert [r["n"] for r in cli.json("log", nc.lower())] == [1]
    text = cli("log", second).stdout
    assert f"{system_user()}  {second}" in text and "doors.result: - -> conform" in text
    cli("audit", "cancel", second, "--why", "double")
    assert "why: double" in cli("log").stdout and "audits.status: in_progress -> cancelled" in cli("log").stdout
    for unknown in ("A-1", "NC-1"):
        assert "no such" in cli.refused("log", unknown, code=2)


def test_the_trail_is_for_people(cli: Cli) -> None:
    """Evidence by its name, what is void by its reason, and by its number which of two nonconformities it was."""
    number = cli.record()
    first, second = (row["number"] for row in cli.json("nc", "list"))
    text = cli("log", number).stdout
    assert "doors.evidence: - -> pasted text (SHA-256 " in text and '{"' not in text
    assert f"{first}.statement: - -> Door 3 stays open" in text and f"{second}.grade: - -> minor" in text
    assert "nonconformities.statement: - -> Door 3 stays open" in cli("nc", "show", first).stdout
    cli("undo")
    text = cli("log").stdout
    assert f"{second}.void: - -> undo of 1" in text and "temp.value: 12 -> -" in text


def test_the_trail_since(cli: Cli) -> None:
    cli.record()
    (row,) = cli.json("log")
    at = datetime.fromisoformat(row["at"])
    for since, count in (
        (row["at"], 1),
        ((at + timedelta(milliseconds=1)).isoformat(), 0),
        (at.astimezone(UTC).isoformat(), 1),
        (at.astimezone().date().isoformat(), 1),
        ((at + timedelta(days=2)).date().isoformat(), 0),
        ("1970-01-01", 1),
    ):
        assert len(cli.json("log", "--since", since)) == count, since
    for bad in ("yesterday", "2026-13-01", "", "10:02", "2026-11-22T10:02+99:00"):
        assert "is no time; write it as" in cli.refused("log", "--since", bad, code=2)


@pytest.mark.parametrize("zone", ["Asia/Taipei", "America/New_York"])
def test_a_time_at_the_edge_of_the_calendar(cli: Cli, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for edge in ("0001-01-01", "9999-12-31T23:59:59"):
            assert cli.runner.invoke(qms_tui, ["log", "--since", edge]).exit_code in (0, 2)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_undo(cli: Cli) -> None:
    number = cli.record("doors: y\n")
    assert cli("undo").stdout == f"{number}: Answer taken back: Doors close by themselves (2)\n"
    assert "nothing of yours" in cli.refused("undo", code=1)
    assert "nothing of yours" in cli.refused("--as", "ben", "undo", number, code=1)
    assert cli.json("log")[1]["undoes"] == 1


def test_acting_as_somebody_else(cli: Cli) -> None:
    (cli.folder / "a.yaml").write_text("doors: y\n")
    cli("--as", " 徐  小姐 ", "run", "cold-store.md", "--answers", "a.yaml")
    (row,) = cli.json("log")
    assert (row["by"], row["via"]) == ("徐 小姐", system_user())
    assert cli.json("audit", "list")[0]["lead"] == "徐 小姐"
    assert f"徐 小姐 ({system_user()})" in cli("log").stdout
    assert (cli.store / "lock").read_text("utf-8").strip().partition(" ")[2] == "徐 小姐"  # who others wait for
    assert "empty" in cli.refused("--as", " ", "log", code=2)


def test_where_the_store_is(cli: Cli) -> None:
    cli.record()
    assert cli.json("--store", "other", "audit", "list") == []
    assert len(cli.json("--store", "store", "audit", "list")) == 1
    assert not (cli.folder / "other").exists()


def test_checklists(cli: Cli) -> None:
    rows = cli.json("checklist", "list")
    assert {"weekly-check", "internal-audit"} <= {row["id"] for row in rows}
    assert set(rows[0]) >= {"id", "title", "kind", "cadence", "items"}
    assert "weekly-check" in cli("checklist", "list").stdout
    shown = cli.json("checklist", "show", "cold-store.md")
    assert keys("id title kind version language digest items") <= set(shown) and shown["id"] == "cold-store"
    assert keys(ITEM_KEYS) <= set(shown["items"][0])
    assert [item["id"] for item in shown["items"]] == ["doors", "temp", "waited", "who"]
    assert shown["items"][1]["limits"] == "2..8 °C" and shown["items"][3]["section"] == ["Systems"]
    text = cli("checklist", "show", "cold-store.md").stdout
    assert (
        "  temp: Temperature  (number °C; 2..8 °C)" in text and "who: Which customer?  (text)  [waited = yes]" in text
    )


def test_checklist_show_says_what_an_author_has_to_check(cli: Cli) -> None:
    (cli.folder / "own.md").write_text(
        "# Own\n- [ ] Quiet? {#quiet}\n  - answer: yes/no\n  - expect: no\n  - severity: major\n"
        "  - evidence: if fail\n  - na: no\n- [ ] Wait {#wait}\n  - answer: number min\n  - target: 5\n"
    )
    text = cli("checklist", "show", "own.md").stdout
    assert "quiet: Quiet?  (yes/no; expect: no; severity: major; evidence: if fail; na: no)" in text
    assert "wait: Wait  (number min; target: 5)" in text


def test_an_empty_list_says_so_on_stderr(cli: Cli) -> None:
    assert cli("audit", "list").stderr == f"no audits in {cli.store}\n"
    assert cli("nc", "list").stderr == f"no nonconformities in {cli.store}\n"
    cli.record("doors: y\n")
    assert cli("audit", "list", "--checklist", "other").stderr == f"no audits that match in {cli.store}\n"
    assert cli("audit", "list").stderr == ""


def test_the_title_from_the_file_name_stays(cli: Cli) -> None:
    (cli.folder / "Fire Drill.md").write_text("- [ ] Bell rings {#bell}\n- [ ] Doors open {#doors}\n")
    started = cli("run", "Fire Drill.md", "--plain", input="y\nq\n").stdout
    resumed = cli("run", "--resume", "--plain", input="q\n").stdout
    title = started.split("\n")[0]
    assert title == "Fire Drill" and resumed.startswith(f"{title} A-")


def test_a_list_of_options_is_an_answer(cli: Cli) -> None:
    (cli.folder / "cold-store.md").write_text("# L\n- [ ] Which {#which}\n  - answer: any of: Tone, Delay, Echo\n")
    number = cli.record("which: [Tone, Delay]\n")
    assert cli.json("audit", "show", number)["answers"][0]["value"] == ["Tone", "Delay"]


def test_diagnostics_are_told_on_stderr(cli: Cli) -> None:
    (cli.folder / "odd.md").write_text("---\nchecklist: 1\n---\n- [ ] a\n  - severty: major\n")
    result = cli("checklist", "show", "odd.md")
    assert "odd.md:5:" in result.stderr and "severty" in result.stderr and "odd.md:5" not in result.stdout


@pytest.mark.parametrize("formats", ["md", "json"])
def test_export_to_stdout_file_and_folder(cli: Cli, formats: str) -> None:
    number = cli.record()
    stdout = cli("export", number, "-f", formats).stdout
    for given, made in (("x.out", "x.out"), (".", f"{number}.{formats}")):
        result = cli("export", number, "--format", formats, "-o", given)
        assert result.stdout == "" and result.stderr.strip().endswith(made)
        assert (cli.folder / made).read_text("utf-8") == stdout
    if formats == "json":
        data = json.loads(stdout)
        assert data["number"] == number and data["trail"] and data["checklist_text"].startswith("---\n")


def test_export_of_several_formats(cli: Cli) -> None:
    number = cli.record()
    assert "need a folder" in cli.refused("export", number, "-f", "md,json", code=2)
    cli("export", number.lower(), "-f", " md , json", "--output", "out")
    assert sorted(path.name for path in (cli.folder / "out").iterdir()) == [f"{number}.json", f"{number}.md"]
    for bad in ("pdf", "", ",", "md,docx"):
        assert "known are md, json" in cli.refused("export", number, "-f", bad, code=2)
    for formats, path in (("md", "cold-store.md/x"), ("md", "gone/x.md"), ("md,json", "gone/x")):
        said = cli.refused("export", number, "-f", formats, "-o", path, code=2)
        assert said.endswith(f"{path.partition('/')[0]}: no such folder; make it first")
    assert not (cli.folder / "gone").exists()
    assert "no such audit" in cli.refused("export", "A-1", code=2)


def test_an_export_takes_the_place_of_its_like_alone(cli: Cli) -> None:
    number, other = cli.record(), cli.record()
    assert cli("export", number, "-f", "md,json", "-o", "out").stderr.splitlines()[0] == "out: new folder"
    for name in ("md", "json"):
        path = cli.folder / "out" / f"{number}.{name}"
        path.write_text(before := path.read_text("utf-8") + " ", "utf-8")
        assert "is there and is no export of" in cli.refused("export", other, "-f", name, "-o", str(path), code=2)
        assert path.read_text("utf-8") == before
        assert cli("export", number, "-f", name, "-o", str(path)).stderr == f"{path} (replaced)\n"
        assert path.read_text("utf-8") != before
    checklist = (cli.folder / "cold-store.md").read_bytes()
    assert "no export of" in cli.refused("export", number, "-o", "cold-store.md", code=2)
    assert (cli.folder / "cold-store.md").read_bytes() == checklist
    journal = cli.store / "journal.jsonl"
    lines = journal.read_bytes()
    for path in (journal, cli.store / "new.md", cli.store):
        assert "lies in the store" in cli.refused("export", number, "-o", str(path), code=2)
    assert journal.read_bytes() == lines
    assert cli("export", "--nc", cli.json("nc", "list")[0]["number"], "-o", "/dev/null").stdout == ""


def test_what_is_mistyped_in_find_is_told(cli: Cli) -> None:
    cli.record()
    said = cli.refused("nc", "list", "--find", "ownr:anna", code=2)
    assert said.startswith("qms-tui: --find: 'ownr:anna': did you mean owner:? known are")


def raised(cli: Cli, statement: str) -> tuple[str, str]:
    """The number, and what stderr says of it."""
    result = cli("nc", "raise", statement, "--criterion", "QMS 4.1")
    return result.stdout.strip(), result.stderr


def test_repeats_are_told_on_stderr(cli: Cli) -> None:
    first, said = raised(cli, "Jobs are closed without the customer's word")
    assert said == ""
    second, said = raised(cli, "Jobs are closed without the customer's word")
    third, _said = raised(cli, "The key cabinet stands open")
    assert said == f"a repeat of {first}; if it is none: qms-tui nc link {second} {first} --no-repeat\n"
    assert cli("nc", "link", second, third, "--repeat").stderr == f"no longer a repeat of {first}\n"
    assert cli("nc", "link", second, third.lower(), "--repeat").stderr == "nothing to record: nothing was changed\n"


def test_milestones_have_a_day_or_it_is_told(cli: Cli) -> None:
    number, _said = raised(cli, "The key cabinet stands open")
    add = ["action", "add", "Lock it", "--nc", number, "--due", "+7", "--milestone"]
    assert "is no day" in cli.refused(*add, "2026-13-40 lock bought", code=2)
    assert "say what is reached by then" in cli.refused(*add, "+3", code=2)
    assert "is after the action's due date" in cli.refused(*add, "+8 lock bought", code=1)
    assert cli(*add, "3 locks bought").stderr == "milestone without a day: 3 locks bought\n"
    assert cli(*add, "3.5 mm gap closed").stderr == "milestone without a day: 3.5 mm gap closed\n"
    assert cli(*add, "+3 lock bought").stderr == ""
    assert len(cli.json("action", "list")) == 3


def test_a_cancelled_one_has_its_end(cli: Cli) -> None:
    number, _said = raised(cli, "The key cabinet stands open")
    cli("nc", "cancel", number, "--why", "the wrong room")
    row = cli.json("nc", "show", number)
    assert row["cancelled"] and row["closed"] is None and row["age"] == 0
    assert [event["what"] for event in row["timeline"]][1:] == ["from draft to cancelled"]
