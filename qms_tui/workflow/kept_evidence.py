"""Evidence as it was kept in an audit: listed, and got out again by name or digest."""

from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import Damaged, Doc, EvidenceError, Store
from qms_tui.workflow.unknown import Unknown


def evidence_rows(store: Store, audit: Doc) -> list[dict[str, Any]]:
    """Each piece that an answer of the audit refers to: item, name, size in bytes, digest, by, at."""
    return [
        {"item": answer["item"], **{key: kept[key] for key in ("name", "size", "digest", "by", "at")}}
        for answer in store.find("answers", within=audit.id)
        for kept in answer.get("evidence") or []
    ]


def find_evidence(store: Store, audit: Doc, wanted: str) -> tuple[dict[str, Any], bytes]:
    """A piece by its name, or by its digest or the beginning of it; with its bytes.

    Raises Unknown when there is none or more than one, Damaged when its bytes are lost or are not what was kept.
    """
    rows = evidence_rows(store, audit)
    known = {row["digest"]: row for row in rows if row["name"] == wanted or row["digest"].startswith(wanted.casefold())}
    number = audit["number"]
    if not wanted or not known:
        raise Unknown(
            _("{number} has no evidence '{wanted}'; see: qms-tui audit evidence {number}").format(
                number=number, wanted=wanted
            )
        )
    if len(known) > 1:
        digests = ", ".join(digest[:12] for digest in known)
        raise Unknown(_("'{wanted}' stands for several: {digests}; name one").format(wanted=wanted, digests=digests))
    ((digest, row),) = known.items()
    try:
        data = store.get_evidence(digest)
    except EvidenceError as error:
        raise Damaged(str(error)) from error
    if data is None:
        raise Damaged(_("evidence {digest} is not in the store; copy it back from a backup").format(digest=digest))
    return row, data
