"""The app under every screen: settings that keep a thin line quiet."""

import gc
from typing import TypeVar

from textual.events import Event, Key

from qms_tui.screens.keys_ahead import KeysAhead, Typed
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
        self.keys_ahead = KeysAhead(self)

    def on_ready(self) -> None:
        """Painted: what the start allocated stays, and need not be looked through again."""
        gc.freeze()
        gc.enable()

    def key_comes(self) -> None:
        """A key or a paste is let in; it has changed nothing yet."""

    async def on_event(self, event: Event) -> None:
        """What is typed, as it comes. Enter before the terminal was ours came as a line feed: it is enter."""
        if not isinstance(event, Typed):
            await super().on_event(event)
            return
        if not event.is_forwarded:
            if isinstance(event, Key) and event.key == "ctrl+j":
                event = Key("enter", "\r")
            if not self.keys_ahead.comes(event):
                return
            self.key_comes()
            await super().on_event(event)
            if event.is_forwarded:
                return  # on its way: it comes back, or the editor of a prompt takes it
        else:
            await super().on_event(event)
        self.keys_ahead.done(event)
