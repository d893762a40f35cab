"""Finding each of 10,000 questions again after an edit, against reading the file; exits 1 over a limit.

`python benchmarks/edited_checklist.py [rounds]`. Usually one question in a hundred is
reworded, at worst all are.
"""

import random
import sys
import time

from measured import Verdict

from qms_tui.checklist.matching import match
from qms_tui.checklist.model import Checklist
from qms_tui.checklist.parse import parse

ITEMS = 10_000
USUAL_LIMIT = 1.0  # times reading the file
WORST_LIMIT = 10.0

_THINGS = ("pump", "valve", "door", "lamp", "gate", "filter", "motor", "switch", "sensor", "cable", "ladder", "hose")
_PLACES = (
    "hall",
    "yard",
    "cellar",
    "roof",
    "office",
    "canteen",
    "archive",
    "garage",
    "lobby",
    "dock",
    "shaft",
    "tower",
)
_STATES = ("dry and whole", "labelled for everybody", "free of rust", "in its place", "checked by two people")


def questions() -> list[str]:
    chance = random.Random(3)
    found: dict[str, None] = {}
    while len(found) < ITEMS:
        thing, number, place = chance.choice(_THINGS), chance.randrange(1000), chance.choice(_PLACES)
        found[f"The {thing} no. {number} of the {place} is {chance.choice(_STATES)}"] = None
    return list(found)


def checklist(texts: list[str]) -> Checklist:
    return parse("".join(f"- [ ] {text}\n" for text in texts).encode(), "large.md")


def reword(text: str) -> str:
    return text.replace("The ", "Check that the ", 1).replace(" is ", " is today ", 1)


def seconds(before: Checklist, after: Checklist, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        pairs = match(before.items, after.items)
        best = min(best, time.perf_counter() - start)
    assert len(pairs) == ITEMS
    assert all(after.items[p.new].question in (q := before.items[p.old].question, reword(q)) for p in pairs)
    return best


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    texts = questions()
    before = checklist(texts)
    mixed = [reword(text) if n % 100 == 0 else text for n, text in enumerate(texts)]
    random.Random(4).shuffle(mixed)
    read = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        checklist(texts)
        read = min(read, time.perf_counter() - start)
    usual = seconds(before, checklist(mixed), rounds)
    worst = seconds(before, checklist([reword(text) for text in texts]), 1)
    verdict = Verdict("edited_checklist")
    verdict.figure(f"{ITEMS} items: read", read, "s")
    verdict.figure("one in a hundred reworded, all moved: match", usual, "s")
    verdict.figure("ratio", usual / read, "times", USUAL_LIMIT)
    verdict.figure("every one reworded: match", worst, "s")
    verdict.figure("ratio", worst / read, "times", WORST_LIMIT)
    verdict.leave()


if __name__ == "__main__":
    main()
