"""What the benchmarks share: a clean environment, generated checklists, and how a figure is told against its limit."""

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from random import Random

PROGRAM = str(Path(sys.executable).with_name("qms-tui"))

# Bytecode that may not be written is compiled at every start; a size given here hides the real one.
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES", "TMUX", "NO_COLOR")


def environment(**more: str) -> dict[str, str]:
    """The environment for a child, as a person at a UTF-8 terminal has it."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def warm_up(*command: str, **more: str) -> None:
    """One uncounted run: the bytecode is written and the files are in memory."""
    subprocess.run(command, env=environment(**more), check=True, stdout=subprocess.DEVNULL)


def machine() -> str:
    """Where the figures come from."""
    cores = len(os.sched_getaffinity(0))
    load = f"load {os.getloadavg()[0]:.1f}"
    return (
        f"{cores} cores {platform.machine()} ({load}), Python {platform.python_version()}, Textual {version('textual')}"
    )


_WORDS = [
    "gate", "valve", "cabinet", "ladder", "extinguisher", "label", "hose", "pump", "fridge", "scanner", "van",
    "drawer", "lamp", "printer", "sensor", "door", "closes", "holds", "opens", "shows", "keeps", "carries", "reaches",
    "reads", "stays", "locks", "alone", "twice", "today", "fully", "again", "before", "after", "while", "inspector",
    "visitor", "driver", "cleaner", "manager", "neighbour", "shift", "team", "nobody", "somebody", "clean", "dry",
    "cold", "sealed", "legible", "complete", "marked", "counted", "tested", "signed", "oil", "water", "paper",
    "cable", "battery", "filter", "spare", "needle", "morning", "week", "month", "delivery",
]  # fmt: skip


def _sentence(random: Random, shortest: int, longest: int) -> str:
    """Other words every time, of a length between two bounds."""
    text = random.choice(_WORDS).capitalize()
    while len(text) < shortest:
        text += " " + random.choice([word for word in _WORDS if len(text) + len(word) < longest])
    return text


def generated(path: Path, count: int) -> Path:
    """A checklist of `count` items in sections of ten.

    Each has a question of 35-50 characters and one line of guidance of 60-80, in other words than the item before.
    """
    random = Random(count)
    lines = ["---\nchecklist: 1\ntitle: Generated\n---\n"]
    for n in range(1, count + 1):
        if n % 10 == 1:
            lines.append(f"\n## Area {n // 10 + 1}\n\n")
        lines.append(f"- [ ] {_sentence(random, 35, 50)} {{#gate-{n}}}\n  > {_sentence(random, 60, 80)}\n")
    path.write_text("".join(lines), "utf-8")
    return path


class Verdict:
    """Prints figures against their limits and remembers whether one was over."""

    def __init__(self, name: str) -> None:
        self.over = False
        print(f"{name}: {machine()}")

    def figure(self, what: str, value: float, unit: str, limit: float | None = None) -> None:
        over = limit is not None and value > limit
        self.over |= over
        digits = 0 if value >= 100 or value == int(value) else 2
        told = "" if limit is None else f"   limit {limit:g}" + ("   OVER" if over else "")
        print(f"  {what:58} {value:8.{digits}f} {unit}{told}")

    def leave(self) -> None:
        sys.exit(1 if self.over else 0)
