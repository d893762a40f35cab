import re

import pytest

from qms_tui.checklist.identity import leading_code, slug


def ids(read, text: str) -> list[str]:
    return [item.id for item in read(text).items]


def test_written_ids(read):
    text = "- [ ] Doors {#doors}\n- [ ] Lamps <!-- #lamps -->\n- [ ] Pumps\n  - id: pumps.1\n- [ ] Tür zu? {#tür-1}\n"
    checklist = read(text)
    assert [(item.id, item.question) for item in checklist.items] == [
        ("doors", "Doors"),
        ("lamps", "Lamps"),
        ("pumps.1", "Pumps"),
        ("tür-1", "Tür zu?"),
    ]
    assert checklist.diagnostics == ()


def test_id_on_the_first_line_of_a_wrapped_question(read):
    (item,) = read("- [ ] Is the long {#long}\n  question wrapped\n").items
    assert (item.id, item.question) == ("long", "Is the long question wrapped")


def test_bad_ids_stay_in_the_text(read):
    checklist = read("- [ ] Doors {#two words}\n- [ ] Lamps {# jinja #}\n- [ ] Pumps {#p} soon\n")
    assert [(d.code, d.line, d.column) for d in checklist.diagnostics] == [("E102", 1, 13)]
    assert checklist.diagnostics[0].help == "write {#two-words}"
    assert checklist.items[0].question == "Doors {#two words}"


def test_an_id_twice_names_the_first_line(read):
    checklist = read("- [ ] One {#a}\n- [ ] Two {#A}\n")
    (found,) = checklist.diagnostics
    assert (found.code, found.line) == ("E101", 2) and "line 1" in found.message
    assert checklist.items[0].id == "a" and checklist.items[1].id.startswith("two-")


def test_two_ids_on_one_item(read, codes):
    text = "- [ ] One {#a}\n  - id: b\n"
    assert codes(text) == [("E109", 2, 5)] and ids(read, text) == ["a"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("4.1.1 Scope is written", "4.1.1"),
        ("R-07: Rope is whole", "R-07"),
        ("WSTG-INFO-01 Search engines", "WSTG-INFO-01"),
        ("[A.5.1] Policies", "A.5.1"),
        ("(Q12) Asked", "Q12"),
        ("3. Third", ""),
        ("12 bolts are tight", ""),
        ("ISO papers", ""),
        ("E-mail works", ""),
        ("4.1.1", ""),
    ],
)
def test_leading_codes(question, code):
    assert leading_code(question) == code


def test_a_code_is_an_id_only_where_it_is_unique(read):
    found = ids(read, "- [ ] **4.1** Scope\n- [ ] 4.2 Roles\n- [ ] 4.2 Duties\n- [ ] R-1 Rope\n- [ ] Other {#r-1}\n")
    assert found[0] == "4.1" and found[1].startswith("4-2-roles-") and found[2].startswith("4-2-duties-")
    assert found[3].startswith("r-1-rope-") and found[4] == "r-1"


def test_ids_do_not_depend_on_position(read):
    before = ids(read, "## Hall\n- [ ] Lamp works\n- [ ] Door shuts\n## Yard\n- [ ] Lamp works\n")
    after = ids(read, "## Yard\n- [ ] New\n- [ ] Lamp works\n## Hall\n- [ ] Door shuts\n- [ ]  *Lamp*  Works\n")
    assert len(set(before)) == 3
    assert before[0] == after[3] and before[1] == after[2] and before[2] == after[1]
    assert re.fullmatch(r"door-shuts-[0-9a-f]{6}", before[1])


def test_equal_questions_in_one_section_get_a_counter(read):
    first, second = ids(read, "- [ ] Lamp\n- [ ] Lamp\n")
    assert second == f"{first}-2"


def test_slugs():
    assert slug("  The “Big” Door -- shut? ") == "the-big-door-shut"
    assert slug("消防設備 檢查") == "消防設備-檢查"
    assert slug("हिन्दी शब्द") == "हिन्दी-शब्द"
    assert slug("???") == ""
    assert len(slug("word " * 100)) <= 40


def test_questions_without_letters_have_ids(read):
    assert all(ids(read, "- [ ] ???\n- [ ] !!!\n"))
