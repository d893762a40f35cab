"""Two people walk the same audit at once from two terminals."""

import re
import time
from pathlib import Path

import pytest
from pty_terminal import Open, Terminal, command_json
from test_weekly_check import journal_lines

pytestmark = pytest.mark.slow


def checklist(folder: Path) -> str:
    path = folder / "gates.md"
    path.write_text("# Gates\n\n" + "".join(f"- [ ] Gate {n} closes\n" for n in range(1, 17)), "utf-8")
    return str(path)


def both(terminal: Open, store: Path, folder: Path) -> tuple[Terminal, Terminal, str]:
    """Anna has answered the first item; both stand at the second."""
    anna = terminal("--as", "anna", "run", checklist(folder))
    anna.until(lambda: anna.position == (1, 16), "the first item")
    anna.send("y")
    anna.until(lambda: anna.shows("recorded") and anna.position[0] == 2, "the answer")
    (audit,) = command_json(store, "audit", "list")
    ben = terminal("--as", "ben", "run", "--resume", audit["number"])
    ben.until(lambda: ben.position == (2, 16), "the second item")
    return anna, ben, audit["number"]


def row(window: Terminal, gate: int) -> str:
    return next((line for line in window.lines() if f"Gate {gate} closes" in line[:31]), "")


def seen_after(watcher: Terminal, gate: int, mark: str) -> float:
    start = time.monotonic()
    watcher.until(lambda: row(watcher, gate)[1:2] == mark, f"gate {gate} marked {mark}")
    return time.monotonic() - start


def test_each_sees_what_the_other_answers_and_nothing_is_lost(
    terminal: Open, store_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, ben, number = both(terminal, store_path, tmp_path)
    ben.send("jjjjjjj")
    ben.until(lambda: ben.position[0] == 9, "the ninth item")
    delays = []
    for n in range(4):
        anna.send("y")
        delays.append(seen_after(ben, 2 + n, "+"))
        ben.send("a")
        delays.append(seen_after(anna, 9 + n, "/"))
        anna.until(lambda n=n: anna.position[0] == 3 + n, "anna's place")
        ben.until(lambda n=n: ben.position[0] == 10 + n, "ben's place")
    with capsys.disabled():
        print(f"\n  a colleague's answer is seen after {max(delays):.2f} s at most, {min(delays):.2f} s at least")
    assert max(delays) < 5
    # both at once, without waiting for each other
    anna.send("yyy")
    ben.send("aaa")
    anna.until(lambda: journal_lines(store_path) == 15, "all answers")
    answers = command_json(store_path, "audit", "show", number)["answers"]
    assert [(a["result"], a["by"]) for a in answers] == [("conform", "anna")] * 8 + [("not_applicable", "ben")] * 7


def chooses(window: Terminal) -> bool:
    return "record mine" in window.lines()[-1]


def at(gate: int, *windows: Terminal) -> None:
    for window in windows:
        window.send(f"g{gate}")
        window.until(lambda window=window: window.position == (0, 0), "the prompt")
        window.send("\r")
        window.until(lambda window=window: window.position[0] == gate, "the same item")


def test_both_answer_the_same_item_and_the_second_chooses(terminal: Open, store_path: Path, tmp_path: Path) -> None:
    """One takes theirs and the other, the next time, records mine; whoever was first is named with the time."""
    anna, ben, number = both(terminal, store_path, tmp_path)
    chosen: list[str] = []
    for gate in range(2, 17):
        at(gate, anna, ben)
        before = journal_lines(store_path)
        anna.send("y")
        ben.send("a")
        anna.until(
            lambda before=before: journal_lines(store_path) - before + chooses(anna) + chooses(ben) == 2,
            "both answers, or one and a choice for the other",
            beside=ben,
        )
        for window, other in ((anna, ben), (ben, anna)):
            if not chooses(window):
                continue
            first, mark, mine = ("ben", "/", "+") if window is anna else ("anna", "+", "/")
            said = re.compile(rf"^- {first}, \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d$", re.MULTILINE)
            window.until(lambda window=window, said=said: said.search("\n".join(window.lines())), "who was first")
            key = "t" if "t" not in chosen else "r"
            window.send(key)
            window.until(lambda window=window: not chooses(window), "the walk again", beside=other)
            shown = mark if key == "t" else mine
            for one in (window, other):
                one.until(lambda one=one, gate=gate, shown=shown: row(one, gate)[1:2] == shown, "the mark", beside=anna)
            chosen.append(key)
        anna.until(
            lambda gate=gate: row(anna, gate)[1:2] == row(ben, gate)[1:2] != " ", "the same mark twice", beside=ben
        )
        if len(chosen) > 1:
            break
    assert chosen[:2] == ["t", "r"]
    answers = command_json(store_path, "audit", "show", number)["answers"]
    assert all(answer["result"] for answer in answers)
