"""A Markdown file as a checklist."""

import hashlib
from pathlib import Path

from qms_tui.checklist import identity
from qms_tui.checklist.blocks import plain
from qms_tui.checklist.bullets import first_heading
from qms_tui.checklist.model import Checklist, ChecklistError, Diagnostic
from qms_tui.checklist.reading import Reading, read_items
from qms_tui.i18n import _


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ChecklistError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ChecklistError(_("{path}: no such file - check the path").format(path=path)) from None
    except IsADirectoryError:
        raise ChecklistError(_("{path}: is a directory - name a Markdown file in it").format(path=path)) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        message = _("{path}: cannot be read: {reason} - check its permissions").format(path=path, reason=reason)
        raise ChecklistError(message) from None


def load(path: Path) -> Checklist:
    """The checklist in the file `path`. Raises ChecklistError, also where the file cannot be read."""
    return parse(read_bytes(path), str(path))


def parse(data: bytes, name: str) -> Checklist:
    """The checklist in `data`; `name` is the path it came from, for messages and as a last resort for id and title.

    Raises ChecklistError for E001 (not UTF-8) and E003 (no items). All else that is wrong is in `diagnostics`.
    """
    return as_checklist(read_text(data, name), data, name)


def read_text(data: bytes, name: str) -> Reading:
    """The file taken apart. Raises ChecklistError for E001."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = len(data) - len(error.object) + error.start  # a BOM is not in `object`
        before = data[:at].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = Diagnostic(line, column, "E001", "error", _("not UTF-8"), _("save the file as UTF-8"))
        raise ChecklistError(_one_line(name, found), (found,)) from None
    return read_items(text)


def as_checklist(reading: Reading, data: bytes, name: str) -> Checklist:
    """What the rest of the program sees of a reading of `data`. Raises ChecklistError for E003."""
    diagnostics = reading.report.sorted()
    if not reading.items:
        found = Diagnostic(1, 1, "E003", "error", _("no items"), _("write each question as '- [ ] question'"))
        raise ChecklistError(_one_line(name, found), (found, *diagnostics))
    front = reading.front
    return Checklist(
        id=front.texts.get("id") or identity.slug(Path(name).stem) or "checklist",
        title=title(reading) or Path(name).stem,
        items=reading.items,
        text=data.decode(),
        digest=hashlib.sha256(data).hexdigest(),
        kind=front.kind,
        version=front.texts.get("version", ""),
        language=front.texts.get("language", "en"),
        cadence=front.texts.get("cadence", ""),
        owner=front.texts.get("owner", ""),
        standard=front.texts.get("standard", ""),
        description=front.texts.get("description", ""),
        tags=front.tags,
        scale=front.scale,
        accept=front.accept,
        pass_mark=front.pass_mark,
        strict=front.strict,
        diagnostics=diagnostics,
    )


def title(reading: Reading) -> str:
    """The title that the file itself gives, or ""."""
    heading = first_heading(reading.document)
    return reading.front.texts.get("title") or (plain(heading.text, reading.document.env)[0] if heading else "")


def _one_line(name: str, found: Diagnostic) -> str:
    return f"{name}:{found.line}: {found.code} {found.message} - {found.help}"
