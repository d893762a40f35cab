"""Keys that arrive all at once, as over a slow line or from fast fingers, do what they would do one by one."""

from pathlib import Path

import pytest
from pty_terminal import Open, command_json
from test_weekly_check import journal_lines

pytestmark = pytest.mark.slow


def test_seven_keys_are_five_answers(terminal: Open, store_path: Path) -> None:
    window = terminal("run", "weekly-check")
    window.until(lambda: window.position == (1, 17), "the first item")
    window.send("12\rn\rny4")
    window.until(lambda: journal_lines(store_path) == 5 and window.position[0] == 6, "the answers")
    answers = command_json(store_path, "audit", "show", command_json(store_path, "audit", "list")[0]["number"])
    assert [(answer["item"], answer["result"], answer["value"]) for answer in answers["answers"]] == [
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
    answers = command_json(store_path, "audit", "show", command_json(store_path, "audit", "list")[0]["number"])
    assert [(answer["item"], answer["value"]) for answer in answers["answers"]] == [
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
