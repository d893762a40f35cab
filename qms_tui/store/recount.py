"""Whether the checkpoints in a journal say what the lines before them say: their parts are made again and compared."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from qms_tui.i18n import _
from qms_tui.store.chain import Flaw, read_lines
from qms_tui.store.indexes import LAYOUT
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry, decode
from qms_tui.store.parts import PartLost, Parts
from qms_tui.store.state import State

_MARK = b'"checkpoint":{'
_FOLD = 20_000  # lines in memory


def wrong_checkpoints(layout: Layout) -> Iterator[Flaw]:
    """The checkpoints that a program could open and that lie. The chain must hold. Raises StoreError.

    Those of another layout are passed over, as they are when a store is opened.
    """
    said: dict[int, list[tuple[int, Entry]]] = {}  # behind which line -> (line number, entry)
    for raw in read_lines(layout.disk, layout.journal):
        entry = decode(raw.data) if _MARK in raw.data and raw.ended else None
        checkpoint = (entry or {}).get("checkpoint")
        if entry is None or not isinstance(checkpoint, dict) or checkpoint.get("layout") != LAYOUT:
            continue
        n = checkpoint.get("n")
        if not isinstance(n, int) or not 1 <= n < entry["n"]:
            yield _lies(layout, raw.number, entry)
        else:
            said.setdefault(n, []).append((raw.number, entry))
    if said:
        with tempfile.TemporaryDirectory() as folder:
            yield from _recounted(layout, Parts(layout.disk, Path(folder)), said)


def _recounted(layout: Layout, parts: Parts, said: dict[int, list[tuple[int, Entry]]]) -> Iterator[Flaw]:
    state = State(parts, _lost)
    offset = 0
    for raw in read_lines(layout.disk, layout.journal):
        offset += len(raw.data) + 1
        entry = decode(raw.data)
        if entry is None:
            continue
        state.apply(entry)
        here = said.pop(state.n, [])
        if here or state.n - state.folded >= _FOLD:
            state.fold()
            parts.tidy()
        for number, checkpoint in here:
            told = checkpoint["checkpoint"]
            place = entry["h"], offset, raw.number
            if (told.get("h"), told.get("offset"), told.get("line")) != place or told.get("parts") != state.roots:
                yield _lies(layout, number, checkpoint)
        if not said:
            return


def _lies(layout: Layout, number: int, entry: Entry) -> Flaw:
    what = _("its checkpoint is not what the lines before it say; delete {path}, and see who wrote it").format(
        path=layout.state
    )
    return Flaw(layout.journal.name, number, entry["n"], what)


def _lost(attempt: int) -> None:
    raise PartLost(attempt)
