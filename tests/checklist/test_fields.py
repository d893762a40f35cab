import pytest

from qms_tui.checklist.model import Condition, Limits


def item(read, *fields: str, question: str = "Q"):
    return read(f"- [ ] {question}\n" + "".join(f"  - {field}\n" for field in fields)).items[0]


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("pass/fail", "pass/fail"),
        ("Yes / No", "yes/no"),
        ("number", "number"),
        ("number °C", "number °C"),
        ("number (m²)", "number m²"),
        ("one of: good, fair, poor", "one of: good, fair, poor"),
        ("ONE OF: a, b; c", "one of: a, b, c"),
        ("any of: 紅、綠", "any of: 紅, 綠"),
        ("text", "text"),
        ("date", "date"),
        ("score 1-5", "score 1-5"),
        ("score １..１０", "score 1-10"),
        ("risk 5×4", "risk 5x4"),
        ("none", "none"),
    ],
)
def test_answer_kinds(read, written, answer):
    found = item(read, f"answer: {written}")
    assert str(found.answer) == answer
    assert found.guidance == ""


def test_options_with_commas_are_split_at_semicolons(read):
    assert item(read, "answer: one of: red, hot; cold").answer.options == ("red, hot", "cold")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("numbr", "E103"),
        ("", "E103"),
        ("one of: only", "E104"),
        ("any of:", "E104"),
        ("one of: a, A", "E104"),
        ("score", "E104"),
        ("score 5-1", "E104"),
        ("risk", "E104"),
        ("risk 1x1", "E104"),
    ],
)
def test_answers_that_cannot_be_read(read, written, code):
    checklist = read(f"- [ ] Q\n  - answer: {written}\n")
    assert [(d.code, d.line, d.column, d.severity) for d in checklist.diagnostics] == [
        (code, 2, 13 if written else 5, "warning")
    ]
    assert checklist.items[0].answer.name == "pass/fail"
    assert checklist.items[0].guidance.startswith("- answer:")


@pytest.mark.parametrize(
    ("written", "limits", "unit"),
    [
        ("2..8 °C", (2, 8, False, False), "°C"),
        ("2 °C .. 8 °C", (2, 8, False, False), "°C"),
        ("-20...-10", (-20, -10, False, False), ""),
        ("2-8 bar", (2, 8, False, False), "bar"),
        ("2 to 8", (2, 8, False, False), ""),
        ("2,5 – 8 m³/h", (2.5, 8, False, False), "m³/h"),
        (">= 2", (2, None, False, False), ""),
        ("≤ 8 %", (None, 8, False, False), "%"),
        ("< 8 dB(A)", (None, 8, False, True), "dB(A)"),
        ("> 0,5", (0.5, None, True, False), ""),
        ("> 0 and <= 5 mm", (0, 5, True, False), "mm"),
        ("5 ± 1", (4, 6, False, False), ""),
        ("1.1 +/- 0.2 V", (0.9, 1.3, False, False), "V"),
        ("１８..２７ ℃", (18, 27, False, False), "℃"),
        ("\u22125..5", (-5, 5, False, False), ""),
    ],
)
def test_limits(read, written, limits, unit):
    found = item(read, f"limits: {written}")
    assert (
        found.limits and (found.limits.low, found.limits.high, found.limits.low_open, found.limits.high_open) == limits
    )
    assert (found.answer.name, found.answer.unit) == ("number", unit)


@pytest.mark.parametrize(
    "written", ["8..2", "1,234..5", "about 5", "5", "> 5, < 2", "> 5 > 6", "2 mm..8 cm", "", "1e400..2"]
)
def test_limits_that_cannot_be_read(read, codes, written):
    text = f"- [ ] Q\n  - limits: {written}\n"
    assert codes(text) == [("E104", 2, 13 if written else 5)]
    assert read(text).items[0].limits is None


def test_limits_and_kinds(read, codes):
    assert item(read, "limits: >= 3", "answer: score 1-5").limits == Limits(">= 3", low=3)
    assert item(read, "limits: 2..8 °C", "answer: number").answer.unit == "°C"
    assert codes("- [ ] Q\n  - answer: text\n  - limits: 2..8\n") == [("E105", 3, 13)]
    assert codes("- [ ] Q\n  - answer: number °F\n  - limits: 2..8 °C\n") == [("E104", 3, 13)]


def test_the_other_fields(read):
    found = item(
        read,
        "**Severity:** MAJOR",
        "**evidence**: if fail",
        "CLAUSE： ISO 9001 8.5.1, QMS 4.1",
        "*indicator:* scrap-rate",
        "weight: ２,5",
        "na: no",
        "every: 3rd",
        "__help: ask the owner__",
        "target: 22",
        "default: fail",
    )
    assert (found.severity, found.evidence, found.clause) == ("major", "if fail", ("ISO 9001 8.5.1", "QMS 4.1"))
    assert (found.indicator, found.weight, found.na, found.every) == ("scrap-rate", 2.5, False, "3rd")
    assert (found.help, found.target, found.default, found.guidance) == ("ask the owner", "22", "fail", "")


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        (["severity: huge"], "E110", 15),
        (["weight: -1"], "E108", 13),
        (["weight: lots"], "E108", 13),
        (["evidence: maybe"], "E106", 15),
        (["na: sometimes"], "E106", 9),
        (["answer: yes/no", "expect: blue"], "E106", 13),
        (["answer: one of: a, b", "default: c"], "E106", 14),
        (["answer: text", "expect: x"], "E106", 13),
        (["id: two words"], "E102", 9),
        (["severty: major"], "W202", 5),
        (["help: a", "help: b"], "E109", 5),
        (["only if: nothing = yes"], "E107", 14),
        (["only if: what"], "E107", 14),
    ],
)
def test_problems_stay_guidance(read, fields, code, column):
    checklist = read("- [ ] Q\n" + "".join(f"  - {field}\n" for field in fields))
    assert [(d.code, d.line, d.column) for d in checklist.diagnostics] == [(code, len(fields) + 1, column)]
    assert checklist.items[0].guidance == f"- {fields[-1]}"


def test_did_you_mean(read):
    (first,) = read("- [ ] Q\n  - severty: major\n").diagnostics
    assert first.help == "did you mean 'severity'?"
    (second,) = read("- [ ] Q\n  - severity: majro\n").diagnostics
    assert second.help == "did you mean 'major'?"


def test_ordinary_bullets_are_left_alone(read, codes):
    text = "- [ ] Q\n  - owner: Ann\n  - time: 5 min\n  - Note: hot\n  - see https://example.org\n  - If no: call Ann\n"
    assert codes(text) == []
    assert read(text).items[0].guidance.count("\n") == 4


def test_expect(read):
    assert item(read, "expect: good, fair", "answer: one of: Good, Fair, Poor").expect == ("Good", "Fair")
    assert item(read, "answer: any of: a, b, c", "expect: c, a").expect == ("a", "c")
    assert item(read, "answer: score 1-5", "expect: 4, 5").expect == ("4", "5")
    assert item(read, "answer: yes/no", "expect: No").expect == ("no",)


def test_strict_files_have_errors(read):
    checklist = read("---\nchecklist: 1\n---\n- [ ] Q\n  - weight: x\n")
    assert [(d.code, d.severity) for d in checklist.diagnostics] == [("E108", "error")]
    assert len(checklist.items) == 1


def test_defaults_of_the_front_matter(read):
    front = "---\nanswer: yes/no\nseverity: minor\nevidence: required\nna: no\nweight: 2\n---\n"
    first, second, third = read(front + "- [ ] A\n- [ ] B\n  - severity: major\n- [ ] C\n  - limits: 1..2\n").items
    assert (first.answer.name, first.severity, first.evidence, first.na, first.weight) == (
        "yes/no",
        "minor",
        "required",
        False,
        2,
    )
    assert (second.severity, second.answer.name) == ("major", "yes/no")
    assert third.answer.name == "number"


def test_branches_accumulate(read):
    text = (
        "- [ ] Temp {#t}\n  - limits: 2..8 °C\n  - if > 8:\n    - [ ] Moved? {#m}\n      - answer: yes/no\n"
        "      - if no:\n        - [ ] Why not? {#w}\n  - if fail:\n    1. [ ] Told {#told}\n"
    )
    t, m, w, told = read(text).items
    assert t.conditions == ()
    assert m.conditions == (Condition("t", ">", "8"),)
    assert w.conditions == (Condition("t", ">", "8"), Condition("m", "=", "no"))
    assert told.conditions == (Condition("t", "=", "fail"),)
    assert read(text).diagnostics == () and t.guidance == ""


def test_only_if(read):
    text = "- [ ] A {#a}\n  - answer: one of: x, y\n- [ ] B\n  - only if: A != X\n- [ ] C {#c}\n  - only if： a ＝ y\n"
    _, b, c = read(text).items
    assert (b.conditions, c.conditions) == ((Condition("a", "!=", "x"),), (Condition("a", "=", "y"),))


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] A\n  - only if: later = yes\n- [ ] B {#later}\n",
        "- [ ] A {#a}\n  - answer: yes/no\n- [ ] B\n  - only if: a = purple\n",
        "- [ ] A {#a}\n  - answer: yes/no\n- [ ] B\n  - only if: a > 3\n",
        "- [ ] A {#a}\n  - answer: number\n  - if warm:\n    - [ ] B\n    - [ ] C\n",
        "- [ ] A {#a}\n  - answer: none\n  - if no:\n    - [ ] B\n",
    ],
)
def test_conditions_that_cannot_hold_are_reported_once_and_the_item_is_asked(read, codes, text):
    assert [code for code, _, _ in codes(text)] == ["E107"]
    assert all(not item.conditions for item in read(text).items)


def test_other_text_under_a_branch_keeps_its_condition(read):
    text = "- [ ] A\n  - if no:\n    - stop the line\n    - [ ] B\n"
    first, second = read(text).items
    assert first.guidance == "- if no:\n  - stop the line"
    assert second.conditions == (Condition(first.id, "=", "no"),)


@pytest.mark.parametrize(
    ("target", "column"),
    [("22", 0), ("22 °C", 0), (">= 20", 0), ("20..24 °C", 0), ("40", 13), ("warm", 13), ("22 °F", 13)],
)
def test_targets_that_cannot_be_met(codes, target, column):
    found = codes(f"- [ ] Q\n  - limits: 18..27 °C\n  - target: {target}\n")
    assert found == ([("E104", 3, column)] if column else [])


@pytest.mark.parametrize(
    ("answer", "condition", "possible"),
    [
        ("score 1-5", "if >= 4", True),
        ("score 1-5", "if > 5", False),
        ("score 1-5", "if 7", False),
        ("score 1-5", "if != 7", True),
        ("risk 5x5", "if >= 12", True),
        ("risk 5x5", "if > 25", False),
        ("one of: a, b", "if c", False),
        ("any of: a, b", "if B", True),
        ("date", "if < 2026-01-01", True),
        ("text", "if > 3", False),
    ],
)
def test_conditions_that_look_ahead_or_cannot_occur(codes, answer, condition, possible):
    text = f"- [ ] Q\n  - answer: {answer}\n  - {condition}:\n    - [ ] R\n"
    assert codes(text) == ([] if possible else [("E107", 3, 5)])


def test_a_condition_on_a_later_item_names_its_line(read):
    (found,) = read("- [ ] A\n  - only if: b = yes\n\n- [ ] B {#b}\n").diagnostics
    assert found.message == "'b' is not asked before this item; it stands on line 4"


def test_a_branch_that_says_more_keeps_its_words(read):
    first, second = read("- [ ] A\n  - if no: call Ann\n    - [ ] B\n").items
    assert first.guidance == "- if no: call Ann" and second.conditions == (Condition(first.id, "=", "no"),)
    first, second = read("- [ ] A\n  - if it is warm:\n    - [ ] B\n").items
    assert first.guidance == "- if it is warm:" and second.conditions == ()
