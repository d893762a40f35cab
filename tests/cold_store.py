"""A checklist with an item of each kind of answer, for what walks it. Its first items differ from test to test."""


def cold_store(first: str) -> str:
    """The Markdown; `first` are the items before the others."""
    return f"{_HEAD}{first}{_OTHERS}"


_HEAD = """\
---
checklist: 1
title: Cold store round
id: cold-store
kind: inspection
accept: 6
---
## Systems

"""

_OTHERS = """\
- [ ] Did any customer wait? {#waited}
  - answer: yes/no
  - expect: no
  - na: no
  - if yes:
    - [ ] Which customer? {#who}
      - answer: text

## People

- [ ] Well handled {#handled}
  - answer: score 1-5
  - severity: observation
- [ ] State of the van {#van}
  - answer: one of: Good, Fair, Poor
  - expect: Good, Fair
- [ ] Subjects {#subjects}
  - answer: any of: Tone, Price, Delay
- [ ] Last service {#service}
  - answer: date
- [ ] Risk of failure {#risk}
  - answer: risk 5x5
- [ ] Read the notice first {#notice}
  - answer: none
"""
