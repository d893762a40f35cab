"""What is read again, and what a reading that fails leaves to the next one."""

from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App

from qms_tui.screens import following
from qms_tui.screens.following import Following, Touched
from qms_tui.screens.recorder import Recorder
from qms_tui.store.base import Store


@pytest.fixture
def followed(store: Store) -> Iterator[Following]:
    """Nothing is read but what a test reads."""
    app: App[None] = App()
    shown = Following(Recorder(app), store, {"audits"}, lambda: None, lambda _error: None)
    shown.begin()
    yield shown
    shown.end()


def given(touched: Touched | None) -> Touched | None:
    return touched


def fail(_touched: Touched | None) -> Any:
    raise ValueError("a defect in reading")


def test_what_could_not_be_read_is_read_whole_the_next_time(followed: Following) -> None:
    assert followed.gather(given) is None
    assert followed.gather(given) == set()
    with pytest.raises(ValueError, match="a defect"):
        followed.gather(fail)
    assert followed.gather(given) is None
    assert followed.gather(given) == set()


def test_a_screen_that_is_come_to_while_it_is_read_is_read_whole(
    followed: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Day(str):
        """Compared in the middle of a reading."""

        __slots__ = ()
        __hash__ = str.__hash__

        def __ne__(self, other: object) -> bool:
            followed.begin()
            return str(self) != other

    followed.gather(given)
    day = following.today()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(following, "today", lambda: Day(day))
        read = [followed.gather(given)]
    read.append(followed.gather(given))
    assert None in read
