"""Tables that are checklists: a column that asks and a column to answer in, or a column of id codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qms_tui.checklist.blocks import Block, plain
from qms_tui.checklist.text import fold

QUESTION_WORDS = {
    "check", "checks", "checkpoint", "item", "items", "requirement", "requirements",
    "question", "questions", "criteria", "criterion", "task", "tasks", "control",
    "項目", "檢查項目", "检查项", "检查项目", "チェック項目",
    "prüfpunkt", "prüffrage",
    "frage", "anforderung", "exigence", "pregunta", "requisito",
}  # fmt: skip
"""A column asks where one of these is its header or a word of it."""

_BLANK = re.compile(
    r"(?:[\s_.…☐☑☒⬜□✓✔✅✗✘❌✖xX–—-]|\[[ xX]?\]|\ufe0f|\b(?:yes|no|y|n|n/?a|pass|fail|ok|ja|nein|oui|non)\b|[/|])*",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?=[^0-9]{0,12}[0-9])(?:[A-Za-z]{1,8}[-_.]?[A-Za-z0-9]{1,12}|[0-9]{1,4}\.[0-9]{1,4})(?:[-_.][A-Za-z0-9]{1,12}){0,5}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """`text` is the source of the question on line `line` (from 0), `code` its id code or "", `notes` other cells."""

    text: str
    line: int
    code: str
    notes: tuple[str, ...]


def read_rows(table: Block, env: dict[str, Any]) -> list[Row]:
    """The rows that ask something; none where the table is a legend, a record or plain data."""
    lines = [row for part in table.children for row in part.children]
    if len(lines) < 2:
        return []
    headers = [plain(cell.text, env)[0] for cell in lines[0].children]
    width = len(headers)
    body = [(row, [cell.text.strip() for cell in row.children][:width]) for row in lines[1:]]
    columns = list(zip(*(cells for _, cells in body), strict=True))
    asks = min(_asking(headers, columns), key=lambda at: (not _asks_outright(headers[at]), at), default=None)
    if asks is None:
        return []
    others = [at for at in range(width) if at != asks]
    blank = {at for at in others if all(len(cell) < 80 and _BLANK.fullmatch(cell) for cell in columns[at])}
    codes = next((at for at in others if at not in blank and _is_code(columns[at])), None)
    if not blank and codes is None:
        return []
    notes = [at for at in others if at not in blank and at != codes]
    return [
        Row(
            cells[asks],
            row.start,
            "" if codes is None else cells[codes],
            tuple(f"- {headers[at]}: {cells[at]}" if headers[at] else cells[at] for at in notes if cells[at]),
        )
        for row, cells in body
        if cells[asks]
    ]


def _asking(headers: list[str], columns: list[tuple[str, ...]]) -> Iterator[int]:
    """The columns whose header asks and that hold text in most rows."""
    for at, header in enumerate(headers):
        folded = fold(header)
        if folded in QUESTION_WORDS or QUESTION_WORDS & set(re.split(r"\W+", folded)):
            texts = [cell for cell in columns[at] if len(cell) >= 80 or not _BLANK.fullmatch(cell)]
            if 2 * len(texts) > len(columns[at]) and not _is_code(columns[at]):
                yield at


def _asks_outright(header: str) -> bool:
    """Whether a header says question; beside it a clause or a control is what the question is about."""
    return bool({"question", "questions", "frage", "prüffrage", "pregunta"} & set(re.split(r"\W+", fold(header))))


def _is_code(column: tuple[str, ...]) -> bool:
    cells = [cell for cell in column if cell]
    return bool(cells) and len(set(cells)) == len(cells) and all(_CODE.fullmatch(cell) for cell in cells)
