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


@pytest.mark.parametrize(
    "header",
    [
        "检查项",
        "檢查項目（內容）",
        "稽核內容",
        "チェック項目",
        "要求事項",
        "Prüfpunkt",
        "Anforderung",
        "Exigence à vérifier",
        "Point de contrôle",
        "Pregunta",
        "Criterio",
        "Audit question",
        "CHECK",
        "Acceptance criteria",
    ],
)
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


def test_a_column_of_boxes_makes_a_checklist(read):
    found = read(
        "| Fluid | Level | Seen |\n|---|---|---|\n| Oil | [ ] ok [ ] low | ☐ |\n| Water | [ ] ok [ ] low | ☐ |\n"
    )
    assert [item.question for item in found.items] == ["Oil", "Water"]


def test_a_column_that_is_headed_as_an_answer_may_hold_a_hint(read):
    found = read(
        "| 檢查項目 | 時機 | 結果 |\n|---|---|---|\n| 單元測試 | 合併前 | ✅/❌ |\n| 整合測試 | 發布前 | 附上連結 |\n"
    )
    assert [(item.question, item.guidance) for item in found.items] == [
        ("單元測試", "- 時機: 合併前"),
        ("整合測試", "- 時機: 發布前\n- 結果: 附上連結"),
    ]


def test_rows_without_a_question_are_left_out(read):
    assert len(read("| Check | OK |\n|---|---|\n| a | |\n| ... | |\n| c | |\n").items) == 2


def test_ticks_in_a_table_are_ignored_and_that_is_said(read, codes):
    text = "| Check | Done |\n|---|---|\n| Oil | [ ] |\n| [Water](w.md) | [x] |\n"
    assert [item.question for item in read(text).items] == ["Oil", "Water"]
    assert codes(text) == [("I301", 3, 3), ("I303", 4, 19)]
    assert [item.question for item in read(text.replace("Check", "Fluid")).items] == ["Oil", "Water"]
