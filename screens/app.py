"""The app: one store, one person, and the screen to begin with."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent, Resize
from textual.screen import Screen

from qms_tui.i18n import _
from qms_tui.screens.actions import ANYWHERE, bindings
from qms_tui.screens.base_app import QuietApp
from qms_tui.screens.case_routes import CaseRoutes
from qms_tui.screens.draft_keeper import DraftKeeper
from qms_tui.screens.drafts import Drafts, is_typed
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.store_watch import StoreWatch
from qms_tui.screens.too_small import TooSmallScreen, is_too_small
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets.status_line import MessageLine, TitleLine
from qms_tui.store.base import Actor, Store, StoreError
from qms_tui.workflow.about import About

if TYPE_CHECKING:
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
        self.recorder = Recorder(self, watch, held=True)
        self.drafts = Drafts(directory, actor.name)
        self.routes = CaseRoutes(self)
        self.keeper = DraftKeeper(self, self._look_at_typed)
        self._told_lost: object = None  # what was typed when it was told that it cannot be kept
        self._lost = False  # something typed could not be kept
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
            self._overview,
            self._choose,
            self.routes,
            self.recorder,
            self.actor.name,
            lambda: self.left,
            self._open_library,
        )

    def _overview(self) -> "Overview":
        from qms_tui.workflow.overview import overview

        return overview(self.store, self.actor, self._folders())

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

        return PreviewScreen(path, lambda: self._start(str(path.absolute())), self.recorder, leave=self.exit)

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
            draft = self.drafts.open(walk)
            return walk, draft if item is None else {**draft, "item": item}

        return WalkScreen(
            reference or "", open_walk, self._not_opened, self.recorder, self._leave_walk, self.routes.nonconformity
        )

    def _not_opened(self, walk: WalkScreen, error: Exception) -> None:
        """Say why, on the screen that the walk was opened from; where there is none the program ends with it."""
        if self.screen_stack[0] is walk:
            self.exit(return_code=3 if isinstance(error, StoreError) else 2, message=f"qms-tui: {error}")
            return
        while walk in self.screen_stack:
            self.pop_screen()
        self._say_wrong(str(error))

    def open_audit(self, number: str, item: str | None) -> None:
        """At one of its items; one that is open already is gone back to."""
        for screen in self._walk_screens():
            if screen.board is not None and screen.board.walk.number == number:
                while self.screen is not screen:
                    self.pop_screen()
                screen.rows.move_to(item or 0)
                return
        self.push_screen(self._walk_screen(number, resume=True, about=About(), item=item))

    # Leaving: where a walk stands, and what is typed but not recorded, is kept

    def _leave_walk(self, walk: "Walk | None", standing: Mapping[str, Any]) -> None:
        """Keep where the walk stands, then go home, or out when the walk came first."""

        def leave(_kept: object = None) -> None:
            if len(self.screen_stack) > 1:
                self.left = walk.number if walk else None
                self.pop_screen()
            else:
                self.exit(walk.number if walk and walk.number and not walk.frozen else None)

        if walk is None:
            leave()
        else:
            self.recorder.submit(
                lambda: self.drafts.keep(walk, standing),
                leave,
                lambda error: self._not_kept(error, leave) if is_typed(standing) else leave(),
            )

    def _not_kept(self, error: Exception, leave: Callable[[], None]) -> None:
        """What is typed would be lost: stay once, to say so. A lost place keeps nobody here."""
        if self._told_lost == self._typed_now():
            self._lost = True
            leave()
            return
        from qms_tui.screens.refused import why

        self.keys_ahead.open()
        self._told_lost = self._typed_now()
        for screen in self._walk_screens():
            screen.stay()
        self._say_wrong(
            _("What is typed cannot be kept: {error}. Leave once more, and it is lost.").format(error=why(error))
        )

    def _say_wrong(self, words: str) -> None:
        for line in self.screen.query(MessageLine):
            line.show(f"! {words}", style="bold red")

    def save(self) -> None:
        """The terminal goes: what is typed is kept, and everything given reaches the disk."""
        # Before the writes, for they may wait for a lock longer than there is time; and after, for the first of them
        # gives the audit its number, under which its draft is looked for, and one may have been refused.
        self._lost = True  # until it is known
        self.keeper.keep()
        self._keep_all()
        self.recorder.drain()
        self._lost = self._keep_all() is not None

    def end(self, *, crashed: bool) -> None:
        """After the screens are gone: what was given reaches the disk, and what could not be kept stays where it is."""
        self.recorder.drain()
        self.keeper.end()
        self.drafts.end(kept=not (self._lost or crashed))

    async def on_event(self, event: Event) -> None:
        """Whatever a key changes is kept a moment later."""
        if isinstance(event, InputEvent) and not event.is_forwarded:
            self.keeper.touch()
        await super().on_event(event)

    def _typed_now(self) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
        return [screen.standing() for screen in self._walk_screens()], self.routes.typed.as_json()

    def _look_at_typed(self) -> Callable[[], None]:
        """What keeps all that is typed now."""
        self._take_typed()
        walks = [(screen.board.walk, screen.standing()) for screen in self._walk_screens() if screen.board]
        held = self.drafts.held(walks, self.routes.typed.as_json())
        return lambda: self.drafts.keep_live(held)

    def _take_typed(self) -> None:
        """From the open prompt of each screen of two panes."""
        for pane in self.screen_stack:
            keep_typed = getattr(pane, "keep_typed", None)  # such a screen may not be imported yet
            if keep_typed is not None and pane.is_mounted:
                keep_typed()

    def _walk_screens(self) -> list[WalkScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, WalkScreen) and screen.board]

    def _keep_all(self) -> StoreError | None:
        """Why something that is typed could not be kept, if so; what is recorded stands."""
        lost: StoreError | None = None
        for screen in self._walk_screens():
            if screen.board is not None:
                standing = screen.standing()
                try:
                    self.drafts.keep(screen.board.walk, standing)
                except StoreError as error:
                    lost = error if is_typed(standing) else lost
        self._take_typed()
        try:
            self.drafts.keep_typed(self.routes.typed)
        except StoreError as error:
            lost = error if self.routes.typed else lost
        return lost

    def exit(self, *given: Any, **more: Any) -> None:
        """No key opens anything any more."""
        self.keys_ahead.close()
        super().exit(*given, **more)

    async def action_quit(self) -> None:
        """As q, from wherever one is."""
        self.keys_ahead.close()
        walks = [screen.board.walk for screen in self._walk_screens() if screen.board]

        def leave(_kept: object = None) -> None:
            number = walks[0].number if walks else None
            self.exit(number if number and not walks[0].frozen else None)

        def kept(lost: StoreError | None) -> None:
            leave() if lost is None else self._not_kept(lost, leave)

        self.recorder.submit(self._keep_all, kept, leave)
