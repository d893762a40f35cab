"""The text area inside a prompt; a file of its own because importing Textual's TextArea takes time."""

from collections.abc import Callable, Sequence

from textual.events import Key
from textual.widgets import TextArea


class PromptEditor(TextArea):
    """A text area in which enter submits; newlines come in by pasting only."""

    def __init__(self, submit: Callable[[], None], cancel: Callable[[], None], cancel_keys: Sequence[str]) -> None:
        """What enter and the cancelling keys do."""
        super().__init__(soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, compact=True)
        self.cursor_blink = False
        self._acts = dict.fromkeys(cancel_keys, cancel) | {"enter": submit}

    async def _on_key(self, event: Key) -> None:
        # Private: TextArea inserts keys here, and a public `on_key` would run in addition to it.
        act = self._acts.get(event.key)
        if act is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        act()
