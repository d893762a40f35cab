"""What the screens show, made by pure functions: compared with goldens for panes of 49 (80x24) and 40 columns."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from screen_helpers import EVERY_KIND, Golden

from qms_tui.checklist.model import Checklist
from qms_tui.checklist.parse import parse
from qms_tui.records.gates import Missing, Refused
from qms_tui.reports.digest import Digest
from qms_tui.reports.record import Entry, entry_figures
from qms_tui.screens.case_rows import age_words
from qms_tui.screens.home_rows import home_rows
from qms_tui.screens.my_work import my_lines, my_rows
from qms_tui.screens.refused import not_recorded, not_shown
from qms_tui.screens.register_rows import register_rows, summary_lines
from qms_tui.screens.summary_lines import figure_lines, summary_rows
from qms_tui.screens.walk_lines import Detail, finding_lines, option_lines, plain_guidance, rows, status
from qms_tui.screens.widgets.lines_pane import Line
from qms_tui.screens.widgets.row_list import Row
from qms_tui.workflow.answering import suggest_finding
from qms_tui.workflow.given import Given, from_text
from qms_tui.workflow.overview import Overview
from qms_tui.workflow.past import Past
from qms_tui.workflow.unknown import Unknown

AT = "2026-05-04T10:02:03.456Z"
WIDTHS = (49, 40)
CHECKLIST = parse(EVERY_KIND.encode(), "cold-store.md")


def entry(id: str, result: str | None = None, **fields: Any) -> Entry:
    item = next(item for item in CHECKLIST.items if item.id == id)
    finding = fields.pop("finding", None)
    answer = {"result": result, "by": "anna", "at": AT, **fields} if result or fields else None
    return Entry(item, answer, finding)


def failed(id: str, value: Any = None) -> Entry:
    finding = {"grade": "major", "statement": "門 3 does not close [/], seen twice by ben", "criterion": "QMS 4.1"}
    return entry(id, "nonconform", value=value, finding=finding)


def text_of(lines: Sequence[Line]) -> list[str]:
    return [line if isinstance(line, str) else "".join(text for text, _style in line) for line in lines]


def text_of_rows(found: Sequence[Row]) -> list[str]:
    return [f"{'# ' if row.header else ''}{row.mark:1} {' ' * row.indent}{row.text}" for row in found]


WALKED = (
    failed("doors"),
    entry("temp", "conform", value=4.5, unit="°C", verdict="pass", note="read at the [far] wall"),
    entry("waited", "nonconform", value="yes"),
    entry("who"),
    entry("handled", "conform", value=4),
    entry("van", "corrected_on_spot"),
    entry("subjects", "not_applicable"),
    entry("service", "not_assessed", note="no papers"),
    entry("risk", "partial", value="4x3"),
    entry("notice"),
)


@pytest.mark.parametrize("width", WIDTHS)
def test_detail(golden: Golden, width: int) -> None:
    past = [
        Past(
            "A-2026-0007",
            "北倉",
            AT,
            "ben",
            "nonconform",
            9.5,
            "°C",
            "compressor off",
            finding="9.5 °C at the back wall",
            nonconformity="NC-2026-0031",
        ),
        Past("A-2026-0003", None, AT, "anna", "conform", 3, "°C", None),
    ]
    evidence = [{"name": "門 3.jpg", "size": 48213, "digest": "9f86d081884c7d65" * 4}]
    number = {"number": "NC-2026-0042", "status": "cancelled", "repeat_of": "NC-2026-0031"}
    details = [
        Detail(entry("temp"), past),
        Detail(failed("doors"), (), number),
        Detail(failed("temp", 12)),
        Detail(entry("temp", "conform", value=4.5, note="seen [x]", evidence=evidence)),
        Detail(entry("van", "conform", value="Fair"), (), None, CHECKLIST),
        Detail(entry("subjects", "conform", value=["Tone", "Delay"]), (), None, CHECKLIST),
        Detail(entry("risk"), (), None, CHECKLIST),
        Detail(entry("service", "conform", value="2026-05-04")),
        Detail(entry("notice")),
    ]
    lines: list[str] = []
    for detail in details:
        lines += [*text_of(detail.lines(width)), "-" * width]
    golden(f"detail_{width}", lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_finding(golden: Golden, width: int) -> None:
    lines: list[str] = []
    for id, typed, note, evidence in [
        ("doors", "n", None, ()),
        ("temp", "12", "at the [far] wall", ("/tmp/門 3.jpg",)),
        ("handled", "p", None, ("07:00 ok\n08:00 alarm",)),
    ]:
        bare = entry(id)
        said = from_text(bare.item, typed, CHECKLIST.accept)
        given = Given(said.result, said.value, said.verdict, note=note, evidence=evidence)
        drawn = finding_lines(bare, typed, suggest_finding(bare.item, given), given, width)
        lines += [*text_of(drawn), "-" * width]
    golden(f"finding_{width}", lines)


def test_rows_of_the_walk(golden: Golden) -> None:
    golden("walk_rows", text_of_rows(rows(WALKED, frozenset(["who"]))))


def test_a_row_for_every_item_of_ten_thousand() -> None:
    text = "---\nchecklist: 1\n---\n" + "".join(f"- [ ] Gate {n}\n" for n in range(10_000))
    found = rows([Entry(item) for item in parse(text.encode(), "gates.md").items])
    assert len(found) == 10_000 and len({row.key for row in found}) == 10_000


def test_status(golden: Golden) -> None:
    figures = [entry_figures(some) for some in ((), WALKED, WALKED[:3], (WALKED[6],))]
    golden(
        "status",
        [
            status(3, len(WALKED), each, recorded, short=short)
            for each in figures
            for recorded in (None, "10:02:03")
            for short in (False, True)
        ],
    )


def test_the_short_status_leaves_room_at_40_columns() -> None:
    assert len(status(99, 99, entry_figures(WALKED), "10:02:03", short=True)) <= 40


@pytest.mark.parametrize("width", (80, 40))
def test_summary(golden: Golden, width: int) -> None:
    missing = [
        Missing("who", "Which customer?", "answer"),
        Missing("service", "Last service", "reason"),
        Missing("waited", "Did any customer wait?", "evidence"),
    ]
    golden(
        f"summary_{width}",
        [
            *text_of(figure_lines("in_progress", WALKED, width)),
            *text_of_rows(summary_rows(WALKED, missing)),
            "-" * width,
            *text_of(figure_lines("draft", [Entry(e.item) for e in WALKED], width)),
            *text_of_rows(summary_rows([Entry(e.item) for e in WALKED][-1:], [])),
        ],
    )


def checklists() -> list[Checklist]:
    return [CHECKLIST, parse(b"---\nchecklist: 1\ntitle: One\nid: one\n---\n- [ ] Only this\n", "one.md")]


def nonconformity(**fields: Any) -> dict[str, Any]:
    return {
        "number": "NC-2026-0042", "status": "draft", "grade": "minor", "statement": "門 3 does not close [/]",
        "criterion": "QMS 4.1", "audit": "A-2026-0007", "item": "doors", "owner": None, "due": None, "overdue": False,
        "cycle": 1, "repeat_of": None, "opened": AT, "closed": None, **fields,
    }  # fmt: skip


def test_home(golden: Golden) -> None:
    empty = Overview([], [], checklists(), {})
    audit = {
        "number": "A-2026-0007",
        "title": "Cold store round",
        "checklist": "cold-store",
        "subject": "北倉 [/]",
        "answered": 3,
        "applicable": 9,
    }
    full = Overview(
        [audit, {**audit, "number": "A-2026-0008", "subject": None}],
        [nonconformity(), nonconformity(number="NC-2026-0043", grade="major", due="2026-05-01", overdue=True)],
        checklists(),
        {"cold-store": AT},
    )
    golden("home_rows", [*text_of_rows(home_rows(empty)), "-" * 40, *text_of_rows(home_rows(full))])


@pytest.mark.parametrize(
    ("going", "said"), [(0, "last 2026-05-04"), (1, "1 in progress"), (3, "3 in progress")], ids=str
)
def test_how_many_audits_of_a_checklist_are_in_progress(going: int, said: str) -> None:
    audits = [
        {"number": f"A-2026-{n:04}", "title": "Cold store round", "checklist": "cold-store", "subject": None,
         "answered": 0, "applicable": 9}
        for n in range(going)
    ]  # fmt: skip
    rows = home_rows(Overview(audits, [], checklists(), {"cold-store": AT}))
    assert sum(row.key.startswith("audit ") for row in rows) == going
    assert [row.text for row in rows if row.key == "checklist cold-store"] == [f"Cold store round, 9-10 items, {said}"]


@pytest.mark.parametrize(
    ("days", "said"), [(0, "open for 0 days"), (1, "open for 1 day"), (3, "open for 3 days")], ids=str
)
def test_how_many_days_it_is_open(days: int, said: str) -> None:
    assert age_words({**nonconformity(), "age": days, "cancelled": None}) == said


def test_what_is_refused_on_a_screen_names_no_command() -> None:
    gone, ended = (
        Unknown("A-1: no such audit", "see: qms-tui audit list"),
        Refused("frozen", "A-1 is closed", "qms-tui"),
    )
    assert (not_recorded(gone), not_recorded(ended)) == ("not recorded: A-1: no such audit", "A-1 is closed")
    assert (not_shown(gone), not_shown(ended)) == ("cannot be shown: A-1: no such audit", "A-1 is closed")
    assert str(gone) == "A-1: no such audit; see: qms-tui audit list" and str(ended) == "A-1 is closed; qms-tui"


def test_every_key_of_home_and_summary_is_there_once() -> None:
    for found in (
        summary_rows(WALKED, [Missing("who", "?", "answer"), Missing("who", "?", "evidence")]),
        home_rows(Overview([], [nonconformity()], checklists(), {})),
    ):
        keys = [row.key for row in found]
        assert len(keys) == len(set(keys))


def test_a_later_check_stands_with_what_is_later_and_names_its_checker() -> None:
    check = {"number": "NC-2026-0001", "kind": "check", "title": "late answers a week", "due": "2026-12-24",
             "status": "in_progress", "nonconformity": "NC-2026-0001", "owner": "anna", "checker": "dora"}  # fmt: skip
    texts = [row.text for row in my_rows(Digest("dora", [], [], [], [], [check]))]
    assert texts[-2:] == ["Later: 1", "NC-2026-0001 2026-12-24 effect to check: late answers a week"]
    lines = my_lines(check, 40)
    assert lines[-3:] == ["owner: anna", "checker: dora", "check date: 2026-12-24"]


def test_guidance_is_read_as_paragraphs() -> None:
    assert plain_guidance("> one\n> two\n\nthree\n- a\n- b\n1. c") == "one two\n\nthree\n- a\n- b\n1. c"


def test_an_option_stays_with_its_number() -> None:
    (item,) = parse(b"- [ ] Why?\n  - answer: one of: Waiting time, Price, Tone\n", "a.md").items
    for width in range(22, 60):
        lines = text_of(option_lines(item, None, width))
        assert not any(re.search(r"[0-9]$", line) for line in lines)
        assert "\u00a0" not in "".join(lines)


def test_where_it_was_raised_and_how_long_it_is_open() -> None:
    nc: dict[str, Any] = {
        "number": "NC-2026-0001", "statement": "Late", "criterion": "QMS 4.1", "grade": "minor", "status": "cancelled",
        "cycle": 1, "owner": None, "due": None, "overdue": False, "age": 300, "closed": None, "cancelled": None,
        "audit": "A-2026-0001",
        "item": None, "repeat_of": None,
    }  # fmt: skip
    lines = [str(line) for line in summary_lines(nc, 60)]
    assert "raised in A-2026-0001" in lines and not any("None" in line or "300" in line for line in lines)
    assert "raised in A-2026-0001, item door" in summary_lines({**nc, "item": "door"}, 60)
    assert "open for 300 days" in summary_lines({**nc, "status": "draft"}, 60)
    assert "closed 2026-05-04" in summary_lines({**nc, "status": "closed", "closed": AT}, 60)


def test_the_most_overdue_stand_above_the_checklists_and_leave_them_in_sight() -> None:
    late = [nonconformity(number=f"NC-2026-{n:04}", due=f"2026-05-{20 - n:02}", overdue=True) for n in range(1, 6)]
    keys = [row.key for row in home_rows(Overview([], late, checklists(), {}))]
    assert keys[:4] == ["# overdue", "nc NC-2026-0005", "nc NC-2026-0004", "nc NC-2026-0003"]
    assert keys.index("# checklists") < keys.index("nc NC-2026-0001") and len(keys) == len(set(keys))


def test_status_due_date_and_owner_have_columns_where_the_list_has_room() -> None:
    rows = [
        nonconformity(owner="maria", due="2026-12-24", status="in_progress"),
        nonconformity(number="NC-2026-0043", owner="karl-friedrich"),
    ]
    wide = [row.text for row in register_rows(rows, 80)]
    assert wide == [
        "NC-2026-0042 minor in progress 2026-12-24 maria    門 3 does not close [/]",
        "NC-2026-0043 minor draft       -          karl-fr~ 門 3 does not close [/]",
    ]
    assert register_rows(rows, 40)[0].text == "NC-2026-0042 minor 門 3 does not close [/]"
