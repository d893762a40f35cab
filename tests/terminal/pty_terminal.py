"""The installed program in a real pseudo-terminal, read by an emulator; every wait is for something to be seen."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyte

PROGRAM = str(Path(sys.executable).with_name("qms-tui"))
BOUND = 30.0  # seconds until a wait is given up


def environ(store: Path) -> dict[str, str]:
    """The environment of a person at a UTF-8 terminal."""
    unwanted = ("COLUMNS", "LINES", "TMUX", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "QMS_STORE": str(store)}


def command(store: Path, *arguments: str) -> str:
    """What a command prints."""
    done = subprocess.run([PROGRAM, *arguments], env=environ(store), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def command_json(store: Path, *arguments: str) -> Any:
    return json.loads(command(store, *arguments, "--json"))


class Terminal:
    """A window with the program in it."""

    def __init__(
        self, store: Path, arguments: Sequence[str], size: tuple[int, int], behind: Sequence[str] = ()
    ) -> None:
        """`behind` is a command that runs the program, such as strace."""
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.closed = False
        self.received = 0  # bytes
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            command = [*behind, PROGRAM, *arguments]
            os.execvpe(command[0], command, environ(store))  # noqa: S606  # the program under test

    # Reading

    def take(self, seconds: float = 0.02) -> bool:
        """Take in what the program sends within a time; False when it has gone."""
        if self.closed or not select.select([self.fd], [], [], seconds)[0]:
            return not self.closed
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self._stream.feed(data)
        self.received += len(data)
        return bool(data)

    def idle_bytes(self, seconds: float) -> int:
        """Bytes that come in a time in which nobody does anything, once what was under way is there."""
        while select.select([self.fd], [], [], 0.3)[0]:
            self.take()
        before, end = self.received, time.monotonic() + seconds
        while time.monotonic() < end:
            self.take(0.1)
        return self.received - before

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    def shows(self, text: str) -> bool:
        return text in "\n".join(self.lines())

    def until(self, condition: Callable[[], object], what: str = "", *, beside: "Terminal | None" = None) -> None:
        """Read until a condition holds; `beside` is read too."""
        end = time.monotonic() + BOUND
        while not condition():
            going = self.take()
            if beside is not None:
                beside.take()
            late = not going or time.monotonic() > end
            assert condition() or not late, f"waited in vain for {what}:\n" + "\n".join(self.lines())

    def until_shows(self, text: str) -> None:
        self.until(lambda: self.shows(text), repr(text))

    @property
    def position(self) -> tuple[int, int]:
        """The item's place and how many there are; (0, 0) while the status line is not to be seen."""
        found = [match for line in self.lines()[-3:] if (match := re.match(r"(\d+)/(\d+)\b", line))]
        return (int(found[0][1]), int(found[0][2])) if found else (0, 0)

    # Typing

    def send(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def type(self, text: str) -> None:
        """Into a prompt that is open: the text, seen to have arrived, then enter."""
        self.send(text)
        tail = text.split()[-1][-8:]
        self.until(lambda: tail in "".join(self.lines()[-4:]), f"{text!r} in the prompt")
        self.send("\r")

    def paste(self, text: str) -> None:
        self.send(f"\x1b[200~{text}\x1b[201~")
        self.until_shows(text.splitlines()[-1])
        self.send("\r")

    # Ending

    def hang_up(self) -> None:
        """Close the window, as a lost line does."""
        os.close(self.fd)
        self.closed = True

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """The exit status of the program, once it has ended by itself."""
        end = time.monotonic() + BOUND
        while self.status is None:
            assert time.monotonic() < end, "it did not end:\n" + "\n".join(self.lines())
            if not self.closed:
                self.take()
            pid, how = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(how)
            elif self.closed:
                time.sleep(0.02)
        while not self.closed and select.select([self.fd], [], [], 0)[0] and self.take():
            pass  # what it sent last
        return self.status

    def end(self) -> None:
        if self.status is None:
            with suppress(ProcessLookupError, ChildProcessError):
                self.kill()
                os.waitpid(self.pid, 0)
        if not self.closed:
            os.close(self.fd)
            self.closed = True


Open = Callable[..., Terminal]
