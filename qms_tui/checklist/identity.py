"""Ids of items: written ones, else a leading code, else the text; never a position."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from qms_tui.checklist.draft import Draft, Field
from qms_tui.checklist.report import Report
from qms_tui.checklist.text import fold
from qms_tui.i18n import _

_BRACED = re.compile(r"\{#([^\s{}][^{}]{0,79})\}\s*$")
_COMMENT = re.compile(r"<!--\s{0,9}#([^\s<>][^<>]{0,79}?)\s{0,9}-->\s*$")
_CODE = re.compile(
    r"[(\[]?("
    r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,6}"  # 4.1.1
    r"|[A-Z]{1,10}(?:[-_.][A-Z0-9]{1,12}){1,5}"  # R-07, WSTG-INFO-01, A.5.1
    r"|[A-Z]{1,6}[0-9]{1,6}(?:\.[0-9]{1,4}){0,5}"  # Q12, AC2.1
    r")[.:)\]]{0,2}(?=\s)"
)


def take_written(draft: Draft, lines: Sequence[str], report: Report) -> Field | None:
    """Remove an id from the end of a line of `draft.text` and return it; a bad one is reported and stays.

    `lines` are those of the file, for columns.
    """
    found: Field | None = None
    for at, text in enumerate(draft.text):
        if "#" not in text:
            continue
        match = _BRACED.search(text[-120:]) or _COMMENT.search(text[-120:])
        if match is None:
            continue
        start = max(len(text) - 120, 0) + match.start()
        line = draft.line + at
        field = Field(
            "id", match[1].strip(), line, line + 1, lines[line].rfind(match[0].rstrip()), written=match[0].rstrip()
        )
        if not valid(field, report):
            continue
        draft.text[at] = text[:start].rstrip()
        if found is None:
            found = field
        else:
            report.add("E109", field.place, _("the item has two ids"), _("keep '{id}'").format(id=found.value))
    return found


def valid(field: Field, report: Report) -> bool:
    """Whether the field's value can be an id; reported where not."""
    if is_id(field.value):
        return True
    near = re.sub(r"[^\w.:-]+", "-", field.value).strip("-.:")[:64]
    help = _("write {{#{id}}}").format(id=near) if near else _("use letters, digits, '-', '_' and '.'")
    report.add("E102", field.place, _("bad id '{id}'").format(id=field.value[:64]), help)
    return False


def is_id(text: str) -> bool:
    """Up to 64 letters of any script with their marks, digits, `_`, and not at its beginning `-`, `.` or `:`."""
    return (
        0 < len(text) <= 64
        and text[0] not in "-.:"
        and all(c.isalnum() or c in "_-.:" or unicodedata.category(c)[0] == "M" for c in text)
    )


def without_code(question: str) -> str:
    """The question without a code at its beginning: `Scope` of `4.1.1 Scope`."""
    match = _CODE.match(question[:72])
    return question[match.end() :].strip() if match and any(char.isdigit() for char in match[1]) else question


def leading_code(question: str) -> str:
    """`4.1.1`, `R-07` or `WSTG-INFO-01` at the start of the question, or "". A bare `3.` is a position, not a code."""
    match = _CODE.match(question[:72])
    return match[1] if match and any(char.isdigit() for char in match[1]) else ""


def slug(text: str, length: int = 40) -> str:
    """Lower-case words joined by `-`, cut at a word where one ends in time; letters of any script stay."""
    folded = fold(text)
    if folded.isascii():
        joined = re.sub(r"[^a-z0-9]+", "-", folded[: 2 * length])
    else:
        joined = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in folded[: 2 * length])
        joined = re.sub(r"-{2,}", "-", joined)
    joined = joined.strip("-")
    if len(joined) > length:
        cut = joined.rfind("-", length // 2, length + 1)
        joined = joined[: cut if cut > 0 else length]
    return joined


def assign(drafts: Sequence[Draft], written: dict[Draft, list[Field]], report: Report) -> None:
    """Give every draft its id, each unique without regard to case. `written` holds the valid ids in the file."""
    taken: dict[str, int] = {}
    for draft in drafts:
        for field in written.get(draft, []):
            first = taken.get(fold(field.value))
            if first is None:
                draft.id, draft.known_by = field.value, "written"
                taken[fold(field.value)] = field.line
                break
            message = _("the id '{id}' already stands on line {line}").format(id=field.value, line=first + 1)
            report.add("E101", field.place, message, _("choose another id for one of them"))
    rest = [draft for draft in drafts if not draft.id]
    codes = {draft: draft.code or leading_code(draft.question) for draft in rest}
    counts = Counter(fold(code) for code in codes.values() if code)
    for draft in rest:
        code = codes[draft]
        if code and counts[fold(code)] == 1 and fold(code) not in taken:
            draft.id, draft.known_by = code, "code"
            taken[fold(code)] = draft.line
    _assign_hashes([draft for draft in rest if not draft.id], taken)


def _assign_hashes(drafts: list[Draft], taken: dict[str, int]) -> None:
    """Slug and hash of the text; questions that are equal get their section into the hash, then a counter."""
    texts = [fold(draft.question) for draft in drafts]
    same = Counter(texts)
    numbers: Counter[str] = Counter()
    for draft, text in zip(drafts, texts, strict=True):
        above = [draft.parent.question] if draft.parent else []
        hashed = text if same[text] == 1 else "\n".join([text, *draft.section, *above])
        digest = hashlib.sha256(hashed.encode("utf-8", "replace")).hexdigest()
        words = slug(text)
        base = f"{words}-{digest[:6]}" if words else digest[:12]
        unique = base
        while fold(unique) in taken:
            numbers[base] += 1
            unique = f"{base}-{numbers[base] + 1}"
        draft.id = unique
        taken[fold(unique)] = draft.line
