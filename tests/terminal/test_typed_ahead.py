"""Keys typed ahead of what they are about: each does what it would do if one waited for what the one before it does."""

from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Open, Terminal, command, command_json
from test_bursts import answers_of
from test_weekly_check import journal_lines

pytestmark = pytest.mark.slow


def raised(store: Path) -> str:
    return command(store, "nc", "raise", "The server room stood open", "--criterion", "QMS 7.3").split()[0]


def case_of(terminal: Open) -> Terminal:
    window = terminal()
    window.until_shows("Start a check")
    window.send("r\r")
    window.until_shows("w why")
    return window


# 1. a key held for a screen that goes by itself is held for ever, and all keys after it


def test_keys_live_after_a_case_was_left_for_a_walk(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("12\rn\r")
    window.until(lambda: journal_lines(store_path) == 2, "the nonconformity")
    window.send("\x1b[Ao")
    window.until_shows("w why")
    window.send("nq]")  # on to the next state, back to the walk, to the next open item
    window.until(lambda: window.position == (3, 17), "the third item")
    window.send("q")
    assert window.wait() == 0


def test_keys_live_after_a_walk_that_is_not_opened(terminal: Open, tmp_path: Path) -> None:
    file = tmp_path / "round.md"
    file.write_text("# Round\n- [ ] The door {#door}\n", "utf-8")
    window = terminal("checklist", "watch", str(file))
    window.until_shows("#door")
    file.unlink()
    window.until_shows("check the path")
    window.send("\ry")
    for _time in range(30):
        window.take(0.03)
    window.send("q")
    assert window.wait() == 0


# 2. a refusal drops what is held, in the middle of a text


@pytest.mark.parametrize("gap", [0.0, 0.15])
def test_a_step_that_is_barred_costs_no_letter_of_what_follows(terminal: Open, store_path: Path, gap: float) -> None:
    number = raised(store_path)
    command(store_path, "nc", "advance", number)
    window = case_of(terminal)
    window.send("nzNot cancelled: found")
    window.take(gap)
    window.send(" again, see NC-2026-0002\r")
    window.until(lambda: command_json(store_path, "nc", "show", number)["status"] == "cancelled", "it is cancelled")
    said: Any = command_json(store_path, "nc", "show", number)
    assert said["cancelled_because"] == "Not cancelled: found again, see NC-2026-0002"


def test_a_link_that_is_refused_costs_no_letter_of_a_why(terminal: Open, store_path: Path) -> None:
    raised(store_path)
    window = case_of(terminal)
    why = "Because the door closer was broken for weeks and nobody in the house had seen to it"
    window.send("lNC-1999-0099\rw" + why)
    window.until(lambda: window.shows("in the house"), "the text")


# 3. keys of a walk that is not opened are taken by the screen below


def test_answers_meant_for_a_walk_that_is_not_opened_are_given_to_no_other(terminal: Open, store_path: Path) -> None:
    folder = store_path / "checklists"
    folder.mkdir(parents=True)
    own = folder / "aaa.md"
    own.write_text(
        "# AAA round\n" + "".join(f"- [ ] Count {n} {{#n{n}}}\n  - answer: number\n" for n in (1, 2, 3)), "utf-8"
    )
    window = terminal()
    window.until_shows("Start a check")
    window.send("l")
    window.until(lambda: window.shows("Checklists") and window.shows("AAA round"), "the list")
    own.unlink()
    window.send("\r12\r5\r30\r")
    window.until(lambda: not window.shows("AAA round, aaa.md"), "what came of it")
    for _time in range(100):
        window.take(0.03)
    assert journal_lines(store_path) == 0


# 4. what is written with a text is followed by keys that see the state before it


def test_an_action_that_is_done_and_cancelled_in_one_burst(terminal: Open, store_path: Path) -> None:
    number = raised(store_path)
    given = ("--kind", "correction", "--owner", "root", "--due", "+10", "--verifier", "Li")
    action = command(store_path, "action", "add", "Fit a closer", "--nc", number, *given).split()[0]
    window = terminal("--as", "root")
    window.until_shows("Start a check")
    window.send("m\r")
    window.until_shows("s start")
    window.send("sdFitted on Monday\rzNot needed\r")
    window.until(lambda: command_json(store_path, "action", "show", action)["status"] == "cancelled", "cancelled")


def test_cancelled_and_opened_again_in_one_burst(terminal: Open, store_path: Path) -> None:
    number = raised(store_path)
    window = case_of(terminal)
    window.send("zBy mistake\roWas none\r")
    window.until(lambda: journal_lines(store_path) == 3, "both")
    assert command_json(store_path, "nc", "show", number)["status"] == "draft"


# 5. other screens


def test_a_checklist_is_viewed_and_started_in_one_burst(terminal: Open) -> None:
    window = terminal()
    window.until_shows("Start a check")
    window.send("lv\r")
    window.until(lambda: window.position[0] == 1, "the walk")


def test_a_trail_is_read_and_left_in_one_burst(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("12\ry")
    window.until(lambda: window.position == (3, 17), "the third item")
    window.send("st qy\r")  # in the summary: its trail, back to it; y is nothing there, enter goes to what is missing
    window.until(lambda: window.position == (3, 17) and not window.shows("Summary"), "the walk")
    for _time in range(40):
        window.take(0.03)
    assert not window.shows("Finding:")


def test_a_trail_is_opened_and_left_from_home_in_one_burst(terminal: Open, store_path: Path) -> None:
    raised(store_path)
    window = terminal()
    window.until_shows("NC-")
    window.send("\x1b[Ftqr")
    window.until_shows("Nonconformities: 1")


def test_a_walk_is_left_and_the_register_opened_in_one_burst(terminal: Open) -> None:
    window = terminal()
    window.until_shows("Start a check")
    window.send("\rjyqr")
    window.until_shows("Nonconformities:")
    window.send("qq")
    assert window.wait() == 0


def test_the_last_answer_and_completing_in_one_burst(terminal: Open, store_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "round.md"
    file.write_text("# Round\n- [ ] The door {#door}\n- [ ] The window {#window}\n", "utf-8")
    window = terminal("run", str(file))
    window.until(lambda: window.position == (1, 2), "the first item")
    window.send("yysc")
    window.until(lambda: journal_lines(store_path) == 3, "two answers and the end")
    (audit,) = command_json(store_path, "audit", "list")
    assert audit["status"] == "completed"


def test_completed_and_reopened_in_one_burst(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("12\r")
    window.until(lambda: journal_lines(store_path) == 1, "the answer")
    window.send("scLeft\roWrong\r")
    window.until(lambda: journal_lines(store_path) == 3, "completed and reopened")


def test_a_note_and_the_finding_after_it_in_one_burst(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jmSeen on Monday\rnm and Friday\r\r")
    window.until(lambda: journal_lines(store_path) >= 2, "the note and the finding")
    assert [answer["note"] for answer in answers_of(store_path)] == ["Seen on Monday and Friday"]
