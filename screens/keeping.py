"""What is typed and not recorded outlives the app, however it ends: left by a key, by a line that goes, or killed."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from qms_tui.i18n import _
from qms_tui.screens.draft_keeper import DraftKeeper
from qms_tui.screens.drafts import is_typed
from qms_tui.screens.there import is_there
from qms_tui.store.base import StoreError

if TYPE_CHECKING:
    from qms_tui.screens.app import QmsApp
    from qms_tui.workflow.walk import Walk

Standing = Mapping[str, Any]


class Keeping:
    """Of one app: its walks go into its person's drafts when they are left, its other texts when the app is."""

    def __init__(self, app: "QmsApp") -> None:
        self._app = app
        self.keeper = DraftKeeper(app, self._look)
        self._told: object = None  # what was typed when it was told that it cannot be kept
        self._left: list[tuple[Walk, Standing]] = []  # walks that were left all the same
        self._lost = False  # the app was
        self._before: Callable[[], None] | None = None  # keeps what stood when the last key came

    # Leaving

    def leave_walk(self, walk: "Walk", standing: Standing, leave: Callable[[], None]) -> None:
        """Keep where it stands, then `leave`; what is typed keeps the person here, once, where it cannot be kept."""

        def kept(_nothing: object) -> None:
            self._told = None
            self._left = self._others(walk)
            leave()

        def leave_it() -> None:
            self._left = [*self._others(walk), (walk, standing)]
            leave()

        self._app.recorder.submit(
            lambda: self._app.drafts.keep(walk, standing),
            kept,
            lambda error: self._not_kept(error, leave_it) if is_typed(standing) else leave(),
        )

    def _others(self, walk: "Walk") -> "list[tuple[Walk, Standing]]":
        return [each for each in self._left if not self._is_same(each[0], walk)]

    def left_typed(self, walk: "Walk") -> Standing | None:
        """Where a walk stood that was left in this window and could not be kept; it is opened again as `walk`."""
        standing = next((standing for other, standing in self._left if self._is_same(other, walk)), None)
        if standing is not None:
            self._left = [*self._others(walk), (walk, standing)]
        return standing

    def _is_same(self, one: "Walk", other: "Walk") -> bool:
        return self._app.drafts.key(one) == self._app.drafts.key(other)

    def leave_app(self, leave: Callable[[], None]) -> None:
        """Keep all, then `leave`; as `leave_walk`. No key that comes meanwhile opens anything."""
        self._app.keys_ahead.close()

        def kept(error: Exception | None) -> None:
            if error is None:
                self._told, self._lost = None, False
                leave()
            else:
                not_kept(error)

        def leave_it() -> None:
            self._lost = True
            leave()

        def not_kept(error: Exception) -> None:
            self._not_kept(error, leave_it)

        self._app.recorder.submit(self._keep_all, kept, not_kept)

    def _not_kept(self, error: Exception, leave: Callable[[], None]) -> None:
        """What is typed would be lost: stay once, to say so."""
        if self._told == self._typed_now():
            leave()
            return
        from qms_tui.screens.refused import why

        self._told = self._typed_now()
        self._app.keys_ahead.open()
        for screen in self._app.walk_screens():
            screen.stay()
        self._app.say_wrong(
            _("What is typed cannot be kept: {error}. Leave once more, and it is lost.").format(error=why(error))
        )

    def _typed_now(self) -> tuple[list[Standing], Standing]:
        return [screen.standing() for screen in self._app.walk_screens()], self._app.routes.typed.as_json()

    def save(self) -> None:
        """The terminal goes: what is typed is kept, and everything given reaches the disk."""
        if self.keeper.is_closed:  # the app ends already: nothing is typed any more
            self._app.recorder.drain()
            return
        # Before the writes, for they may wait for a lock longer than there is time; and after, for the first of them
        # gives the audit its number, under which its draft is looked for, and one may have been refused.
        self._lost = True  # until it is known
        with suppress(Exception):  # what cannot be seen whole is kept one by one
            self.keeper.keep()
        self._keep_all()
        self._app.recorder.drain()
        self._lost = self._keep_all() is not None

    def end(self, *, crashed: bool) -> None:
        """After the screens are gone: what was given reaches the disk, and what could not be kept stays where it is."""
        self._app.recorder.drain()
        self.keeper.end()
        self._app.drafts.end(kept=not (self._lost or self._left or crashed))

    def key_comes(self) -> None:
        self._before = self._seen()

    def crashing(self) -> None:
        """A defect ends the app: what is typed goes to the window's own file.

        As it stood before the key that was being taken, which may have closed the text that it did not record. That
        goes first in any case: the defect may be in looking.
        """
        self.keeper.write(self._before)
        try:
            if not self._app.keys_ahead.is_busy:
                self.keeper.write(self._seen())
        finally:
            self.keeper.close()

    def close(self) -> None:
        """The app is left; what it could not keep is in the window's own file."""
        if self._lost or self._left:
            self.keeper.write(self._seen())
        self.keeper.close()

    def _seen(self) -> Callable[[], None] | None:
        """As `_look`; what was seen at the last key where the screens go."""
        return self._look() if self.keeper.may_look else self._before

    # What is typed

    def _look(self) -> Callable[[], None]:
        """What keeps all that is typed now in the window's own file."""
        for take in self._takes():
            take()
        walks = [(walk, standing()) for walk, standing in self._walks()]
        held = self._app.drafts.held([*self._left, *walks], self._app.routes.typed.as_json())
        return lambda: self._app.drafts.keep_live(held)

    def _takes(self) -> list[Callable[[], None]]:
        """What takes over the text from the open prompt of each screen of two panes."""
        panes = [pane for pane in self._app.screen_stack if is_there(pane)]
        takes = [getattr(pane, "keep_typed", None) for pane in panes]  # such a screen may not be imported yet
        return [take for take in takes if callable(take)]

    def _walks(self) -> "list[tuple[Walk, Callable[[], Standing]]]":
        """Those that are open, and what says where each stands."""
        screens = [screen for screen in self._app.walk_screens() if is_there(screen)]
        return [(screen.board.walk, screen.standing) for screen in screens if screen.board]

    def _keep_all(self) -> Exception | None:
        """Why something that is typed could not be kept, if so; the rest is, and what is recorded stands."""
        errors: list[Exception] = []
        acts: list[Callable[[], None]] = [
            *(partial(self._keep_left, each) for each in self._left),
            *(partial(self._keep_walk, walk, standing) for walk, standing in self._walks()),
            *self._takes(),
            self._keep_texts,
        ]
        for keep in acts:
            try:
                keep()
            except Exception as error:
                errors.append(error)
        return errors[0] if errors else None

    def _keep_left(self, each: "tuple[Walk, Standing]") -> None:
        self._app.drafts.keep(*each)
        self._left = [other for other in self._left if other is not each]

    def _keep_walk(self, walk: "Walk", standing: Callable[[], Standing]) -> None:
        where = standing()
        try:
            self._app.drafts.keep(walk, where)
        except StoreError:
            if is_typed(where):  # a lost place keeps nobody here
                raise

    def _keep_texts(self) -> None:
        try:
            self._app.drafts.keep_typed(self._app.routes.typed)
        except StoreError:
            if self._app.routes.typed:
                raise
