"""The line goes, the window is closed, the power goes: what was given stays, what was typed comes back."""

import os
import shutil
import signal
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pty_terminal import BOUND, PROGRAM, Open, Terminal, command_json, environ
from store_faults import held_by_ben
from test_typed_ahead import case_of, raised
from test_weekly_check import journal_lines

pytestmark = pytest.mark.slow

NOTE = "door 3 sticks, 門 [/] half"


def half_a_note(terminal: Open, store: Path, behind: Sequence[str] = ()) -> Terminal:
    """A walk with one answer, at its third item, with a note half typed."""
    window = terminal("--as", "anna", "run", "weekly-check", behind=behind)
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jy")
    window.until(lambda: journal_lines(store) == 1 and window.position[0] == 3, "the answer")
    window.send("m")
    window.until_shows("Note to")
    window.send(NOTE)
    window.until_shows("[/] half")
    return window


def check_resumed(terminal: Open, store: Path) -> None:
    (audit,) = command_json(store, "audit", "list", "--open")
    window = terminal("--as", "anna", "run", "--resume")
    window.until_shows(NOTE)
    window.until_shows("Did we miss")
    window.send("\r")
    window.until(lambda: journal_lines(store) == 2, "the note")
    window.until(lambda: window.position[0] == 3, "the same item")
    window.send("q")
    assert window.wait() == 0
    answers = {a["item"]: a for a in command_json(store, "audit", "show", audit["number"])["answers"]}
    assert answers["promise-missed"]["note"] == NOTE and answers["old-tickets"]["result"] == "conform"


def test_a_closed_window_keeps_the_note(terminal: Open, store_path: Path) -> None:
    window = half_a_note(terminal, store_path)
    window.hang_up()
    assert window.wait() == 129
    check_resumed(terminal, store_path)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_keeps_the_note(terminal: Open, store_path: Path, number: signal.Signals, status: int) -> None:
    window = half_a_note(terminal, store_path)
    os.kill(window.pid, number)
    assert window.wait() == status
    check_resumed(terminal, store_path)


@pytest.mark.parametrize("attempt", range(3))
def test_a_signal_right_after_an_answer_loses_nothing_that_was_acknowledged(
    terminal: Open, store_path: Path, attempt: int
) -> None:
    """The answer may be on its way to the disk when the signal comes: then it may be there or not, but whole."""
    window = half_a_note(terminal, store_path)
    window.send("\x1b[21~")
    window.until(lambda: window.position != (0, 0), "the walk")
    window.send("k")
    window.until(lambda: window.position[0] == 2, "the second item")
    window.send("c")
    os.kill(window.pid, signal.SIGHUP)
    assert window.wait() == 129
    (audit,) = command_json(store_path, "audit", "list", "--open")
    shown = command_json(store_path, "audit", "show", audit["number"])
    (answer,) = shown["answers"]
    assert (answer["result"], len(shown["findings"])) in [("conform", 0), ("corrected_on_spot", 1)]


def test_killed_after_an_answer_nothing_acknowledged_is_lost(terminal: Open, store_path: Path) -> None:
    window = terminal("--as", "anna", "run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("j")
    acknowledged = 0
    for n in range(2):
        window.until(lambda n=n: window.position[0] == 2 + n, "the next item")
        window.send("c")
        window.until(lambda n=n: window.position[0] == 3 + n and window.shows("recorded"), "the answer")
        window.until(lambda n=n: journal_lines(store_path) == n + 1, "the journal")
        acknowledged += 1
    window.kill()
    assert window.wait() == -signal.SIGKILL
    (audit,) = command_json(store_path, "audit", "list")
    shown = command_json(store_path, "audit", "show", audit["number"])
    assert sum(answer["result"] is not None for answer in shown["answers"]) == acknowledged
    window = terminal("--as", "anna", "run", "--resume")
    window.until(lambda: window.position[0] == 4, "the first open item after the last answer")
    window.send("q")
    assert window.wait() == 0


def is_kept(store: Path, text: str) -> bool:
    return any(text in file.read_text() for file in store.glob("drafts/*"))


def until_kept(store: Path, text: str) -> None:
    """Until what is typed lies on the disk, as it does within a second."""
    end = time.monotonic() + BOUND
    while not is_kept(store, text):
        assert time.monotonic() < end, f"not kept: {text}"
        time.sleep(0.02)


def test_killed_while_typing_the_note_and_the_place_come_back(terminal: Open, store_path: Path) -> None:
    window = half_a_note(terminal, store_path)
    until_kept(store_path, "[/] half")
    window.kill()
    assert window.wait() == -signal.SIGKILL
    check_resumed(terminal, store_path)
    assert [file.suffix for file in store_path.glob("drafts/*")] == [".json"]


def test_killed_while_the_store_is_busy_what_is_typed_comes_back(terminal: Open, store_path: Path) -> None:
    window = terminal("--as", "anna", "run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jy")
    window.until(lambda: journal_lines(store_path) == 1 and window.position[0] == 3, "the answer")
    with held_by_ben(store_path):
        window.send("n")
        window.until(lambda: window.position[0] == 4, "the answer that waits")
        window.send("m")
        window.until_shows("Note to")
        window.send(NOTE)
        until_kept(store_path, "[/] half")
        window.kill()
        assert window.wait() == -signal.SIGKILL
    window = terminal("--as", "anna", "run", "--resume")
    window.until_shows(NOTE)
    window.kill()


def test_killed_while_looking_at_an_item_the_walk_goes_on_there(terminal: Open, store_path: Path) -> None:
    window = terminal("--as", "anna", "run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jyjjjj")
    window.until(lambda: journal_lines(store_path) == 1 and window.position[0] == 7, "the seventh item")
    until_kept(store_path, '"item": "complaints-owned"')
    window.kill()
    assert window.wait() == -signal.SIGKILL
    window = terminal("--as", "anna", "run", "--resume")
    window.until(lambda: window.position[0] == 7, "the same item")
    window.send("q")
    assert window.wait() == 0


def test_killed_in_a_form_its_fields_come_back(terminal: Open, store_path: Path) -> None:
    window = terminal("--as", "anna")
    window.until_shows("q quit")
    window.send("rn")
    window.until_shows("Raise a nonconformity")
    window.send("\r")
    window.type("The van stood open overnight")
    window.until_shows(">checked against")
    window.send("\r")
    window.until_shows("F10 leaves it")
    window.send("Transport rule")
    until_kept(store_path, "Transport rule")
    until_kept(store_path, "The van stood open")
    window.kill()
    assert window.wait() == -signal.SIGKILL
    window = terminal("--as", "anna")
    window.until_shows("q quit")
    window.send("rn")
    window.until_shows("The van stood open")
    window.until_shows("As it was typed before")
    window.until_shows("checked against  Transport rule")
    window.send("j\r")
    window.until_shows("F10 leaves it")
    window.send("\x1b[21~")
    window.until_shows(">checked against")


def test_a_window_that_lives_keeps_its_text_to_itself(terminal: Open, store_path: Path) -> None:
    window = half_a_note(terminal, store_path)
    until_kept(store_path, "[/] half")
    other = terminal("--as", "anna", "run", "--resume")
    other.until(lambda: other.position != (0, 0), "the walk")
    other.until_shows("q leave")
    other.send("q")
    assert other.wait() == 0
    assert not other.shows("not recorded yet")
    window.kill()
    assert window.wait() == -signal.SIGKILL
    check_resumed(terminal, store_path)


def test_a_reason_recorded_while_the_line_goes_does_not_come_back(terminal: Open, store_path: Path) -> None:
    number = raised(store_path)
    window = case_of(terminal)
    with held_by_ben(store_path):
        window.send("z")
        window.until_shows("whole: why?")
        window.send("Raised twice\r")
        window.until_shows("; waiting")
        window.hang_up()
    window.wait()
    assert command_json(store_path, "nc", "show", number)["status"] == "cancelled"
    assert not is_kept(store_path, "Raised twice")


def test_a_reason_recorded_after_it_was_kept_does_not_come_back_after_a_kill(terminal: Open, store_path: Path) -> None:
    number = raised(store_path)
    window = case_of(terminal)
    with held_by_ben(store_path):
        window.send("z")
        window.until_shows("whole: why?")
        window.send("Raised twice\r")
        window.until_shows("; waiting")
        until_kept(store_path, "Raised twice")
        (live,) = store_path.glob("drafts/*.live")
        kept = live.read_bytes()
    window.until(lambda: command_json(store_path, "nc", "show", number)["status"] == "cancelled", "it is cancelled")
    window.until(lambda: live.read_bytes() != kept, "a newer draft, behind the one before")
    window.kill()
    assert window.wait() == -signal.SIGKILL
    window = terminal()
    window.until_shows("Start a check")
    window.send("r")
    window.until(lambda: not live.exists(), "what the killed window held, taken over")
    assert not is_kept(store_path, "Raised twice")


CRASH = """
from qms_tui.screens import typing_in

def fail(_screen, _text):
    raise RuntimeError("a defect")

typing_in.TAKE["note"] = fail
"""
PASTE, WRAP, ALTERNATE, CURSOR = (mode << 5 for mode in (2004, 7, 1049, 25))  # as pyte counts them


@pytest.fixture
def crashing(tmp_path: Path) -> list[str]:
    """What a program is run behind so that it crashes when a note is given."""
    (tmp_path / "sitecustomize.py").write_text(CRASH)
    return ["env", f"PYTHONPATH={tmp_path}"]


def is_raw(window: Terminal) -> bool:
    return not termios.tcgetattr(window.fd)[3] & termios.ICANON


def test_a_crash_in_what_a_key_does_keeps_the_text_and_gives_the_terminal_back(
    terminal: Open, store_path: Path, crashing: list[str]
) -> None:
    window = half_a_note(terminal, store_path, crashing)
    assert is_raw(window) and {ALTERNATE, PASTE} <= window.screen.mode and CURSOR not in window.screen.mode
    window.send(" stuck\r")  # in one burst: there is no time to write what is typed before the crash
    assert window.wait() == 1
    assert "a defect" in "\n".join(window.lines())
    assert termios.tcgetattr(window.fd)[3] & (echo := termios.ICANON | termios.ECHO | termios.ISIG) == echo
    assert not {ALTERNATE, PASTE} & window.screen.mode and {CURSOR, WRAP} <= window.screen.mode
    window = terminal("--as", "anna", "run", "--resume")
    window.until_shows(NOTE + " stuck")
    window.until_shows("Did we miss")


def test_a_line_that_goes_while_a_crashed_program_waits_for_the_store_loses_nothing(
    terminal: Open, store_path: Path, crashing: list[str]
) -> None:
    window = terminal("--as", "anna", "run", "weekly-check", behind=crashing)
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jy")
    window.until(lambda: journal_lines(store_path) == 1 and window.position[0] == 3, "the answer")
    with held_by_ben(store_path):
        window.send("k")
        window.until(lambda: window.position[0] == 2, "the second item")
        window.send("a")
        window.until(lambda: window.position[0] == 3, "the answer that waits")
        window.send("m")
        window.until_shows("Note to")
        window.send(NOTE + "\r")
        window.until(lambda: not is_raw(window), "the crash")
        os.kill(window.pid, signal.SIGHUP)
        assert window.wait() in (1, 129)  # by the crash, where the store is waited for no longer than the line is
    window = terminal("--as", "anna", "run", "--resume")
    window.until_shows(NOTE)
    window.kill()


class Tmux:
    """A tmux server of its own."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")

    def __call__(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, "-f", "/dev/null", "-u", *arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def run(self, store: Path, *arguments: str) -> None:
        settings = [f"{name}={value}" for name, value in environ(store).items() if name in ("QMS_STORE", "LC_ALL")]
        self("new-session", "-d", "-s", "walk", "-x", "80", "-y", "24", "env", *settings, PROGRAM, *arguments)

    def until(self, text: str) -> None:
        end = time.monotonic() + BOUND
        while text not in (seen := self("capture-pane", "-p", "-t", "walk")):
            assert time.monotonic() < end, f"waited in vain for {text!r}:\n{seen}"
            time.sleep(0.05)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    server = Tmux(tmp_path)
    yield server
    server("kill-server", check=False)


def test_a_tmux_session_that_is_killed_keeps_the_note(tmux: Tmux, terminal: Open, store_path: Path) -> None:
    tmux.run(store_path, "--as", "anna", "run", "weekly-check")
    tmux.until("1/17")
    tmux("send-keys", "-t", "walk", "Down", "y")
    tmux.until("recorded")
    tmux.until("3/17")
    tmux("send-keys", "-t", "walk", "m")
    tmux.until("Note to")
    tmux("send-keys", "-t", "walk", "-l", NOTE)
    tmux.until("[/] half")
    pid = int(tmux("display-message", "-p", "-t", "walk", "#{pane_pid}"))
    tmux("kill-session", "-t", "walk")
    end = time.monotonic() + BOUND
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    check_resumed(terminal, store_path)


def test_a_tmux_window_made_smaller_and_larger_goes_on(tmux: Tmux, store_path: Path) -> None:
    tmux.run(store_path, "--as", "anna", "run", "weekly-check")
    tmux.until("1/17")
    tmux.until("q leave")
    before = tmux("capture-pane", "-p", "-t", "walk")
    tmux("resize-window", "-t", "walk", "-x", "20", "-y", "6")
    tmux.until("Too small")
    tmux("resize-window", "-t", "walk", "-x", "80", "-y", "24")
    tmux.until(before)
    tmux("send-keys", "-t", "walk", "Down", "y")
    tmux.until("recorded")
    tmux("send-keys", "-t", "walk", "q")
