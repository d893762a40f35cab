"""An answer given in one language is read in the other."""

from collections.abc import Callable

import pytest

from qms_tui.checklist.library import find
from qms_tui.checklist.parse import parse
from qms_tui.store.base import Actor, Store
from qms_tui.workflow.answers_file import record_answers
from qms_tui.workflow.walk import About, Walk

Begin = Callable[[str], Walk]

OLD = """\
---
checklist: 1
id: van
language: {language}
---
- [ ] State {{#state}}
  - answer: one of: {options}
"""


@pytest.fixture
def begin(store: Store, anna: Actor) -> Begin:
    def walk(text: str) -> Walk:
        return Walk(store, anna, parse(text.encode(), "van.md"), None, About())

    return walk


def answered(walk: Walk, **answers: str) -> None:
    record_answers(walk, answers, "answers.yaml")


def test_options_of_a_bundled_checklist_in_both_directions(store: Store, anna: Actor) -> None:
    chinese = Walk(store, anna, find("risk-review", "zh-Hant"), None, About())
    answered(chinese, **{"top-treatment": "降低", "teams-present": "1,3", "risk-outage": "2x3"})
    english = Walk(store, anna, find("risk-review", "en"), None, About())
    assert [past.value for past in english.past("top-treatment")] == ["Reduce"]
    assert [past.value for past in english.past("teams-present")] == [["Service desk", "IT and server room"]]
    assert [past.value for past in english.past("risk-outage")] == ["2x3"]
    answered(english, **{"top-treatment": "Transfer"})
    again = Walk(store, anna, find("risk-review", "zh-Hant"), None, About())
    assert [past.value for past in again.past("top-treatment")] == ["轉移", "降低"]
    assert store.find("answers", lambda doc: doc.get("value") == "降低") != [], "the record keeps what was chosen"


@pytest.mark.parametrize(
    ("language", "options", "told"),
    [
        ("de", "gut, mittel, schlecht", "fair"),
        ("de", "gut, mittel", "mittel"),  # not the same question: another number of options
        ("en", "fine, so-so, bad", "so-so"),  # reworded in the same language: nobody says which is which
    ],
)
def test_only_a_translation_is_told_in_other_words(begin: Begin, language: str, options: str, told: str) -> None:
    answered(begin(OLD.format(language=language, options=options)), state="2")
    now = begin(OLD.format(language="en", options="good, fair, poor"))
    assert [past.value for past in now.past("state")] == [told]


def test_a_pinned_text_that_is_gone_leaves_the_words(
    begin: Begin, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(begin(OLD.format(language="de", options="gut, mittel, schlecht")), state="2")
    get = store.get
    monkeypatch.setattr(store, "get", lambda table, key: None if table == "checklists" else get(table, key))
    now = begin(OLD.format(language="en", options="good, fair, poor"))
    assert [past.value for past in now.past("state")] == ["mittel"]
