import pytest

from qms_tui.checklist.conditions import asked

TEXT = """- [ ] Temp {#t}
  - limits: 2..8 °C
  - if > 8:
    - [ ] Moved {#m}
      - if no:
        - [ ] Why {#w}
- [ ] Late? {#l}
  - answer: yes/no
  - expect: no
  - if yes:
    - [ ] Who {#who}
- [ ] Colours {#c}
  - answer: any of: red, pass
- [ ] Risk {#r}
  - answer: risk 5x5
- [ ] End {#e}
  - only if: c = red
- [ ] Plan {#p}
  - only if: r >= 12
- [ ] Passed {#x}
  - only if: c != pass
- [ ] Skipped {#n}
  - only if: t = na
"""
ALWAYS = {"t", "l", "c", "r"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, set()),
        ({"t": {"result": "nonconform", "value": 9}}, {"m"}),
        ({"t": {"value": 8}}, set()),
        ({"t": {"value": 9}, "m": {"result": "nonconform"}}, {"m", "w"}),
        ({"t": {"value": 9}, "m": {"result": "corrected_on_spot"}}, {"m", "w"}),
        ({"t": {"value": 9}, "m": {"result": "conform"}}, {"m"}),
        ({"t": {"value": 5}, "m": {"result": "nonconform"}}, set()),
        ({"l": {"value": "yes", "result": "nonconform"}}, {"who"}),
        ({"l": {"value": "no", "result": "conform"}}, set()),
        ({"l": {"result": "nonconform"}}, {"who"}),
        ({"l": {"result": "not_applicable"}}, set()),
        ({"c": {"value": ["red", "pass"]}}, {"e"}),
        ({"c": {"value": ["red"]}}, {"e", "x"}),
        ({"c": {}}, set()),
        ({"r": {"value": "4x3"}}, {"p"}),
        ({"r": {"value": "2x3"}}, set()),
        ({"t": {"result": "not_applicable"}}, {"n"}),
        ({"t": {"value": "broken"}}, set()),
    ],
)
def test_what_is_asked(read, answers, more):
    checklist = read(TEXT)
    assert checklist.diagnostics == ()
    found = asked(checklist.items, answers)
    assert {item.id for item in found} == ALWAYS | more
    assert [item.line for item in found] == sorted(item.line for item in found)
