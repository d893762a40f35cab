import pytest

from qms_tui.checklist.model import ChecklistError


def test_a_checklist_table(read):
    text = "## Van\n\n| # | Item | OK | Remark |\n|---|------|----|--------|\n"
    text += "| 1 | Tyres are **whole** | ☐ | |\n| 2 | Horn | | loud |\n| | | | |\n"
    checklist = read(text)
    assert [(item.question, item.line, item.section) for item in checklist.items] == [
        ("Tyres are whole", 5, ("Van",)),
        ("Horn", 6, ("Van",)),
    ]
    assert [(d.code, d.line) for d in checklist.diagnostics] == [("I301", 5)]
    assert checklist.items[1].guidance == "- #: 2\n- Remark: loud"


def test_a_column_of_codes_gives_the_ids(read):
    checklist = read(
        "| ID | Requirement | Why |\n|---|---|---|\n| A-1 | Backups exist | loss |\n| A-2 | Keys are kept | theft |\n"
    )
    assert [(item.id, item.question, item.guidance) for item in checklist.items] == [
        ("A-1", "Backups exist", "- Why: loss"),
        ("A-2", "Keys are kept", "- Why: theft"),
    ]


@pytest.mark.parametrize("header", ["检查项", "チェック項目", "Prüfpunkt", "Audit question", "CHECK"])
def test_headers_that_ask(read, header):
    assert read(f"| {header} | ? |\n|---|---|\n| Licht geht | ja / nein |\n").items[0].question == "Licht geht"


@pytest.mark.parametrize(
    "table",
    [
        "| Rating | Description |\n|---|---|\n| 1 | bad |\n| 2 | good |\n",
        "| Date | Version | Signature |\n|---|---|---|\n| | | |\n",
        "| Item | Price |\n|---|---|\n| Nut | 3 EUR |\n",
        "| Item | OK |\n|---|---|\n| | |\n",
    ],
)
def test_other_tables_ask_nothing(read, table):
    with pytest.raises(ChecklistError, match="E003"):
        read(table)


def test_tables_and_tasks_in_reading_order_and_the_override(read):
    body = "- [ ] a\n\n| Check | Done |\n|---|---|\n| b | |\n\n- [ ] c\n"
    assert [item.question for item in read(body).items] == ["a", "b", "c"]
    for kinds, found in {"tasks": ["a", "c"], "tables": ["b"]}.items():
        assert [item.question for item in read(f"---\nitems: {kinds}\n---\n{body}").items] == found


def test_a_table_in_an_item_is_guidance(read):
    (item,) = read("- [ ] a\n\n  | Check | Done |\n  |---|---|\n  | b | |\n").items
    assert item.guidance == "| Check | Done |\n|---|---|\n| b | |"
