import json

from qms_tui.checklist.diff import diff
from qms_tui.checklist.diff_words import diff_lines, summary

OLD = """\
---
checklist: 1
title: Round
cadence: weekly
---
## Hall
- [ ] Door is locked {#door}
- [ ] Room temperature
  - limits: 2..8 °C
- [ ] Lamps work
- [ ] Stairs are free of boxes
## Yard
- [ ] Gate is painted in the right colour
"""
NEW = """\
---
checklist: 1
title: Round
cadence: monthly
---
## Hall
- [ ] Lamps work
- [ ] Door is not locked {#door}
- [ ] Room temperature
  - limits: 2..6 °C
  - severity: major
## Yard
- [ ] Gate is painted in the right colours
- [ ] Hose is rolled up
"""


def test_nothing_changed(read):
    found = diff(read(OLD), read(OLD))
    assert not found and diff_lines(found) == [] and summary(found) == ""


def test_what_changed(read):
    found = diff(read(OLD), read(NEW))
    assert diff_lines(found) == [
        "cadence: weekly -> monthly",
        "- 11: [Hall] Stairs are free of boxes",
        "+ 14: [Yard] Hose is rolled up",
        "~ 7: [Hall] Lamps work",
        "    moved from line 10",
        "~ 8: [Hall] Door is not locked",
        "    was: Door is locked",
        "    ! a 'not' more or less: the meaning may turn",
        "~ 9: [Hall] Room temperature",
        "    limits: 2..8 °C -> 2..6 °C",
        "    severity: none -> major",
        "~ 13: [Yard] Gate is painted in the right colours",
        "    was: Gate is painted in the right colour",
    ]
    assert summary(found) == (
        "1 added, 1 removed, 2 reworded, 1 moved, 1 with other fields, its own data changed (cadence)"
    )


def test_as_json(read):
    found = json.loads(json.dumps(diff(read(OLD), read(NEW)).as_json()))
    assert list(found) == ["same", "checklist", "added", "removed", "changed"] and found["same"] is False
    door = next(each for each in found["changed"] if each["id"] == "door")
    assert door["may_turn_meaning"] == "negation" and door["old"]["question"] == "Door is locked" and not door["moved"]
    room = next(each for each in found["changed"] if each["question"] == "Room temperature")
    assert room["fields"][0] == {"field": "limits", "old": "2..8 °C", "new": "2..6 °C"}


def test_the_fewest_items_move(read):
    texts = [f"Question about thing {word} of the house" for word in "abcdefgh"]
    before = read("".join(f"- [ ] {text}\n" for text in texts))
    after = read("".join(f"- [ ] {text}\n" for text in [texts[7], *texts[:7]]))
    (change,) = diff(before, after).changed
    assert change.moved and change.new.question == texts[7]


def test_a_condition_on_a_reworded_question_is_the_same(read):
    text = "- [ ] Was any job late this week?\n  - answer: yes/no\n  - if yes:\n    - [ ] Name the customer of it\n"
    (change,) = diff(read(text), read(text.replace("any job", "a job"))).changed
    assert change.reworded and not change.fields
