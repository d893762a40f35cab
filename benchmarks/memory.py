"""Memory of a session with 50 items (RSS), and of each of 20 at once (PSS).

    python benchmarks/memory.py

Measured after some keys, an answer and a note, when everything a walk needs has been imported. Exits 1 when one is
over its limit.
"""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from measured import PROGRAM, Verdict, environment, generated
from pty_meter import Metered

RSS_MB, PSS_MB, SESSIONS = 40, 30, 20


def answer(program: Metered) -> None:
    program.wait_for("0 % answered", limit=120)
    for key in ("Down", "Down", "Up", "c", "Down"):
        program.press(key, 0.3)


def write_note(program: Metered) -> None:
    for key in ("m", "seen", "Enter"):
        program.press(key, 0.5)


def pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> None:
    verdict = Verdict("memory")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        fifty = str(generated(Path(folder) / "fifty.md", 50))

        def session(n: int) -> Metered:
            command = [PROGRAM, "--as", f"person{n}", "run", fifty]
            return Metered(command, environ=environment(QMS_STORE=f"{folder}/store{n}"))

        with session(SESSIONS) as uncounted:  # it writes the bytecode
            answer(uncounted)
        programs = [running.enter_context(session(0))]
        programs[0].wait_for("0 % answered", limit=60)
        verdict.figure("50 items, at the first question: RSS", programs[0].rss_kb() / 1024, "MB")
        answer(programs[0])
        verdict.figure("50 items, after an answer: RSS", programs[0].rss_kb() / 1024, "MB", RSS_MB)
        write_note(programs[0])
        verdict.figure("50 items, after a note was typed too: RSS", programs[0].rss_kb() / 1024, "MB")
        for n in range(1, SESSIONS):
            programs.append(running.enter_context(session(n)))
            answer(programs[-1])
        each = sum(pss_kb(program.pid) for program in programs) / SESSIONS / 1024
        verdict.figure(f"{SESSIONS} sessions at once, each: PSS", each, "MB", PSS_MB)
    verdict.leave()


if __name__ == "__main__":
    main()
