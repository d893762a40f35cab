"""Bullets that were meant as fields are told; guidance that looks a little like one is left alone."""

from itertools import chain

import pytest

from qms_tui.checklist import aliases
from qms_tui.checklist.library import languages, own
from qms_tui.checklist.near_fields import near_field, without_colon
from qms_tui.checklist.parse import parse


@pytest.mark.parametrize(
    ("bullet", "meant"),
    [
        ("証據：必填", "證據"),
        ("條欵：ISO 9001 8.5.1", "條款"),
        ("條框：ISO 9001 8.5.1, QMS 4.1", "條款"),
        ("嚴重渡：重大", "嚴重度"),
        ("等極：重大", "等級"),
        ("範围：2..8 °C", "範圍"),
        ("限直：2..8 °C", "限值"),
        ("說名：看紀錄", "說明"),
        ("目表：22", "目標"),
        ("权种: 2", "权重"),
        ("容許範為：3", "容許範圍"),
        ("severty: major", "severity"),
    ],
)
def test_a_mistyped_name_is_told_with_the_one_that_was_meant(read, bullet: str, meant: str) -> None:
    found = read(f"- [ ] A\n  - {bullet}\n").diagnostics
    assert [(d.code, d.line, d.column, d.severity) for d in found] == [("W202", 2, 5, "warning")]
    assert found[0].help == f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("bullet", "help_"),
    [
        ("clause QMS 4.1", "write 'clause: QMS 4.1'"),
        ("Clause ISO 9001 8.5.1, QMS 4.1", "write 'Clause: ISO 9001 8.5.1, QMS 4.1'"),
        ("severity major", "write 'severity: major'"),
        ("**evidence** required", "write 'evidence: required'"),
        ("limits 2..8 °C", "write 'limits: 2..8 °C'"),
        ("answer yes/no", "write 'answer: yes/no'"),
        ("weight 2", "write 'weight: 2'"),
        ("條款 ISO 9001 8.5", "write '條款: ISO 9001 8.5'"),
    ],
)
def test_a_colon_that_is_missing_is_told(read, bullet: str, help_: str) -> None:
    (found,) = read(f"- [ ] A\n  - answer: number\n  - {bullet}\n").diagnostics
    assert (found.code, found.line, found.column, found.help) == ("W202", 3, 5, help_)


@pytest.mark.parametrize(
    "bullet",
    [
        "clause 4.1 is posted at the desk", "evidence of training", "help the customer first", "answer the phone",
        "limits are posted", "weight 2 kg", "target the weak spots", "every day", "default password", "severity",
        "Clauses 4 and 5", "title deeds", "see clause 4.1", "limit the time",
    ],
)  # fmt: skip
def test_sentences_are_left_alone(read, bullet: str) -> None:
    assert read(f"- [ ] A\n  - {bullet}\n").diagnostics == ()


ORDINARY = (
    "注意 目的 範例 說法 方法 步驟 備註 記錄 時間 地點 期限 標準 依照 根據 數據 資料 提醒 示例 間格 界線 線上 編輯 "
    "代號 號碼 指示 指導 權限 重點 程度 條件 款項 可用 正確 證明 回報 回應 預計 預防 設定 應該 因為 名稱 目錄 每日 "
    "每週 問題 檔案 方案 單據 目标日期 严重后果 注意事项 検証 根拠 期間 標識 手順 目次 範疇 安全重點 檢查標準 處理時間"
)


@pytest.mark.parametrize("value", ["看牆上的圖", "12 份", "3 天", "2026-01-02", ""])
def test_ordinary_headings_of_guidance_are_left_alone(value: str) -> None:
    told = {key: near for key in ORDINARY.split() if (near := near_field(key, value))}
    assert told == {}


def test_every_name_of_the_format_is_one_and_no_near_one() -> None:
    assert {name: near_field(name, "x") for name in aliases.FIELDS.words if near_field(name, "x")} == {}


def test_what_comes_with_the_program_holds_none() -> None:
    for entry in chain.from_iterable(own(language) for language in languages()):
        assert [d for d in parse(entry.read_bytes(), entry.name).diagnostics if d.code == "W202"] == []


def test_without_colon_of_what_is_no_field() -> None:
    assert without_colon("wheels 4") is None and without_colon("") is None
