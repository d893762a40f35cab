import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_tui.checklist.matching import match
from qms_tui.checklist.parse import parse


@pytest.fixture
def pairs(read):
    """`pairs(old, new)`: (old question, new question, doubt) of each pair."""

    def of_texts(old: str, new: str, **more) -> list[tuple[str, str, str]]:
        before, after = read(old).items, read(new).items
        return [(before[p.old].question, after[p.new].question, p.doubt) for p in match(before, after, **more)]

    return of_texts


def one(question: str) -> str:
    return f"- [ ] {question}\n"


def test_a_written_id_follows_any_wording_but_says_when_it_turns(pairs):
    old = one("Server room temperature {#room}") + one("The door is locked {#door}")
    new = one("The door is not locked {#door}") + one("How warm is it by the sensor? {#ROOM}")
    assert pairs(old, new) == [
        ("The door is locked", "The door is not locked", "negation"),
        ("Server room temperature", "How warm is it by the sensor?", ""),
    ]


def test_a_number_that_was_renumbered_leads_to_no_other_question(pairs):
    old = one("4.1 Scope is written down") + one("4.2 Roles are assigned") + one("4.3 Records are kept")
    new = one("4.1 Context is understood") + one("4.2 Scope is written down") + one("4.3 Roles are assigned")
    assert pairs(old, new) == [
        ("4.1 Scope is written down", "4.2 Scope is written down", ""),
        ("4.2 Roles are assigned", "4.3 Roles are assigned", ""),
    ]


def test_the_same_code_speaks_for_a_pair_that_is_less_alike(pairs):
    old, new = one("R-07 Rope is whole and dry"), one("R-07 Is the rope whole?")
    assert [doubt for *_, doubt in pairs(old, new)] == ["likeness"]
    assert pairs(old, one("R-08 Is the rope whole?")) == []


def test_a_small_rewording_is_sure_a_larger_one_is_asked_another_is_another(pairs):
    old = one("Fire extinguisher is in place and sealed")
    assert pairs(old, one("Fire extinguishers are in place and sealed"))[0][2] == ""
    assert pairs(old, one("Is a fire extinguisher in its place?"))[0][2] == "likeness"
    assert pairs(old, one("The hose is rolled up")) == []


def test_a_question_with_another_object_is_asked(pairs):
    assert pairs(one("Is the fire door closed?"), one("Is the fire exit closed?"))[0][2] == "swapped"


def test_equal_questions_are_told_apart_by_their_place(pairs):
    hall, yard = "## Hall\n- [ ] Lamp works\n", "## Yard\n- [ ] Lamp works\n- [ ] Gate shuts by itself\n"
    found = pairs(hall + yard, yard + hall)
    assert len(found) == 3 and {doubt for *_, doubt in found} == {""}
    assert [doubt for *_, doubt in pairs(one("Lamp") * 2, one("Lamp") * 2)] == ["", ""]
    assert [doubt for *_, doubt in pairs(one("Lamp") * 2, one("Lamp"))] == ["rival"]


def test_a_few_words_under_another_heading_are_asked_unless_it_was_renamed(pairs):
    old = "## Kitchen\n- [ ] Clean?\n## Toilet\n- [ ] Soap is there\n"
    assert pairs(old, "## Kitchen\n- [ ] Tidy?\n## Toilet\n- [ ] Clean?\n")[0][2] == "place"
    assert pairs(old, "## Canteen kitchen\n- [ ] Clean?\n## Toilet\n- [ ] Soap is there\n")[0][2] == ""


def test_a_question_under_another_condition_is_asked(pairs):
    old = "- [ ] Was a job late?\n  - answer: yes/no\n  - if yes:\n    - [ ] Which one?\n- [ ] Did one fail?\n"
    new = "- [ ] Was a job late?\n- [ ] Did one fail?\n  - answer: yes/no\n  - if yes:\n    - [ ] Which one?\n"
    assert ("Which one?", "Which one?", "place") in pairs(old, new)


def test_two_as_like_are_asked(pairs):
    old = one("The pump room floor is dry and clean today") + one("The pump room floor is dry and clean now")
    (found,) = pairs(old, one("The pump room floor is dry and clean"))
    assert found[2] == "rival"


def test_between_languages_only_ids_speak(pairs):
    old, new = one("Door is locked {#door}") + one("Lamp"), one("門未上鎖 {#door}") + one("Lamp")
    assert pairs(old, new, same_language=False) == [("Door is locked", "門未上鎖", "")]


def test_many_reworded_items_are_found_among_many(read):
    things = [
        f"{a}{b}{c}" for a in ("ba", "ke", "li", "mo", "nu") for b in ("ra", "se", "ti") for c in ("lo", "mp", "sk")
    ]
    old = read("".join(one(f"The {x} of the {y} is dry and whole") for x in things for y in things[:20])).items
    new = read("".join(one(f"Is the {x} of the {y} dry and whole?") for x in things for y in things[:20])).items
    found = match(old, tuple(reversed(new)))
    assert len(found) == len(old) and all(pair.old == len(old) - 1 - pair.new for pair in found)


_TEXTS = st.lists(
    st.one_of(
        st.text("abc 門無不1.?", min_size=1, max_size=12).filter(str.strip),
        st.sampled_from(["4.1 Door is shut", "4.2 Door is shut", "Door is not shut", "消防門是否關閉", "Lamp {#lamp}"]),
    ),
    min_size=1,
    max_size=10,
)


def items_of(texts):
    return parse(
        "".join(f"- [ ] x{text}\n" if text[0] in " #>" else one(text) for text in texts).encode(), "a.md"
    ).items


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _TEXTS)
def test_each_item_is_in_one_pair_and_all_of_the_same_list_are_sure(one_list, other_list):
    old, new = items_of(one_list), items_of(other_list)
    pairs = match(old, new)
    assert len({p.old for p in pairs}) == len({p.new for p in pairs}) == len(pairs)
    assert [p.new for p in pairs] == sorted(p.new for p in pairs)
    assert all(0 < p.likeness <= 1 for p in pairs)
    assert [(p.old, p.new, p.likeness, p.doubt) for p in match(old, old)] == [(n, n, 1.0, "") for n in range(len(old))]
    backwards = match(old, tuple(reversed(old)))
    assert all(old[p.old].question == old[len(old) - 1 - p.new].question for p in backwards)
