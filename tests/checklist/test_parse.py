import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qms_tui.checklist.model import Checklist, ChecklistError, Condition
from qms_tui.checklist.parse import load, parse

EXAMPLE = """---
checklist: 1
title: Weekly service check
kind: check
cadence: weekly
---
## Systems
- [ ] Server room temperature {#room-temp}
  - limits: 18..27 °C
  - target: 22
  - severity: major
  > Read the sensor by the door, not the one on the rack.
- [ ] Did any customer wait longer than agreed? {#breach}
  - answer: yes/no
  - expect: no
  - if yes:
    - [ ] Which customer, and how long?
      - answer: text
- [ ] First-aid box is complete
"""


def questions(checklist: Checklist) -> list[str]:
    return [item.question for item in checklist.items]


def test_the_example_of_the_format(read):
    checklist = read(EXAMPLE)
    assert (checklist.title, checklist.kind, checklist.cadence, checklist.strict) == (
        "Weekly service check",
        "check",
        "weekly",
        True,
    )
    assert checklist.id == "my-list"
    assert checklist.diagnostics == ()
    assert checklist.digest == hashlib.sha256(EXAMPLE.encode()).hexdigest()
    temp, breach, which, box = checklist.items
    assert (temp.id, str(temp.answer), temp.target, temp.severity) == ("room-temp", "number °C", "22", "major")
    assert temp.limits and (temp.limits.low, temp.limits.high, temp.limits.text) == (18, 27, "18..27 °C")
    assert temp.guidance == "> Read the sensor by the door, not the one on the rack."
    assert (breach.answer.name, breach.expect, breach.guidance) == ("yes/no", ("no",), "")
    assert which.conditions == (Condition("breach", "=", "yes"),)
    assert (which.answer.name, which.line, which.section) == ("text", 17, ("Systems",))
    assert box.conditions == () and box.answer.name == "pass/fail"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_bom(end):
    data = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", end).encode()
    checklist = parse(data, "x.md")
    assert checklist.strict and [item.line for item in checklist.items] == [8, 13, 17, 19]
    assert checklist.diagnostics == ()
    assert checklist.text.encode() == data  # the pinned text has the digest of the file


def test_mixed_line_ends_keep_the_lines(read):
    checklist = read("# A\r\n- [ ] one\n\r\n- [ ] two\r- [ ] three\u2028still three\n")
    assert [item.line for item in checklist.items] == [2, 4, 5]


def test_tabs_indent(read):
    checklist = read("- [ ]\tPump\n\t- answer: yes/no\n\t- help: look\n\t\tclosely\n\tSecond paragraph\n")
    (item,) = checklist.items
    assert (item.question, item.answer.name, item.help, item.guidance) == (
        "Pump",
        "yes/no",
        "look closely",
        "Second paragraph",
    )


def test_not_utf8_names_the_line():
    with pytest.raises(ChecklistError, match=r"^a\.md:3: E001 not UTF-8 - save"):
        parse("- [ ] ok\n\n- [ ] Größe\n".encode("latin-1"), "a.md")


@pytest.mark.parametrize(
    "text", ["", "\n", "just words\n", "---\ntitle: x\n---\n", "- [ ] {#only-an-id}\n", "```\n- [ ] x\n```\n"]
)
def test_no_items(text):
    with pytest.raises(ChecklistError) as caught:
        parse(text.encode(), "a.md")
    assert str(caught.value).startswith("a.md:1: E003 ") and "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(ChecklistError, match="no such file"):
        load(tmp_path / "none.md")
    with pytest.raises(ChecklistError, match="is a directory"):
        load(tmp_path)
    with pytest.raises(ChecklistError, match="cannot be read"):
        load(tmp_path / "nul\0.md")
    with pytest.raises(ChecklistError, match="cannot be read"):
        load(tmp_path / ("long" * 200))


def test_load_uses_the_stem(tmp_path: Path):
    path = tmp_path / "Fire Drill.md"
    path.write_text("- [ ] Alarm heard everywhere\n")
    checklist = load(path)
    assert (checklist.id, checklist.title, checklist.strict) == ("fire-drill", "Fire Drill", False)


def test_title_and_nested_sections(read):
    checklist = read("# Kitchen\n- [ ] a\n## Cold\n### Fridge\n- [ ] b\n## Hot\n- [ ] c\n")
    assert checklist.title == "Kitchen"
    assert [item.section for item in checklist.items] == [(), ("Cold", "Fridge"), ("Hot",)]


def test_title_of_the_front_matter_and_chapters(read):
    checklist = read("---\ntitle: All\n---\n# One\n- [ ] a\n# Two\n- [ ] b\n")
    assert [item.section for item in checklist.items] == [("One",), ("Two",)]


def test_bold_line_before_a_list_is_a_section(read):
    checklist = read(
        "## Hall\n**Doors:**\n- [ ] a\n\n**Lamps**\n\n- [ ] b\n\n**Note** first\n\n- [ ] c\n\n## Yard\n- [ ] d\n"
    )
    assert [item.section for item in checklist.items] == [
        ("Hall", "Doors"),
        ("Hall", "Lamps"),
        ("Hall", "Lamps"),
        ("Yard",),
    ]


def test_a_plain_bullet_above_items_is_their_section(read):
    checklist = read("- Server\n  - [ ] reachable\n- [ ] Backups\n")
    assert [(item.question, item.section) for item in checklist.items] == [("reachable", ("Server",)), ("Backups", ())]


def test_items_at_any_depth_in_quotes_not_in_code_or_comments(read):
    text = "1. [ ] a\n\n   * [X] b\n\n> - [ ] c\n> > + [ ] d\n\n```\n- [ ] code\n```\n\n"
    text += "    - [ ] code\n\n<!--\n- [ ] hidden\n-->\n"
    checklist = read(text)
    assert questions(checklist) == ["a", "b", "c", "d"]
    assert [(d.code, d.line) for d in checklist.diagnostics] == [("I303", 3), ("W203", 12)]


def test_thirty_levels(read):
    text = "".join(f"{'  ' * depth}- [ ] level {depth}\n" for depth in range(30))
    assert len(read(text).items) == 30


def test_boxes_without_text_and_odd_marks(read):
    text = "- [x]y\n- [ ]\n- [ ] \n- [-] skipped\n- [/] half\n- [ ] real\n- [a] no\n- [ ](x.md) link\n"
    assert questions(read(text)) == ["skipped", "half", "real"]


def test_ballot_boxes_and_bare_boxes(read):
    text = "- ☐ one\n- ⬜️ two\n* □ three\n- ✅ decoration\n\n[ ] four\n[ ] five\n  goes on\n[] six\n\n- [ ]七\n"
    text += "- Sealed? ☐ yes ☐ no\n- ☐ yes ☐ no\n"
    assert questions(read(text)) == ["one", "two", "three", "four", "five goes on", "six", "七"]


def test_a_wrapped_line_with_a_box_is_the_next_item(read):
    checklist = read("- [ ] first\n[ ] second\n☐ third\n")
    assert [(item.question, item.line) for item in checklist.items] == [("first", 1), ("second", 2), ("third", 3)]


def test_plain_lists_only_where_nothing_else_is(read):
    checklist = read("# T\n- [Doors](#doors)\n\n## Doors\n- Open\n  - answer: yes/no\n- Closed\n\n1. Locked\n")
    assert questions(checklist) == ["Open", "Closed", "Locked"]
    assert checklist.items[0].answer.name == "yes/no"
    assert [(d.code, d.severity, d.line) for d in checklist.diagnostics] == [("I302", "info", 5)]
    assert questions(read("- plain\n- [ ] task\n")) == ["task"]


def test_items_override(read):
    assert questions(read("---\nitems: lists\n---\n- plain\n- [ ] task\n")) == ["plain", "task"]


def test_numbers_and_headings_after_the_box(read):
    checklist = read("- [ ] 1. Doors\n- [ ] # Loud\n- [ ] 2. Lamps\n  - answer: text\n- [ ] \n  below\n")
    assert questions(checklist) == ["1. Doors", "Loud", "2. Lamps", "below"]
    assert checklist.items[2].answer.name == "text"


def test_markup_leaves_the_question_and_links_stay_with_it(read):
    (item,) = read("- [ ] **Is** `a_b` set, see [the *plan*](plan.md)<br>now? \\* &amp; <b>x</b>\n").items
    assert item.question == "Is a_b set, see the plan now? * & x"
    assert item.guidance == "[the plan](plan.md)"


def test_loose_lists_and_guidance(read):
    text = "- [ ] Valve\n\n  - answer: text\n\n  First look.\n\n  ```sh\n  ls  *\n  ```\n\n"
    text += "  - a hint\n    - below\n\n- [ ] Next\n"
    first, second = read(text).items
    assert first.guidance == "First look.\n\n```sh\nls  *\n```\n\n- a hint\n  - below"
    assert (first.answer.name, second.guidance) == ("text", "")


def test_guidance_inside_a_quote(read):
    (item,) = read("> - [ ] Quoted\n>   - answer: text\n>\n>   Read\n>   > deep\n").items
    assert (item.answer.name, item.guidance) == ("text", "Read\n> deep")


def test_a_task_under_a_task_keeps_its_own_lines(read):
    outer, inner = read(
        "- [ ] Outer\n  why\n\n  hint one\n  - [ ] Inner\n    - answer: text\n\n    hint two\n\n  hint three\n"
    ).items
    assert (outer.question, outer.guidance) == ("Outer why", "hint one\n\nhint three")
    assert (inner.guidance, inner.answer.name, inner.conditions) == ("hint two", "text", ())


def test_lazy_line_after_a_field_is_guidance(read):
    (item,) = read("- [ ] Oil\n  - severity: minor\n  Ask first.\n").items
    assert (item.severity, item.guidance) == ("minor", "Ask first.")


def test_fields_one_space_in_are_siblings_and_said_so(read, codes):
    text = "- [ ] Oil\n - answer: text\n\n1. [ ] Gas\n  - answer: text\n"
    assert [item.answer.name for item in read(text).items] == ["pass/fail", "pass/fail"]
    assert codes(text) == [("W202", 2, 4), ("W202", 5, 5)]


def test_right_to_left_and_cjk(read):
    hebrew, chinese = read("- [ ] האם הדלת נעולה?\n- [ ] 滅火器在效期內嗎？\n  - ａｎｓｗｅｒ：yes/no\n").items
    assert hebrew.question == "האם הדלת נעולה?" and hebrew.id.startswith("האם-הדלת-נעולה-")
    assert chinese.answer.name == "yes/no"


def test_the_model_stays_light():
    code = "import sys, qms_tui.checklist.model; sys.exit('markdown_it' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def read_or_refuse(data: bytes) -> None:
    try:
        checklist = parse(data, "x.md")
    except ChecklistError as error:
        assert "\n" not in str(error)
        return
    ids = [item.id for item in checklist.items]
    assert len(set(ids)) == len(ids) and all(ids) and checklist.title
    for item in checklist.items:
        assert item.question.strip() and "\n" not in item.question and item.line >= 1
        assert {condition.item for condition in item.conditions} <= set(ids[: ids.index(item.id)])


LINES = [
    *EXAMPLE.splitlines(), "| Item | OK |", "| q | |",
    "---", "----", "...", "\t- x", "> ", "```", "<!--", "-->", "- [x] y", "☐ z", "| a | b |", "|---|---|", "**b**",
    "if no:",
    "  - if no:", "    - [ ] deep {#room-temp}", "  - only if: a = b", "  - id: a b", "  - weight: -1", "# H", "==",
    "[a]: b",
    "- - [ ] q", "  - severty: x", "answer: [", "  - limits: 9..2", "\x00", "a: &a [*a]", "1. [ ] 1. n", "  - answer:",
]  # fmt: skip


@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["", " ", "  ", "\t", "> "])), max_size=25),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_shuffled_lines_never_crash(lines, end):
    read_or_refuse(end.join(indent + line for line, indent in lines).encode())


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=60), st.integers(0, len(EXAMPLE)))
@example(b"\xef\xbb\xbf", 0)
@example(b"\x00", 60)
def test_bytes_put_in_anywhere_never_crash(extra, at):
    data = EXAMPLE.encode()
    read_or_refuse(data[:at] + extra + data[at:])
    read_or_refuse(extra)


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] " + "A" * 60_000,
        "- [ ] " + "A-" * 30_000,
        "- [ ] " + "{#" * 20_000,
        "- [ ] " + "<!-- #" * 10_000,
        "- [ ] x\n  - " + "*" * 20_000 + ": v",
        "- [ ] x\n  - limits: " + "1" * 20_000,
        "- [ ] x\n  - limits: " + "1 - " * 10_000,
        "- [ ] x\n  - answer: one of" + " " * 50_000 + "A, B",
        "- [ ] x\n  - only if: " + "a" * 50_000,
        "**" + "a" * 50_000 + "\n- [ ] x",
        ">" * 3_000 + " - [ ] x\n\n- [ ] y",
        "- " * 3_000 + "[ ] x\n\n- [ ] y",
        "- [ ] " + "[" * 20_000,
        "---\na: " + "[" * 20_000 + "\n---\n- [ ] x",
    ],
    ids=range(14),
)
def test_hostile_text_does_not_hang(text):
    """Far from a limit on time: what takes a second here took hours where a pattern had no bounds."""

    def hangs(*_args):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(120)
    try:
        read_or_refuse(text.encode())
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_full_width_boxes(read):
    found = read("- ［　］電源已關\n- ［ ］ 門已鎖\n- ［✓］ 燈已關\n\n［］瓦斯已關\n")
    assert questions(found) == ["電源已關", "門已鎖", "燈已關", "瓦斯已關"]


def test_marks_of_direction_around_a_field(read):
    (item,) = read(
        "- [ ] האם הדלת נעולה?\n  - \u200fanswer\u200f: \u202byes/no\u202c\n  - \u2067severity: major\u2069\n"
    ).items
    assert (item.answer.name, item.severity, item.guidance) == ("yes/no", "major", "")
