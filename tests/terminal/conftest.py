"""Terminals of a test's own; all of them are closed at its end."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pty_terminal import Open, Terminal


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def terminal(store_path: Path) -> Iterator[Open]:
    """Opens a terminal with `qms-tui` and these arguments in it, over the test's store."""
    opened: list[Terminal] = []

    def begin(*arguments: str, size: tuple[int, int] = (80, 24), behind: Sequence[str] = ()) -> Terminal:
        opened.append(Terminal(store_path, arguments, size, behind))
        return opened[-1]

    yield begin
    for each in opened:
        each.end()
