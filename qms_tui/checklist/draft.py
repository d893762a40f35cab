"""An item while its file is read: where it stands and what was written, before anything is interpreted."""

from dataclasses import dataclass, field

from qms_tui.checklist.model import KnownBy


@dataclass(slots=True)
class Field:
    """One nested bullet `- key: value`; `key` is canonical. Lines count from 0, `end` is excluded."""

    key: str
    value: str
    line: int
    end: int
    column: int


@dataclass(slots=True)
class Branch:
    """A bullet `- if no:` with items below it; `text` is what stands after `if`, `end` is the end of the bullet."""

    text: str
    line: int
    end: int
    column: int


@dataclass(slots=True, eq=False)
class Draft:
    """`text` is the source of the question, an entry a line from `line` on; `start`..`end` is all its lines.

    `quotes` counts the block quotes around it. `parent` is the item it is nested in, `branch` the condition above it.
    """

    text: list[str]
    line: int
    start: int
    end: int
    section: tuple[str, ...]
    quotes: int = 0
    ticked: bool = False
    parent: "Draft | None" = None
    branch: Branch | None = None
    fields: list[Field] = field(default_factory=list)
    near: list[Field] = field(default_factory=list)
    """Bullets whose key is nearly one of the grammar; the key as written."""
    id: str = ""
    known_by: KnownBy = "text"
    question: str = ""
    code: str = ""
    """The id code in the question's table row."""
    notes: list[str] = field(default_factory=list)
    """Guidance that stands on the question's own line: links in it, other cells of its row."""
