"""A checklist without ids that is edited again and again, as people edit: reword, move, insert, delete, rename.

Each question knows which question it truly is (`who`), so that a test can say whether a history followed it.
"""

import random
from dataclasses import dataclass, field

PLACES = ["boiler room", "cold store", "loading ramp", "paint shop", "server room", "front desk", "archive", "canteen"]
THINGS = [
    ("fire extinguisher", ["is sealed and in its place", "was inspected this year", "can be reached without a ladder"]),
    ("emergency exit", ["is free of boxes", "opens outwards by hand", "is marked by a lit sign"]),
    ("first-aid box", ["is complete and in date", "hangs where everybody sees it"]),
    ("pressure gauge", ["stands in the green field", "was calibrated within the interval"]),
    ("spill kit", ["is full and dry", "is known to the people who work there"]),
    ("forklift", ["has working brakes and lights", "was checked before the shift"]),
    ("eye wash", ["gives clear water within a minute", "is labelled in the language of the crew"]),
    ("cable tray", ["carries no load of other trades", "is fixed at every bracket"]),
    ("waste bin", ["is emptied and closed", "is sorted as the plan says"]),
    ("key cabinet", ["is locked and its list is signed", "holds every key on the list"]),
]
FORMS = ["The {thing} in the {place} {says}", "In the {place} the {thing} {says}", "{place}: the {thing} {says}"]
SAME = [  # rewordings that ask the same
    ("The ", "Check that the "), ("Check that the ", "Verify that the "), (" is ", " is still "),
    (" the ", " each "),
    ("is free of", "is kept free of"), ("was checked", "has been checked"),
    ("within the interval", "within its interval"), (" and ", ", and "),
    ("in date", "in date today"), ("by hand", "easily by hand"), (" this year", " within this year"),
    ("before the shift", "before the shift starts"), ("is emptied", "has been emptied"), ("boxes", "boxes and pallets"),
]  # fmt: skip
TURNED = [  # rewordings after which an old answer means something else
    (" is ", " is not "), ("locked", "unlocked"), ("free of", "full of"), ("complete", "incomplete"),
    (" can ", " cannot "),
    ("outwards", "inwards"), ("before the shift", "after the shift"), ("a minute", "two minutes"), ("every", "no"),
]  # fmt: skip


@dataclass
class Question:
    who: int
    text: str


@dataclass
class History:
    """`sections` are headings with their questions; `edits` counts what was done."""

    chance: random.Random
    sections: list[tuple[str, list[Question]]] = field(default_factory=list)
    edits: dict[str, int] = field(default_factory=dict)
    ever: dict[str, int] = field(default_factory=dict)
    """Whose text each was: the same words again are the same question again, and no edit makes them another's."""
    _next: int = 0

    def begin(self, items: int) -> None:
        self.sections = [(place.capitalize(), []) for place in PLACES]
        for _ in range(items):
            self.insert()
        self.edits.clear()

    def all(self) -> list[Question]:
        return [question for _, questions in self.sections for question in questions]

    def text(self) -> str:
        lines = ["# Round"]
        for name, questions in self.sections:
            lines += ["", f"## {name}", "", *(f"- [ ] {question.text}" for question in questions)]
        return "\n".join(lines) + "\n"

    def edit(self) -> None:
        kinds = ["reword"] * 5 + ["move"] * 2 + ["insert"] * 2 + ["delete", "delete", "turn", "rename", "near"]
        kind = self.chance.choice(kinds)
        if getattr(self, kind)() is not False:
            self.edits[kind] = self.edits.get(kind, 0) + 1

    def insert(self) -> bool:
        place = self.chance.randrange(len(PLACES))
        thing, says = self.chance.choice(THINGS)
        form = self.chance.choice(FORMS)
        return self._put(place, form.format(thing=thing, place=PLACES[place], says=self.chance.choice(says)))

    def near(self) -> bool:
        """A new question that differs from another by its object only; half of the time in place of it."""
        place, at = self._any()
        text = self.sections[place][1][at].text
        thing = next((thing for thing, _ in THINGS if thing in text), None)
        if thing is None:
            return False
        if self.chance.random() < 0.5:
            del self.sections[place][1][at]
        return self._put(place, text.replace(thing, self.chance.choice([t for t, _ in THINGS if t != thing])), at)

    def _put(self, place: int, text: str, at: int | None = None) -> bool:
        if self.ever.setdefault(text, self._next) != self._next:
            return False
        questions = self.sections[place][1]
        questions.insert(self.chance.randint(0, len(questions)) if at is None else at, Question(self._next, text))
        self._next += 1
        return True

    def _any(self) -> tuple[int, int]:
        filled = [n for n, (_, questions) in enumerate(self.sections) if questions]
        place = self.chance.choice(filled)
        return place, self.chance.randrange(len(self.sections[place][1]))

    def delete(self) -> None:
        place, at = self._any()
        del self.sections[place][1][at]

    def move(self) -> None:
        place, at = self._any()
        question = self.sections[place][1].pop(at)
        questions = self.sections[self.chance.randrange(len(self.sections))][1]
        questions.insert(self.chance.randint(0, len(questions)), question)

    def rename(self) -> None:
        place = self.chance.randrange(len(self.sections))
        name, questions = self.sections[place]
        self.sections[place] = (f"{name} and around" if "around" not in name else name.partition(" and")[0], questions)

    def reword(self) -> bool:
        place, at = self._any()
        return self._replace(place, at, SAME, self.sections[place][1][at].who)

    def turn(self) -> bool:
        """What is asked then is another question, though it stands where the old one stood."""
        place, at = self._any()
        self._next += 1
        return self._replace(place, at, TURNED, self._next - 1)

    def _replace(self, place: int, at: int, changes: list[tuple[str, str]], who: int) -> bool:
        question = self.sections[place][1][at]
        fitting = [(old, new) for old, new in changes if old in question.text and new not in question.text]
        if not fitting:
            return False
        text = question.text.replace(*self.chance.choice(fitting), 1)
        if text in {other.text for other in self.all()} or self.ever.setdefault(text, who) != who:
            return False
        self.sections[place][1][at] = Question(who, text)
        return True
