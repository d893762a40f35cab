"""The documents made again from the lines of a journal: do changes fit them, do checkpoints say what they are?"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from qms_tui.i18n import _
from qms_tui.store.base import ReadOnly, StoreError
from qms_tui.store.chain import Flaw, Raw, read_lines
from qms_tui.store.indexes import LAYOUT
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry, decode
from qms_tui.store.parts import PartLost, Parts
from qms_tui.store.replay import Replay
from qms_tui.store.state import State

_MARK = b'"checkpoint":{'
_FOLD = 5_000  # lines in memory; the documents that came before them lie in parts in a temporary folder


class Recount:
    """Follows a journal of any length: what it keeps in memory are the last `fold` lines and one entry a checkpoint."""

    def __init__(self, layout: Layout, folder: Path, fold: int) -> None:
        self.lies: list[Flaw] = []  # checkpoints that a program could open and that are not what the lines say
        self._layout = layout
        self._fold = fold
        self._parts = Parts(layout.disk, folder)
        self._state = State(self._parts, self._lost)
        self._replay = Replay(self._state)
        self._offset = 0
        self._said = self._checkpoints()

    @property
    def held(self) -> int:
        """Lines in memory."""
        return self._state.n - self._state.folded

    def follow(self, raw: Raw, entry: Entry | None) -> Iterator[str]:
        """What is wrong with the changes of the next line, of which this is the entry, None for a fragment.

        The chain must hold. Raises StoreError.
        """
        self._offset += len(raw.data) + 1
        if entry is None:
            return
        try:
            yield from self._replay.apply(entry)
            here = self._said.pop(entry["n"], [])
            if here or self.held >= self._fold:
                self._state.fold()
                self._parts.clear()
        except PartLost:
            self._lost()
        except ReadOnly as error:
            raise no_room(self._parts.folder) from error
        for number, checkpoint in here:
            told = checkpoint["checkpoint"]
            place = entry["h"], self._offset, raw.number
            if (told.get("h"), told.get("offset"), told.get("line")) != place or told.get("parts") != self._state.roots:
                self._lies(number, checkpoint)

    def close(self) -> None:
        self._parts.close()

    def _checkpoints(self) -> dict[int, list[tuple[int, Entry]]]:
        """Behind which line checkpoints stand -> their own (line number, entry).

        Those of another layout are passed over, as they are when a store is opened.
        """
        said: dict[int, list[tuple[int, Entry]]] = {}
        for raw in read_lines(self._layout.disk, self._layout.journal):
            entry = _marked(raw)
            checkpoint = (entry or {}).get("checkpoint")
            if entry is None or not isinstance(checkpoint, dict) or checkpoint.get("layout") != LAYOUT:
                continue
            n = checkpoint.get("n")
            if not isinstance(n, int) or not 1 <= n < entry["n"]:
                self._lies(raw.number, entry)
            else:
                said.setdefault(n, []).append((raw.number, entry))
        return said

    def _lost(self, _attempt: int = 0) -> NoReturn:
        raise StoreError(_("{path}: what was put there is gone; start again").format(path=self._parts.folder))

    def _lies(self, number: int, entry: Entry) -> None:
        what = _("its checkpoint is not what the lines before it say; delete {path}, and see who wrote it").format(
            path=self._layout.state
        )
        self.lies.append(Flaw(self._layout.journal.name, number, entry["n"], what))


@contextmanager
def recounting(layout: Layout, fold: int = _FOLD) -> Iterator[Recount]:
    """A recount with a temporary folder for its parts. Raises StoreError."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
        except OSError as error:
            raise no_room(Path("TMPDIR")) from error
        recount = Recount(layout, Path(folder), fold)
        stack.callback(recount.close)
        yield recount


def no_room(folder: Path) -> StoreError:
    """The documents cannot be kept beside each other while they are made again."""
    return StoreError(
        _(
            "{path}: a journal of this length needs room there while it is proven; let TMPDIR name a folder with some"
        ).format(path=folder)
    )


def _marked(raw: Raw) -> Entry | None:
    """The entry of a line that may tell of a checkpoint; whether the line is a good one is asked elsewhere."""
    if _MARK not in raw.data or not raw.ended:
        return None
    try:
        entry = decode(raw.data)
    except (ValueError, RecursionError):
        return None
    return entry if entry is not None and type(entry.get("n")) is int else None
