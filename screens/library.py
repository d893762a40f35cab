"""The checklists, own and bundled: start one, or look at how it is read."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from qms_tui.i18n import _
from qms_tui.screens.actions import LIBRARY, bindings, hints
from qms_tui.screens.library_rows import OWN, library_rows
from qms_tui.screens.list_screen import ListScreen
from qms_tui.screens.preview import PreviewScreen
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.there import when_there
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.row_list import RowList
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.workflow.shelf import Shelved

Gathered = tuple[Sequence[Shelved], Mapping[str, str]]


class LibraryScreen(ListScreen[None]):
    """`gather` runs in the recorder's thread; `start` is given a path or an id to walk."""

    CSS_PATH = "library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIBRARY, "library")]

    def __init__(
        self, gather: Callable[[], Gathered], start: Callable[[str], None], recorder: Recorder, folder: Path
    ) -> None:
        """`folder` is where own checklists may be put."""
        super().__init__(recorder)
        self._gather = gather
        self._start = start
        self._folder = folder
        self._shelved: dict[str, Shelved] = {}

    def compose(self) -> ComposeResult:
        yield TitleLine(_("Checklists"))
        yield RowList(id="list")
        yield MessageLine(below=1, id="message")
        yield KeyFooter(hints(LIBRARY))

    def on_mount(self) -> None:
        self.rows.focus()

    def on_screen_resume(self) -> None:
        """Shown, or shown again: a file may have been edited meanwhile."""
        self._recorder.submit(self._gather, lambda found: when_there(self, lambda: self._show(found)), self._failed)

    def _show(self, gathered: Gathered) -> None:
        rows = library_rows(*gathered, self._folder)
        ours = [row for row in rows if not row.header]
        present = sorted(gathered[0], key=lambda each: each.path is None)
        self._shelved = {row.key: each for row, each in zip(ours, present, strict=True)}
        here = self.rows.selected.key if self.rows.selected else None
        self.rows.set_rows(rows, here if here in self._shelved else None)
        self.has_rows()

    def _failed(self, error: Exception) -> None:
        when_there(self, lambda: self._none(str(error)))

    def _none(self, why: str) -> None:
        self.has_none()
        self.say(why)

    def say(self, wrong: str) -> None:
        self.query_one("#message", MessageLine).show(f"! {wrong}", style="bold red")

    @property
    def _chosen(self) -> tuple[Shelved, str] | None:
        """The row under the cursor and what it is found by."""
        row = self.rows.selected
        if row is None or row.key not in self._shelved:
            return None
        kind, _space, name = row.key.partition(" ")
        return self._shelved[row.key], str(Path(name).absolute()) if kind == OWN else name

    def action_choose(self) -> None:
        if (chosen := self._chosen) is not None:
            each, name = chosen
            if each.checklist is None:
                self.say(_("It cannot be walked; v shows what is wrong."))
            else:
                self._start(name)

    def action_view(self) -> None:
        if (chosen := self._chosen) is not None:
            each, name = chosen
            text = each.checklist.text.encode() if each.checklist else b""
            source = each.path or (f"{each.id}.md", text)
            self.app.push_screen(PreviewScreen(source, lambda: self._start(name), self._recorder))

    def action_back(self) -> None:
        self.dismiss()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("library", "preview", "reading"))
