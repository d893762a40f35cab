"""What happens in a real pty: the line goes, signals come, strange bytes arrive."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from qms_tui.screens.terminal import refuse_reason, wants_ascii

APP = Path(__file__).parent / "pty_app.py"
ROOT = APP.parents[3]

Start = Callable[..., "pexpect.spawn[bytes]"]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Where the app writes what it saves."""
    return tmp_path / "saved"


@pytest.fixture
def start(saved: Path) -> Iterator[Start]:
    """Starts the app in a pty of 80x24 and waits until it is ready."""
    children: list[pexpect.spawn[bytes]] = []

    def begin(*before: str, **environ: str) -> "pexpect.spawn[bytes]":
        words = [*before, sys.executable, str(APP), str(saved)]
        env = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **environ}
        child = pexpect.spawn(words[0], words[1:], dimensions=(24, 80), env=env, timeout=15)
        children.append(child)
        child.expect(rb"ready")
        child.expect(rb"Text:")
        time.sleep(0.3)
        return child

    yield begin
    for child in children:
        child.close(force=True)


def status(child: "pexpect.spawn[bytes]") -> int:
    """The exit status, once the process has ended by itself."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        pid, how = os.waitpid(child.pid, os.WNOHANG)
        if pid:
            child.ptyproc.terminated = True
            return os.waitstatus_to_exitcode(how)
        time.sleep(0.02)
    raise AssertionError("the app did not leave")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        ([signal.SIGTERM], {143}),
        ([signal.SIGHUP, signal.SIGHUP], {129}),
        ([signal.SIGHUP, signal.SIGTERM], {129, 143}),  # each may wake another thread: no order is promised
    ],
)
def test_a_signal_saves_once_and_restores_the_terminal(
    start: Start, saved: Path, signals: list[signal.Signals], expected: set[int]
) -> None:
    child = start()
    child.send("draft")
    child.expect(rb"5")
    for number in signals:
        os.kill(child.pid, number)
    child.expect(rb"\x1b\[\?1049l")
    assert status(child) in expected
    assert saved.read_text() == "draft\n"


@pytest.mark.slow
@pytest.mark.parametrize("before", [(), ("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh")])
def test_it_leaves_when_the_pty_closes_even_if_hangups_are_ignored(
    start: Start, saved: Path, before: tuple[str, ...]
) -> None:
    child = start(*before)
    child.send("draft")
    child.expect(rb"5")
    os.close(child.child_fd)
    assert status(child) == 129
    assert saved.read_text() == "draft\n"
    child.ptyproc.closed = child.closed = True


@pytest.mark.slow
def test_bytes_that_are_not_utf8_do_not_end_it(start: Start) -> None:
    child = start()
    child.send(b"\xe9\xff\x83A")
    child.expect(rb"4 typed")
    child.send("\r")
    child.expect(rb"submitted")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


@pytest.mark.slow
def test_a_locale_that_is_not_utf8_gets_ascii_only_and_columns_are_not_believed(start: Start) -> None:
    child = start(LC_ALL="C", COLUMNS="30", LINES="5")
    child.send("Größe検")
    child.expect(rb"\d typed")
    everything = child.before + child.after
    assert everything.isascii()
    assert b"\x1b[23" in everything or b"\x1b[24" in everything


@pytest.mark.slow
def test_nothing_is_sent_while_nothing_happens(start: Start) -> None:
    child = start()
    with suppress(pexpect.TIMEOUT):
        while True:
            child.read_nonblocking(65536, timeout=0.5)
    with pytest.raises(pexpect.TIMEOUT):
        child.read_nonblocking(1, timeout=1.5)


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_refusals_say_what_to_do() -> None:
    here = {"TERM": "xterm"}
    assert refuse_reason(Terminal(), Terminal(), here) is None
    for stdin, stdout, environ in [
        (StringIO(), Terminal(), here),
        (Terminal(), StringIO(), here),
        (Terminal(), Terminal(), {"TERM": "dumb"}),
        (Terminal(), Terminal(), {}),
    ]:
        reason = refuse_reason(stdin, stdout, environ)
        assert reason and "--plain" in reason and "ssh -t" in reason


def test_the_locale_decides_between_ascii_and_utf8() -> None:
    assert not wants_ascii({"LANG": "de_DE.UTF-8"})
    assert not wants_ascii({"LC_ALL": "C.utf8", "LANG": "C"})
    assert wants_ascii({"LC_ALL": "ja_JP.SJIS", "LANG": "ja_JP.UTF-8"})
    assert wants_ascii({})
