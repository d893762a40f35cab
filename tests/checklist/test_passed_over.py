"""What looks like an item and is none is named."""

import pytest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- [ ] a\n- [ ]\n", ("W203", 2, 1)),
        ("- [ ] a\n- [ ] {#only-an-id}\n", ("W203", 2, 1)),
        ("- [ ] a\n- [x]y\n", ("W203", 2, 1)),
        ("- [ ] a\n\ntext\n\n    - [ ] deep\n", ("W203", 5, 5)),
        ("- [ ] a\n\ntext\n2. [ ] b\n", ("W203", 4, 1)),
        ("- [ ] a\n\n<details>\n- [ ] b\n</details>\n", ("W203", 4, 1)),
        ("- [ ] a\n\n> - [ ]\n", ("W203", 3, 3)),
        ("- [ ] a\n- b\n- [ ] c\n", ("I304", 2, 1)),
        ("- [ ] a\n- Sealed? ☐ yes ☐ no\n", ("I304", 2, 1)),
        ("- [ ] a\n\n- Sealed? ☐ yes ☐ no\n", ("I304", 3, 1)),
        ("- [ ] a\n\n☐ yes ☐ no\n", ("I304", 3, 1)),
    ],
)
def test_it_is_named_where_it_stands(codes, text: str, found: tuple[str, int, int]) -> None:
    assert codes(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a\n\n```\n- [ ] b\n- [x]y\n```\n",
        "- [ ] a\n\n<!--\n- [ ] b\n-->\n",
        "- [ ] a\n\n<pre>\n- [ ] b\n</pre>\n",
        "- [ ] a\n\n## See\n- [a link](b.md)\n- [ref]: c\n- [1] Smith\n",
        "- [ ] a\n  - b\n  - [ ] c\n",
        "- a\n  - [ ] b\n- [ ] c\n",
        "- [ ] a\n\n## More\n- prose\n- more prose\n",
        "---\nitems: tables\n---\n- [ ] a\n\n| Check | OK |\n|---|---|\n| b | |\n",
        "---\ntags:\n- [ ] x\n---\n- [ ] a\n",
    ],
)
def test_code_comments_links_hints_and_prose_are_left_alone(read, text: str) -> None:
    assert [found.code for found in read(text).diagnostics if found.code not in ("I301", "W002")] == []


def test_bullets_of_other_programs_before_a_box(read) -> None:
    found = read("• [ ] one\n• ☐ two\n-[ ] three\n\n- [✓] four\n- [!] five\n- [>] six\n")
    assert [item.question for item in found.items] == ["one", "two", "three", "four", "five", "six"]


def test_what_is_nested_deeper_than_can_be_read_is_named(read) -> None:
    text = "".join(f"{'  ' * depth}- [ ] level {depth}\n" for depth in range(100))
    found = read(text)
    lines = {item.line for item in found.items} | {each.line for each in found.diagnostics if each.code == "W203"}
    assert lines == set(range(1, 101)) and len(found.items) >= 60


def test_a_comment_before_the_text_of_a_bullet(read) -> None:
    assert [item.question for item in read("1. <!-- n -->First\n2. Second\n").items] == ["First", "Second"]
