"""Whether the record, or one audit of it, is what was written: every line, the pinned checklists, the attached files.

It reads the files themselves, so that a store that no longer opens can be looked at.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from qms_tui.i18n import _
from qms_tui.store import kept
from qms_tui.store.base import StoreError
from qms_tui.store.chain import Chain, Flaw, read_lines
from qms_tui.store.disk import Disk
from qms_tui.store.layout import Layout
from qms_tui.store.line import Entry
from qms_tui.store.recount import recounting
from qms_tui.workflow.unknown import Unknown


class Proof(NamedTuple):
    """What was looked at and what is wrong. `head` is the last transaction's number and hash (None if altered).

    Of one audit: `changed_by` are the transactions that made and changed it, and `files`, `size` (bytes) its evidence.
    """

    lines: int
    head: tuple[int, str | None]
    files: int
    size: int
    flaws: tuple[Flaw, ...]
    notes: tuple[Flaw, ...]
    audit: str | None = None
    changed_by: tuple[int, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is wrong; notes are no fault."""
        return not self.flaws


def prove(directory: Path, number: str | None = None, heads: Mapping[int, str] | None = None) -> Proof:
    """Prove a store, or the audit with that number. `heads` are hashes by n that somebody wrote down elsewhere.

    Raises Unknown when there is no store or no such audit in it; StoreError when a file cannot be read.
    """
    layout = Layout(Disk(), directory.absolute())
    if not layout.journal.exists() and not layout.about.exists():
        raise Unknown(_("{path}: there is no store; name another with --store").format(path=directory))
    chain = Chain(layout.journal.name, heads)
    subject = _Subject(number.strip().casefold() if number else None)
    content: list[Flaw] = list(_about(layout))
    with recounting(layout) as recount:
        for raw in read_lines(layout.disk, layout.journal):
            entry = chain.follow(raw)
            what = list(subject.follow(entry)) if entry is not None else []
            if not chain.flaws:  # after one, what stood before is not known
                what += recount.follow(raw, entry)
                content += (Flaw(layout.journal.name, raw.number, chain.n, each) for each in what)
    chain.end()
    if number is not None and subject.root is None and not chain.flaws:
        raise Unknown(_("{number}: no such audit; see: qms-tui audit list").format(number=number))
    if not content and not chain.flaws:
        content += recount.lies
    flaws, files, size = _evidence(layout.evidence, subject)
    if number is not None and subject.root is None:
        flaws.append(Flaw(layout.journal.name, None, None, _("{number} is not in it").format(number=number)))
    return Proof(
        chain.lines,
        (chain.n, chain.h),
        files,
        size,
        (*content, *chain.flaws, *flaws),
        tuple(chain.notes),
        subject.number,
        tuple(subject.changed_by),
    )


def _about(layout: Layout) -> Iterator[Flaw]:
    try:
        layout.read()
    except StoreError as error:
        yield Flaw(layout.about.name, None, None, str(error))


class _Subject:
    """What the entries say of one audit, or of all: who changed it, and the digests that it rests on."""

    def __init__(self, wanted: str | None) -> None:
        self.root: str | None = None
        self.number: str | None = None
        self.changed_by: list[int] = []
        self.digests: dict[str, int] = {}  # of attached files -> n of the first entry that refers to it
        self.all = wanted is None
        self._wanted = wanted
        self._own: set[str] = set()  # the audit, its answers, findings and nonconformities, and what belongs to these
        self._pinned: set[str] = set()

    def follow(self, entry: Entry) -> Iterator[str]:
        """What is wrong with the entry's checklists."""
        ops = [
            (table, id, {field: values[1] for field, values in changes.items() if len(values) == 2})
            for table, id, changes in entry["ops"]
        ]
        for table, id, new in ops:
            if table == "checklists" and "text" in new:
                yield from self._checklist(id, new["text"])
        concerned = [op for op in ops if self.all or self._concerns(*op)]
        if concerned and not self.all:
            self.changed_by.append(entry["n"])
        for table, id, new in concerned:
            if table == "audits" and "digest" in new and str(new["digest"]) not in self._pinned:
                yield _("{number}: its checklist {digest} is not in the store").format(
                    number=new.get("number", id), digest=new["digest"]
                )
            for digest in _digests(new.get("evidence")):
                self.digests.setdefault(digest, entry["n"])

    def _concerns(self, table: str, id: str, new: Mapping[str, Any]) -> bool:
        number = new.get("number")
        if table == "audits" and isinstance(number, str) and number.casefold() == self._wanted:
            self.root, self.number = id, number
            self._own.add(id)
        if self.root is None:
            return False
        if new.get("audit") == self.root or str(new.get("nonconformity")) in self._own:
            self._own.add(id)
        return id in self._own

    def _checklist(self, id: str, text: Any) -> Iterator[str]:
        self._pinned.add(id)
        if not isinstance(text, str) or sha256(text.encode(errors="surrogatepass")).hexdigest() != id:
            yield _("checklist {digest}: its text is not the one of that hash").format(digest=id)


def _digests(evidence: Any) -> Iterator[str]:
    for one in evidence if isinstance(evidence, list) else ():
        if isinstance(one, dict) and isinstance(one.get("digest"), str):
            yield one["digest"]


def _evidence(folder: Path, subject: _Subject) -> tuple[list[Flaw], int, int]:
    """Flaws, count and bytes of the files that are referred to and, of the whole store, of any others."""
    wanted = dict.fromkeys(subject.digests)
    if subject.all:
        wanted |= dict.fromkeys(kept.names(folder))
    flaws: list[Flaw] = []
    files = size = 0
    for digest in wanted:
        found = kept.look(folder, digest)
        if found.size is not None:
            files, size = files + 1, size + found.size
        if found.flaw:
            n = subject.digests.get(digest)
            what = found.flaw if n is None else _("{what}; n {n} refers to it").format(what=found.flaw, n=n)
            flaws.append(Flaw(f"{folder.name}/{digest}", None, n, what))
    return flaws, files, size
