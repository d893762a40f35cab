"""A list that is left open shows what others record, and sends nothing while nothing that it shows is."""

from pathlib import Path

import pytest
from pty_terminal import Open, Terminal, command

pytestmark = pytest.mark.slow
CRITERION = ("--criterion", "QMS 7.3")


def ben(store: Path, *arguments: str) -> str:
    return command(store, "--as", "ben", *arguments).strip()


def row(window: Terminal, number: str) -> str:
    return next((line for line in window.lines() if number in line[:20]), "")


def test_the_register_of_two_processes(terminal: Open, store_path: Path) -> None:
    first, second, third = (ben(store_path, "nc", "raise", f"Door {n} stands open", *CRITERION) for n in range(3))
    ben(store_path, "nc", "cause", second, "The closer is too weak")
    anna = terminal("--as", "anna")
    anna.until_shows(third)
    anna.send("r")
    anna.until_shows("3 of 3")
    anna.send("j")
    anna.until(lambda: row(anna, second).startswith(">"), "the second row")
    assert anna.idle_bytes(1.0) == 0
    for changes_no_row in (
        ("nc", "cause", second, "Nobody adjusts it"),
        ("nc", "contain", third, "--correction", "Closed it by hand"),
    ):
        ben(store_path, *changes_no_row)
        assert anna.idle_bytes(1.5) == 0
    ben(store_path, "nc", "edit", first, "--owner", "ben")
    anna.until(lambda: " ben " in row(anna, first), "the owner")
    assert row(anna, second).startswith(">")
    ben(store_path, "nc", "cancel", second, "--why", "the wrong room")
    anna.until(lambda: row(anna, third).startswith(">") and not row(anna, second), "the next row")
    assert anna.shows("2 of 3") and "Door 2 stands open" in anna.lines()
