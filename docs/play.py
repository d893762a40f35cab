"""Runs what stands in the documents, with the real program, and compares or renews what they show.

Fenced blocks that take part say so in their first line:

    ```sh run            commands in bash; `sh run exit=1` where they are to fail
    ```text output       what they printed
    ```yaml save=FILE    a file for the commands after it
    ```sh screen 80x24   a command that takes a terminal; `sh screen 80x24 ben` runs it as ben, beside anna's
    ```keys              keys pressed there, a step a line, words of explanation after two spaces
    ```text shows        what the terminal then shows
    <!-- hang up -->     the line drops

All blocks of a document share a home folder, exported variables and a store. The program's clock stands still, on a
Monday morning; identifiers and hashes, which differ from run to run, are replaced by fixed ones of the same width.
The keys of a step are sent at once, for the program takes them one by one; the next step waits until it has.
"""

import difflib
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pexpect
import pyte

ROOT = Path(__file__).parent.parent
PLAYED = ("README.md", "docs/first-walk.md", "docs/first-nonconformity.md", "docs/checklist-format.md",
          "docs/store.md", "docs/store-format.md")  # fmt: skip
PATIENCE = 20.0  # seconds for one step, on a loaded machine
GLANCE = 0.01  # seconds
CALM = 4  # glances without a byte or work: it waits for a key. Shorter than between two looks for others' records

NAMED_KEYS = {
    "enter": "\r", "space": " ", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "home": "\x1b[H", "end": "\x1b[F",
    "pagedown": "\x1b[6~", "pageup": "\x1b[5~", "F10": "\x1b[21~", "ctrl+u": "\x15",
}  # fmt: skip

_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$|^<!-- (?P<hang>hang up) -->$", re.MULTILINE | re.DOTALL)
_CURSOR = re.compile(r"^>", re.MULTILINE)  # keys are taken from now on
_WAITS_FOR_DISK = re.compile(r"^[> ]\. ", re.MULTILINE)
_FIXED = (
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "019ab0c4-2f31-7c55-9d20-6f1f6f0c8e4a"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "5f1c7b0e9a" * 6 + "5f1c"),
)

# Who acts is read from the password database; the documents tell of Anna and Ben on any machine, on one day.
_SITE = """import os, pwd
from datetime import UTC, date, datetime
from qms_tui.store import clock as of_the_store
from qms_tui.workflow import clock

_moment = datetime(2026, 11, 23, 10, 2, 11, tzinfo=UTC)
class _Day(date):
    @classmethod
    def today(cls):
        return _moment.date()
class _Still(datetime):
    @classmethod
    def now(cls, tz=None):
        return _moment.astimezone(tz)
of_the_store.datetime = clock.datetime = _Still
clock.date = _Day

_real = pwd.getpwuid
def _named(uid):
    name, *rest = _real(uid)
    return pwd.struct_passwd([os.environ.get("DOCS_USER", name), *rest])
pwd.getpwuid = _named
"""


class Stale(AssertionError):
    """A document shows something else than the program does."""


class Block(NamedTuple):
    info: list[str]
    body: str
    start: int  # of the body in the document
    line: int


def blocks(text: str) -> list[Block]:
    found = []
    for match in _BLOCK.finditer(text):
        info = [match["hang"]] if match["hang"] else match["info"].split()
        start = match.start("body") if match["body"] is not None else match.start()
        found.append(Block(info, match["body"] or "", start, text.count("\n", 0, match.start()) + 1))
    return found


def canonical(text: str) -> str:
    for pattern, fixed in _FIXED:
        text = pattern.sub(fixed, text)
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().split("\n"))


class Terminal:
    """The program on a pseudo-terminal, and what the terminal shows."""

    def __init__(self, command: str, columns: int, rows: int, env: dict[str, str], cwd: Path) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn("bash", ["-c", command], env=env, cwd=str(cwd), dimensions=(rows, columns))
        self._child.delaybeforesend = None

    def text(self) -> str:
        return "\n".join(self._screen.display)

    def read(self, seconds: float) -> bool:
        try:
            self._stream.feed(self._child.read_nonblocking(65536, seconds))
        except pexpect.TIMEOUT:
            return False
        except (pexpect.EOF, OSError):
            time.sleep(0.01)
            return False
        return True

    def settle(self, sent: bool = True) -> None:
        """Wait until it has sent something, unless it has before, is quiet, and has nothing left to do."""
        end = time.monotonic() + PATIENCE
        calm = 0
        while time.monotonic() < end and self._child.isalive():
            if self.read(GLANCE):
                sent, calm = True, 0
            elif not sent or self._works():
                calm = 0
            elif (calm := calm + 1) >= CALM and self.text().strip() and not _WAITS_FOR_DISK.search(self.text()):
                return
        if self._child.isalive():
            raise Stale(f"nothing new is shown, or the disk is still waited for:\n{self.text()}")

    def _works(self) -> bool:
        """Whether one of its threads runs, would run, or waits for the disk."""
        try:
            stats = [task.read_text("utf-8") for task in Path(f"/proc/{self._child.pid}/task").glob("*/stat")]
        except OSError:  # a thread has ended meanwhile
            return True
        return any(stat.rpartition(")")[2].split()[0] in "RD" for stat in stats)

    def press(self, keys: Sequence[str]) -> None:
        self._child.send("".join(NAMED_KEYS.get(key, key) for key in keys))
        self.settle(sent=False)

    def until(self, wanted: Callable[[str], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while not wanted(self.text()):
            if time.monotonic() > end:
                return False
            self.read(0.1)
        return True

    def hang_up(self) -> None:
        """The kernel sends SIGHUP, as when a line drops."""
        os.close(self._child.child_fd)
        self._wait()

    def close(self) -> None:
        if self._child.isalive():
            self._child.terminate(force=True)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while self._child.isalive() and time.monotonic() < end:
            time.sleep(0.05)


@dataclass
class Player:
    """Plays one document in `home`, which must be empty."""

    path: Path
    home: Path
    renew: bool = False
    terminals: dict[str, Terminal] = field(default_factory=dict)
    output: str = ""
    renewed: list[tuple[Block, str]] = field(default_factory=list)

    def play(self) -> str:
        """The document as it should be. Raises Stale, where it is not renewed, at the first difference."""
        text = self.path.read_text("utf-8")
        site = self.home / ".site"
        site.mkdir(parents=True)
        (site / "sitecustomize.py").write_text(_SITE)
        self.state = site / "exports"
        self.state.touch()
        try:
            for block in blocks(text):
                self._step(block)
        finally:
            for terminal in self.terminals.values():
                terminal.close()
        for block, body in reversed(self.renewed):
            text = text[: block.start] + body + text[block.start + len(block.body) :]
        return text

    def _step(self, block: Block) -> None:
        match block.info:
            case ["sh", "run", *rest]:
                self._run(block, int(rest[0].removeprefix("exit=")) if rest else 0)
            case ["text", "output"]:
                self._compare(block, canonical(self.output))
            case [_, *_rest, save] if save.startswith("save="):
                (self.home / save.removeprefix("save=")).write_text(block.body, "utf-8")
            case ["sh", "screen", size, *who]:
                columns, _x, rows = size.partition("x")
                name = who[0] if who else "anna"
                if name in self.terminals:
                    self.terminals.pop(name).close()
                command = f"source {self.state}; export DOCS_USER={name}; exec {block.body}"
                self.terminals[name] = Terminal(command, int(columns), int(rows), self._env(name), self.home)
                self.terminals[name].until(lambda text: bool(_CURSOR.search(text)))
                self.terminals[name].settle()
            case ["keys", *who]:
                for line in block.body.splitlines():
                    try:
                        self._terminal(who).press(shlex.split(re.split(" {2,}", line)[0]))
                    except Stale as error:
                        raise Stale(f"{self._at(block)}: {line}: {error}") from error
            case ["text", "shows", *who]:
                self._shows(block, self._terminal(who))
            case ["hang up"]:
                self.terminals.pop("anna").hang_up()

    def _terminal(self, who: list[str]) -> Terminal:
        return self.terminals[who[0] if who else "anna"]

    def _env(self, user: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PYTHONDONTWRITEBYTECODE",) if name in os.environ}
        return kept | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "DOCS": str(ROOT / "docs"),
            "PYTHONPATH": f"{self.home / '.site'}:{ROOT}",  # the program of this checkout
            "DOCS_USER": user,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TZ": "UTC",
        }

    def _run(self, block: Block, status: int) -> None:
        script = f"set -eo pipefail; source {self.state}\n{block.body}\nexport -p > {self.state}"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.home, env=self._env("anna"), capture_output=True, text=True, timeout=120
        )
        self.output = done.stdout + done.stderr
        if done.returncode != status:
            raise Stale(f"{self._at(block)}: exit {done.returncode}, not {status}\n{block.body}\n{self.output}")

    def _shows(self, block: Block, terminal: Terminal) -> None:
        if self.renew:
            terminal.settle()
        else:
            terminal.until(lambda text: canonical(text) == block.body)
        self._compare(block, canonical(terminal.text()))

    def _compare(self, block: Block, actual: str) -> None:
        if self.renew:
            self.renewed.append((block, actual))
        elif actual != block.body:
            difference = "\n".join(difflib.unified_diff(block.body.split("\n"), actual.split("\n"), "document", "now"))
            raise Stale(f"{self._at(block)}: shows something else now; renew it: python docs/make.py\n{difference}")

    def _at(self, block: Block) -> str:
        return f"{self.path}:{block.line}"


def main(arguments: list[str]) -> None:
    import tempfile

    for name in arguments or PLAYED:
        path = ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            text = Player(path, Path(folder) / "anna", renew=True).play()
        if text != path.read_text("utf-8"):
            path.write_text(text, "utf-8")
            print(f"renewed {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
