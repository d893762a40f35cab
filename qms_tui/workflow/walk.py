"""One audit being walked: the pinned checklist, what is recorded for each item, and what may be done next.

Nothing stands in the record before the first thing is entered: opening a checklist to look at it leaves no audit.
Reading is for any thread; what writes blocks until the disk has it and is meant for a worker.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qms_tui.checklist.conditions import asked
from qms_tui.checklist.model import Checklist, Item
from qms_tui.i18n import _
from qms_tui.records import gates
from qms_tui.records.gates import Missing
from qms_tui.records.words import ENDED
from qms_tui.reports.record import Entry, entry_figures
from qms_tui.reports.score import Figures
from qms_tui.store.base import Actor, Conflict, Doc, Op, Receipt, Store, StoreError, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow import evidence as evidence_files
from qms_tui.workflow.about import About
from qms_tui.workflow.answering import (
    Situation,
    added_item_op,
    answer_ops,
    merged,
    suggest_finding,
    wants_finding,
)
from qms_tui.workflow.beginning import start_ops
from qms_tui.workflow.clock import now
from qms_tui.workflow.contradiction import require_uncontradicted
from qms_tui.workflow.entries import NOTHING, entries_of, entry_of, first_open
from qms_tui.workflow.following import Raised, follow_ops
from qms_tui.workflow.given import BadAnswer, Given
from qms_tui.workflow.lacking import lacking
from qms_tui.workflow.lineage import TABLE as LINEAGE
from qms_tui.workflow.lineage import Lineage
from qms_tui.workflow.past import Past, past_answers
from qms_tui.workflow.reaudit import Reaudit
from qms_tui.workflow.undo import TakenBack, Undone, nothing_to_undo, undo_tx, undone
from qms_tui.workflow.write import commit, transact


class Walk:
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
        self.source: str | None = None
        """The file that the checklist was read from, where it is a person's own."""
        self.news = ""
        """One line to say when the walk opens: what changed in the checklist."""
        self._touched: set[str] = set()
        self._lessons: dict[str, list[str]] | None = None  # read when first asked for
        self.deciding = frozenset(condition.item for item in checklist.items for condition in item.conditions)
        self._own: set[int] = set()  # transactions of this walk: what else the person did, they did in another window
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

    # What stands there

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

    def warm_up(self) -> None:
        """Import what the first answer will need, while the person reads the first question."""
        import qms_tui.records.models  # noqa: F401  # loaded, not used

    # What is recorded; each returns when it is on disk

    def answer(self, item: Item, given: Given, seen: int | None = None) -> Receipt:
        """Record an answer with its finding and nonconformity as one transaction.

        `seen` is the rev of the answer that the person saw, 0 for none; None is what this walk has taken in. Raises
        Refused, EvidenceError, what Store.transact raises, and Conflict when a colleague, or the same person in another
        window, has set the same since (`contradiction`); then nothing has changed.
        """
        if seen is None:
            seen = self._rev(item.id)
        if self.audit is not None:
            gates.require_walkable(self.audit)  # before evidence is kept for nothing
        kept = evidence_files.keep_all(self.store, given.evidence, self.actor.name, now())

        def build() -> Tx:
            self.refresh()
            there = self._answers.get(item.id)
            if there is not None and there.rev != seen:
                require_uncontradicted(self.store, self.actor, item, given, seen, there, self._own)
            self._require_asked(item)
            return Tx(uuid7(), self.actor, [*self._begin_ops(), *self._followed(self._plan(item, given, kept))])

        return self._transact(build)

    def plan_answer(self, item: Item, given: Given) -> list[Op]:
        """The operations of an answer, its evidence files kept."""
        return self._plan(item, given, evidence_files.keep_all(self.store, given.evidence, self.actor.name, now()))

    def _plan(self, item: Item, given: Given, kept: list[dict[str, Any]]) -> list[Op]:
        if self.audit is not None:
            gates.require_walkable(self.audit)
        return answer_ops(self._situation(item, given), given, kept, self.actor.name, now())

    def _transact(self, build: Callable[[], Tx]) -> Receipt:
        """Commit what is planned on the newest state, under the store's lock."""
        receipt = transact(self.store, build)
        self._own.add(receipt.n)
        self.refresh()
        return receipt

    def _rev(self, item_id: str) -> int:
        return self._answers[item_id].rev if item_id in self._answers else 0

    def _require_asked(self, item: Item) -> None:
        if item.conditions and item.id not in {each.id for each in asked(self.checklist.items, self._answers)}:
            raise gates.Refused("unasked", _("this item is no longer asked after other answers; nothing was recorded"))

    def _followed(self, ops: Sequence[Op], *, every: bool = False) -> list[Op]:
        """With what follows from them: findings on items that are asked no more are withdrawn, others come back."""
        answered = {op.id.partition("/")[2]: op.set for op in ops if op.table == "answers"}
        if not every and not answered.keys() & self.deciding:
            return list(ops)
        after = {**self._answers, **{id_: merged(self._answers.get(id_), fields) for id_, fields in answered.items()}}
        asked_ids = {item.id for item in asked(self.checklist.items, after)}
        return [*ops, *follow_ops(self._raised(), asked_ids, {op.id for op in ops}, self.actor.name, now())]

    def _raised(self) -> list[Raised]:
        return [
            Raised(item.id, finding, self.nonconformity_of(item.id))
            for item in self.checklist.items
            if item.conditions and (finding := self._findings.get(item.id)) is not None
        ]

    def _situation(self, item: Item, given: Given) -> Situation:
        answer = self._answers.get(item.id)
        raised = self.nonconformity_of(item.id)
        return Situation(
            audit_id=self.audit_id,
            checklist_id=self.checklist.id,
            item=item,
            answer=answer,
            finding=self._findings.get(item.id),
            nonconformity=raised,
            repeat_of=self._repeat_of(item, given) if raised is None or raised["status"] in ENDED else None,
            adhoc=bool(answer and answer.get("adhoc")),
        )

    def _repeat_of(self, item: Item, given: Given) -> str | None:
        if not wants_finding(given):
            return None
        from qms_tui.workflow.repeats import repeat_of_answer  # its word lists are needed by a finding only

        return repeat_of_answer(self.store, self.lineage, self.audit_id, item, suggest_finding(item, given))

    def lessons(self, item_id: str) -> list[str]:
        """What was learned from earlier nonconformities at an item, newest first: `NC-...: lesson`."""
        if self._lessons is None:
            from qms_tui.workflow.lessons import lessons_of_items

            self._lessons = lessons_of_items(self.store, self.checklist.id)
        return self._lessons.get(item_id, [])

    def add_item(self, question: str, after: Item) -> tuple[str, Receipt]:
        """Add an ad-hoc item after another one, to follow a trail; returns its id."""
        if not question.strip():
            raise BadAnswer(_("an added question needs its text"))
        if self.audit is not None:
            gates.require_walkable(self.audit)
        op = added_item_op(self.audit_id, self.checklist.id, question.strip(), after, self.actor.name, now())
        return str(op.set["item"]), self.write([op], why="")

    def describe(self, about: About, seen: int | None = None) -> Receipt:
        """Say what the audit is of: subject, site, team. `seen` is the audit's rev that the person saw."""
        fields = {"subject": about.subject or None, "site": about.site or None, "team": list(about.team) or None}
        if self.audit is None:
            before, self._about = self._about, about
            try:
                return self.write([], why="")
            except StoreError:
                self._about = before
                raise
        base = self.audit.rev if seen is None else seen
        return self.write([Op("audits", self.audit_id, fields, base_rev=base)], why="")

    def decide_history(self, item_id: str, same: bool) -> Receipt:
        """Say whether an item is the same question as the one that it may be; may be said otherwise later.

        What was linked as a repeat of the other question's is parted when it is another. Raises Refused where nothing
        is in doubt, or the audit is frozen; Conflict where a colleague decided meanwhile.
        """
        if self.audit is not None:
            gates.require_walkable(self.audit)
        lineage = self.lineage
        seen = lineage.open_question(item_id)
        if seen is None:
            raise gates.Refused("history", _("nothing is in doubt here"))
        fields = lineage.decided(item_id, same, self.actor.name, now())
        if isinstance(seen, Doc):
            from qms_tui.workflow.repeats import repeats_in_doubt

            linked = [] if same else repeats_in_doubt(self.store, lineage, item_id)
            parted = [Op("nonconformities", doc.id, {"repeat_of": None}, base_rev=doc.rev) for doc in linked]
            return self.write([Op(LINEAGE, seen.id, fields, base_rev=seen.rev), *parted], why="")
        before = lineage.planned[item_id]
        lineage.planned[item_id] = before | fields
        try:
            return self.write([], why="")
        except StoreError:
            lineage.planned[item_id] = before
            raise

    def undo(self) -> TakenBack:
        """Take back my last answer, note or evidence in this audit by a new transaction.

        Raises Refused when there is nothing of mine to take back.
        """
        if self.audit is None:
            raise nothing_to_undo()
        taken_back: list[tuple[str | None, Undone]] = []

        def build() -> Tx:
            self.refresh()
            gates.require_walkable(self._require_begun())
            tx, item_id = undo_tx(self.store, self.actor, self.audit_id)
            taken_back.append((item_id, undone(tx.ops)))
            return tx._replace(ops=self._followed(tx.ops))

        receipt = self._transact(build)
        item, what = taken_back[-1]
        return TakenBack(item, receipt, what)

    def complete(self, reason: str = "", summary: str | None = None) -> Receipt:
        """Freeze the answers, those too that colleagues gave since. What is missing needs a reason. Raises Refused."""
        self._require_begun()

        def build() -> Tx:
            self.refresh()  # under the store's lock: the frozen figures count every answer that stands before them
            return Tx(uuid7(), self.actor, self._plan_complete(reason, summary), reason)

        return self._transact(build)

    def _plan_complete(self, reason: str = "", summary: str | None = None) -> list[Op]:
        audit = self._require_begun()
        fields = gates.complete(audit, self.missing(), reason, now())
        fields["figures"] = self.figures().as_json()
        if summary is not None:
            fields["summary"] = summary or None
        return self._followed([Op("audits", self.audit_id, fields, base_rev=audit.rev)], every=True)

    def _require_begun(self) -> Doc:
        if self.audit is None:
            raise gates.Refused("empty", _("nothing has been recorded yet; answer an item first"))
        return self.audit

    def reopen(self, reason: str) -> Receipt:
        """Completed -> in progress, with a reason. Raises Refused."""
        audit = self._require_begun()
        fields = gates.reopen(audit, reason)
        return self.write([Op("audits", self.audit_id, fields, base_rev=audit.rev)], why=reason)

    def write(self, ops: Sequence[Op], why: str) -> Receipt:
        """Commit operations of this audit; the first ones begin it."""
        return self.commit(Tx(uuid7(), self.actor, [*self._begin_ops(), *ops], why))

    def _begin_ops(self) -> list[Op]:
        return self.start_ops() if self.audit is None else []

    def commit(self, tx: Tx) -> Receipt:
        """Commit, unless the audit was frozen meanwhile: nothing gets into one that a colleague has completed.

        Raises Refused then, and what Store.commit raises; what a colleague did meanwhile is taken in.
        """
        while True:
            try:
                receipt = commit(self.store, self._guarded(tx))
            except Conflict as conflict:
                self.refresh()
                if conflict.table == LINEAGE and "by" not in conflict.mine:
                    tx = tx._replace(ops=[op for op in tx.ops if op.id != conflict.id])  # a colleague began it first
                    continue
                if conflict.table != "audits" or any(op.table == "audits" for op in tx.ops):
                    raise
                gates.require_walkable(self.audit or {})  # else only its subject or team has changed: again
            else:
                self._own.add(receipt.n)
                self.refresh()
                return receipt

    def _guarded(self, tx: Tx) -> Tx:
        """With the audit's rev as a condition, where the transaction does not change the audit itself."""
        audit = self.audit
        if audit is None or any(op.table == "audits" for op in tx.ops):
            return tx
        seen = Op("audits", audit.id, {"status": audit["status"]}, base_rev=audit.rev)
        return tx._replace(ops=[seen, *tx.ops])

    def start_ops(self) -> list[Op]:
        """The operations that begin the audit; that which asks for its number is the last."""
        return start_ops(
            self.audit_id,
            self.checklist,
            self._about,
            self.actor,
            self.lineage,
            source=self.source,
            reaudit=self.reaudit,
        )
