"""The value of `answer:` read into an Answer."""

import re

from qms_tui.checklist import aliases
from qms_tui.checklist.keys import ANSWERS
from qms_tui.checklist.model import Answer, AnswerName
from qms_tui.checklist.text import did_you_mean, fold, narrow, squeeze
from qms_tui.i18n import _

_PLAIN: dict[str, AnswerName] = {
    "pass/fail": "pass/fail",
    "yes/no": "yes/no",
    "text": "text",
    "date": "date",
    "none": "none",
    "number": "number",
}
_OPTIONS = re.compile(r"(one|any) +of *:? *(.*)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"number *:? *\(?([^()]{1,40})\)?", re.IGNORECASE)
_SCORE = re.compile(r"score *:? *([0-9]{1,4}) *(?:-|–|—|\.\.\.?|…|to) *([0-9]{1,4})", re.IGNORECASE)
_RISK = re.compile(r"risk *:? *([0-9]{1,2}) *[x×*] *([0-9]{1,2})", re.IGNORECASE)


class BadAnswer(ValueError):
    """`code` is E103 for an unknown kind, E104 for options or a range that cannot be read; `help` mends it."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code = code
        self.help = help


def split_words(text: str) -> tuple[str, ...]:
    """`A, B` or, where a word holds a comma, `A, x; B`; empty ones left out."""
    text = narrow(text)
    parts = text.split(";") if ";" in text else re.split(r"[,、]", text)
    return tuple(word for part in parts if (word := squeeze(part)))


def read_answer(text: str) -> Answer:
    """The answer kind that `text` names. Raises BadAnswer."""
    text = squeeze(narrow(text))
    if len(text) > 2000:
        raise BadAnswer("E104", _("the answer kind is longer than 2000 characters"), _("write fewer options"))
    name = _PLAIN.get(aliases.ANSWERS.canonical(text.replace(" / ", "/")) or "")
    if name is not None:
        return Answer(name)
    led = aliases.ANSWERS.lead(text)
    written = text
    if led is not None and led[0] in ("one of", "any of", "number", "score", "risk"):
        text = f"{led[0]} {led[1].strip()}" if led[1] else led[0]
    if match := _OPTIONS.fullmatch(text):
        return _options("one of" if match[1].casefold() == "one" else "any of", match[2])
    if match := _NUMBER.fullmatch(text):
        return Answer("number", unit=match[1].strip())
    if match := _SCORE.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        if low >= high:
            raise BadAnswer("E104", _("the score {low}-{high} has no range").format(low=low, high=high), "score 1-5")
        return Answer("score", low=low, high=high)
    if match := _RISK.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        if low < 2 or high < 2:
            raise BadAnswer(
                "E104", _("the risk matrix {low}x{high} is too small").format(low=low, high=high), "risk 5x5"
            )
        return Answer("risk", low=low, high=high)
    first = text.split(" ")[0]
    if first in ("score", "risk"):
        example = "score 1-5" if first == "score" else "risk 5x5"
        raise BadAnswer(
            "E104", _("'{text}' has no range").format(text=written[:60]), _("write {text}").format(text=example)
        )
    raise BadAnswer("E103", _("unknown answer kind '{text}'").format(text=written[:60]), did_you_mean(written, ANSWERS))


def _options(name: AnswerName, text: str) -> Answer:
    words = split_words(text.strip().removeprefix("(").removesuffix(")"))
    folded = [fold(word) for word in words]
    if len(words) < (2 if name == "one of" else 1):
        raise BadAnswer(
            "E104", _("'{name}' has too few options").format(name=name), _("write {text}").format(text=f"{name}: A, B")
        )
    if len(set(folded)) < len(folded):
        twice = next(word for word, key in zip(words, folded, strict=True) if folded.count(key) > 1)
        raise BadAnswer("E104", _("the option '{word}' stands twice").format(word=twice), _("remove one"))
    return Answer(name, options=words)
