"""A weekly check walked with keys alone in a real terminal, left, resumed and completed; then the record is read."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Open, Terminal, command, command_json

pytestmark = pytest.mark.slow

LOG = "02:00 backup begun [full]\n02:47 完成, 41 GB\n02:48 no errors"


def journal_lines(store: Path) -> int:
    path = store / "journal.jsonl"
    return len(path.read_bytes().splitlines()) if path.exists() else 0


class Inspector:
    """Answers item by item and waits after each until it is recorded and the next one is shown."""

    def __init__(self, terminal: Terminal, store: Path) -> None:
        self.terminal = terminal
        self.store = store

    def recorded(self, act: Any, *, moves: bool = True) -> None:
        lines, position = journal_lines(self.store), self.terminal.position
        act()
        self.terminal.until(lambda: journal_lines(self.store) == lines + 1, "the journal")
        if moves:
            self.terminal.until(lambda: self.terminal.position not in (position, (0, 0)), "the next item")

    def key(self, key: str) -> None:
        self.recorded(lambda: self.terminal.send(key))

    def value(self, first: str, rest: str = "") -> None:
        """A value: its first key opens the prompt."""

        def act() -> None:
            self.terminal.send(first)
            self.terminal.until(lambda: self.terminal.position == (0, 0), "the prompt")
            self.terminal.until(lambda: any(line.startswith(first) for line in self.terminal.lines()[-3:]), "the key")
            if rest:
                self.terminal.type(rest)
            else:
                self.terminal.send("\r")

        self.recorded(act)

    def finding(self, key: str, *edits: str, value: str = "") -> None:
        """An answer that fails; `edits` are keys in the finding, or a text after `s`."""

        def act() -> None:
            self.terminal.send(key)
            if value:
                self.terminal.until(lambda: self.terminal.position == (0, 0), "the prompt")
                self.terminal.until(lambda: any(line.startswith(key) for line in self.terminal.lines()[-3:]), "the key")
                self.terminal.type(value)
            self.terminal.until(lambda: self.terminal.lines()[-1].startswith("enter accept"), "the finding")
            for edit in edits:
                if len(edit) == 1:
                    self.terminal.send(edit)
                else:
                    self.terminal.until(lambda: not self.terminal.lines()[-1].startswith("enter accept"), "the prompt")
                    self.terminal.type(edit)
                    self.terminal.until(lambda: self.terminal.lines()[-1].startswith("enter accept"), "the finding")
            self.terminal.send("\r")

        self.recorded(act)

    def text(self, key: str, label: str, text: str, *, moves: bool = False) -> None:
        def act() -> None:
            self.terminal.send(key)
            self.terminal.until(lambda: self.terminal.position == (0, 0) and self.terminal.shows(label), "the prompt")
            if "\n" in text:
                self.terminal.paste(text)
            else:
                self.terminal.type(text)

        self.recorded(act, moves=moves)
        self.terminal.until(lambda: self.terminal.position != (0, 0), "the status line")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
def test_a_weekly_check_is_recorded_as_it_was_entered(
    terminal: Open, store_path: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    photo = tmp_path / "fünf.jpg"
    photo.write_bytes(b"\xff\xd8\xff a photograph")

    window = terminal("--as", "anna", "run", "weekly-check", "--subject", "Week 19", size=size)
    window.until_shows("Median")
    window.until(lambda: window.position == (1, 17), "the first item")
    walk = Inspector(window, store_path)
    walk.value("1", "2")
    walk.finding("n", "s", " (T-4711 [/])")
    window.send("k")
    window.until(lambda: window.position[0] == 2, "back at the second item")
    walk.text("e", "Evidence", str(photo))
    window.send("]")
    window.until(lambda: window.position[0] == 3, "the third item")
    walk.finding("y")
    walk.text("\r", "text", "王先生, two hours late [x]", moves=True)
    walk.finding("p")
    walk.key("4")
    walk.key("y")
    walk.key("y")
    walk.value("2")
    walk.value("1", ", 3")
    walk.value("0")
    walk.key("c")
    here = window.position
    window.send("q")
    assert window.wait() == 0

    (row,) = command_json(store_path, "audit", "list")
    number = row["number"]
    window = terminal("--as", "anna", "run", "--resume", number, size=size)
    window.until(lambda: window.position == here, "the same item")
    walk = Inspector(window, store_path)
    walk.finding("2", "g", value="9.5")
    walk.text("m", "Note to", "UPS 2: 電池 new since Monday")
    walk.key("y")
    walk.text("e", "Evidence", LOG)
    walk.key("y")
    walk.key("a")
    walk.key("y")
    walk.value("7")
    walk.text("\r", "text", "Lin stayed calm 謝謝")
    window.until_shows("last one")
    window.send("s")
    window.until_shows("enter go to")
    window.send("c")
    window.until_shows("why is it left")
    window.type("photographs follow tomorrow")
    window.until_shows("completed")
    window.send("q")
    window.until(lambda: window.position != (0, 0), "the walk")
    window.send("q")
    assert window.wait() == 0

    audit = command_json(store_path, "audit", "show", number)
    assert (audit["status"], audit["subject"], audit["lead"]) == ("completed", "Week 19", "anna")
    assert (audit["coverage"], audit["items"]) == (100.0, 19)
    answers = {answer["item"]: answer for answer in audit["answers"]}
    given = {item: (answer["result"], answer["value"]) for item, answer in answers.items()}
    assert given == {
        "first-answer-time": ("conform", 12),
        "old-tickets": ("nonconform", None),
        "promise-missed": ("nonconform", "yes"),
        "promise-detail": ("conform", "王先生, two hours late [x]"),
        "jobs-to-standard": ("partial", None),
        "watched-job": ("conform", 4),
        "knows-next-step": ("conform", None),
        "complaints-owned": ("conform", None),
        "complaints-week": ("conform", 2),
        "complaints-about": ("conform", ["Waiting time", "Missed visit"]),
        "overdue-actions": ("conform", 0),
        "findings-fixed": ("corrected_on_spot", None),
        "room-temp": ("nonconform", 29.5),
        "alarm-lights": ("conform", None),
        "backups-ok": ("conform", None),
        "field-kit": ("not_applicable", None),
        "escape-routes": ("conform", None),
        "on-call-test": ("conform", 7),
        "went-well": ("conform", "Lin stayed calm 謝謝"),
    }
    assert answers["alarm-lights"]["note"] == "UPS 2: 電池 new since Monday"
    (kept,) = answers["old-tickets"]["evidence"]
    assert (kept["digest"], kept["name"]) == (sha256(photo.read_bytes()).hexdigest(), "fünf.jpg")
    (pasted,) = answers["backups-ok"]["evidence"]
    assert pasted["digest"] == sha256(LOG.encode()).hexdigest()
    assert [lack["item"] for lack in audit["left"]] == ["jobs-to-standard", "room-temp"]

    statement = "Not fulfilled: The five oldest open tickets have an owner and fresh news (T-4711 [/])"
    raised = {nc["item"]: nc for nc in command_json(store_path, "nc", "list")}
    assert raised["old-tickets"]["statement"] == statement
    assert raised["old-tickets"]["grade"] == "minor"
    grades = {finding["item"]: finding["grade"] for finding in audit["findings"]}
    assert grades == {
        "old-tickets": "minor",
        "promise-missed": "minor",
        "jobs-to-standard": "observation",
        "findings-fixed": "observation",
        "room-temp": "minor",  # the next one after major: g was pressed once
    }
    assert set(raised) == {item for item, grade in grades.items() if grade == "minor"}

    trail = command_json(store_path, "log")
    assert {line["by"] for line in trail} == {"anna"} and [line["n"] for line in trail] == sorted(
        line["n"] for line in trail
    )
    changes = [change for line in trail for change in line["changes"]]
    said = {(change["id"].partition("/")[2], change["field"], str(change["new"])) for change in changes}
    assert ("old-tickets", "statement", statement) in said and ("room-temp", "value", "29.5") in said
    assert trail[-1]["why"] == "photographs follow tomorrow"

    document = command(store_path, "export", number, "-f", "md")
    for text in [
        "29.5",
        statement.replace("[/]", "")[:40],
        "王先生, two hours late",
        kept["digest"][:12],
        "Lin stayed calm",
    ]:
        assert text in document, text


def test_left_before_anything_was_answered_leaves_nothing(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jjk")
    window.until(lambda: window.position[0] == 2, "the second item")
    window.send("q")
    assert window.wait() == 0
    assert journal_lines(store_path) == 0 and command_json(store_path, "audit", "list") == []
