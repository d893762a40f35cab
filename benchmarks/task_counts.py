"""Task items of Markdown files as this program, markdown-it-py and GitHub's own parser count them.

`python benchmarks/task_counts.py FOLDER`; GitHub's parser takes part where `pip install cmarkgfm` was done. Prints a
line a file, and beside the count what else is an item here (`☐ x`, rows, bullets). Exits 1 where counts differ.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from qms_tui.checklist.parse import read_text

try:
    import cmarkgfm
except ImportError:
    cmarkgfm = None


def by_markdown_it(text: str) -> int:
    md = MarkdownIt("commonmark", {"tasklists": True, "maxNesting": 1000}).enable("table").use(front_matter_plugin)
    return sum(token.meta.get("checked") is not None for token in md.parse(text) if token.type == "list_item_open")


def by_cmark(text: str) -> int | None:
    """None where the parser is not installed. It knows no front matter: that is cut off first."""
    if cmarkgfm is None:
        return None
    body = re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)
    parser: Any = cmarkgfm
    return str(parser.github_flavored_markdown_to_html(body)).count('<input type="checkbox"')


def main() -> None:
    files = sorted(path for path in Path(sys.argv[1]).rglob("*.md") if path.is_file())
    wrong = 0
    print(f"{'ours':>5} {'m-it':>5} {'cmark':>5}  file")
    for path in files:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        reading = read_text(data, path.name)
        kinds = Counter(draft.kind for draft in reading.collector.drafts)
        empty = sum(each.code == "W203" for each in reading.report.diagnostics)
        theirs = by_markdown_it(text), by_cmark(text)
        same = all(count in (None, kinds["task"]) for count in theirs)
        wrong += not same
        beside = ", ".join(f"{number} {kind}" for kind, number in kinds.items() if kind != "task")
        told = "  ".join(part for part in (beside, f"{empty} W203" if empty else "", "" if same else "DIFFERS") if part)
        cmark = "-" if theirs[1] is None else theirs[1]
        print(f"{kinds['task']:5} {theirs[0]:5} {cmark:>5}  {path.name}  {told}")
    print(f"{len(files)} files, {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
