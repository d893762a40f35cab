"""An editor of one to a few rows that appears over the bottom of the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key
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

    Enter submits. F10 or escape leaves it, and so does submitting nothing where nothing was before. The arrow up in an
    empty one brings back the text that was left last. Multi-line pastes are kept whole.
    """

    DEFAULT_CSS = """
    Prompt {
        layer: overlay; dock: bottom; display: none; height: auto; width: 1fr; background: ansi_default;
    }
    Prompt.-open { display: block; }
    Prompt > OneLine { text-style: bold; }
    """

    @dataclass
    class Changed(Message):
        """The text is another one: show at once what it means."""

        prompt: "Prompt"
        value: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = OneLine()
        self._editor: PromptEditor | None = None
        self._preset = ""
        self._then: Callable[[str], None] = lambda _value: None
        self._left: Callable[[str], None] = lambda _text: None
        self._needed: Callable[[], None] | None = None
        self._given_up = ""  # the text that was left last
        self.covers: Callable[[int], None] = lambda _rows: None  # told how many rows it takes; 0 when it is closed
        self._tab: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """The label; the editor comes with `prepare`."""
        yield self._label

    async def prepare(self) -> None:
        """Make the editor, which takes 40 ms that a first paint can do without; then `open` opens at once."""
        if self._editor is None:
            from qms_tui.screens.widgets.prompt_editor import PromptEditor

            editor = PromptEditor(self.submit, self.cancel, CANCEL_KEYS, self.tab, lambda: self._given_up, self._taken)
            await self.mount(editor)
            self._editor = editor

    @property
    def is_ready(self) -> bool:
        return self._editor is not None

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-open")

    @property
    def value(self) -> str:
        """The text as it stands: what a lost line must not lose."""
        return self._editor.text if self._editor is not None and self.is_open else ""

    @property
    def is_changed(self) -> bool:
        """Whether it is open with another text than it was opened with."""
        return self.is_open and self.value != self._preset

    @property
    def brings_back(self) -> bool:
        """Whether it is empty, and the arrow up brings back what was left last."""
        return self.is_open and not self.value and bool(self._given_up)

    @property
    def label(self) -> str:
        """What is asked for."""
        return self._label.text

    def open(
        self,
        label: str,
        value: str = "",
        *,
        rows: int = 1,
        replace: bool = False,
        then: Callable[[str], None] = lambda _value: None,
        left: Callable[[str], None] = lambda _text: None,
        needed: Callable[[], None] | None = None,
        tab: Callable[[str], None] | None = None,
    ) -> None:
        """Show it with a text to edit, and take the keys; `prepare` comes first.

        `replace`: what is typed takes the place of the text, unless the cursor is moved first.
        Enter closes it and calls `then` with the text; leaving it calls `left` with the text that is given up, and so
        does enter on nothing where nothing was. With `needed` enter on nothing calls that, and it stays open: a text
        that comes too late is no command. They are called at once, so that a key that follows in the same burst meets
        what they have done; they say where the focus goes. `tab` is a second way to submit, of an empty text too.
        """
        editor = self._editor
        if editor is None:
            return
        self._preset, self._then, self._left, self._needed, self._tab = value, then, left, needed, tab
        editor.read_only = False
        self._label.show(label)
        with self.prevent(editor.Changed):
            editor.load_text(value)
        editor.move_cursor(editor.document.end)
        if replace:
            editor.select_all()
        editor.styles.height = rows
        self.add_class("-open")
        self.covers(rows + 1)
        self.screen.set_focus(editor)

    def close(self) -> None:
        """Hide it."""
        self.remove_class("-open")
        if self._editor is not None:
            self._editor.read_only = True
        self.app.cursor_position = Offset()
        self.covers(0)

    def note(self, words: str) -> None:
        """Show words at the right of the label: what the text typed so far would mean."""
        self._label.show(self._label.text, words)

    def submit(self) -> None:
        """Close it and give what was written; nothing where nothing was before is leaving it."""
        value, then, left = self.value, self._then, self._left
        if self._needed is not None and not value.strip():
            self._needed()
            return
        self.close()
        if value or self._preset:
            then(value)
        else:
            left("")

    def tab(self) -> None:
        """Close it and give what was written to what tab is for, if it is for something here."""
        if self._tab is not None:
            value, then = self.value, self._tab
            self.close()
            then(value)

    def cancel(self) -> None:
        """Close it; what was written is given up."""
        value, left = self.value, self._left
        self._given_up = value if value.strip() else self._given_up
        self.close()
        left(value)

    def _taken(self, event: Key) -> None:
        """The next key may come, where the app lets in one at a time."""
        if (ahead := getattr(self.app, "keys_ahead", None)) is not None:
            ahead.done(event)

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """Pass on that the text changed."""
        event.stop()
        self.post_message(self.Changed(self, event.text_area.text))
