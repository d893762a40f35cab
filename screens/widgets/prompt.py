"""An editor of one to a few rows that appears over the bottom of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from qms_tui.screens.widgets.status_line import OneLine

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from qms_tui.screens.widgets.prompt_editor import PromptEditor

CANCEL_KEYS = ("f10", "escape")
"""Escape alone waits 0.6 s in tmux, so it is never the only way."""


class Prompt(Widget, can_focus=False):
    """A label and a text to edit, on the layer above the screen: opening it moves nothing below.

    Enter submits. F10 or escape cancels, and so does submitting nothing where nothing was before.
    Multi-line pastes are kept whole.
    """

    DEFAULT_CSS = """
    Prompt {
        layer: overlay; dock: bottom; display: none; height: auto; width: 1fr; background: ansi_default;
    }
    Prompt.-open { display: block; }
    Prompt > OneLine { text-style: bold; }
    Prompt > TextArea {
        height: 3; border: none; padding: 0; background: ansi_default; color: ansi_default; overflow: hidden;
        scrollbar-size: 0 0;
    }
    Prompt > TextArea:focus { border: none; }
    Prompt > TextArea .text-area--cursor-line { background: ansi_default; }
    Prompt > TextArea .text-area--cursor {
        background: ansi_default !important; color: ansi_default !important; text-style: reverse !important;
    }
    """

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        prompt: "Prompt"
        value: str

    @dataclass
    class Cancelled(Message):
        """The prompt was left without an answer."""

        prompt: "Prompt"

    @dataclass
    class Changed(Message):
        """The text is another one: show at once what it means."""

        prompt: "Prompt"
        value: str

    def __init__(self, *, cancel_keys: Sequence[str] = CANCEL_KEYS, id: str | None = None) -> None:  # noqa: A002
        """The keys that cancel."""
        super().__init__(id=id)
        self.cancel_keys = tuple(cancel_keys)
        self._label = OneLine()
        self._editor: PromptEditor | None = None
        self._preset = ""

    def compose(self) -> ComposeResult:
        """The label; the editor comes with the first use."""
        yield self._label

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-open")

    @property
    def value(self) -> str:
        """The text as it stands: what a lost line must not lose."""
        return self._editor.text if self._editor is not None and self.is_open else ""

    @property
    def label(self) -> str:
        """What is asked for."""
        return self._label.text

    async def open(self, label: str, value: str = "", *, rows: int = 1) -> None:
        """Show it with a text to edit, and take the keys."""
        if self._editor is None:
            from qms_tui.screens.widgets.prompt_editor import PromptEditor  # 40 ms that a start can do without

            self._editor = PromptEditor(self.submit, self.cancel, self.cancel_keys)
            await self.mount(self._editor)
        self._preset = value
        self._label.show(label)
        with self.prevent(self._editor.Changed):
            self._editor.load_text(value)
        self._editor.move_cursor(self._editor.document.end)
        self._editor.styles.height = rows
        self.add_class("-open")
        self._editor.focus()

    def close(self) -> None:
        """Hide it; the caller says where the focus goes."""
        self.remove_class("-open")
        self.app.cursor_position = Offset()

    def note(self, words: str) -> None:
        """Show words at the right of the label: what the text typed so far would mean."""
        self._label.show(self._label.text, words)

    def submit(self) -> None:
        """Close it and say what was written."""
        value = self.value
        self.close()
        if value or self._preset:
            self.post_message(self.Submitted(self, value))
        else:
            self.post_message(self.Cancelled(self))

    def cancel(self) -> None:
        """Close it and say that nothing was written."""
        self.close()
        self.post_message(self.Cancelled(self))

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """Pass on that the text changed."""
        event.stop()
        self.post_message(self.Changed(self, event.text_area.text))
