"""The text area inside a prompt; a file of its own because importing Textual's TextArea takes time."""

from collections.abc import Callable, Sequence

from textual.events import Key
from textual.widgets import TextArea


class PromptEditor(TextArea):
    """A text area in which enter submits; newlines come in by pasting only.

    Keys that come in one burst (a slow line, a quick hand) are taken in their order: each is carried out where it
    arrives, and one that was meant for what is below the closed prompt goes there.
    """

    SCOPED_CSS = False  # of this class alone: its selectors begin with what it lies in
    DEFAULT_CSS = """
    Prompt > PromptEditor {
        height: 3; border: none; padding: 0; background: ansi_default; color: ansi_default; overflow: hidden;
        scrollbar-size: 0 0;
    }
    Prompt > PromptEditor:focus { border: none; }
    Prompt > PromptEditor .text-area--cursor-line { background: ansi_default; }
    Prompt > PromptEditor .text-area--selection {
        background: ansi_default; color: ansi_default; text-style: reverse;
    }
    Prompt > PromptEditor .text-area--cursor {
        background: ansi_default !important; color: ansi_default !important; text-style: reverse !important;
    }
    """

    def __init__(
        self,
        submit: Callable[[], None],
        cancel: Callable[[], None],
        cancel_keys: Sequence[str],
        tab: Callable[[], None],
        given_up: Callable[[], str],
        taken: Callable[[Key], None],
    ) -> None:
        """What enter, the cancelling keys and tab do; `given_up` is the text that was left last, which the arrow up
        brings back into an empty one; `taken` is told of each key that was for the text.

        It is made closed: read only, every key goes on to the screen.
        """
        super().__init__(
            read_only=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, compact=True
        )
        self.cursor_blink = False
        # Textual's own ctrl+u empties the row that a long text was broken into, not the text.
        self._acts: dict[str, Callable[[], object]] = {
            **dict.fromkeys(cancel_keys, cancel), "enter": submit, "tab": tab, "ctrl+u": self.clear,
            "shift+tab": lambda: None,  # would take the focus away, and what is typed next with it
            "up": self._up,
        }  # fmt: skip
        self._given_up = given_up
        self._taken = taken

    async def _on_key(self, event: Key) -> None:
        # Private: TextArea inserts keys here, and a public `on_key` would run in addition to it.
        if not self.read_only and await self._take(event):
            self._taken(event)

    def _up(self) -> None:
        text = "" if self.text else self._given_up()
        self.insert(text) if text else self.action_cursor_up()

    async def _take(self, event: Key) -> bool:
        """Carry out a key, if it is for the text: Textual would run backspace later than letters typed after it."""
        act = self._acts.get(event.key)
        bound = self._bindings.key_to_bindings.get(event.key, [])
        if act is None and not bound:
            await super()._on_key(event)
            return event.is_printable
        event.stop()
        event.prevent_default()
        if act is not None:
            act()
        else:
            await self.run_action(bound[0].action)
        return True
