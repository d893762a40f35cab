"""Keys that arrive all at once, as over a slow line or from fast fingers, do what they would do one by one."""

import random
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Open, command, command_json
from test_weekly_check import journal_lines

pytestmark = pytest.mark.slow


def answers_of(store: Path) -> list[dict[str, Any]]:
    """Those of the only audit."""
    (audit,) = command_json(store, "audit", "list")
    answers: list[dict[str, Any]] = command_json(store, "audit", "show", audit["number"])["answers"]
    return answers


def test_seven_keys_are_five_answers(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("12\rn\rny4")
    window.until(lambda: journal_lines(store_path) == 5 and window.position[0] == 6, "the answers")
    assert [(answer["item"], answer["result"], answer["value"]) for answer in answers_of(store_path)] == [
        ("first-answer-time", "conform", 12),
        ("old-tickets", "nonconform", None),
        ("promise-missed", "conform", "no"),
        ("jobs-to-standard", "conform", None),
        ("watched-job", "conform", 4),
    ]


def test_items_that_an_answer_brings_take_the_keys_that_follow(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("jjy\r\rMr Wang, two hours\ry")
    window.until(lambda: journal_lines(store_path) == 3 and window.position == (6, 18), "the answers")
    assert [(answer["item"], answer["value"]) for answer in answers_of(store_path)] == [
        ("promise-missed", "yes"),
        ("promise-detail", "Mr Wang, two hours"),
        ("jobs-to-standard", None),
    ]


def test_q_typed_ahead_hides_no_error(terminal: Open) -> None:
    for _time in range(3):
        window = terminal("run", "nope")
        window.send("q")
        assert window.wait() == 2
        assert "nope" in "".join(window.lines())  # on the last row, for this terminal has no second screen


def test_lists_that_are_opened_and_left_in_one_burst(terminal: Open) -> None:
    window = terminal()
    window.until_shows("q quit")
    for _time in range(5):
        window.send("lqmqrqlqjj")
        window.until(lambda: window.shows("Start a check") and window.shows("q quit"), "home")
    window.send("lqmqq")
    assert window.wait() == 0
    assert "Traceback" not in "".join(window.lines())


@pytest.mark.parametrize("start", [0.0, 0.1, 0.2, 0.3, 0.4, 0.6])
def test_keys_that_come_in_pieces_from_the_start_on_stay_in_order(
    terminal: Open, store_path: Path, start: float
) -> None:
    gaps = random.Random(start)
    window = terminal("run", "weekly-check")
    window.take(start)
    for piece in ("12\r", "y", "nn", "s. Jo", "b 4711 lac", "ks a signature.\r", "\r"):
        window.send(piece)
        window.take(gaps.choice([0, 0, 0.005, 0.02, 0.06]))
    window.until(lambda: journal_lines(store_path) == 4, "the answers and the finding")
    (raised,) = command_json(store_path, "nc", "list")
    assert raised["statement"].endswith(". Job 4711 lacks a signature.")


def test_a_text_is_pasted_in_the_burst_of_the_key_that_asks_for_it(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.send("12\rm\x1b[200~Counted on Monday\nand again on Friday\x1b[201~\ry")
    window.until(lambda: journal_lines(store_path) == 3, "answers and a note")
    assert [(answer["item"], answer["note"]) for answer in answers_of(store_path)] == [
        ("first-answer-time", None),
        ("old-tickets", "Counted on Monday\nand again on Friday"),
    ]


def test_nothing_is_opened_any_more_once_it_is_left(terminal: Open) -> None:
    for keys in ("qm", "rqqm", "qlr\r"):
        window = terminal(size=(40, 15))
        window.until_shows("Start a check")
        window.send(keys)
        assert window.wait() == 0
        assert "Traceback" not in "\n".join(window.lines())


def test_a_step_and_what_follows_it_in_one_burst_are_no_conflict(terminal: Open, store_path: Path) -> None:
    number = command(store_path, "nc", "raise", "The server room stood open", "--criterion", "QMS 7.3").split()[0]
    window = terminal()
    window.until_shows("Start a check")
    window.send("r\rnzRaised twice by mistake\r")
    window.until(lambda: command_json(store_path, "nc", "show", number)["status"] == "cancelled", "it is cancelled")
    assert not window.shows("meanwhile")
