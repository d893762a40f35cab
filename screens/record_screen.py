"""A screen of one record: it is read again when somebody changes it, and when it is gone back to."""

from collections.abc import Callable
from typing import TypeVar

from qms_tui.screens.following import Following
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets.key_footer import KeyHint
from qms_tui.store.base import Store
from qms_tui.workflow.cases import BELONGING, NONCONFORMITIES

Read = TypeVar("Read")


class RecordScreen(TwoPanes[None]):
    """Subclasses show the record by `reload`, which reads it by `read`."""

    following: Following

    def __init__(self, store: Store, number: str, recorder: Recorder, typed: TypedTexts, hints: list[KeyHint]) -> None:
        super().__init__(number, recorder, typed, hints)
        self._store = store
        self._number = number
        tables = {NONCONFORMITIES, *BELONGING}
        self.following = Following(recorder, store, tables, self.reload, self.not_shown)

    def reload(self) -> None:
        """Show it as it stands now; the cursor stays."""
        raise NotImplementedError

    def read(self, load: Callable[[], Read], show: Callable[[Read], None]) -> None:
        """Show what `load` gives in the recorder's thread; `following.n` is the transaction as of which it reads."""
        self.fetch(lambda: self.following.gather(lambda _touched: load()), show)

    def on_screen_suspend(self) -> None:
        self._covered += 1
