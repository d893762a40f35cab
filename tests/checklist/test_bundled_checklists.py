"""What comes with the program: complete, without a complaint, and the same questions in each language."""

import re

import pytest

from qms_tui.checklist.coverage import PREFIX, SECTIONS, coverage, sections
from qms_tui.checklist.library import FALLBACK, languages, own
from qms_tui.checklist.model import Answer, Checklist, Condition, Item, Limits
from qms_tui.checklist.parse import parse

SHELF = {
    language: {entry.name: parse(entry.read_bytes(), entry.name) for entry in own(language)} for language in languages()
}
FILES = [(language, name) for language, files in SHELF.items() for name in files]
TRANSLATED = [(language, name) for language, name in FILES if language != FALLBACK]


def place(option: str, item: Item) -> str | int:
    """An option by its place among the options, any other word as it is."""
    return item.answer.options.index(option) if option in item.answer.options else option


def bounds(limits: Limits | None) -> tuple[object, ...] | None:
    return limits and (limits.low, limits.high, limits.low_open, limits.high_open)


def condition(of: Condition, checklist: Checklist) -> tuple[object, ...]:
    parent = checklist.item(of.item)
    assert parent is not None
    return of.item, of.op, place(of.value, parent)


def same_everywhere(item: Item, checklist: Checklist) -> dict[str, object]:
    """What an item must have in common in all languages, so that answers, trends and findings can be compared."""
    answer: Answer = item.answer
    return {
        "id": item.id,
        "answer": (answer.name, len(answer.options), answer.low, answer.high),
        "unit": answer.unit if answer.unit in ("%", "°C") else bool(answer.unit),
        "limits": bounds(item.limits),
        "target": item.target,
        "expect": [place(option, item) for option in item.expect],
        "default": place(item.default, item),
        "severity": item.severity,
        "clause": item.clause,
        "evidence": item.evidence,
        "indicator": item.indicator,
        "weight": item.weight,
        "na": item.na,
        "every": item.every,
        "conditions": [condition(each, checklist) for each in item.conditions],
        "chapter": list(dict.fromkeys(each.section for each in checklist.items)).index(item.section),
    }


def test_every_language_has_every_checklist() -> None:
    assert languages() == ["en", "zh-Hant"]
    assert {frozenset(files) for files in SHELF.values()} == {frozenset(SHELF[FALLBACK])}
    assert len(SHELF[FALLBACK]) == 13


@pytest.mark.parametrize(("language", "name"), FILES)
def test_a_file_is_complete_and_read_without_a_complaint(language: str, name: str) -> None:
    found = SHELF[language][name]
    assert found.diagnostics == () and found.strict
    assert f"{found.id}.md" == name and found.language == language
    said = (found.title, found.version, found.cadence, found.owner, found.standard, found.description)
    assert all(said), said
    assert 10 <= len(found.items) <= 40
    for item in found.items:
        assert f"{{#{item.id}}}" in found.text, "an id that is not written changes with the wording"
        assert item.guidance and sections(item.clause), item.id


@pytest.mark.parametrize(("language", "name"), FILES)
def test_clauses_of_the_quality_system_are_sections_that_exist(language: str, name: str) -> None:
    clauses = [clause for item in SHELF[language][name].items for clause in item.clause]
    ours = [clause.split()[1] for clause in clauses if clause.split()[0] == PREFIX]
    assert set(ours) <= set(SECTIONS)
    assert {clause.split()[0] for clause in clauses} <= {PREFIX, "ISO"}


@pytest.mark.parametrize("language", languages())
def test_every_section_is_asked_for(language: str) -> None:
    rows = coverage(SHELF[language].values())
    assert [row.section for row in rows] == list(SECTIONS) and len(rows) == 61
    assert [row.section for row in rows if not row.items] == []


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_asks_the_same(language: str, name: str) -> None:
    english, found = SHELF[FALLBACK][name], SHELF[language][name]
    assert [same_everywhere(item, found) for item in found.items] == [
        same_everywhere(item, english) for item in english.items
    ]
    assert (found.kind, found.version, found.cadence, found.standard, found.accept, found.pass_mark) == (
        english.kind, english.version, english.cadence, english.standard, english.accept, english.pass_mark,
    )  # fmt: skip
    assert {axis: len(words) for axis, words in found.scale.items()} == {
        axis: len(words) for axis, words in english.scale.items()
    }


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_nothing_is_left_in_english(language: str, name: str) -> None:
    english, found = SHELF[FALLBACK][name], SHELF[language][name]
    for item, source in zip(found.items, english.items, strict=True):
        words = (item.question, *item.section, item.guidance, *item.answer.options)
        assert not set(words) & {source.question, *source.section, source.guidance, *source.answer.options}
        assert all(any(char > "\u2e7f" for char in word) for word in words), item.id


@pytest.mark.parametrize("name", SHELF["zh-Hant"])
def test_chinese_is_set_in_traditional_characters_and_full_width_marks(name: str) -> None:
    text = SHELF["zh-Hant"][name].text
    han = "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
    han.encode("big5")  # the character set of Taiwan: simplified forms are not in it
    for line in text.partition("\n---\n")[2].splitlines():
        assert not re.search(r"[\u4e00-\u9fff」）][,;?!:]", line), line
        words = line.strip().partition(" {#")[0]
        assert "  " not in words and not re.search(r"[，。、；：？！「」（）] | [，。、；：？！」）]", words), line
