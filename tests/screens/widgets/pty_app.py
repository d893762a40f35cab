"""A small app for tests in a real pty: `pty_app.py FILE` notes in FILE when it saves."""

import sys
from pathlib import Path

from textual.app import ComposeResult

from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.terminal import run_app, starting_environ, wants_ascii
from qms_tui.screens.widgets.prompt import Prompt
from qms_tui.screens.widgets.status_line import StatusLine


class PtyApp(QuietApp[None]):
    """A line that says it is ready, and a prompt."""

    BINDINGS = [("q", "quit", "Leave")]  # noqa: RUF012  # as Textual has it

    def compose(self) -> ComposeResult:
        yield StatusLine("ready 検é")
        yield Prompt()

    async def on_mount(self) -> None:
        prompt = self.query_one(Prompt)
        await prompt.prepare()
        prompt.open("Text:", then=lambda _text: self.query_one(StatusLine).show("submitted"))

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        event.prompt.note(f"{len(event.value)} typed")


def main() -> None:
    app = PtyApp(ascii_only=wants_ascii(starting_environ()))

    def save() -> None:
        with Path(sys.argv[1]).open("a") as file:
            file.write(app.query_one(Prompt).value + "\n")

    sys.exit(run_app(app, save))


if __name__ == "__main__":
    main()
