"""Reading 10,000 items against markdown-it-py alone on the same bytes; exits 1 where the ratio is over the limit.

Both run in turns in one process, the best of several rounds counts: `python benchmarks/checklist_load.py [rounds]`.
"""

import gc
import sys
import time
from collections.abc import Callable

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin
from measured import Verdict

from qms_tui.checklist.parse import parse

ITEMS = 10_000
LIMIT = 2.0


def document(count: int) -> bytes:
    """A checklist of `count` items, a fifth each: bare, with limits, with a condition, with guidance, with markup."""
    shapes = (
        "- [ ] Gate {n} closes by itself\n",
        "- [ ] Pressure of vessel {n} {{#vessel-{n}}}\n  - limits: 2..8 bar\n  - target: 5\n  - severity: major\n",
        "- [ ] Was order {n} late?\n  - answer: yes/no\n  - expect: no\n  - evidence: if fail\n",
        "- [ ] R-{n} Spill kit is full\n  - clause: ISO 14001 8.2\n  > Count the pads.\n\n  Ask the foreman.\n",
        "- [ ] **Label {n}** is legible, see [the `guide`](guide.md)\n  - answer: one of: yes, partly, no\n",
    )
    lines = ["---\nchecklist: 1\ntitle: Large\n---\n# Large\n"]
    for n in range(count):
        if n % 50 == 0:
            lines.append(f"\n## Area {n // 50}\n\n")
        lines.append(shapes[n % len(shapes)].format(n=n))
    return "".join(lines).encode()


def seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    data = document(ITEMS)
    checklist = parse(data, "large.md")
    assert len(checklist.items) == ITEMS and not checklist.diagnostics, checklist.diagnostics[:3]

    def alone() -> object:
        md = MarkdownIt("commonmark", {"tasklists": True}).enable("table").use(front_matter_plugin)
        return md.parse(data.decode())

    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(seconds(alone))
        ours.append(seconds(lambda: parse(data, "large.md")))
    ratio = min(ours) / min(theirs)
    verdict = Verdict("checklist_load")
    size = f"{ITEMS} items, {len(data) / 1e6:.1f} MB"
    verdict.figure(f"{size}: load", min(ours), "s")
    verdict.figure(f"{size}: markdown-it-py alone", min(theirs), "s")
    verdict.figure("ratio", ratio, "times", LIMIT)
    verdict.leave()


if __name__ == "__main__":
    main()
