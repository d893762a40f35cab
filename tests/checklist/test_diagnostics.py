"""Every code of a diagnostic, at its line and column."""

from pathlib import Path

import pytest

from qms_tui.checklist.model import ChecklistError
from qms_tui.checklist.parse import parse

HERE = Path(__file__).parent
STRICT = "---\nchecklist: 1\n---\n"
CASES = [
    ("E101", "- [ ] A {#a}\n- [ ] B {#A} \n", 5, 9, 4),
    ("E101", "- [ ] A {#a}\n- [ ] B\n  - id: a\n", 6, 9, 1),
    ("E102", "- [ ] 冷藏庫 {#two words}\n", 4, 11, 12),
    ("E102", "- [ ] A <!-- #x/y -->\n", 4, 9, 13),
    ("E102", "- [ ] A\n  - id: 兩 個\n", 5, 9, 3),
    ("E103", "- [ ] A\n  - **answer:** numbr\n", 5, 17, 5),
    ("E103", "- [ ] A\n  - answer:\n", 5, 5, 7),
    ("E104", "- [ ] A\n\t- limits: 9..2 °C\n", 5, 12, 7),
    ("E104", "> - [ ] A\n>   - answer： score 5-1\n", 5, 15, 9),
    ("E104", "- [ ] A\n  - limits: 1..5\n  - target: lots\n", 6, 13, 4),
    ("E105", "- [ ] A\n  - answer: text\n  - limits: 1..2\n", 6, 13, 4),
    ("E106", "- [ ] A\n  - answer: yes/no\n  - expect: maybe\n", 6, 13, 5),
    ("E106", "- [ ] A\n  - answer: one of: a, b\n  - default: c\n", 6, 14, 1),
    ("E107", "- [ ] A\n  - only if: nobody = yes\n", 5, 14, 12),
    ("E107", "- [ ] A\n  - only if: b = yes\n- [ ] B {#b}\n", 5, 14, 7),
    ("E107", "1. [ ] A\n   - if warm:\n     - [ ] B\n", 5, 6, 8),
    ("E108", "- [ ] A\n  - weight: -1\n", 5, 13, 2),
    ("E109", "- [ ] A\n  - help: a\n  - help: b\n", 6, 5, 4),
    ("E109", "- [ ] A {#a}\n  - id: b\n", 5, 5, 2),
    ("E110", "- [ ] A\n  - severity: hefty\n", 5, 15, 5),
    ("W202", "- [ ] A\n  - severty: major\n", 5, 5, 7),
    ("W202", "- [ ] A\n - answer: text\n", 5, 4, 6),
    ("W203", "- [ ] A\n- [ ]\n", 5, 1, 5),
    ("I301", "| Check | OK |\n|---|---|\n| Lamp | |\n", 6, 3, 4),
    ("I302", "- Lamp\n", 4, 3, 4),
    ("I303", "- [ ] A\n  - [X] B\n", 5, 5, 3),
    ("I304", "- [ ] A\n- B\n", 5, 1, 3),
]


@pytest.mark.parametrize(("code", "text", "line", "column", "length"), CASES, ids=range(len(CASES)))
def test_every_code_has_its_place(read, code: str, text: str, line: int, column: int, length: int) -> None:
    (found,) = read(STRICT + text).diagnostics
    assert (found.code, found.line, found.column, found.length) == (code, line, column, length)
    assert found.severity == {"E": "error", "W": "warning", "I": "info"}[code[0]]
    assert read(text).diagnostics[0].severity != "error"


@pytest.mark.parametrize(
    ("front", "code", "line", "column"),
    [
        ("title: a: b", "W002", 3, 9),
        ("kind: pod", "E106", 3, 7),
        ('"kind":  pod # what', "E106", 3, 10),
        ("tilte: x", "W201", 3, 1),
        ("severity: huge", "E110", 3, 11),
        ("weight: lots", "E108", 3, 9),
        ("answer: numbr", "E103", 3, 9),
        ("owner:\n  - a", "E106", 3, 1),
        ("owner: a\nowner: b", "E109", 4, 1),
        ("週期: 每小時", "E106", 3, 5),
        ("items: everything", "E106", 3, 8),
        ("scale: 3", "E106", 3, 8),
    ],
)
def test_the_front_matter_too(codes, front: str, code: str, line: int, column: int) -> None:
    assert codes(f"---\nchecklist: 1\n{front}\n---\n- [ ] x\n") == [(code, line, column)]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"\xef\xbb\xbf- [ ] ok\r\n\r- [ ] Gr\xf6\xdfe\n", "E001", 3, 9),
        (b"\xff\xfe-\x00", "E001", 1, 1),
        (b"- [ ] \xed\xa0\x80\n", "E001", 1, 7),
        (b"words\n", "E003", 1, 1),
    ],
)
def test_files_that_cannot_be_read_have_a_place_too(data: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(ChecklistError) as caught:
        parse(data, "x.md")
    found = caught.value.diagnostics[0]
    assert (found.code, found.line, found.column, found.severity) == (code, line, column, "error")


def test_fifteen_faults_in_one_file(codes) -> None:
    text = (HERE / "golden" / "faults.md").read_text("utf-8")
    assert codes(text) == [
        ("E106", 5, 10),
        ("W201", 6, 1),
        ("E104", 12, 13),
        ("E101", 13, 19),
        ("W202", 14, 5),
        ("E110", 15, 15),
        ("E102", 16, 22),
        ("E105", 18, 13),
        ("E103", 20, 8),
        ("E108", 21, 13),
        ("E109", 23, 5),
        ("E107", 25, 14),
        ("E106", 28, 13),
        ("E107", 29, 5),
        ("W203", 31, 1),
    ]


def test_did_you_mean_in_every_place(read) -> None:
    text = "- [ ] A {#door}\n  - severty: majro\n  - answer: one of: red, green\n  - expect: gren\n"
    text += "- [ ] B\n  - only if: dor = red\n"
    helps = [found.help for found in read("---\nchecklist: 1\ncadence: mothly\n---\n" + text).diagnostics]
    assert helps == [f"did you mean '{word}'?" for word in ("monthly", "severity", "green", "door")]
