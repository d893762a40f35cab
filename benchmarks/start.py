"""Time from the command to the first paint, against an empty Textual app.

    python benchmarks/start.py [rounds]

The two start in turns, and the median of the ratios of neighbours counts, for the speed of a shared machine drifts;
exits 1 when ours takes more than LIMIT times as long. Beside it, for information, the time until the first question
can be read.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from measured import PROGRAM, Verdict, environment, generated
from pty_meter import Metered

LIMIT = 1.3
ROUNDS = 15
EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("painted")

Empty().run(mouse=False)
"""


def ms_until(command: list[str], store: str, *texts: str) -> list[float]:
    """Milliseconds from the start until each text is on the screen."""
    with Metered(command, environ=environment(QMS_STORE=store)) as program:
        return [program.wait_for(text, limit=60) for text in texts]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    verdict = Verdict("start")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("empty.py").write_text(EMPTY, "utf-8")
        empty = [sys.executable, "empty.py"]
        for count in (50, 10_000):
            text = generated(Path("round.md"), count).read_text("utf-8")
            first = text.split("- [ ] ")[1].split(" {#")[0][:24]
            ours = [PROGRAM, "run", "round.md"]  # the file's name is the title until the file is read
            bare, painted, readable = [], [], []
            for n in range(rounds + 1):
                times = ms_until(empty, folder, "painted") + ms_until(ours, folder, "round.md", first)
                if n:  # the first round writes the bytecode
                    bare.append(times[0])
                    painted.append(times[1])
                    readable.append(times[2])
            verdict.figure(f"{count} items: first paint", min(painted), "ms")
            verdict.figure(f"{count} items: an empty Textual app", min(bare), "ms")
            ratio = statistics.median(mine / theirs for mine, theirs in zip(painted, bare, strict=True))
            verdict.figure(f"{count} items: ratio", ratio, "times", LIMIT)
            verdict.figure(f"{count} items: first question readable", min(readable), "ms")
    verdict.leave()


if __name__ == "__main__":
    main()
