"""The app under every screen: settings that keep a thin line quiet."""

from typing import TypeVar

from qms_tui.screens.terminal import LeanApp, LeanDriver

ResultT = TypeVar("ResultT")


class QuietApp(LeanApp[ResultT]):
    """An app that sends nothing while nothing happens, and few bytes when something does.

    Colours are the terminal's own sixteen, so NO_COLOR and light backgrounds stay readable.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = """
    Screen { background: ansi_default; color: ansi_default; overflow: hidden; layers: base overlay; }
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        """`ascii_only` keeps every byte sent below 128."""
        self.ascii_only = ascii_only
        super().__init__(driver_class=LeanDriver, ansi_color=True)
        self.animation_level = "none"
