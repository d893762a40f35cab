"""The app under every screen: settings that keep a thin line quiet."""

import gc
from typing import TypeVar

from textual.events import Key, Paste

from qms_tui.screens.terminal import LeanApp, LeanDriver
from qms_tui.screens.widgets.prompt import Prompt

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

    def on_ready(self) -> None:
        """Painted: what the start allocated stays, and need not be looked through again."""
        gc.freeze()
        gc.enable()

    async def on_key(self, event: Key) -> None:
        """The last stop of a key, before the bindings: a prompt that opened while it was on its way takes it."""
        for prompt in self.screen.query(Prompt):
            if await prompt.take_late(event):
                event.prevent_default()
                return
        take_key = getattr(self.screen, "take_key", None)
        if take_key is not None and take_key(event):
            event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """As `on_key`: the editor itself stops what it takes."""
        for prompt in self.screen.query(Prompt):
            if prompt.take_late_paste(event):
                event.stop()
