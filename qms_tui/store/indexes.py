"""By which of their fields documents are found without reading them all, and which are kept together by audit."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

DOCUMENTS, KEYS, BRANCHES = 32, 512, 128  # of a table, of an index, of parts below, in a part on average
GROUPED = ("answers", "findings")  # their ids are `<audit>/<item>`: one part an audit


class Index(NamedTuple):
    """`Store.find(table, by=(name, value))` finds the documents whose `fields`, joined by a space, are the value.

    Documents that lack one of the fields are not found; with `live` those that are void neither.
    """

    name: str
    fields: tuple[str, ...]
    live: bool = False

    def watched(self) -> tuple[str, ...]:
        """The fields on which the value depends."""
        return (*self.fields, "void") if self.live else self.fields

    def value(self, doc: Mapping[str, Any]) -> str | None:
        """What a document is found by; None where it is not."""
        if self.live and doc.get("void"):
            return None
        values = [value for field in self.fields if isinstance(value := doc.get(field), str)]
        return " ".join(values) if len(values) == len(self.fields) else None


INDEXES: dict[str, tuple[Index, ...]] = {
    "audits": (
        Index("number", ("number",)),
        Index("status", ("status",), live=True),
        Index("checklist", ("checklist",)),
        Index("version", ("checklist", "digest")),
    ),
    "lineage": (
        Index("version", ("checklist", "digest")),
        Index("thread", ("checklist", "thread")),
    ),
    "nonconformities": (
        Index("number", ("number",)),
        Index("status", ("status",), live=True),
        Index("audit", ("audit",)),
        Index("checklist", ("checklist",)),
        Index("asked", ("checklist", "item")),
    ),
    "actions": (
        Index("number", ("number",)),
        Index("status", ("status",), live=True),
        Index("nonconformity", ("nonconformity",)),
    ),
    "causes": (Index("nonconformity", ("nonconformity",)),),
    "effectiveness": (Index("nonconformity", ("nonconformity",)),),
    "notes": (Index("nonconformity", ("nonconformity",)),),
}

# A checkpoint made with other indexes, or parts of another shape, is not used.
LAYOUT = sha256(repr((1, DOCUMENTS, KEYS, BRANCHES, GROUPED, INDEXES)).encode()).hexdigest()[:16]
