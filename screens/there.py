"""What comes back from another thread meets a screen that is being made, or being left: only this file knows when."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen


def is_left(screen: Screen[Any]) -> bool:
    """Whether it is closed, or being closed: it loses its widgets before it is taken out of the app."""
    return not screen.is_attached or screen not in screen.app.screen_stack


def is_there(screen: Screen[Any]) -> bool:
    """Whether one of an app's screens has its widgets, and keeps them: what is typed in it can be looked at."""
    return screen.is_mounted and screen.is_attached


def when_there(screen: Screen[Any], show: Callable[[], object]) -> None:
    """Call `show` when the screen has its widgets, at once where it has them; never for one that is left."""
    if is_left(screen):
        return
    if screen.is_mounted:
        show()
    else:
        screen.call_later(when_there, screen, show)
