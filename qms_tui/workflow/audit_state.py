"""One audit as it stands: what is recorded for each item, what is still open, and what was found at it before.

Nothing stands in the record before the first thing is entered: opening a checklist to look at it leaves no audit.
Reading is for any thread.
"""

import threading
from collections.abc import Mapping
from typing import Any

from qms_tui.checklist.model import Checklist, Item
from qms_tui.records.gates import Missing
from qms_tui.reports.record import Entry, entry_figures
from qms_tui.reports.score import Figures
from qms_tui.store.base import Actor, Doc, Store
from qms_tui.store.ids import uuid7
from qms_tui.workflow.about import About
from qms_tui.workflow.entries import NOTHING, entries_of, entry_of, first_open
from qms_tui.workflow.lacking import lacking
from qms_tui.workflow.lineage import TABLE as LINEAGE
from qms_tui.workflow.lineage import Lineage
from qms_tui.workflow.past import Past, past_answers
from qms_tui.workflow.reaudit import Reaudit


class AuditState:
    """What is recorded for each item of the pinned checklist, as far as this process has taken it in.

    `audit` is None until something is recorded; `reaudit` what it asks again; `deciding` the ids of the items on which
    it depends what else is asked.
    """

    def __init__(
        self,
        store: Store,
        actor: Actor,
        checklist: Checklist,
        audit: Doc | None,
        about: About,
        reaudit: Reaudit | None = None,
    ) -> None:
        self.store = store
        self.actor = actor
        self.checklist = checklist
        self.audit = audit
        self.audit_id = audit.id if audit else uuid7()
        self.reaudit = reaudit
        self._about = about
        self._answers: dict[str, Doc] = {}
        self._findings: dict[str, Doc] = {}
        self._nonconformities: dict[str, Doc] = {}
        self._lock = threading.RLock()  # a worker takes in what it wrote while the screen reads
        self._lineage: Lineage | None = None
        self._past: dict[str, list[Past]] | None = None
        self._touched: set[str] = set()
        self._lessons: dict[str, list[str]] | None = None  # read when first asked for
        self.deciding = frozenset(condition.item for item in checklist.items for condition in item.conditions)
        self._seen = store.head()[0]
        if audit is not None:
            self.audit = store.get("audits", audit.id)  # it may have changed since it was looked up
            self._load()

    @property
    def number(self) -> str | None:
        """The audit's number; None before anything is recorded."""
        return self.audit["number"] if self.audit else None

    @property
    def frozen(self) -> bool:
        """Whether nothing may be answered: it is not in progress, or void."""
        return self.audit is not None and (self.audit["status"] != "in_progress" or bool(self.audit.get("void")))

    @property
    def about(self) -> About:
        """What the audit is of, as recorded; as said at the start before anything is."""
        audit = self.audit
        if audit is None:
            return self._about
        return About(audit.get("subject"), audit.get("site"), tuple(audit.get("team") or ()))

    def _load(self) -> None:
        mine = self.audit_id
        self._answers = {doc["item"]: doc for doc in self.store.find("answers", within=mine)}
        self._findings = {doc["item"]: doc for doc in self.store.find("findings", within=mine)}
        self._nonconformities = {doc.id: doc for doc in self.store.find("nonconformities", by=("audit", mine))}

    def refresh(self) -> bool:
        """Take in what others recorded for this audit; True when something of it changed."""
        self.store.refresh()
        if self.store.head()[0] == self._seen:
            return False
        touched = False
        with self._lock:
            for record in self.store.changes(self._seen):
                self._seen = record.n
                for table, id in {(change.table, change.id) for change in record.changes}:
                    touched |= self._take(table, id)
        return touched

    def _take(self, table: str, id: str) -> bool:
        doc = self.store.get(table, id)
        if doc is None:
            return False
        if table == "audits" and id == self.audit_id:
            self.audit = doc
            return True
        if table == LINEAGE and self.lineage.take(doc):
            self._past = None
            self._touched.add(doc["item"])
            return True
        if doc.get("audit") != self.audit_id:
            return False
        if doc.get("item"):
            self._touched.add(doc["item"])
        if table == "answers":
            self._answers[doc["item"]] = doc
        elif table == "findings":
            self._findings[doc["item"]] = doc
        elif table == "nonconformities":
            self._nonconformities[doc.id] = doc
        return True

    def take_touched(self) -> set[str]:
        """The ids of the items that something was recorded for since the last call."""
        with self._lock:
            touched, self._touched = self._touched, set()
        return touched

    def entries(self, assumed: Mapping[str, Mapping[str, Any]] = NOTHING) -> list[Entry]:
        """The items that are asked now, in reading order, each ad-hoc item after the one that it was added at.

        `assumed` holds answers by item that are taken as given where it is decided what is asked.
        """
        return [entry for entry in self.all_entries(assumed) if entry.asked]

    def all_entries(self, assumed: Mapping[str, Mapping[str, Any]] = NOTHING) -> list[Entry]:
        """As `entries`, and those for which something was entered before their condition ceased to hold."""
        with self._lock:
            answers, findings = dict(self._answers), dict(self._findings)
        return entries_of(self.checklist, answers, findings, assumed)

    def entry(self, before: Entry) -> Entry:
        """An entry as it stands now."""
        return entry_of(before.item, self._answers, self._findings, adhoc=before.adhoc, asked=before.asked)

    def figures(self) -> Figures:
        """Coverage and conformity as of now, which a completed audit keeps."""
        return entry_figures(self.entries())

    def first_open(self) -> str | None:
        """Where to go on: the first open item after my latest answer, else the first open one, else None."""
        return first_open(self.entries(), self.actor.name)

    def missing(self) -> list[Missing]:
        """What the audit still lacks, in reading order."""
        return lacking((entry.item, entry.answer) for entry in self.entries())

    def undecided(self) -> list[Item]:
        """Asked items of which nobody has said whether they are the same question as before; none once frozen."""
        asked = frozenset() if self.frozen else self.lineage.asked
        return [entry.item for entry in self.entries() if entry.item.id in asked] if asked else []

    def nonconformity_of(self, item_id: str) -> Doc | None:
        """The nonconformity that the item's finding raised, void or not."""
        finding = self._findings.get(item_id)
        return self._nonconformities.get(finding.get("nonconformity") or "") if finding else None

    def nonconformities(self) -> list[Doc]:
        """The audit's nonconformities that are not void."""
        with self._lock:
            return [doc for doc in self._nonconformities.values() if not doc.get("void")]

    def past(self, item_id: str) -> list[Past]:
        """What was answered the last times this item was asked, newest first; what is in doubt is not `sure`.

        In a re-audit the original comes first.
        """
        if self._past is None:
            self._past = past_answers(self.store, self.lineage, self.audit_id)
        past = self._past.get(item_id, [])
        original = self.reaudit.originals.get(item_id) if self.reaudit else None
        return past if original is None else [original, *(one for one in past if one.audit != original.audit)]

    def look_back(self) -> None:
        """Look up what was answered and learned before, here and now: later a screen asks for it."""
        self.past("")
        self.lessons("")

    @property
    def lineage(self) -> Lineage:
        """Which earlier questions the items continue; looked up when it is first asked for."""
        if self._lineage is None:
            whole = self.reaudit.whole if self.reaudit else self.checklist
            self._lineage = Lineage(self.store, whole, begun=self.audit is not None)
        return self._lineage

    def lessons(self, item_id: str) -> list[str]:
        """What was learned from earlier nonconformities at an item, newest first: `NC-...: lesson`."""
        if self._lessons is None:
            from qms_tui.workflow.lessons import lessons_of_items

            self._lessons = lessons_of_items(self.store, self.checklist.id)
        return self._lessons.get(item_id, [])
