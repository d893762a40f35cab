"""Bytes and CPU of a terminal program in a real pty, a key at a time.

    python benchmarks/pty_meter.py --size 80x24 --wait "some text" --keys Down,Down,y -- program argument ...

prints one line a measure. The functions serve other benchmarks: `Metered` starts a program, `press` and `median`
measure keys, `idle_bytes` what is sent unasked, `first_paint_ms` the time until a text is on the screen.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

QUIET_SECONDS = 0.08
KEYS = {
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "PageUp": "\x1b[5~",
    "PageDown": "\x1b[6~",
    "Enter": "\r",
    "Tab": "\t",
    "Space": " ",
    "Escape": "\x1b",
    "F1": "\x1bOP",
    "F10": "\x1b[21~",
}


@dataclass(frozen=True)
class Cost:
    """What one key cost: bytes received, CPU of the program, time until its last byte."""

    bytes: int
    cpu_ms: float
    wall_ms: float


class Metered:
    """A program in a pty; a context manager that ends it."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = (80, 24), environ: Mapping[str, str] | None = None
    ) -> None:
        """Start the command in a pty of (columns, rows)."""
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.total = 0
        self.received = b""
        unset = ("COLUMNS", "LINES", "TMUX", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
        env = {name: value for name, value in os.environ.items() if name not in unset}
        env |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | dict(environ or {})
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), env)  # noqa: S606  # the program that is measured
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        """The running program."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the program."""
        self.close()

    def close(self) -> None:
        """Kill the program, if it is still there, and let go of the pty."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)

    def read(self, quiet: float = QUIET_SECONDS, limit: float = 10.0) -> int:
        """Take what comes until nothing came for `quiet` seconds; how many bytes."""
        count = 0
        self.received = b""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and select.select([self.fd], [], [], quiet)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            self.last_byte = time.perf_counter()
            self._stream.feed(data)
            self.received += data
            count += len(data)
        self.total += count
        return count

    def wait_for(self, text: str, limit: float = 20.0) -> float:
        """Milliseconds from the start until the bytes arrived that show a text; until now where it is shown already."""
        if self._shows(text):
            return (time.perf_counter() - self.started) * 1000
        end = time.perf_counter() + limit
        while select.select([self.fd], [], [], max(0.0, end - time.perf_counter()))[0]:
            data = os.read(self.fd, 65536)
            arrived = time.perf_counter()  # before pyte, which is slow and would count against the program
            self._stream.feed(data)
            self.total += len(data)
            if self._shows(text):
                return (arrived - self.started) * 1000
        raise TimeoutError(f"{text!r} did not appear:\n" + "\n".join(self.screen.display))

    def _shows(self, text: str) -> bool:
        return any(text in line for line in self.screen.display)

    def cpu_ms(self) -> float:
        """CPU time that all threads of the program have had."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def rss_kb(self) -> int:
        """Resident memory of the program."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))

    def press(self, key: str, quiet: float = QUIET_SECONDS) -> Cost:
        """Send a key, by its name in `KEYS` or as it is, and take the answer."""
        before = self.cpu_ms()
        sent = self.last_byte = time.perf_counter()
        os.write(self.fd, KEYS.get(key, key).encode())
        count = self.read(quiet)
        return Cost(count, self.cpu_ms() - before, (self.last_byte - sent) * 1000)

    def idle_bytes(self, seconds: float = 3.0) -> int:
        """Bytes sent in a time in which nobody does anything."""
        end = time.perf_counter() + seconds
        count = 0
        while (left := end - time.perf_counter()) > 0:
            count += self.read(quiet=left, limit=left)
        return count


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each measure."""
    return Cost(
        int(statistics.median(cost.bytes for cost in costs)),
        statistics.median(cost.cpu_ms for cost in costs),
        statistics.median(cost.wall_ms for cost in costs),
    )


def measure_keys(metered: Metered, key: str, times: int) -> Cost:
    """The median cost of a key pressed several times."""
    return median([metered.press(key) for _ in range(times)])


def first_paint_ms(command: Sequence[str], text: str, *, size: tuple[int, int] = (80, 24), times: int = 3) -> float:
    """The shortest time, of several starts, until a text is on the screen."""
    found: list[float] = []
    for _ in range(times):
        with Metered(command, size=size) as metered:
            found.append(metered.wait_for(text))
    return min(found)


def main() -> None:
    """Measure a command given on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--wait", default="", help="a text that shows that the program is ready")
    parser.add_argument("--keys", default="Down", help="keys to measure, with commas")
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--idle", type=float, default=3.0)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [part for part in options.command if part != "--"]
    columns, rows = (int(part) for part in options.size.split("x"))
    with Metered(command, size=(columns, rows)) as metered:
        if options.wait:
            print(f"first paint    {metered.wait_for(options.wait):8.0f} ms")
        metered.read(quiet=0.5)
        print(f"start          {metered.total:8d} bytes {metered.cpu_ms():8.0f} ms CPU {metered.rss_kb():8d} kB RSS")
        for key in options.keys.split(","):
            costs = [metered.press(key) for _ in range(options.times)]
            cost, most = median(costs), max(cost.bytes for cost in costs)
            print(f"{key:14} {cost.bytes:8d} bytes {cost.cpu_ms:8.1f} ms CPU {cost.wall_ms:8.1f} ms, most {most} bytes")
        print(f"idle           {metered.idle_bytes(options.idle):8d} bytes in {options.idle:g} s")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
