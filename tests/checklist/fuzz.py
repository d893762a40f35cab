"""Mutated checklists, and what must hold for any bytes. As a script over a folder: `python fuzz.py FOLDER [ROUNDS]`."""

import random
import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from qms_tui.checklist.model import ChecklistError
from qms_tui.checklist.parse import parse, read_text

STRANGE = [
    "\0", "\ufeff", "\u202e", "\u200f", "\u2028", "\x0b", "\x0c", "\x1b[31m", "\t", "\r", "\r\n", "    ", "> ", "- ",
    "- [ ] ", "[ ] ", "☐ ", "{#a}", "{#a b}", "<!-- ", "-->", "```\n", "---\n", "|", ":", "：", "**", "\\", "&amp;",
    "  - answer: ", "  - limits: 9..2", "  - if no:\n    - [ ] deep\n", "  - only if: a = b", "1. ", "# ", "<div>\n",
    "🙂", "é", "e\u0301", "ﬀ", "Ａ", "١",
]  # fmt: skip
RAW = [b"\xed\xa0\x80", b"\xff\xfe", b"\xc3", b"\x00", b"\xf4\x90\x80\x80"]  # lone surrogates, UTF-16, cut sequences


def mutate(text: str, rng: random.Random) -> bytes:
    """The text after one to six changes of lines, characters or bytes."""
    data: bytes | None = None
    for _ in range(rng.randint(1, 6)):
        lines = text.split("\n")
        at = rng.randrange(len(lines))
        match rng.randrange(9):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 2:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = " " * rng.randint(0, 9) + lines[at].lstrip()
            case 4:
                place = rng.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + rng.choice(STRANGE) + lines[at][place:]
            case 5:
                lines[at] = lines[at][: rng.randint(0, len(lines[at]))]
            case 6:
                lines = lines[: at + 1]
            case 7:
                lines[at] = lines[at] + rng.choice(STRANGE) * rng.randint(1, 40)
            case _:
                encoded = "\n".join(lines).encode()
                place = rng.randint(0, len(encoded))
                data = encoded[:place] + rng.choice(RAW) + encoded[place:]
        text = "\n".join(lines) or "\n"
    return data if data is not None and rng.random() < 0.3 else text.encode()


_ITEM = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]+\S")


def hold(data: bytes) -> None:
    """Raises where bytes are not read as they must be: whole items or one refusal, nothing dropped unsaid."""
    try:
        checklist = parse(data, "x.md")
    except ChecklistError as error:
        assert "\n" not in str(error) and error.diagnostics
        return
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ids = [item.id for item in checklist.items]
    assert all(ids) and len({each.casefold() for each in ids}) == len(ids) and checklist.title
    for at, item in enumerate(checklist.items):
        assert item.question.strip() and "\n" not in item.question and 1 <= item.line <= len(lines)
        assert {condition.item for condition in item.conditions} <= set(ids[:at])
        assert (item.answer.options == ()) == (item.answer.name not in ("one of", "any of"))
    for found in checklist.diagnostics:
        assert 1 <= found.line <= len(lines) and found.message and "\n" not in found.message + found.help
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1, (found, lines[found.line - 1])
    assert not dropped(data), dropped(data)


def dropped(data: bytes) -> list[str]:
    """Lines outside code and HTML that look like an item and are neither one nor named."""
    reading = read_text(data, "x.md")
    text = reading.document.source
    tokens = (
        MarkdownIt("commonmark", {"maxNesting": 100_000, "tasklists": True}).enable("table").parse(text) if text else []
    )
    verbatim = {
        n
        for t in tokens
        if t.map and t.type in ("fence", "html_block", "table_open")
        for n in range(t.map[0], t.map[1])
    }
    front = 0 if reading.document.front is None else reading.document.front.count("\n") + 3
    items = {n for draft in reading.collector.drafts for n in range(draft.start, draft.line + len(draft.text))}
    named = {found.line - 1 for found in reading.report.diagnostics}
    return [
        line
        for n, line in enumerate(text.split("\n"))
        if n >= front and _ITEM.match(line) and n not in verbatim | items | named and reading.front.items != "tables"
    ]


if __name__ == "__main__":
    seeds = [path.read_text("utf-8", "replace") for path in sorted(Path(sys.argv[1]).rglob("*.md"))]
    for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000):
        rng = random.Random(number)
        made = mutate(rng.choice(seeds), rng)
        try:
            hold(made)
        except Exception:
            Path("crash.md").write_bytes(made)
            raise
    print("nothing broke")
