"""Short ways to read a checklist from text."""

from collections.abc import Callable

import pytest

from qms_tui.checklist.model import Checklist
from qms_tui.checklist.parse import parse


@pytest.fixture
def read() -> Callable[[str], Checklist]:
    def from_text(text: str) -> Checklist:
        return parse(text.encode(), "dir/my list.md")

    return from_text


@pytest.fixture
def codes(read: Callable[[str], Checklist]) -> Callable[[str], list[tuple[str, int, int]]]:
    """Code, line and column of each diagnostic."""

    def of_text(text: str) -> list[tuple[str, int, int]]:
        return [(d.code, d.line, d.column) for d in read(text).diagnostics]

    return of_text
