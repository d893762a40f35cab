"""Checklists written by people who have never heard of this program load and are walked to the end by keys."""

from pathlib import Path

import pytest
from pty_terminal import Open, command_json
from test_weekly_check import Inspector

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data"

# file, title, questions that a person would ask
FOREIGN = [
    ("launch-readme.md", "Ship It", 13),
    ("security-table.md", "Small office security review", 6),
    ("opening-the-shop.md", "Opening the shop", 8),
    ("開店前點檢.md", "開店前點檢表", 8),
    ("incident-issue-template.md", "INCIDENT", 6),
]


@pytest.mark.parametrize(("name", "title", "count"), FOREIGN, ids=[name for name, _title, _count in FOREIGN])
def test_it_is_read_and_walked_to_the_end(terminal: Open, store_path: Path, name: str, title: str, count: int) -> None:
    shown = command_json(store_path, "checklist", "show", str(DATA / name))
    assert title in shown["title"]
    assert len(shown["items"]) == count, [item["question"] for item in shown["items"]]
    assert all(item["answer"] == "pass/fail" and item["question"].strip() for item in shown["items"])

    window = terminal("--as", "anna", "run", str(DATA / name))
    window.until(lambda: window.position == (1, count), "the first item")
    walk = Inspector(window, store_path)
    keys = ["y", "a", "c"]
    for n in range(count - 1):
        walk.key(keys[n % 3])
    walk.recorded(lambda: window.send("y"), moves=False)
    window.until_shows("last one")
    window.send("s")
    window.until_shows("nothing is missing")
    window.send("c")
    window.until_shows("completed")
    window.send("q")
    window.until(lambda: window.position != (0, 0), "the walk")
    window.send("q")
    assert window.wait() == 0
    (audit,) = command_json(store_path, "audit", "list")
    assert (audit["status"], audit["coverage"], audit["conformity"]) == ("completed", 100.0, 100.0)
    answers = command_json(store_path, "audit", "show", audit["number"])["answers"]
    assert [answer["question"] for answer in answers] == [item["question"] for item in shown["items"]]
