"""Tables that are checklists: a column that asks and a column to answer in, or a column of id codes."""

import re
from dataclasses import dataclass, field
from typing import Any

from qms_tui.checklist.blocks import Block, plain
from qms_tui.checklist.text import fold
from qms_tui.i18n import _

QUESTION_WORDS = {
    "check", "checks", "checkpoint", "checkpoints", "item", "items", "requirement", "requirements",
    "question", "questions", "criteria", "criterion", "task", "tasks", "control", "controls", "verify",
    "prüfpunkt", "prüffrage", "prüfung", "kontrollpunkt", "frage", "anforderung", "aufgabe", "kriterium",
    "vérification", "contrôle", "exigence", "critère", "tâche", "élément",
    "pregunta", "requisito", "verificación", "comprobación", "criterio", "tarea", "ítem",
}  # fmt: skip
"""A column asks where one of these is its header or a word of it."""
ENDINGS = (
    "項目", "事項", "タスク", "檢查點", "檢查內容", "查核內容", "稽核內容", "問題", "題目", "要求", "準則",
    "项目", "事项", "检查项", "检查点", "检查内容", "核查项", "审核项", "审核内容", "问题", "题目", "准则",
    "チェックポイント", "点検内容", "確認内容", "質問", "要求事項", "チェック内容",
)  # fmt: skip
"""The same in scripts without spaces, where a header ends in them."""
OUTRIGHT = {"question", "questions", "frage", "prüffrage", "pregunta"}
"""These ask for certain; beside them a clause or a control is what the question is about."""

_BLANK = re.compile(
    r"(?:[\s_.…☐☑☒⬜□✓✔✅✗✘❌✖○◯〇×△◎xX–—-]|\[[ xX]?\]|\ufe0f|\\|<br ?/?>|[/|,]"
    r"|\b(?:yes|no|y|n|n/?a|pass|fail|ok|ng|partial|tbd|todo|ja|nein|n\.?i\.?o|i\.?o|oui|non|sí|si)\b"
    r"|是|否|有|無|无|合格|不合格|符合|不符合|不適用|不适用|適合|不適合|該当なし|はい|いいえ|良|不良|可|不可)*",
    re.IGNORECASE,
)
_BOX = re.compile(r"[☐⬜□☑☒]|\[[ \u00a0\u3000xX]\]")
_TICK = re.compile(r"[☑☒]|\[[xX]\]")
_ANSWERS = re.compile(
    r"\b(?:ok|result|conform|complian|compliant|conformity|pass|y/n|yes/no|done|rating|ergebnis|erfüllt|résultat|resultado)\b"
    r"|結果|判定|記録|結論|结果|符合|合格|評分|评分",
    re.IGNORECASE,
)
"""Headers of a column to answer in; where one says so, some cells may hold a hint."""
_CODE = re.compile(
    r"(?=[^0-9]{0,12}[0-9])(?:[A-Za-z]{1,8}[-_.]?[A-Za-z0-9]{1,12}|[0-9]{1,4}\.[0-9]{1,4})(?:[-_.][A-Za-z0-9]{1,12}){0,5}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """`text` is the source of the question on line `line` (from 0), `code` its id code or "", `notes` other cells.

    `ticked` says that a place to answer is ticked already.
    """

    text: str
    line: int
    code: str
    notes: tuple[str, ...]
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table looked at. `rows` are those that ask something, none where `why` tells why it is no checklist.

    Columns count from 0: `asks` is the question, `answers` are those to answer in, `codes` is that of the ids.
    """

    start: int
    end: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    asks: int | None = None
    answers: tuple[int, ...] = ()
    codes: int | None = None
    why: str = ""
    skipped: tuple[int, ...] = field(default=())
    """Lines (from 0) of rows without a question."""

    def columns(self) -> dict[str, Any]:
        """The columns that play a part, counted from 1: `{"question": 2, "answers": [3], "id": 1}`."""
        return {
            "question": None if self.asks is None else self.asks + 1,
            "answers": [at + 1 for at in self.answers],
            "id": None if self.codes is None else self.codes + 1,
        }


def read_table(table: Block, env: dict[str, Any]) -> Table:
    """The table and what it is; a legend, a record or plain data asks nothing."""
    lines = [row for part in table.children for row in part.children]
    headers = tuple(plain(cell.text, env)[0] for cell in lines[0].children) if lines else ()

    def other(why: str) -> Table:
        return Table(table.start, table.end, headers, why=why)

    if len(lines) < 2:
        return other(_("it has no rows"))
    width = len(headers)
    body = [(row, [cell.text.strip() for cell in row.children][:width]) for row in lines[1:]]
    columns = list(zip(*(cells for _row, cells in body), strict=True))
    answers = tuple(at for at in range(width) if _is_answer(headers[at], columns[at]))
    asking = _asking(headers, columns)
    if not asking and any(_is_boxes(column) for column in columns):
        asking = [at for at in range(width) if at not in answers and _is_filled(columns[at])][:1]
    asks = min(asking, key=lambda at: (not _asks_outright(headers[at]), at), default=None)
    if asks is None:
        return other(_("no column is headed as a question and filled"))
    others = [at for at in range(width) if at != asks]
    answers = tuple(at for at in answers if at != asks)
    codes = next((at for at in others if at not in answers and _is_code(columns[at])), None)
    if not answers and codes is None:
        return other(_("beside '{header}' no column is blank, ticks or codes").format(header=headers[asks]))
    notes = [at for at in others if at != codes]
    rows = tuple(
        Row(
            cells[asks],
            row.start,
            "" if codes is None else cells[codes],
            tuple(
                f"- {headers[at]}: {cells[at]}" if headers[at] else cells[at]
                for at in notes
                if not _is_blank(cells[at])
            ),
            ticked=any(_TICK.search(cells[at]) for at in answers),
        )
        for row, cells in body
        if not _is_blank(cells[asks])
    )
    skipped = tuple(row.start for row, cells in body if _is_blank(cells[asks]))
    return Table(table.start, table.end, headers, rows, asks, answers, codes, skipped=skipped)


def _asking(headers: tuple[str, ...], columns: list[tuple[str, ...]]) -> list[int]:
    """The columns whose header asks and that hold text in half of the rows or more."""
    return [at for at, header in enumerate(headers) if _heads_a_question(header) and _is_filled(columns[at])]


def _is_filled(column: tuple[str, ...]) -> bool:
    texts = [cell for cell in column if not _is_blank(cell)]
    return 2 * len(texts) >= len(column) and not _is_code(column)


def _is_blank(cell: str) -> bool:
    """Whether there is nothing in a cell but a place to answer."""
    return len(cell) < 80 and bool(_BLANK.fullmatch(cell))


def _is_boxes(column: tuple[str, ...]) -> bool:
    """Whether there is a box in every cell, as in `[ ] full [ ] low`."""
    return all(_BOX.search(cell) for cell in column)


def _is_answer(header: str, column: tuple[str, ...]) -> bool:
    blank = sum(map(_is_blank, column))
    if blank == len(column) or _is_boxes(column):
        return True
    return 2 * blank >= len(column) and bool(_ANSWERS.search(header))


def _heads_a_question(header: str) -> bool:
    folded = fold(header)
    if folded in QUESTION_WORDS or QUESTION_WORDS & set(re.split(r"\W+", folded)):
        return True
    return folded.partition("(")[0].rstrip(" :").endswith(ENDINGS)


def _asks_outright(header: str) -> bool:
    return bool(OUTRIGHT & set(re.split(r"\W+", fold(header))))


def _is_code(column: tuple[str, ...]) -> bool:
    cells = [cell for cell in column if cell]
    return bool(cells) and len(set(cells)) == len(cells) and all(_CODE.fullmatch(cell) for cell in cells)
