"""Goldens: what a screen shows as text, kept in files; `pytest tests/screens --update-goldens` writes them anew."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from screen_helpers import Golden

GOLDENS = Path(__file__).parent / "goldens"

# What differs from run to run, each replaced by something as wide.
_CHANGING = (
    (re.compile(r"\d\d:\d\d:\d\d"), "00:00:00"),
    (re.compile(r"(?<![\d:])\d\d:\d\d(?![\d:])"), "00:00"),
    (re.compile(r"\b(A|NC|AC)-20\d\d-"), r"\1-0000-"),
    (re.compile(r"\b20(?!00)\d\d-\d\d-\d\d\b"), "2000-01-01"),
    (re.compile(r"/tmp/qms-\w{8}\b"), "/tmp/qms-00000000"),
    (re.compile(r"\badded-[0-9a-f]{8}\b"), "added-00000000"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens of the screens anew")


def normal(text: str) -> str:
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares lines with a golden file; times, dates and numbers of this year do not count."""

    def compare(name: str, lines: Sequence[str]) -> None:
        path = GOLDENS / f"{name}.txt"
        seen = "".join(normal(line).rstrip() + "\n" for line in lines)
        if request.config.getoption("--update-goldens", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_text(seen, "utf-8")
        assert path.exists(), f"no golden {path.name}: run pytest tests/screens --update-goldens and look at it"
        assert seen == path.read_text("utf-8"), f"{path.name} differs: --update-goldens if it is meant"

    return compare
