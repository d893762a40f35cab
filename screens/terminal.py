"""The terminal under the screens: what it must be, how little is sent to it, and what happens when it goes.

This is the one file that touches private parts of Textual (8.2); each touch says why.
"""

import codecs
import os
import selectors
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, TypeVar

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate  # what is to be sent is seen nowhere else
from textual._xterm_parser import XTermParser  # bytes to keys; a driver has no other way
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.strip import Strip

from qms_tui.i18n import _
from qms_tui.screens.widgets.cell_diff import Run, ScreenMemory

ResultT = TypeVar("ResultT")

GRACE_SECONDS = 3.0
MOUSE = False
_NO_ERASE_CHARS = ("vt52", "vt100", "vt102", "ansi")
_SGR_NAMES = ("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal", "strike")
_UNSENT = frozenset(
    [
        "\x1b[?1004h",  # focus reports repaint the screen when a window is switched
        "\x1b[?1004l",
        "\x1b[>25u",  # kitty's keyboard protocol makes every key typed an escape sequence
        "\x1b[<u",
    ]
)


def refuse_reason(stdin: IO[Any], stdout: IO[Any], environ: Mapping[str, str]) -> str | None:
    """Why screens cannot be shown here and what to do instead; None if they can."""
    remedy = _("Use `ssh -t` for a terminal, or `--plain` for questions and answers line by line.")
    if not stdin.isatty():
        return _("The input is not a terminal.") + " " + remedy
    if not stdout.isatty():
        return _("The output is not a terminal.") + " " + remedy
    if environ.get("TERM", "") in ("", "dumb", "unknown"):
        return _("The terminal cannot place text (TERM={term}).").format(term=environ.get("TERM", "")) + " " + remedy
    return None


def wants_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the locale in these variables is not UTF-8, so that only ASCII may be sent."""
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C"
    return "utf8" not in locale.lower().replace("-", "")


def starting_environ() -> dict[str, str]:
    """The environment as it was given: Python itself sets LC_CTYPE where the locale is C (PEP 538)."""
    try:
        entries = os.fsdecode(Path("/proc/self/environ").read_bytes()).split("\0")
    except OSError:
        return dict(os.environ)
    return {name: value for name, mark, value in (entry.partition("=") for entry in entries) if mark}


class LeanApp(App[ResultT]):
    """An app that sends only the cells that differ from what the terminal shows."""

    ascii_only = False
    hang_up: Callable[[int], None] | None = None
    """Called (from any thread) with a signal's number when the terminal has gone."""

    def redraw(self) -> None:
        """Send the whole screen again: after `wall`, line noise or another program."""
        if isinstance(self._driver, LeanDriver):
            self._driver.memory.forget()
        self.screen.refresh(layout=True)
        self.screen.refresh()

    def crashing(self) -> None:
        """The program ends by a defect; its screens are still there."""

    def _handle_exception(self, error: Exception) -> None:
        # Private: the one place that each error passes while the screens are there.
        with suppress(Exception):  # a second one would hide it
            self.crashing()
        super()._handle_exception(error)

    def call_in_loop(self, act: Callable[[], object]) -> None:
        """Call from any thread or signal handler: `act` runs in the app's event loop."""
        # Private: `call_from_thread` waits for the result, which a signal handler must not.
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended: so has the app
                self._loop.call_soon_threadsafe(act)

    def restore_terminal(self) -> None:
        """Give the terminal its modes back without the app's help."""
        # Private: the modes before the start are kept by the driver only.
        if isinstance(self._driver, LeanDriver) and self._driver.attrs_before is not None:
            with suppress(termios.error, OSError):
                termios.tcsetattr(self._driver.fileno, termios.TCSANOW, self._driver.attrs_before)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        # Private: Textual sends every dirty region whole, each with a cursor move, even if nothing in it
        # differs, and the whole screen at each layout (34-56 kB for a dialog).
        driver = self._driver
        if not isinstance(driver, LeanDriver) or not isinstance(renderable, ChopsUpdate | LayoutUpdate):
            super()._display(screen, renderable)
        elif self._running and not self._closed and not self._batch_count:
            size = self.screen.outer_size
            cursor = self.cursor_position  # the hidden cursor is where an input method opens its window
            text = driver.memory.paint(
                (size.width, size.height),
                _pieces(renderable, None if self.no_color else self.console.color_system),
                full=isinstance(renderable, LayoutUpdate),
                park=size.clamp_offset(cursor) if cursor != (0, 0) else None,
            )
            if text:
                driver.write(text)
                driver.flush()


def _pieces(update: ChopsUpdate | LayoutUpdate, colors: str | None) -> Iterator[tuple[int, int, list[Run]]]:
    """The pieces of lines in an update of Textual's compositor: x, y, runs."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield x, y, _runs(strip, colors)
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x < x2 and end > x1:
                yield x, y, _runs(chop, colors)


def _runs(strip: Strip, colors: str | None) -> list[Run]:
    return [(text, _sgr(style, colors) if style else "") for text, style, control in strip if not control]


@lru_cache(maxsize=2048)
def _sgr(style: Style, colors: str | None) -> str:
    """The SGR codes of a style; the terminal's default colours need none."""
    system = {"256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}.get(colors or "", ColorSystem.STANDARD)
    if colors is None:
        style = style.without_color
    numbers = [str(code) for code, name in enumerate(_SGR_NAMES, 1) if getattr(style, name)]
    for color, foreground in ((style.color, True), (style.bgcolor, False)):
        if color is not None and not color.is_default:
            numbers += color.downgrade(system).get_ansi_codes(foreground)
    return ";".join(numbers)


class WholeRows(Compositor):
    """Draws a row that one widget covers whole in one piece.

    Textual cuts it where widgets below it end, and blanks a wide character (Chinese) on such an edge.
    """

    @property
    def cuts(self) -> list[list[int]]:
        known = self._cuts is not None
        cuts = super().cuts
        if not known:
            for row, widgets in zip(cuts, self.layers_visible, strict=True):
                if widgets and widgets[0][1].x <= 0 and widgets[0][1].right >= self.size.width:  # the first is on top
                    row[:] = [0, self.size.width]
        return cuts


class LeanScreen(Screen[ResultT]):
    """A screen on which a text is typed over panes."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = WholeRows()


class _TerminalFile:
    """Writes text to the terminal itself; when the terminal is gone it swallows the rest.

    With Python's stream Textual's writer thread would die of the first error, or of a character the locale
    does not have, and the full queue would then block the app for ever.
    """

    def __init__(self, fileno: int, *, ascii_only: bool, gone: Callable[[], None]) -> None:
        self._fd = fileno
        self._encoding = "ascii" if ascii_only else "utf-8"
        self._gone = gone
        self._alive = True

    def write(self, text: str) -> None:
        data = text.encode(self._encoding, "replace")
        while data and self._alive:
            try:
                data = data[os.write(self._fd, data) :]
            except OSError:
                self._alive = False
                self._gone()

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        return self._fd


class PasteFilter:
    """Takes escape characters out of bracketed pastes: Textual would read what follows them as keys."""

    _BEGIN, _END = "\x1b[200~", "\x1b[201~"

    def __init__(self) -> None:
        self._inside = False
        self._rest = ""  # of a paste: the beginning of its end mark, not given on yet
        self._given = ""  # outside: the beginning of a begin mark, given on already, for it may be a key

    def feed(self, text: str) -> str:
        """The text to be parsed; the beginning of an end mark at the end of a chunk waits for the next one."""
        known = len(self._given)
        text, self._rest, self._given = self._given + self._rest + text, "", ""
        parts: list[str] = []
        while text:
            mark = self._END if self._inside else self._BEGIN
            before, found, text = text.partition(mark)
            if not found:
                kept, rest = _without_partial(before, mark)
                if self._inside:
                    before, self._rest = kept, rest
                else:
                    self._given = rest
            parts.append(before.replace("\x1b", "") if self._inside else before)
            if found:
                parts.append(mark)
                self._inside = not self._inside
        return "".join(parts)[known:]


def _without_partial(text: str, mark: str) -> tuple[str, str]:
    """The text without a beginning of the mark at its end, and that beginning."""
    size = next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)
    return (text[:-size], text[-size:]) if size else (text, "")


class LeanDriver(LinuxDriver):
    """Textual's driver with few questions to the terminal, strange bytes let through, and an end when it goes."""

    # Private: Textual has no public way to change a driver; the names overridden are those of LinuxDriver 8.2.

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """The mouse stays with the terminal, which selects text with it (60 mouse moves cost 157 kB)."""
        super().__init__(app, debug=debug, mouse=mouse and MOUSE, size=size)
        self._out = (sys.__stdout__ or sys.stdout).fileno()
        ascii_only = bool(getattr(app, "ascii_only", False))
        # Textual draws on stderr, which `2>log` sends elsewhere.
        self._file = _TerminalFile(self._out, ascii_only=ascii_only, gone=self._gone)  # type: ignore[assignment]  # a TextIO to write to
        erase_chars = os.environ.get("TERM", "") not in _NO_ERASE_CHARS
        self.memory = ScreenMemory(ascii_only=ascii_only, erase_chars=erase_chars)
        self._was_started = False

    def write(self, data: str) -> None:
        """Queue data, except what this program never wants sent."""
        if data not in _UNSENT and self._writer_thread is not None:
            self._writer_thread.write(data)

    def start_application_mode(self) -> None:
        """Take the terminal; nothing is known of what it shows."""
        self.memory.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # of Textual
        app = self._app
        if self._was_started and isinstance(app, LeanApp):
            app.call_in_loop(lambda: app.call_later(app.redraw))  # back from ctrl+z or from an editor
        self._was_started = True

    def _get_terminal_size(self) -> tuple[int, int]:
        # COLUMNS and LINES of the environment are stale where a shell exported them; 0x0 is a serial line.
        try:
            width, height = os.get_terminal_size(self._out)
        except OSError:
            width, height = 0, 0
        return width or 80, height or 24

    def _request_terminal_sync_mode_support(self) -> None:
        """Not asked: an update of a few hundred bytes needs no frame of 16 more."""

    def _query_in_band_window_resize(self) -> None:
        """Not asked: SIGWINCH tells the size, and comes through ssh."""

    def run_input_thread(self) -> None:
        """Read until the app ends or the terminal goes.

        Textual's own loop dies of a byte that is not UTF-8 (its issue 6456) and spins on end of file.
        """
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        pastes = PasteFilter()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:
                        data = b""
                    if not data:
                        self._gone()
                        return
                    for event in parser.feed(pastes.feed(decode(data))):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _gone(self) -> None:
        """The terminal has gone: leave as at SIGHUP."""
        hang_up = getattr(self._app, "hang_up", None)
        if hang_up is not None:
            hang_up(signal.SIGHUP)
        else:
            self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=128 + signal.SIGHUP))


def leave_on_hangup(app: LeanApp[Any], save: Callable[[], None]) -> None:
    """Before `app.run()`: at SIGHUP, SIGTERM or the end of the terminal call `save` once and leave, status 128+n.

    bash and the kernel may both send the signal; only the first counts. If the app cannot be left within
    a few seconds (a loop that hangs, a terminal that takes no byte) the process ends all the same.
    """
    lock = threading.Lock()
    begun: list[int] = []
    saved: list[bool] = []

    def save_once() -> None:
        with lock:
            if saved:
                return
            saved.append(True)
        save()

    def leave(number: int) -> None:
        try:
            save_once()
        finally:
            app.exit(return_code=128 + number)

    def force(number: int) -> None:
        try:
            save_once()
        finally:
            app.restore_terminal()
            os._exit(128 + number)

    def begin(number: int) -> None:
        if begun:
            return
        begun.append(number)
        watchdog = threading.Timer(GRACE_SECONDS, force, [number])
        watchdog.daemon = True
        watchdog.start()
        app.call_in_loop(lambda: leave(number))

    app.hang_up = begin
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, lambda at, _frame: begin(at))


def run_app(app: LeanApp[Any], save: Callable[[], None]) -> int:
    """Run the app, saving when the terminal goes; the exit status of the process."""
    sys.setswitchinterval(0.001)  # keys and paints wait no longer than this for a worker that reads a large file
    leave_on_hangup(app, save)
    app.run(mouse=False)
    status = app.return_code or 0
    if status > 128 and not _writable(sys.__stdout__):
        # Python would flush the lost terminal at its end, fail, and make the status 120.
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
    return status


def _writable(stream: IO[str] | None) -> bool:
    try:
        return stream is not None and termios.tcgetattr(stream.fileno()) is not None
    except (termios.error, OSError):
        return False
