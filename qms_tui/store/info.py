"""What a store is and how it stands. Needs no store that opens."""

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.store import kept, mounts, rights
from qms_tui.store.base import StoreError
from qms_tui.store.chain import Chain, read_lines
from qms_tui.store.disk import Disk
from qms_tui.store.layout import Layout


class Info(NamedTuple):
    """`format` and `head` are None where they cannot be told; sizes in bytes; `warnings` are one line each."""

    there: bool
    format: int | None
    store: str | None
    created: str | None
    lines: int
    head: tuple[int, str | None]
    size: int
    files: int
    files_size: int
    documents: dict[str, int]
    file_system: str | None
    warnings: tuple[str, ...]


def look(directory: Path) -> Info:
    """Read a store, damaged or not. Raises StoreError when its journal cannot be read."""
    layout = Layout(Disk(), directory.absolute())
    warnings: list[str] = []
    about: dict[str, Any] = {}
    try:
        about = layout.read() or {}
    except StoreError as error:
        warnings.append(str(error))
    chain = Chain(str(layout.journal))
    ids: dict[str, set[str]] = {}
    for raw in read_lines(layout.disk, layout.journal):
        entry = chain.follow(raw)
        for table, id, _changes in entry["ops"] if entry else ():
            ids.setdefault(table, set()).add(id)
    warnings += map(str, chain.flaws[:1])
    sizes = [(layout.evidence / name).stat().st_size for name in kept.names(layout.evidence)]
    kind = mounts.file_system(layout.directory)
    network = mounts.warning(kind, layout.directory)
    warnings += [network] if network else []
    warnings += rights.problems(layout)
    there = bool(about) or layout.journal.exists()
    return Info(
        there=there,
        format=about.get("format"),
        store=about.get("store"),
        created=about.get("created"),
        lines=chain.lines,
        head=(chain.n, chain.h),
        size=layout.journal.stat().st_size if layout.journal.exists() else 0,
        files=len(sizes),
        files_size=sum(sizes),
        documents=dict(Counter({table: len(found) for table, found in sorted(ids.items())})),
        file_system=kind,
        warnings=tuple(warnings),
    )
