"""A store that refuses, in a real terminal: what is said, that it costs no byte while it stands, and how it ends."""

import shutil
from pathlib import Path

import pytest
from pty_terminal import Open, Terminal, command, command_json
from store_faults import PLAIN, give_rights, held_by_ben, needs_setpriv, take_rights

pytestmark = pytest.mark.slow
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

SIZES = [(80, 24), (40, 15)]
CHECKLIST = """\
# Cold store round
- [ ] Doors close by themselves {#doors}
- [ ] Temperature {#temp}
  - answer: number °C
  - limits: 2..8 °C
- [ ] Van is clean {#van}
"""


@pytest.fixture
def round_file(tmp_path: Path) -> str:
    file = tmp_path / "round.md"
    file.write_text(CHECKLIST, "utf-8")
    return str(file)


def text(window: Terminal) -> str:
    return " ".join(line.strip() for line in window.lines())


def until_says(window: Terminal, words: str) -> None:
    """Whatever the width at which it is wrapped."""
    window.until(lambda: words in text(window), repr(words))


def first_answer(window: Terminal) -> None:
    window.until_shows("Doors close")
    window.send("y")
    until_says(window, "A-20")
    window.until(lambda: window.position[0] == 2, "the second item")


@needs_strace
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
def test_after_a_failed_fsync_the_program_is_started_again(
    terminal: Open, store_path: Path, round_file: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    log = tmp_path / "strace.log"
    inject = ["-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=2"]
    strace = ["strace", "-f", "-o", str(log), "-P", str(store_path / "journal.jsonl"), *inject]
    window = terminal("run", round_file, size=size, behind=strace)
    first_answer(window)
    window.send("5.5\r")
    until_says(window, "READ-ONLY: the disk did not confirm an entry; check it and start the program again")
    until_says(window, "! the disk did not confirm: whether this is recorded is not known")
    assert "INJECTED" in log.read_text()
    until_says(window, "5.5")  # given back
    window.send("\x1b[21~")
    window.send("\x1b[F")
    window.until(lambda: window.position[0] == 3, "the last item")
    window.send("y")
    until_says(window, "! not recorded: the store is read-only, see above")
    assert window.idle_bytes(2) == 0
    window.send("s")
    until_says(window, "Summary")
    until_says(window, "READ-ONLY")
    assert "Doors close by themselves" in command(store_path, "export", number_of(store_path))
    window.send("q")
    window.until(lambda: "Summary" not in text(window), "the walk")
    window.send("q")
    assert window.wait() == 0

    again = terminal("run", "--resume", size=size)
    again.until(lambda: again.position[0] > 0, "the walk")
    until_says(again, "5.5")  # recorded after all, or offered
    assert "READ-ONLY" not in text(again)


def number_of(store: Path) -> str:
    return str(command_json(store, "audit", "list")[0]["number"])


@needs_setpriv
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
def test_without_rights_nothing_is_sent_until_they_are_back(
    terminal: Open, store_path: Path, round_file: str, size: tuple[int, int]
) -> None:
    window = terminal("run", round_file, size=size, behind=PLAIN)
    first_answer(window)
    take_rights(store_path)
    window.send("5.5\r")
    until_says(window, "READ-ONLY: no right to write; ask the owner of")
    until_says(window, "! not recorded")
    until_says(window, "5.5")
    assert window.idle_bytes(6) == 0  # meanwhile it is asked again whether it still holds
    give_rights(store_path)
    window.until(lambda: "READ-ONLY" not in text(window), "the banner to go")
    window.send("\r")
    window.until(lambda: window.position[0] == 3, "the next item")
    window.until(lambda: "! not recorded" not in text(window), "the words to go")
    window.send("q")
    assert window.wait() == 0
    answers = command_json(store_path, "audit", "show", number_of(store_path))["answers"]
    assert [(answer["item"], answer["value"]) for answer in answers] == [("doors", None), ("temp", 5.5)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
def test_the_line_of_a_busy_store_is_sent_once(
    terminal: Open, store_path: Path, round_file: str, size: tuple[int, int]
) -> None:
    window = terminal("run", round_file, size=size)
    first_answer(window)
    with held_by_ben(store_path) as pid:
        window.send("5.5\r")
        until_says(window, f"busy: held by ben (pid {pid}); waiting")
        assert window.idle_bytes(2) == 0
        window.send("\x1b[A")
        window.until(lambda: window.position[0] == 2, "the key answered while it waits")
    window.until(lambda: "busy" not in text(window), "the line to go")
    window.until(lambda: any(line[1:].startswith("+ Temp") for line in window.lines()), "the mark")
    window.send("q")
    assert window.wait() == 0
