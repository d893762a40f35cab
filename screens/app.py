"""The app: one store, one person, and the screen to begin with."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent, Paste, Resize
from textual.screen import Screen

from qms_tui.screens.actions import ANYWHERE, bindings
from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.case_routes import CaseRoutes
from qms_tui.screens.drafts import Drafts
from qms_tui.screens.keeping import Keeping
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.store_watch import StoreWatch
from qms_tui.screens.too_small import TooSmallScreen, is_too_small
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.store.base import Actor, Store, StoreError
from qms_tui.workflow.about import About

if TYPE_CHECKING:
    from qms_tui.screens.following import Touched
    from qms_tui.workflow.overview import Overview
    from qms_tui.workflow.shelf import Shelved
    from qms_tui.workflow.walk import Walk


class QmsApp(QuietApp[str]):
    """Ends with the number of the audit that was walked last, when it is still in progress."""

    TITLE = "qms-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ANYWHERE, "anywhere"),
        Binding("ctrl+c", "quit", show=False, priority=True),  # as ctrl+q, which is Textual's; an editor would copy
    ]

    def __init__(self, store: Store, directory: Path, actor: Actor, *, ascii_only: bool = False) -> None:
        """`directory` is the store's folder, where drafts are kept."""
        super().__init__(ascii_only=ascii_only)
        self.store = store
        self.directory = directory
        self.actor = actor
        self.banner = ""  # why nothing can be recorded, on every screen
        self.waiting = ""  # what a write waits for
        watch = StoreWatch(self, store)
        self.look = watch.look
        self.recorder = Recorder(self, watch, held=True, told=lambda: self.keeping.keeper.touch())
        self.drafts = Drafts(directory, actor.name)
        self.routes = CaseRoutes(self)
        self.keeping = Keeping(self)
        self.left: str | None = None  # the number of the audit that was left for home
        self.not_opened: Exception | None = None  # why there is no walk
        self._watched: Path | None = None
        self._first: tuple[str | None, bool, About] | None = None

    def walk_first(self, reference: str | None, *, resume: bool, about: About) -> None:
        """Begin with a walk instead of the home screen: a checklist, or an audit's number (None: the latest)."""
        self._first = (reference, resume, about)

    def get_default_screen(self) -> Screen[None]:
        """The first screen stands at the bottom: one pushed onto an empty one, or given as a mode, is painted later."""
        screen = self._first_screen()
        for path in screen.css_path:
            self.stylesheet.read(path)  # as Textual does for a screen that is pushed
        return screen

    def _first_screen(self) -> Screen[None]:
        if self._watched is not None:
            return self._preview_screen(self._watched)
        if self._first is not None:
            reference, resume, about = self._first
            return self._walk_screen(reference, resume=resume, about=about)
        from qms_tui.screens.home import HomeScreen

        return HomeScreen(
            self.store,
            self._overview,
            self._choose,
            self.routes,
            self.recorder,
            self.actor.name,
            lambda: self.left,
            self._open_library,
        )

    def _overview(self, before: "Overview | None", touched: "Touched") -> "Overview":
        from qms_tui.workflow.overview import overview, renewed

        if before is None:
            return overview(self.store, self.actor, self._folders())
        return renewed(self.store, self.actor, before, touched)

    def on_resize(self, event: Resize) -> None:
        covered = isinstance(self.screen, TooSmallScreen)
        if is_too_small(event.size.width, event.size.height) and not covered:
            self.push_screen(TooSmallScreen())
        elif covered and not is_too_small(event.size.width, event.size.height):
            self.pop_screen()

    def on_ready(self) -> None:
        self.recorder.start()
        self.recorder.submit(self.look, lambda _done: None, lambda _error: None)

    def show_banner(self, words: str) -> None:
        """On the screens that are open and those to come."""
        self.banner = words
        for screen in self.screen_stack:
            for title in screen.query(TitleLine):
                title.show_banner(words)

    def show_waiting(self, words: str) -> None:
        """In the message line, over what it says."""
        self.waiting = words
        for screen in self.screen_stack:
            for line in screen.query(MessageLine):
                line.wait_for(words)

    def action_redraw(self) -> None:
        self.redraw()

    def _choose(self, key: str) -> None:
        kind, _space, name = key.partition(" ")
        if kind == "nc":
            self.routes.nonconformity(name)
        else:
            self.push_screen(self._walk_screen(name, resume=kind == "audit", about=About()))

    def _folders(self) -> Sequence[Path]:
        """Where own checklists are; in the recorder's thread, after the first paint."""
        from qms_tui.checklist.own import own_folders

        return own_folders(self.directory)

    def _open_library(self) -> None:
        from qms_tui.checklist.own import FOLDER
        from qms_tui.screens.library import LibraryScreen
        from qms_tui.workflow.shelf import last_used, shelf

        def gather() -> "tuple[Sequence[Shelved], Mapping[str, str]]":
            shelved = shelf(self._folders())
            return shelved, last_used(self.store, {each.id for each in shelved})

        self.push_screen(LibraryScreen(gather, self._start, self.recorder, self.directory / FOLDER))

    def _start(self, reference: str) -> None:
        self.push_screen(self._walk_screen(reference, resume=False, about=About()))

    def _preview_screen(self, path: Path) -> Screen[None]:
        from qms_tui.screens.preview import PreviewScreen

        return PreviewScreen(path, lambda: self._start(str(path.absolute())), self.recorder, leave=self._go_out)

    def watch_first(self, path: Path) -> None:
        """Begin with the preview of a file instead of the home screen."""
        self._watched = path

    def _walk_screen(self, reference: str | None, *, resume: bool, about: About, item: str | None = None) -> WalkScreen:
        first = not self.screen_stack

        def open_walk() -> "tuple[Walk, Mapping[str, Any]]":
            try:
                return opened()
            except Exception as error:
                if first:
                    self.not_opened = error
                raise

        def opened() -> "tuple[Walk, Mapping[str, Any]]":
            from qms_tui.workflow.begin import begin, go_on

            if resume:
                walk = go_on(self.store, self.actor, reference, self._folders())
            else:
                walk = begin(self.store, self.actor, reference, about, self._folders())
            opened = self.drafts.open(walk)
            draft = self.keeping.left_typed(walk) or opened
            return walk, draft if item is None else {**draft, "item": item}

        return WalkScreen(
            reference or "", open_walk, self._not_opened, self.recorder, self._leave_walk, self.routes.nonconformity
        )

    def _not_opened(self, walk: WalkScreen, error: Exception) -> None:
        """Say why, on the screen that the walk was opened from; where there is none the program ends with it.

        What lies over the walk stays: it is said there, and again when the walk comes to be seen.
        """
        stack = self.screen_stack
        over = [screen for screen in stack[stack.index(walk) + 1 :] if not isinstance(screen, TooSmallScreen)]
        if stack[0] is walk and not over:
            self.exit(return_code=3 if isinstance(error, StoreError) else 2, message=f"qms-tui: {error}")
            return
        if self.screen is walk:
            self.keys_ahead.drop()  # they were meant for the walk
            self.pop_screen()
        self.say_wrong(str(error))

    def open_audit(self, number: str, item: str | None) -> None:
        """At one of its items; one that is open already is gone back to."""
        for screen in self.walk_screens():
            if screen.board is not None and screen.board.walk.number == number:
                while self.screen is not screen:
                    self.pop_screen()
                screen.rows.move_to(item or 0)
                return
        self.push_screen(self._walk_screen(number, resume=True, about=About(), item=item))

    # Leaving

    def _leave_walk(self, walk: "Walk | None", standing: Mapping[str, Any]) -> None:
        """Keep where the walk stands, then go home, or out when the walk came first."""

        def leave() -> None:
            if covered := isinstance(self.screen, TooSmallScreen):
                self.pop_screen()
            if len(self.screen_stack) > 1:
                self.left = walk.number if walk else None
                self.pop_screen()
                if covered:
                    self.push_screen(TooSmallScreen())
            else:
                self._go_out(walk)

        if walk is None:
            leave()
        else:
            self.keeping.leave_walk(walk, standing, leave)

    def _go_out(self, walk: "Walk | None" = None) -> None:
        """At once where nothing waits to be kept, nor to be taken away since it is recorded."""

        if self.routes.typed.is_to_be_kept:
            self.keeping.leave_app(lambda: self._exit_from(walk))
        else:
            self._exit_from(walk)

    def _exit_from(self, walk: "Walk | None") -> None:
        self.exit(walk.number if walk and walk.number and not walk.frozen else None)

    def say_wrong(self, words: str) -> None:
        """On the screen that is seen."""
        for line in self.screen.query(MessageLine):
            line.show(f"! {words}", style="bold red")

    def save(self) -> None:
        """The terminal goes."""
        self.keeping.save()

    def end(self, *, crashed: bool) -> None:
        """After the screens are gone."""
        self.keeping.end(crashed=crashed)

    async def on_event(self, event: Event) -> None:
        """Whatever a key changes is kept a moment later."""
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            self.keeping.keeper.touch()
        await super().on_event(event)

    def walk_screens(self) -> list[WalkScreen]:
        """Those whose walk is open."""
        return [screen for screen in self.screen_stack if isinstance(screen, WalkScreen) and screen.board]

    def key_comes(self) -> None:
        self.keeping.key_comes()

    def crashing(self) -> None:
        self.keeping.crashing()

    def exit(self, *given: Any, **more: Any) -> None:
        """No key opens anything any more."""
        self.keys_ahead.close()
        self.keeping.close()
        super().exit(*given, **more)

    async def action_quit(self) -> None:
        """As q, from wherever one is."""
        walks = [screen.board.walk for screen in self.walk_screens() if screen.board]
        walk = walks[0] if walks else None
        self.keeping.leave_app(lambda: self._exit_from(walk))
