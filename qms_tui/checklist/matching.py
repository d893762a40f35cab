"""Which item of a checklist's new version is which of the old one: by id, by text, else by likeness.

Nothing is decided by position. A pair that is not sure says why, so that a person can be asked.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from qms_tui.checklist.identity import without_code
from qms_tui.checklist.model import Item
from qms_tui.checklist.neutral import NEUTRAL
from qms_tui.checklist.rewording import swapped, turn, words
from qms_tui.checklist.text import fold

LIKE = 0.6  # below it, two wordings are two questions
SURE = 0.75  # below it, a person is asked
SAME_CODE = 0.4  # a code that stayed speaks for a pair, too
RIVAL = 0.1  # another item without a partner that comes this near makes a pair unsure
FEW_WORDS = 4  # a shorter question means what its heading makes of it
FEW_PAIRS = 10_000  # so many are compared each with each; among more, those that share rare words
CANDIDATES = 16  # old items that each new one is compared with
POSTINGS = 500  # old items looked at to find them

Doubt = Literal["", "negation", "number", "opposite", "swapped", "likeness", "rival", "place", "id"]


class Pair(NamedTuple):
    """`old` and `new` are positions in the two sequences. `likeness` is 0..1 of the texts, 1 for equal ones.

    `doubt` is "" where the two are surely one question. Else the new wording may turn the meaning (negation, number,
    opposite), has other words in place of old ones (swapped), is not like enough (likeness), another item is as like
    (rival), it stands under another heading and says little by itself (place), or another id was written to it (id).
    """

    old: int
    new: int
    likeness: float = 1.0
    doubt: Doubt = ""


class _Side:
    """One version, prepared: folded texts without codes, where each item stands, and who has no partner yet."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.texts = [fold(without_code(item.question)) for item in items]
        asked = {item.id: text for item, text in zip(items, self.texts, strict=True)}
        self.places = [
            (*map(fold, item.section), asked.get(item.conditions[-1].item, "") if item.conditions else "")
            for item in items
        ]
        self.all_places = {
            *self.places,
            *((*map(fold, item.section), text) for item, text in zip(items, self.texts, strict=True)),
        }
        self.left = dict.fromkeys(range(len(items)))  # in reading order


def match(old: Sequence[Item], new: Sequence[Item], *, same_language: bool = True) -> list[Pair]:
    """Pairs in the order of `new`, each item in one at most. Between two languages only ids and codes speak."""
    before, after = _Side(old), _Side(new)
    steps = (_written, _equal, _alike) if same_language else (_named,)
    pairs: list[Pair] = []
    for step in steps:
        for pair in step(before, after):
            pairs.append(pair)
            del before.left[pair.old], after.left[pair.new]
    return sorted(pairs, key=lambda pair: pair.new)


def likeness(one: str, other: str) -> float:
    """0..1: twice the characters in common, in their order, by the characters of both."""
    if one == other:
        return 1.0
    from rapidfuzz.fuzz import ratio  # 20 ms that only an edited checklist costs

    return float(ratio(one, other)) / 100


def _written(before: _Side, after: _Side) -> list[Pair]:
    """The same id, written in both: the author's word, unless the new wording may turn the meaning."""
    at = {fold(item.id): o for o, item in enumerate(before.items) if item.known_by == "written"}
    pairs = []
    for n, item in enumerate(after.items):
        o = at.get(fold(item.id)) if item.known_by == "written" else None
        if o is not None:
            one, other = before.texts[o], after.texts[n]
            pairs.append(Pair(o, n, likeness(one, other), turn(one, other) or ""))
    return pairs


def _named(before: _Side, after: _Side) -> list[Pair]:
    """Two languages: the same written id; a code that both have is worth asking for."""
    at: dict[tuple[str, str], int] = {}
    for o, item in enumerate(before.items):
        if item.known_by != "text":
            at[fold(item.id), item.known_by] = o
    found = [(at.get((fold(item.id), item.known_by)), n) for n, item in enumerate(after.items)]
    return [
        Pair(o, n, 1.0, "") if after.items[n].known_by == "written" else Pair(o, n, 0.0, "likeness")
        for o, n in found
        if o is not None
    ]


def _equal(before: _Side, after: _Side) -> list[Pair]:
    """The same text; of several equal ones, those in the same place."""
    there: dict[str, list[int]] = defaultdict(list)
    for o in before.left:
        there[before.texts[o]].append(o)
    here: dict[str, list[int]] = defaultdict(list)
    for n in after.left:
        here[after.texts[n]].append(n)
    pairs: list[Pair] = []
    for text, news in here.items():
        olds = there.get(text, [])
        if len(olds) == len(news) == 1:
            pairs.append(Pair(olds[0], news[0], 1.0, _moved(before, after, olds[0], news[0])))
        elif olds:
            pairs += _equal_several(before, after, olds, news)
    return pairs


def _moved(before: _Side, after: _Side, o: int, n: int) -> Doubt:
    """A few words under another heading may be about another thing; under a heading that was renamed they are not."""
    old, new = before.places[o], after.places[n]
    if old == new or len(words(after.texts[n])) >= FEW_WORDS:
        return ""
    return "place" if old in after.all_places or new in before.all_places else ""


def _equal_several(before: _Side, after: _Side, olds: list[int], news: list[int]) -> list[Pair]:
    """Equal questions: those with the same code, or in the same place as many as before; the others are unsure."""
    then, now = Counter(before.places[o] for o in olds), Counter(after.places[n] for n in news)
    by_id = {fold(before.items[o].id): o for o in olds}
    left = dict.fromkeys(olds)
    pairs: list[Pair] = []
    waiting: list[int] = []
    for n in news:
        item, place = after.items[n], after.places[n]
        o = by_id.get(fold(item.id))
        if o in left and before.items[o].known_by == item.known_by:
            stayed = before.places[o] == place and then[place] == now[place]
            pairs.append(Pair(o, n, 1.0, "" if item.known_by == "code" or stayed else "rival"))
            del left[o]
        else:
            waiting.append(n)
    by_place: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for o in reversed(left):
        by_place[before.places[o]].append(o)
    for n in waiting:
        place = after.places[n]
        o = by_place[place].pop() if by_place[place] else None
        if o is not None:
            lone = then[place] == now[place] == 1
            coded = "code" in (before.items[o].known_by, after.items[n].known_by)
            pairs.append(Pair(o, n, 1.0, "" if lone and not coded else "rival"))
            del left[o]
    paired = {pair.new for pair in pairs}
    pairs += [Pair(o, n, 1.0, "rival") for o, n in zip(left, (n for n in waiting if n not in paired), strict=False)]
    return pairs


def _alike(before: _Side, after: _Side) -> list[Pair]:
    """The most alike first; where another item without a partner would do as well, the pair is unsure."""
    found = _likenesses(before, after)

    def order(candidate: tuple[float, int, int]) -> tuple[float, bool, int, int]:
        like, o, n = candidate
        return (-like, before.places[o] != after.places[n], abs(o - n), n)

    olds: dict[int, float] = {}
    news: dict[int, float] = {}
    chosen: dict[tuple[int, int], float] = {}
    for like, o, n in sorted(found, key=order):
        if o not in olds and n not in news:
            olds[o] = news[n] = like
            chosen[o, n] = like
    rivals: dict[tuple[str, int], float] = defaultdict(float)
    for like, o, n in found:
        if (o, n) not in chosen:
            if olds.get(o, 0.0) < SURE:
                rivals["new", n] = max(rivals["new", n], like)
            if news.get(n, 0.0) < SURE:
                rivals["old", o] = max(rivals["old", o], like)
    return [
        Pair(o, n, like, _doubt(before, after, Pair(o, n, like), max(rivals["new", n], rivals["old", o])))
        for (o, n), like in chosen.items()
    ]


def _doubt(before: _Side, after: _Side, pair: Pair, rival: float) -> Doubt:
    one, other = before.texts[pair.old], after.texts[pair.new]
    if turned := turn(one, other):
        return turned
    if pair.likeness < SURE:
        return "likeness"
    if swapped(one, other):
        return "swapped"
    if before.items[pair.old].known_by == after.items[pair.new].known_by == "written":
        return "id"
    if rival > pair.likeness - RIVAL:
        return "rival"
    return _moved(before, after, pair.old, pair.new)


def _likenesses(before: _Side, after: _Side) -> list[tuple[float, int, int]]:
    """Likeness, old and new of the pairs that may be one question."""
    from rapidfuzz.fuzz import ratio

    found = []
    for n, olds in _candidates(before, after):
        item, text = after.items[n], after.texts[n]
        for o in olds:
            code = item.known_by == before.items[o].known_by == "code" and fold(item.id) == fold(before.items[o].id)
            least = SAME_CODE if code else LIKE
            like = ratio(text, before.texts[o], score_cutoff=100 * least) / 100
            if like >= least:
                found.append((like, o, n))
    return found


def _candidates(before: _Side, after: _Side) -> Iterable[tuple[int, Sequence[int]]]:
    """For each new item the old ones to compare: all where they are few, else those that share its rare words."""
    olds, news = list(before.left), list(after.left)
    if len(olds) * len(news) <= FEW_PAIRS:
        yield from ((n, olds) for n in news)
        return
    index: dict[str | tuple[str, str], list[int]] = defaultdict(list)
    for o in olds:
        for key in _keys(before.texts[o]):
            index[key].append(o)
    codes = {fold(before.items[o].id): o for o in olds if before.items[o].known_by == "code"}
    for n in news:
        shared: Counter[int] = Counter()
        looked = 0
        for key in sorted(_keys(after.texts[n]) & index.keys(), key=lambda key: len(index[key])):
            having = index[key]
            if looked and looked + len(having) > POSTINGS:
                break
            looked += len(having)
            rare = 1000 // (1 + int(math.log2(len(having))))
            for o in having:
                shared[o] += rare
        best = [o for o, _ in shared.most_common(CANDIDATES)]
        same = codes.get(fold(after.items[n].id)) if after.items[n].known_by == "code" else None
        yield n, best if same is None or same in best else [*best, same]


def _keys(text: str) -> set[str | tuple[str, str]]:
    """What is looked up: the beginnings of words, and words side by side (of Chinese and Japanese, characters)."""
    found = [word for word in words(text) if word not in NEUTRAL]
    return {word[:4] for word in found if len(word) > 1} | set(pairwise(found))
