"""One problem by keys alone: found in a check, five whys, two actions, not effective, again, closed with a lesson."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pty_terminal import Open, Terminal, command, command_json

pytestmark = pytest.mark.slow

TAB, DOWN = "\t", "\x1b[B"


class Person:
    """Somebody at a terminal, who waits after each thing recorded until it is on the disk."""

    def __init__(self, open_terminal: Open, store: Path, name: str, *arguments: str, size: tuple[int, int]) -> None:
        self.store = store
        self.terminal: Terminal = open_terminal("--as", name, *arguments, size=size)

    def recorded(self, act: Callable[[], None], lines: int = 1) -> None:
        before = self._lines()
        act()
        self.terminal.until(lambda: self._lines() == before + lines, "the journal")

    def _lines(self) -> int:
        path = self.store / "journal.jsonl"
        return len(path.read_bytes().splitlines()) if path.exists() else 0

    def go(self, key: str, shows: str) -> None:
        self.terminal.send(key)
        self.terminal.until_shows(shows)

    def press(self, key: str) -> None:
        self.recorded(lambda: self.terminal.send(key))

    def say(self, key: str, label: str, text: str) -> None:
        """A key that asks for a text."""

        def act() -> None:
            self.go(key, label)
            self.terminal.type(text)

        self.recorded(act)

    def whys(self, *answers: tuple[str, str]) -> None:
        """Each answer with the key that ends it: enter asks on below it, tab for another one beside it."""
        self.go("w", "Why?")
        for text, key in answers:

            def act(text: str = text, key: str = key) -> None:
                self.terminal.send(text)
                self.terminal.until(lambda: text.split()[-1] in "".join(self.terminal.lines()[-4:]), text)
                self.terminal.send(key)

            self.recorded(act)
        self.terminal.send("\x1b[21~")  # F10
        self.terminal.until_shows("w why")

    def fill(self, key: str, title: str, *entries: str) -> None:
        """A form: a text for each field, "" to pass it, "+N" to choose the N-th choice."""
        self.go(key, title)
        self.terminal.until_shows("s record")
        for entry in entries:
            if entry.startswith("choice "):
                for _ in range(int(entry.removeprefix("choice "))):
                    self.terminal.send("\r")
                self.terminal.send(DOWN)
            elif entry:
                self.terminal.send("\r")
                self.terminal.until_shows("F10 leaves it")
                self.terminal.type(entry)
                self.terminal.until_shows("s record")
            else:
                self.terminal.send(DOWN)
        self.recorded(lambda: self.terminal.send("s"))
        self.terminal.until_shows("enter open")

    def leave(self) -> None:
        for _ in range(6):
            if self.terminal.status is None and self.terminal.take(0.2):
                self.terminal.send("q")
        assert self.terminal.wait() == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
def test_one_problem_from_the_check_to_the_lesson(terminal: Open, store_path: Path, size: tuple[int, int]) -> None:
    def person(name: str, *arguments: str) -> Person:
        return Person(terminal, store_path, name, *arguments, size=size)

    def carried_out(name: str) -> None:
        """Somebody finds the action in their work, begins it and says that it is done."""
        there = person(name)
        there.terminal.until_shows("Start a check")
        there.go("m", "AC-")
        there.go("\r", "s  in progress")
        there.press("s")
        there.terminal.until_shows("d  done")
        there.say("d", "What was done", f"done by {name}, see the plan")
        there.leave()

    def verified(there: Person) -> None:
        there.go("m", "AC-")
        there.go("\r", "v  verified")
        there.say("v", "What did you look at?", "the plan on the wall")
        there.terminal.send("q")
        there.terminal.until_shows("My work")
        there.terminal.send("q")
        there.terminal.until_shows("r register")

    anna = person("anna", "run", "weekly-check")
    anna.terminal.until_shows("Median")
    anna.go("g", "Go to")
    anna.terminal.type("complaints-owned")
    anna.terminal.until_shows("complaint")
    anna.go("n", "enter accept")
    anna.press("\r")
    anna.terminal.until_shows("raised")
    anna.terminal.send("\x1b[A")
    anna.go("o", "cycle 1")
    anna.whys(
        ("Three complaints lay in the shared mailbox", "\r"),
        ("Nobody is named for the mailbox at weekends", TAB),
        ("The ticket rule skips mails with attachments", "\r"),
        ("The rule was never tested", "\r"),
    )
    anna.press("r")
    anna.press("n")
    anna.fill("a", "An action for", "Name a mailbox owner in the weekend plan", "", "ben", "+7")
    anna.fill("a", "An action for", "Test the ticket rule with attachments", "", "dora", "+7")
    anna.fill("t", "How the effect", "Complaints without an owner", "", "3", "0", "complaints", "today", "anna")
    anna.press("n")
    anna.leave()
    number = command_json(store_path, "nc", "list")[0]["number"]
    assert command_json(store_path, "nc", "show", number)["status"] == "in_progress"

    carried_out("ben")
    carried_out("dora")

    checker = person("anna")
    checker.terminal.until_shows("r register")
    verified(checker)
    verified(checker)
    checker.go("r", number)
    checker.go("\r", "cycle 1")
    checker.press("n")
    checker.terminal.until_shows("verification")
    checker.fill("c", "Effect of", "2", "choice 2", "two lay there again on Monday")
    checker.terminal.until_shows("cycle 2")
    shown = command_json(store_path, "nc", "show", number)
    assert (shown["status"], shown["cycle"]) == ("analysis", 2)

    checker.whys(("The mailbox is not in the system at all", "\r"), ("It was set up before the system", "\r"),
                 ("Nobody looks for channels that are outside", "\r"))  # fmt: skip
    checker.press("r")
    checker.press("n")
    checker.fill("a", "An action for", "Move the mailbox into the ticket system", "", "ben", "+3")
    checker.fill("t", "How the effect", "Complaints without an owner", "", "2", "0", "complaints", "today", "anna")
    checker.press("n")
    carried_out("ben")
    for _ in range(2):
        checker.terminal.send("q")
    checker.terminal.until_shows("r register")
    verified(checker)
    checker.go("r", number)
    checker.go("\r", "cycle 2")
    checker.press("n")
    checker.terminal.until_shows("verification")
    checker.fill("c", "Effect of", "0", "choice 1", "", "Look for channels outside of the system first")
    checker.terminal.until_shows("closed")
    checker.leave()

    told = command_json(store_path, "nc", "show", number)
    assert (told["status"], told["cycle"], told["lesson"]) == (
        "closed",
        2,
        "Look for channels outside of the system first",
    )
    assert [cycle["effectiveness"]["verdict"] for cycle in told["cycles"]] == ["not_effective", "effective"]
    assert [[why["label"] for why in cycle["causes"]] for cycle in told["cycles"]] == [
        ["1", "1.1", "1.2", "1.2.1"],
        ["1", "1.1", "1.1.1"],
    ]
    assert [[action["status"] for action in cycle["actions"]] for cycle in told["cycles"]] == [
        ["closed", "closed"],
        ["closed"],
    ]
    exported = command(store_path, "export", "--nc", number, "-f", "md")
    for said in ("The rule was never tested", "not effective", "Move the mailbox", "done by dora", told["lesson"]):
        assert said in exported
    command(store_path, "verify")
