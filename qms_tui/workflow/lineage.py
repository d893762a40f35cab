"""Which earlier question each item of a checklist's version continues.

The answers to one question, whatever it was called and however it was worded, are a thread. An item's own answers stand
in one thread, by default that of its id; a document of the table `lineage` says where that is another one, and which
earlier threads a person has confirmed or refused. It belongs to the version of the checklist, not to an audit: what was
decided once holds for every audit of that text. It is written with the transaction that begins the first of them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qms_tui.checklist.model import Checklist, Item
from qms_tui.store.base import Doc, Op, Store

if TYPE_CHECKING:
    from qms_tui.checklist.matching import Pair

TABLE = "lineage"
VERSIONS = 5  # earlier versions in which a question is looked for ...
LOOKED_AT = 60  # ... among so many latest audits

Known = Mapping[str, Any]


class Lineage:
    """Of one version of a checklist. `planned` are documents that beginning the first audit of it writes, by item."""

    def __init__(self, store: Store, checklist: Checklist, *, begun: bool = False) -> None:
        """`begun` where there is an audit of this version already."""
        self.store = store
        self.checklist = checklist
        self._versions_known: dict[str, dict[str, Doc]] = {}
        self._digests: dict[str, str] = {}
        self.earlier: Checklist | None = None
        """The latest version in its language, where this one is new; else None."""
        self.planned: dict[str, dict[str, Any]] = {}
        if not begun and not self._is_begun():
            self.planned = self._plan()

    def of(self, item_id: str) -> Known:
        """What is known of an item: its own `thread`; `also`, `state`, `was`, `doubt`, `maybe` where there are."""
        known = self._known(self.checklist.digest).get(item_id) or self.planned.get(item_id)
        return known if known is not None else {"thread": item_id}

    def threads(self, item_id: str) -> list[str]:
        """The threads of an item, first that of its own answers."""
        return _threads(self.of(item_id))

    def take(self, doc: Doc) -> bool:
        """Take in a document that was written; False where it is of another version."""
        if doc["checklist"] != self.checklist.id:
            return False
        self._known(doc["digest"])[doc["item"]] = doc
        return bool(doc["digest"] == self.checklist.digest)

    def thread_of(self, doc: Mapping[str, Any]) -> str:
        """The thread in which an answer or a nonconformity of any audit of this checklist stands."""
        known = self._known(self._digest(doc["audit"])).get(doc["item"])
        return str(known["thread"] if known else doc["item"])

    def asked_as(self, item_id: str) -> set[str]:
        """The ids under which an item's question may stand in any version."""
        threads = self.threads(item_id)
        named = (self.store.find(TABLE, by=("thread", f"{self.checklist.id} {thread}")) for thread in threads)
        return {*threads, *(str(doc["item"]) for docs in named for doc in docs)}

    def continues(self, item_id: str, doc: Mapping[str, Any]) -> bool:
        """Whether an earlier answer or nonconformity is surely one to this item's question."""
        return self.thread_of(doc) in self.threads(item_id)

    def is_of_this(self, doc: Mapping[str, Any]) -> bool:
        """Whether an answer or a nonconformity is of an audit of this version."""
        return bool(doc.get("audit")) and self._digest(doc["audit"]) == self.checklist.digest

    def apart(self, item_id: str, doc: Mapping[str, Any]) -> bool:
        """Whether it is in doubt, or denied by a person, that a nonconformity is one to this item's question."""
        if not doc.get("audit") or not doc.get("item") or doc.get("checklist") != self.checklist.id:
            return False
        mine = self.of(item_id)
        theirs = self._known(self._digest(doc["audit"])).get(doc["item"]) or {"thread": doc["item"]}
        one_name = doc["item"] in (item_id, mine["thread"]) and not self.continues(item_id, doc)
        return one_name or _unsure(mine, theirs) or _unsure(theirs, mine)

    def _known(self, digest: str) -> dict[str, Doc]:
        """What is kept of a version, by item."""
        known = self._versions_known.get(digest)
        if known is None:
            docs = self.store.find(TABLE, by=("version", f"{self.checklist.id} {digest}")) if digest else []
            known = self._versions_known[digest] = {doc["item"]: doc for doc in docs}
        return known

    def _digest(self, audit_id: str) -> str:
        """The version that an audit asked; "" for an audit that is not there."""
        found = self._digests.get(audit_id)
        if found is None:
            audit = self.store.get("audits", audit_id)
            found = self._digests[audit_id] = str(audit["digest"]) if audit else ""
        return found

    def _is_begun(self) -> bool:
        version = f"{self.checklist.id} {self.checklist.digest}"
        return bool(self.store.find("audits", by=("version", version), last=1))

    # Deciding

    def open_question(self, item_id: str) -> Known | None:
        """What a person is to decide of an item, or has decided; None where nothing was doubtful."""
        known = self.of(item_id)
        return known if known.get("maybe") else None

    @property
    def asked(self) -> frozenset[str]:
        """Items whose history waits for a person."""
        known: dict[str, Known] = {**self.planned, **self._known(self.checklist.digest)}
        return frozenset(item for item, doc in known.items() if doc.get("state") == "asked")

    def is_asked(self, item_id: str) -> bool:
        """Whether the history of an item waits for a person."""
        return self.of(item_id).get("state") == "asked"

    def decided(self, item_id: str, same: bool, by: str, at: str) -> dict[str, Any]:
        """The fields that change when a person says whether it is the same question as before."""
        also = self.of(item_id)["maybe"] if same else None
        return {"also": also, "state": "confirmed" if same else "refused", "by": by, "at": at}

    def begin_ops(self) -> list[Op]:
        """The operations that keep what is planned; what a colleague kept meanwhile stands.

        What a person here decided is an operation all the same: a conflict, where a colleague decided first.
        """
        kept = ((self.id_of(item_id), fields) for item_id, fields in self.planned.items())
        return [
            Op(TABLE, id_, {key: value for key, value in fields.items() if value is not None}, base_rev=0)
            for id_, fields in kept
            if "by" in fields or self.store.get(TABLE, id_) is None
        ]

    def id_of(self, item_id: str) -> str:
        """Of the document that says what an item of this version continues."""
        return f"{self.checklist.id}/{self.checklist.digest}/{item_id}"

    # Comparing with earlier versions

    def _plan(self) -> dict[str, dict[str, Any]]:
        """What each item continues, where that is not simply its id."""
        waiting = list(self.checklist.items)
        found: dict[str, dict[str, Any]] = {}
        used: set[str] = set()
        there: set[str] = set()
        for version in self._versions():
            from qms_tui.checklist.matching import match  # an edited checklist alone pays for its word lists

            known = self._known(version.digest)
            there |= {item.id for item in version.items} | {str(doc["thread"]) for doc in known.values()}
            threads = {item.id: _threads(known.get(item.id) or {"thread": item.id}) for item in version.items}
            olds = [item for item in version.items if not used & set(threads[item.id])]
            pairs = match(olds, waiting, same_language=version.language == self.checklist.language)
            for pair in pairs:
                old = olds[pair.old]
                found[waiting[pair.new].id] = _continued(known.get(old.id) or {"thread": old.id}, old, pair)
                used |= set(threads[old.id])
            matched = {pair.new for pair in pairs}
            waiting = [item for n, item in enumerate(waiting) if n not in matched]
        for item in self.checklist.items:
            fields = found.setdefault(item.id, {})
            if "thread" not in fields:
                fresh = (item.known_by == "code" and there) or item.id in there
                fields["thread"] = self._fresh(item.id) if fresh else item.id
        base = {"checklist": self.checklist.id, "digest": self.checklist.digest}
        return {
            item.id: {**base, "item": item.id, "question": item.question, **found[item.id]}
            for item in self.checklist.items
            if found[item.id] != {"thread": item.id}
        }

    def _fresh(self, item_id: str) -> str:
        """A thread that no other question has."""
        return f"{item_id}~{hashlib.sha256((self.checklist.digest + item_id).encode()).hexdigest()[:8]}"

    def _versions(self) -> Iterator[Checklist]:
        """Earlier versions, the latest first, but those in another language last."""
        from qms_tui.checklist.parse import parse

        latest = self.store.find("audits", by=("checklist", self.checklist.id), last=LOOKED_AT)
        digests = list(dict.fromkeys(audit["digest"] for audit in reversed(latest)))
        others: list[Checklist] = []
        for digest in digests[:VERSIONS]:
            pinned = self.store.get("checklists", digest)
            if pinned is not None:
                version = parse(pinned["text"].encode(), pinned["name"])
                if version.language == self.checklist.language:
                    self.earlier = self.earlier or version
                    yield version
                else:
                    others.append(version)
        yield from others


def _threads(known: Known) -> list[str]:
    return [known["thread"], *(known.get("also") or [])]


def _unsure(one: Known, other: Known) -> bool:
    """Whether one may be the other's question, and no person has said that it is."""
    return one.get("state") in ("asked", "refused") and bool({*one.get("maybe", ())} & {*_threads(other)})


def _continued(known: Known, old: Item, pair: "Pair") -> dict[str, Any]:
    """What an item continues that is, or may be, an old one."""
    if not pair.doubt:
        kept = ("thread", "also", "maybe", "was", "doubt", "likeness", "state")
        return {key: known[key] for key in kept if key in known}
    return {
        "maybe": _threads(known),
        "was": old.question,
        "doubt": pair.doubt,
        "likeness": round(pair.likeness, 2),
        "state": "asked",
    }
