"""Field names and values in other languages."""

import pytest

from qms_tui.checklist import aliases
from qms_tui.checklist.model import Condition

TABLES = {name: each for name, each in vars(aliases).items() if isinstance(each, aliases.Vocabulary)}
LANGUAGES = ("zh-Hant", "zh-Hans", "ja", "de", "fr", "es")


@pytest.mark.parametrize("name", TABLES)
def test_every_word_has_a_form_in_every_language_and_no_word_means_two_things(name: str) -> None:
    meaning: dict[str, str] = {}
    for canonical, languages in TABLES[name].table.items():
        if name != "BOUNDS":
            assert set(languages) == set(LANGUAGES) and all(languages.values()), canonical
        for word in (word for each in languages.values() for word in each):
            assert meaning.setdefault(aliases.fold(word), canonical) == canonical, word
            assert TABLES[name].canonical(word) == canonical


FILES = {
    "zh-Hant": """---
檢查表: 1
標題：每週服務檢查
類型: 稽核
週期: 每週
負責人: 王小明
嚴重度: 次要
---
- [ ] 機房溫度 {#t}
  - 範圍：１８ 至 ２７ °C
  - 目標：22
  - 嚴重度：主要
  - 條款：ISO 9001 7.1.4、QMS 4.1
  - 證據：不合格時
- [ ] 有沒有客訴？ {#b}
  - 答案：是／否
  - 預期：否
  - 可不適用：否
  - 若是：
    - [ ] 是哪位客戶？ {#w}
      - 答案：文字
- [ ] 天氣 {#o}
  - 答案：單選：晴、雨
  - 權重：2
- [ ] 複查 {#c}
  - 僅當：t = 不合格
""",
    "zh-Hans": """---
检查表: 1
标题: 每周服务检查
类型: 审核
周期: 每周
负责人: 王小明
严重度: 次要
---
- [ ] 机房温度 {#t}
  - 范围：18~27 °C
  - 目标：22
  - 严重度：主要
  - 条款：ISO 9001 7.1.4、QMS 4.1
  - 证据：不合格时
- [ ] 有没有投诉？ {#b}
  - 答案：是/否
  - 预期：否
  - 不适用：否
  - 如果是：
    - [ ] 是哪位客户？ {#w}
      - 答案：文本
- [ ] 天气 {#o}
  - 答案：单选：晴、雨
  - 权重：2
- [ ] 复查 {#c}
  - 仅当：t = 不合格
""",
    "ja": """---
チェックリスト: 1
タイトル: 週次サービス点検
種類: 監査
周期: 毎週
責任者: 山田
重大度: 軽微
---
- [ ] サーバー室の温度 {#t}
  - 範囲：18～27 °C
  - 目標：22
  - 重大度：重大
  - 条項：ISO 9001 7.1.4、QMS 4.1
  - 証拠：不合格時
- [ ] 苦情がありましたか {#b}
  - 回答：はい／いいえ
  - 期待：いいえ
  - 該当なし：いいえ
  - はいの場合：
    - [ ] どのお客様ですか {#w}
      - 回答：自由記述
- [ ] 天気 {#o}
  - 回答：択一：晴れ、雨
  - 重み：2
- [ ] 再点検 {#c}
  - 表示条件：t = 不合格
""",
    "de": """---
Checkliste: 1
Titel: Wöchentliche Prüfung
Art: Audit
Turnus: wöchentlich
Verantwortliche: Anna
Schwere: gering
---
- [ ] Temperatur im Serverraum {#t}
  - Grenzen: 18 bis 27 °C
  - Zielwert: 22
  - Schwere: erheblich
  - Klausel: ISO 9001 7.1.4, QMS 4.1
  - Nachweis: bei Abweichung
- [ ] Gab es Beschwerden? {#b}
  - Antwort: ja/nein
  - erwartet: nein
  - entfällt: nein
  - wenn ja:
    - [ ] Wer? {#w}
      - Antwort: Freitext
- [ ] Wetter {#o}
  - Antwort: eine von: trocken, nass
  - Gewicht: 2
- [ ] Nachprüfung {#c}
  - nur wenn: t = nicht bestanden
""",
    "fr": """---
liste de contrôle: 1
titre: Contrôle hebdomadaire
type: audit
fréquence: hebdomadaire
responsable: Anne
gravité: mineure
---
- [ ] Température de la salle {#t}
  - limites : 18 à 27 °C
  - cible : 22
  - gravité : majeure
  - clause : ISO 9001 7.1.4, QMS 4.1
  - preuve : si non conforme
- [ ] Y a-t-il eu une réclamation ? {#b}
  - réponse : oui/non
  - attendu : non
  - sans objet : non
  - si oui :
    - [ ] Qui ? {#w}
      - réponse : texte
- [ ] Temps {#o}
  - réponse : un de : sec, humide
  - poids : 2
- [ ] Reprise {#c}
  - seulement si : t = non conforme
""",
    "es": """---
lista de verificación: 1
título: Revisión semanal
tipo: auditoría
frecuencia: semanal
responsable: Ana
gravedad: menor
---
- [ ] Temperatura de la sala {#t}
  - límites: 18 a 27 °C
  - objetivo: 22
  - gravedad: mayor
  - cláusula: ISO 9001 7.1.4, QMS 4.1
  - evidencia: si no cumple
- [ ] ¿Hubo quejas? {#b}
  - respuesta: sí/no
  - esperado: no
  - no aplica: no
  - si sí:
    - [ ] ¿Quién? {#w}
      - respuesta: texto
- [ ] Tiempo {#o}
  - respuesta: uno de: seco, húmedo
  - peso: 2
- [ ] Repaso {#c}
  - solo si: t = no cumple
""",
}


@pytest.mark.parametrize("language", FILES)
def test_a_whole_file_in_the_authors_language(read, language: str) -> None:
    found = read(FILES[language])
    assert found.diagnostics == () and found.strict
    assert (found.kind, found.cadence, bool(found.title), bool(found.owner)) == ("audit", "weekly", True, True)
    t, b, w, o, c = found.items
    assert t.limits and (t.limits.low, t.limits.high, t.answer.unit, t.target) == (18, 27, "°C", "22")
    assert (t.severity, t.evidence, t.clause) == ("major", "if fail", ("ISO 9001 7.1.4", "QMS 4.1"))
    assert (b.answer.name, b.expect, b.na, b.severity) == ("yes/no", ("no",), False, "minor")
    assert (w.answer.name, w.conditions) == ("text", (Condition("b", "=", "yes"),))
    assert (o.answer.name, len(o.answer.options), o.weight) == ("one of", 2, 2)
    assert c.conditions == (Condition("t", "=", "fail"),)
    assert not any(item.guidance for item in found.items)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("合格／不合格", "pass/fail"), ("i.O./n.i.O.", "pass/fail"), ("數字 °C", "number °C"), ("Zahl °C", "number °C"),
        ("数値（℃）", "number ℃"), ("日期", "date"), ("評分 1-5", "score 1-5"), ("風險 5x5", "risk 5x5"),
        ("Risiko 3×4", "risk 3x4"), ("複選：燈、手套", "any of: 燈, 手套"), ("無", "none"),
        ("puntuación 1-10", "score 1-10"),
    ],
)  # fmt: skip
def test_kinds_of_answer(read, written: str, answer: str) -> None:
    assert str(read(f"- [ ] Q\n  - answer: {written}\n").items[0].answer) == answer


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("至少 2", 2, None), ("2 以上", 2, None), ("8 °C 以下", None, 8), ("mindestens 2,5 bar", 2.5, None),
        ("au plus 8", None, 8), ("máximo 8", None, 8), ("at least 2", 2, None), ("2 hasta 8", 2, 8), ("2から8", 2, 8),
    ],
)  # fmt: skip
def test_limits_in_words(read, written: str, low: float | None, high: float | None) -> None:
    limits = read(f"- [ ] Q\n  - limits: {written}\n").items[0].limits
    assert limits and (limits.low, limits.high, limits.text) == (low, high, written)


def test_an_option_is_never_taken_for_a_word_of_a_result(read) -> None:
    text = "- [ ] A {#a}\n  - answer: one of: 合格, 不明\n- [ ] B\n  - only if: a = 合格\n"
    assert read(text).items[1].conditions == (Condition("a", "=", "合格"),)


def test_ordinary_words_of_other_languages_stay_guidance(read, codes) -> None:
    text = (
        "- [ ] Q\n  - 備註：熱\n  - Achtung: heiß\n  - Si hay dudas: llame\n  - 若有疑問：請洽主管\n  - 下班時：關燈\n"
    )
    assert codes(text) == []
    assert read(text).items[0].guidance.count("\n") == 4


def test_a_near_word_of_another_language_is_told(read) -> None:
    (found,) = read("- [ ] Q\n  - Antwrot: ja/nein\n").diagnostics
    assert (found.code, found.help) == ("W202", "did you mean 'antwort'?")
