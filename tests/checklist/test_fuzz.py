"""Mutated files and hostile ones: never a crash, never a hang, nothing dropped unsaid."""

import random
from importlib.resources import files
from pathlib import Path

import pytest
from fuzz import dropped, hold, mutate
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aliases import FILES

HERE = Path(__file__).parent
BUNDLED = files("qms_tui") / "checklists"
TABLE = """| # | Audit question | Rating | Evidence |
|---|---|---|---|
| 4.1.1 | Is the scope written? | | |
| 4.1.2 | Is it known? | ☐ | |
"""
MIXED = (
    "# Round\n\n**Outside:**\n\n* [ ] Gate\n* ☐ Lamp\n\n1. [ ] Yard\n   1. [ ] Drain\n\n> - [ ] Quoted\n\n[ ] bare\n"
)
SEEDS = [
    (BUNDLED / "en" / "weekly-check.md").read_text("utf-8")[:4000],
    (BUNDLED / "en" / "risk-review.md").read_text("utf-8")[:4000],
    *FILES.values(),
    (HERE / "golden" / "faults.md").read_text("utf-8"),
    TABLE,
    MIXED,
]


@pytest.mark.parametrize("seed", range(12))
def test_mutated_files(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        hold(mutate(rng.choice(SEEDS), rng))


@pytest.mark.slow
def test_mutated_files_at_length() -> None:
    rng = random.Random("long")
    for _ in range(800):
        hold(mutate(rng.choice(SEEDS), rng))


_LINE = st.tuples(
    st.sampled_from(["", " ", "  ", "   ", "    ", "      ", "\t", "> ", ">  ", "> > "]),
    st.sampled_from(["- ", "* ", "+ ", "1. ", "2) ", "-   ", "", "# "]),
    st.sampled_from(["[ ] ", "[x] ", "[X]\t", "☐ ", "[ ]", "", "[-] "]),
    st.sampled_from(["door", "", "**bold**", "{#id}", "answer: text", "`code`", "```", "<div>", "a | b", "---"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINE, min_size=1, max_size=12))
def test_no_line_that_looks_like_an_item_is_dropped_unsaid(lines: list[tuple[str, ...]]) -> None:
    text = "\n".join("".join(parts) for parts in lines)
    assert dropped(text.encode()) == []


@pytest.mark.slow
def test_ten_megabytes_are_read_whole(read) -> None:
    hint = "  Ask the foreman, look at the gauge, and write down what it shows.\n" * 13
    line = f"- [ ] Valve {{n}} holds its pressure {{{{#v{{n}}}}}}\n  - limits: 2..8 bar\n\n{hint}"
    text = "".join(line.format(n=n) for n in range(11_000))
    assert len(text) > 10_000_000
    found = read(text)
    assert len(found.items) == 11_000 and found.diagnostics == ()


def test_ten_megabytes_of_one_line() -> None:
    hold(("- [ ] " + "word " * 2_000_000).encode())


def test_sixty_levels(read) -> None:
    text = "".join(
        f"{'  ' * depth}- [ ] level {depth}\n{'  ' * depth}  - limits: 1..{depth + 2}\n" for depth in range(60)
    )
    found = read(text)
    assert len(found.items) == 60 and found.diagnostics == () and found.items[59].limits is not None
