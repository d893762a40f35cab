"""One audit being walked: answered, undone, completed. What writes blocks until the disk has it: it is for a worker."""

from collections.abc import Callable, Sequence
from typing import Any

from qms_tui.checklist.conditions import asked
from qms_tui.checklist.model import Checklist, Item
from qms_tui.i18n import _
from qms_tui.records import gates
from qms_tui.records.words import ENDED
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
from qms_tui.workflow.audit_state import AuditState
from qms_tui.workflow.beginning import start_ops
from qms_tui.workflow.clock import now
from qms_tui.workflow.contradiction import require_uncontradicted
from qms_tui.workflow.following import Raised, follow_ops
from qms_tui.workflow.given import BadAnswer, Given
from qms_tui.workflow.lineage import TABLE as LINEAGE
from qms_tui.workflow.reaudit import Reaudit
from qms_tui.workflow.undo import TakenBack, Undone, nothing_to_undo, undo_tx, undone
from qms_tui.workflow.write import commit, transact


class Walk(AuditState):
    """Each use case returns when what it records is on the disk."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        checklist: Checklist,
        audit: Doc | None,
        about: About,
        reaudit: Reaudit | None = None,
    ) -> None:
        super().__init__(store, actor, checklist, audit, about, reaudit)
        self.source: str | None = None
        """The file that the checklist was read from, where it is a person's own."""
        self.news = ""
        """One line to say when the walk opens: what changed in the checklist."""
        self._own: set[int] = set()  # transactions of this walk: what else the person did, they did in another window

    def warm_up(self) -> None:
        """Import what the first answer will need, while the person reads the first question."""
        import qms_tui.records.models  # noqa: F401  # loaded, not used

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
