"""A checklist's file as it is read, made anew whenever it is saved in another window."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from qms_tui.checklist.model import ChecklistError
from qms_tui.checklist.parse import read_bytes
from qms_tui.i18n import _
from qms_tui.screens.actions import LEAVING, PREVIEW, bindings, hints
from qms_tui.screens.preview_lines import Preview, read_preview
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.there import is_left, when_there
from qms_tui.screens.widgets.key_footer import KeyFooter
from qms_tui.screens.widgets.lines_pane import LinesPane
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.workflow.clock import local_time, now


class Watched:
    """A file that is looked at again when it changed; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.preview: Preview | None = None
        self.error = ""
        self._stamp: tuple[int, ...] | None = None

    def changed(self) -> bool:
        """Look; True when there is something else to show. While nothing happens this is one `stat`."""
        try:
            stat = self.path.stat()
            stamp: tuple[int, ...] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        except (OSError, ValueError):
            stamp = ()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.preview, self.error = read_preview(read_bytes(self.path), str(self.path)), ""
        except ChecklistError as error:
            self.error = str(error)
        return True


class PreviewScreen(Screen[None]):
    """`start` begins a walk of what is shown."""

    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PREVIEW, "preview")]

    def __init__(
        self,
        source: Path | tuple[str, bytes],
        start: Callable[[], None],
        recorder: Recorder,
        leave: Callable[[], None] | None = None,
    ) -> None:
        """`source` is a file, or the name and the bytes of a bundled checklist, which does not change.

        `leave` is called where there is no screen to go back to.
        """
        super().__init__()
        self._leave = leave
        self._start = start
        self._recorder = recorder
        self._watched = Watched(source) if isinstance(source, Path) else None
        self._given = None if isinstance(source, Path) else source
        self._shown: Preview | None = None
        self._is_told = False
        self._unfollow: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield LinesPane(id="pane")
        yield MessageLine(below=1, id="message")
        yield KeyFooter(hints(PREVIEW))

    def on_mount(self) -> None:
        watched = self._watched
        if watched is not None:
            self._recorder.submit(watched.changed, lambda _changed: self._follow(watched), self._failed)
        elif self._given is not None:
            name, data = self._given
            self._recorder.submit(
                lambda: read_preview(data, name), lambda read: when_there(self, lambda: self._show(read)), self._failed
            )

    def _follow(self, watched: Watched) -> None:
        """The first look is shown; from now on the follower's thread looks."""
        self._take(watched, again=False)
        if not is_left(self):
            self._unfollow = self._recorder.follow(
                watched.changed, lambda: self._take(watched, again=True), self._failed
            )

    def on_unmount(self) -> None:
        self._unfollow()

    def must_wait(self, key: str | None) -> bool:
        """Whether a key waits until it is read, or why it cannot be is told; one can leave before."""
        return not self._is_told and key not in LEAVING

    def _take(self, watched: Watched, *, again: bool) -> None:
        when_there(self, lambda: self._read(watched, again=again))

    def _read(self, watched: Watched, *, again: bool) -> None:
        if watched.preview is not None:
            self._show(watched.preview, again=again)
        if watched.error:
            self._failed(watched.error)

    def _show(self, preview: Preview, *, again: bool = False) -> None:
        keep = self._shown is not None
        self._shown = preview
        self._is_told = True
        self.query_one("#title", TitleLine).show(preview.title, preview.counted)
        self.query_one("#pane", LinesPane).show(preview.lines, keep_place=keep)
        said = _("read again {time}").format(time=local_time(now())) if again else ""
        self.query_one("#message", MessageLine).show(said, style="")

    def _failed(self, error: Exception | str) -> None:
        self._is_told = True
        when_there(self, lambda: self.query_one("#message", MessageLine).show(f"! {error}", style="bold red"))

    def action_choose(self) -> None:
        if self._shown is None or not self._shown.items:
            self._failed(_("There is nothing to walk: it has no items."))
        else:
            self._start()

    def action_back(self) -> None:
        if self._leave is not None:
            self._leave()
        else:
            self.dismiss()

    def action_page_down(self) -> None:
        self.query_one("#pane", LinesPane).action_page_down()

    def action_page_up(self) -> None:
        self.query_one("#pane", LinesPane).action_page_up()

    def action_help(self) -> None:
        from qms_tui.screens.reading import help_screen

        self.app.push_screen(help_screen("preview"))
