import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_tui.checklist.answers import read_answer
from qms_tui.checklist.limits import read_limits
from qms_tui.checklist.model import Item
from qms_tui.checklist.values import BadValue, explain, read_value, verdict


def item(answer: str, limits: str = "", expect: tuple[str, ...] = ()) -> Item:
    found = read_limits(limits)[0] if limits else None
    return Item("i", "Q", (), 1, answer=read_answer(answer), limits=found, expect=expect)


@pytest.mark.parametrize(
    ("answer", "typed", "value"),
    [
        ("number", "23", 23),
        ("number", "23,5", 23.5),
        ("number", "0,125", 0.125),
        ("number", "1234,567", 1234.567),
        ("number", "-.5", -0.5),
        ("number", "\u22125", -5),
        ("number", "２３．５", 23.5),
        ("number", "1e3", 1000.0),
        ("number", "9007199254740993", 9007199254740993),
        ("number °C", " 4 ℃", 4),
        ("number µm", "4μm", 4),
        ("number %", "4%", 4),
        ("one of: Good, Poor", "poor", "Poor"),
        ("one of: Good, Poor", "1", "Good"),
        ("one of: 2, 1", "1", "1"),
        ("any of: a, b, c", "c, 1; c", ["a", "c"]),
        ("any of: a, b, c", "b", ["b"]),
        ("text", "  fine, thanks ", "fine, thanks"),
        ("date", "2024-02-29", "2024-02-29"),
        ("score 1-5", "５", 5),
        ("risk 5x5", "4x3", "4x3"),
        ("risk 5x5", "4 3", "4x3"),
        ("risk 5x5", "4×3", "4x3"),
        ("risk 5x5", "43", "4x3"),
        ("risk 12x12", "10 12", "10x12"),
        ("yes/no", "Y", "yes"),
        ("yes/no", "no", "no"),
        ("pass/fail", "p", "pass"),
    ],
)
def test_values(answer, typed, value):
    found = read_value(item(answer), typed)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("answer", "typed", "says"),
    [
        ("number", "abc", "'abc' is not a number; type digits, for example 23.5"),
        ("number", "1,234", "ambiguous; type 1.234 or 1234"),
        ("number", "1,234.5", "not a number"),
        ("number", "nan", "not a number"),
        ("number", "inf", "not a number"),
        ("number", "1e999", "too large"),
        ("number °C", "4 °F", "not a number"),
        ("number", "", "nothing was typed"),
        ("number", "9" * 5000, "not a number"),
        ("one of: a, b", "3", "not an option; type one of: a, b"),
        ("any of: a, b", "a, z", "'z' is not an option"),
        ("any of: a, b", ",", "not allowed"),
        ("text", "   ", "nothing was typed"),
        ("date", "2023-02-29", "YYYY-MM-DD"),
        ("date", "20240229", "YYYY-MM-DD"),
        ("score 1-5", "6", "from 1 to 5"),
        ("score 1-5", "3.5", "from 1 to 5"),
        ("risk 5x5", "6x1", "up to 5x5"),
        ("risk 12x12", "43", "up to 12x12"),
        ("yes/no", "maybe", "'maybe' is not allowed; type yes or no"),
        ("none", "x", "takes no answer"),
    ],
)
def test_bad_values(answer, typed, says):
    with pytest.raises(BadValue) as caught:
        read_value(item(answer), typed)
    assert says in str(caught.value) and "\n" not in str(caught.value) and len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("asked", "value", "result", "words"),
    [
        (item("number", "18..27 °C"), 18, "pass", "within 18..27 °C"),
        (item("number", "18..27 °C"), 27.5, "fail", "above 18..27 °C"),
        (item("number", "18..27 °C"), 3, "fail", "below 18..27 °C"),
        (item("number", "< 8"), 8, "fail", "not < 8"),
        (item("number", "> 8"), 8, "fail", "not > 8"),
        (item("number", "1.1 ± 0.2"), 0.9, "pass", "within 1.1 ± 0.2"),
        (item("number"), 5, None, ""),
        (item("yes/no"), "yes", "pass", "as expected: yes"),
        (item("yes/no", expect=("no",)), "yes", "fail", "expected: no"),
        (item("one of: a, b, c", expect=("a", "b")), "c", "fail", "expected: a, b"),
        (item("one of: a, b"), "a", None, ""),
        (item("any of: a, b, c", expect=("a", "b")), ["a", "b"], "pass", "as expected: a, b"),
        (item("any of: a, b, c", expect=("a", "b")), ["a", "c"], "fail", "expected: a, b"),
        (item("score 1-5", ">= 3"), 2, "fail", "not >= 3"),
        (item("score 1-5", expect=("4", "5")), 5, "pass", "as expected: 4, 5"),
        (item("score 1-5"), 5, None, ""),
        (item("text"), "words", None, ""),
        (item("date"), "2024-01-01", None, ""),
        (item("risk 5x5"), "4x3", None, "rating 12 of 25"),
        (item("pass/fail"), "fail", "fail", ""),
        (item("number", "1..2"), None, None, ""),
    ],
)
def test_verdict_and_words(asked, value, result, words):
    assert verdict(asked, value) == result
    assert explain(asked, value) == words


def test_risk_is_judged_by_what_is_accepted():
    risk = item("risk 5x5")
    assert verdict(risk, "4x3", accept=12) == "pass"
    assert verdict(risk, "4x3", accept=11.5) == "fail"


@given(
    st.text(max_size=40),
    st.sampled_from(["number °C", "one of: a, b", "any of: a, b", "date", "score 1-5", "risk 5x5"]),
)
def test_any_text_is_read_or_refused(text, answer):
    try:
        read_value(item(answer), text)
    except BadValue as error:
        assert str(error)
