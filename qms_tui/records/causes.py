"""The five whys as a tree: order, read-back, and what is weak in it.

The symptom, which is the nonconformity's statement, is the root of the tree in the sense of data; the *root cause* is
the last why of a chain, marked as such. A why may have several answers: branches.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qms_tui.i18n import _, ngettext
from qms_tui.records.case import Document

Causes = Mapping[str, Document]
SHORTEST = 3  # whys before a cause is likely to be more than a symptom

# Words after which a chain has stopped at a person or at "train them again"; English and Chinese.
_PERSON = re.compile(
    r"\b(forgot\w*|careless\w*|negligen\w*|inattenti\w*|human error|operator error|lazy|laziness|"
    r"did(?:n'?t| not) (?:know|care|pay|follow|read|think|notice)|was (?:tired|distracted)|mistake by|"
    r"(?:his|her|their) (?:fault|mistake)|not (?:careful|paying attention))\b"
    r"|忘記|忘了|疏忽|粗心|大意|人為|不小心|沒注意|未注意|不認真",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"\b(?:re-?|un)?train(?:ed|ing)\b|\b(?:re)?train (?:them|him|her|people|staff)\b|訓練|培訓|教育不足", re.IGNORECASE
)


class Why(NamedTuple):
    """A why in reading order. `depth` is 1 for an answer to the symptom; `label` such as 1.2.1 says where it hangs."""

    id: str
    depth: int
    label: str
    cause: Document


class Weakness(NamedTuple):
    """Something weak in the analysis. `cause` is the id of the why it is about."""

    code: str
    cause: str
    message: str


def tree(causes: Causes) -> list[Why]:
    """The whys depth first, each after the one it answers. One whose parent was withdrawn hangs below the symptom."""
    children: dict[str | None, list[str]] = {}
    for id_, cause in causes.items():
        parent = cause.get("parent")
        children.setdefault(parent if parent in causes and parent != id_ else None, []).append(id_)
    seen: set[str] = set()

    def below(parent: str | None, label: str, depth: int) -> Iterator[Why]:
        for n, id_ in enumerate(children.get(parent, []), 1):
            if id_ in seen:
                continue
            seen.add(id_)
            own = f"{label}.{n}" if label else str(n)
            yield Why(id_, depth, own, causes[id_])
            yield from below(id_, own, depth + 1)

    return list(below(None, "", 1))


def leaves(causes: Causes) -> list[str]:
    """The ids of the whys that nothing answers, in reading order."""
    parents = {cause.get("parent") for cause in causes.values()}
    return [why.id for why in tree(causes) if why.id not in parents]


def chain(causes: Causes, id_: str) -> list[Document]:
    """From the first why below the symptom down to this one."""
    found: list[Document] = []
    seen: set[str] = set()
    at: Any = id_
    while at in causes and at not in seen:
        seen.add(at)
        found.append(causes[at])
        at = causes[at].get("parent")
    return found[::-1]


def roots(causes: Causes) -> dict[str, Document]:
    """The whys that are marked as root causes."""
    return {why.id: why.cause for why in tree(causes) if why.cause.get("root")}


def read_back(causes: Causes, statement: str) -> list[list[str]]:
    """For every root cause the chain read backwards, from it to the symptom; each line but the first is a "therefore".

    If a line does not follow from the one above it, a why is wrong or missing.
    """
    return [[str(cause["text"]) for cause in reversed(chain(causes, id_))] + [statement] for id_ in roots(causes)]


def warnings(causes: Causes) -> list[Weakness]:
    """What is weak in the analysis; nothing of it bars a transition."""
    found: list[Weakness] = []
    ends = set(leaves(causes))
    for why in tree(causes):
        cause, shown = why.cause, f"{why.label} {why.cause['text']}"
        if not cause.get("evidence"):
            found.append(Weakness("evidence", why.id, _("{why}: has no evidence").format(why=shown)))
        if why.id not in ends and not cause.get("root"):
            continue
        if why.depth < SHORTEST:
            words = ngettext(
                "{why}: the chain has {n} why; ask again until it is a matter of the system",
                "{why}: the chain has {n} whys; ask again until it is a matter of the system",
                why.depth,
            )
            found.append(Weakness("short", why.id, words.format(why=shown, n=why.depth)))
        if _TRAINING.search(cause["text"]):
            message = _("{why}: ends at training; what let an untrained person do it?").format(why=shown)
            found.append(Weakness("training", why.id, message))
        elif cause.get("category") == "people" or _PERSON.search(cause["text"]):
            message = _("{why}: ends at a person; what in the work made it possible?").format(why=shown)
            found.append(Weakness("person", why.id, message))
    return found
