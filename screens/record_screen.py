"""A screen of one record: it is read again when somebody changes it, and when it is gone back to."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from qms_tui.i18n import _
from qms_tui.screens.following import Following
from qms_tui.screens.recorder import Recorder
from qms_tui.screens.two_panes import TwoPanes
from qms_tui.screens.typed import TypedTexts
from qms_tui.screens.widgets import row_list
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
        self._changed_by: Sequence[str] = ()
        self._unseen_until = 0.0  # what they changed is surely seen then
        tables = {NONCONFORMITIES, *BELONGING}
        self.following = Following(recorder, store, tables, self.reload, self.not_shown)

    def reload(self) -> None:
        """Show it as it stands now; the cursor stays."""
        raise NotImplementedError

    def read(self, load: Callable[[], Read], show: Callable[[Read], None]) -> None:
        """Show what `load` gives in the recorder's thread; `following.n` is the transaction as of which it reads."""
        self.fetch(lambda: self.following.gather(lambda _touched: load()), show)

    def tell_others(self, names: Sequence[str]) -> None:
        """Others have changed what is shown; what was said of the state before no longer holds."""
        come_to, self._is_come_to = self._is_come_to, False
        if not names:
            return
        if not come_to:
            self._changed_by, self._unseen_until = names, time.monotonic() + row_list.LAG
        if not self.says_wrong:
            self.say(_("changed by {names}").format(names=", ".join(names)))

    def is_unseen(self) -> bool:
        """Whether a key that records at once was pressed at what stood before others changed it; then that is said."""
        if time.monotonic() > self._unseen_until:
            return False
        words = _("{names} changed this just now; press the key again if it still holds")
        self.say(words.format(names=", ".join(self._changed_by)), wrong=True)
        return True

    def on_screen_suspend(self) -> None:
        self._covered += 1
