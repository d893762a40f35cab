"""An item while its file is read: where it stands and what was written, before anything is interpreted."""

from dataclasses import dataclass, field
from typing import Literal

from qms_tui.checklist.model import KnownBy
from qms_tui.checklist.report import Place

Kind = Literal["task", "box", "row", "list"]
"""What makes an item: a task of Markdown, another box, a row of a checklist table, a bullet as a last resort."""


@dataclass(slots=True)
class Field:
    """One nested bullet `- key: value`; `key` is canonical. Lines and columns count from 0, `end` is excluded.

    `column` is where the key begins, `value_column` where the value does; a missing value is as if it stood at the key.
    """

    key: str
    value: str
    line: int
    end: int
    column: int
    value_column: int = -1
    written: str = ""
    """What stands on the line from the key on."""

    @property
    def place(self) -> Place:
        """Where the value stands, or the key where there is none."""
        if self.value_column < 0:
            return self.key_place
        return Place(self.line, self.value_column, len(self.written) - (self.value_column - self.column))

    @property
    def key_place(self) -> Place:
        return Place(self.line, self.column, len(self.key if self.value_column >= 0 else self.written))


@dataclass(slots=True, eq=False)
class Branch:
    """A bullet `- if no:` with items below it; `text` is the answer it names, `end` is the end of the bullet."""

    text: str
    end: int
    place: Place
    kept: bool = False
    """The bullet says more than a condition, or none that can be read: its line stays guidance."""


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
    kind: Kind = "task"
    first: str = ""
    """The source of the question's first line as it stands in the file."""
    id: str = ""
    known_by: KnownBy = "text"
    question: str = ""
    code: str = ""
    """The id code in the question's table row."""
    notes: list[str] = field(default_factory=list)
    """Guidance that stands on the question's own line: links in it, other cells of its row."""
