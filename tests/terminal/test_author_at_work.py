"""A checklist is edited in one window and watched in another; its history goes through the edit."""

import select
import subprocess
from pathlib import Path

import pytest
from pty_terminal import PROGRAM, Open, command, command_json, environ

pytestmark = pytest.mark.slow

ROUND = """\
---
checklist: 1
id: closing
title: Closing the shop
---
## Doors

- [ ] Check that the fire door is closed
- [ ] The key cabinet is locked
- [ ] Temperature of the cold room
  - limits: 8..2 °C
"""


def test_a_faulty_file_is_mended_while_it_is_watched_and_then_walked(terminal: Open, store_path: Path) -> None:
    path = store_path / "checklists" / "closing.md"
    path.parent.mkdir(parents=True)
    path.write_text(ROUND, "utf-8")
    window = terminal("checklist", "watch", str(path))
    window.until_shows("11:13 E104")
    subprocess.run(["sed", "-i", "s/8..2/2..8/", str(path)], check=True)  # a rename, as editors save
    window.until_shows("read again")
    assert not window.shows("E104") and window.shows("number °C; 2..8 °C")
    assert select.select([window.fd], [], [], 1.0)[0] == [], "bytes while nothing happens"
    window.send("\r")
    window.until(lambda: window.position == (1, 3), "the first item")
    window.send("yy5\r")
    window.until_shows("100 % answered")
    window.send("q")
    window.until_shows("number °C; 2..8 °C")
    window.send("q")
    assert window.wait() == 0
    (audit,) = command_json(store_path, "audit", "list")
    assert (audit["checklist"], audit["answered"]) == ("closing", 3)


def test_an_edit_is_told_and_what_is_in_doubt_is_decided_by_a_key(terminal: Open, store_path: Path) -> None:
    path = store_path / "checklists" / "closing.md"
    path.parent.mkdir(parents=True)
    path.write_text(ROUND.replace("8..2", "2..8"), "utf-8")
    first = terminal("run", "closing")
    first.until(lambda: first.position == (1, 3), "the first item")
    first.send("yy5\r")
    first.until_shows("100 % answered")
    first.send("q")
    assert first.wait() == 0
    text = (
        path.read_text("utf-8")
        .replace("Check that the fire", "Verify that each fire")
        .replace("is locked", "is not locked")
    )
    path.write_text(text, "utf-8")
    number = command_json(store_path, "audit", "list")[0]["number"]
    resumed = terminal("run", "--resume", number)
    resumed.until_shows("was edited since; this audit keeps the text")
    resumed.send("q")
    assert resumed.wait() == 0
    second = terminal("run", "closing")
    second.until_shows("Changed since its last audit: 2 reworded; 1 to confirm (=)")
    assert second.shows("before, ") and second.shows("Check that the fire door")
    second.send("j")
    second.until_shows("? Was this asked as 'The key cabinet is locked'")
    assert second.shows("perhaps, ")
    second.send("=")
    second.until_shows("The same question as before.")
    assert second.shows("before, ") and not second.shows("perhaps, ")
    second.send("q")
    assert second.wait() == 0
    said = subprocess.run(
        [PROGRAM, "checklist", "diff", number, "closing"],
        env=environ(store_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 1 and "! a 'not' more or less: the meaning may turn" in said.stdout
    assert "confirmed" in command(store_path, "log", "--json")
