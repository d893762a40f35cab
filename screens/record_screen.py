"""A screen of one record: it is read again when somebody changes it, and when it is gone back to."""

from collections.abc import Callable

from qms_tui.screens.recorder import Recorder
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.key_footer import KeyHint
from qms_tui.store.base import Store


class RecordScreen(TwoPanes[None]):
    """Subclasses read and show the record by `reload`."""

    def __init__(self, store: Store, number: str, recorder: Recorder, typed: TypedTexts, hints: list[KeyHint]) -> None:
        super().__init__(number, recorder, typed, hints)
        self._store = store
        self._number = number
        self._seen = -1
        self._unfollow: Callable[[], None] = lambda: None

    def reload(self) -> None:
        """Show it as it stands now; the cursor stays."""
        raise NotImplementedError

    def begin(self) -> None:
        self._unfollow = self._recorder.follow(self._changed, self._follow, self.not_shown)

    def on_unmount(self) -> None:
        self._unfollow()

    def on_screen_suspend(self) -> None:
        self._covered += 1

    def on_screen_resume(self) -> None:
        self.reload()

    def _follow(self) -> None:
        if self.is_active:  # else it is read again when it is gone back to
            self.reload()

    def _changed(self) -> bool:
        """In the follower's thread."""
        self._store.refresh()
        head = self._store.head()[0]
        changed, self._seen = head != self._seen and self._seen >= 0, head
        return changed

    def _see(self) -> int:
        """The store's last transaction: what is read next stands as of it. In the recorder's thread."""
        self._seen = self._store.head()[0]
        return self._seen
