"""What is typed or stands in a file, and what it means for its item."""

from typing import Any

import pytest
from walk_helpers import checklist, item

from qms_tui.checklist.answers import read_answer
from qms_tui.checklist.model import Item
from qms_tui.workflow.given import BadAnswer, Given, from_entry, from_result, from_text, show_value


@pytest.mark.parametrize(
    ("id", "typed", "result", "value", "verdict"),
    [
        ("doors", "y", "conform", None, None),
        ("doors", "N", "nonconform", None, None),
        ("doors", "p", "partial", None, None),
        ("doors", "a", "not_applicable", None, None),
        ("doors", "c", "corrected_on_spot", None, None),
        ("doors", "not assessed", "not_assessed", None, None),
        ("temp", "8", "conform", 8, "pass"),
        ("temp", "8,5", "nonconform", 8.5, "fail"),
        ("temp", "4 °C", "conform", 4, "pass"),
        ("temp", "n", "nonconform", None, None),
        ("temp", "c", "corrected_on_spot", None, None),
        ("temp", "n/a", "not_applicable", None, None),
        ("waited", "no", "conform", "no", "pass"),
        ("waited", "Yes", "nonconform", "yes", "fail"),
        ("waited", "p", "partial", None, None),
        ("waited", "pass", "conform", "no", "pass"),
        ("waited", "fail", "nonconform", "yes", "fail"),
        ("who", "王小姐 [/] 🙂", "conform", "王小姐 [/] 🙂", None),
        ("handled", "3", "conform", 3, None),
        ("handled", "n", "nonconform", None, None),
        ("van", "poor", "nonconform", "Poor", "fail"),
        ("van", "2", "conform", "Fair", "pass"),
        ("subjects", "delay; tone", "conform", ["Tone", "Delay"], None),
        ("service", "2026-02-28", "conform", "2026-02-28", None),
        ("risk", "2x3", "conform", "2x3", "pass"),
        ("risk", "5 5", "nonconform", "5x5", "fail"),
    ],
)
def test_as_typed(id: str, typed: str, result: str, value: Any, verdict: str | None) -> None:
    assert from_text(item(id), typed, checklist().accept) == Given(result, value, verdict)


@pytest.mark.parametrize(
    ("id", "typed", "said"),
    [
        ("doors", "maybe", "'maybe' is no answer; use y, n, p, a or c"),
        ("doors", "", "is no answer"),
        ("temp", "warm", "'warm' is not a number"),
        ("temp", "y", "this item wants a value: number °C"),
        ("temp", "1,234", "ambiguous"),
        ("waited", "a", "always applies"),
        ("handled", "6", "a whole number from 1 to 5"),
        ("van", "Broken", "one of: Good, Fair, Poor"),
        ("subjects", "Tone; Smell", "'Smell' is not an option"),
        ("service", "2026-02-30", "YYYY-MM-DD"),
        ("risk", "6x1", "up to 5x5"),
        ("who", "  ", "nothing was typed"),
    ],
)
def test_refused_in_one_line_that_says_what_is_allowed(id: str, typed: str, said: str) -> None:
    with pytest.raises(BadAnswer, match=said) as refused:
        from_text(item(id), typed)
    assert "\n" not in str(refused.value)


def test_a_key_for_a_yes_no_item_stores_the_value_that_leads_to_it() -> None:
    yes = Item("i", "Q", (), 1, answer=read_answer("yes/no"))
    assert from_result(yes, "conform") == Given("conform", "yes", "pass")
    assert from_result(yes, "nonconform") == Given("nonconform", "no", "fail")
    assert from_result(item("waited"), "conform") == Given("conform", "no", "pass")


@pytest.mark.parametrize(
    ("id", "entry", "expected"),
    [
        ("doors", "y", Given("conform", evidence=[])),
        ("doors", {"result": "N/A"}, Given("not_applicable", evidence=[])),
        ("doors", {"note": "see plan"}, Given(note="see plan", evidence=[])),
        ("doors", {"result": "n", "note": ""}, Given("nonconform", evidence=[])),
        ("doors", {"result": "n", "note": None}, Given("nonconform", evidence=[])),
        ("doors", {"evidence": "a.jpg"}, Given(evidence=["a.jpg"])),
        ("doors", {"evidence": ["a.jpg", "b c"]}, Given(evidence=["a.jpg", "b c"])),
        ("temp", {"value": "9"}, Given("nonconform", 9, "fail", evidence=[])),
        ("temp", {"value": "9", "result": "partial"}, Given("partial", 9, "fail", evidence=[])),
        ("temp", {"value": "9", "result": "corrected"}, Given("corrected_on_spot", 9, "fail", evidence=[])),
        ("subjects", {"value": ["Delay", "Tone"]}, Given("conform", ["Tone", "Delay"], evidence=[])),
        (
            "doors",
            {"result": "fail", "grade": "minor", "statement": "門", "criterion": "QMS 1"},
            Given("nonconform", evidence=[], grade="minor", statement="門", criterion="QMS 1"),
        ),
    ],
)
def test_an_entry_of_a_file(id: str, entry: object, expected: Given) -> None:
    found = from_entry(item(id), entry, 6)
    if isinstance(entry, str):
        assert (found.result, found.value) == (expected.result, expected.value)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("id", "entry", "said"),
    [
        ("temp", {"value": "9", "result": "conform"}, "9 °C does not pass, so it cannot be conform"),
        ("waited", {"value": "yes", "result": "conform"}, "does not pass"),
        ("waited", {"value": "no", "result": "na"}, "always applies"),
        ("waited", {"result": "na"}, "always applies"),
        ("doors", {"result": "perhaps"}, "is no result; known are conform, partial"),
        ("doors", {"grade": "huge"}, "is no grade; known are major, minor"),
        ("doors", {"grade": ["minor"]}, "is no grade"),
        ("doors", {"resutl": "y"}, "unknown key 'resutl'; known are result"),
        ("doors", {"note": ["a"]}, "'note' takes a text"),
        ("doors", {"evidence": {"a": "b"}}, "'evidence' takes a text or a list"),
        ("doors", {"evidence": [["a"]]}, "'evidence' takes a text or a list"),
        ("subjects", {"value": {"Tone": "y"}}, "'value' takes a text or a list"),
        ("subjects", {"value": [["Tone"]]}, "'value' takes a text or a list"),
        ("temp", {"value": "warm"}, "not a number"),
        ("doors", {}, "it says nothing"),
        ("doors", {"note": ""}, "it says nothing"),
        ("doors", ["y"], "an answer is a text or a mapping, not list"),
    ],
)
def test_entries_that_are_refused(id: str, entry: object, said: str) -> None:
    with pytest.raises(BadAnswer, match=said) as refused:
        from_entry(item(id), entry, 6)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "shown"), [(4, "4 °C"), (23.5, "23.5 °C"), (23.0, "23 °C"), (1234567.5, "1234567.5 °C"), ("x", "x °C")]
)
def test_a_value_is_shown_with_its_unit_and_every_digit(value: Any, shown: str) -> None:
    assert show_value(item("temp"), value) == shown


def test_options_are_shown_in_a_row() -> None:
    assert show_value(item("subjects"), ["Tone", "Delay"]) == "Tone, Delay"
    assert show_value(item("subjects"), "2.0") == "2.0"
