from pathlib import Path

import pytest

from qms_tui import i18n
from qms_tui.checklist import library
from qms_tui.checklist.model import ChecklistError


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "en/weekly-check": "Weekly",
        "en/fire-drill": "Drill",
        "de/fire-drill": "Probe",
        "zh-Hant/fire-drill": "演練",
    }.items():
        path = tmp_path / "checklists" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {text}\n- [ ] x\n")
    monkeypatch.setattr(library, "files", lambda _package: tmp_path)


def test_bundled_in_a_language_with_english_for_the_rest():
    assert [entry.name for entry in library.bundled()] == ["fire-drill.md", "weekly-check.md"]
    assert [library.find(name, "de").title for name in ("fire-drill", "weekly-check")] == ["Probe", "Weekly"]
    assert len(library.bundled("xx")) == 2


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        *[("zh-Hant", "演練"), ("zh_TW", "演練"), ("ZH-HK", "演練"), ("zh-hant-tw", "演練"), ("zh_CN", "Drill")],
        *[("de_AT", "Probe"), ("de-Latn-DE", "Probe"), ("fr", "Drill"), ("zh", "Drill"), ("../de", "Drill")],
    ],
)
def test_a_tag_leads_to_the_nearest_language(tag, title):
    assert library.find("fire-drill", tag).title == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "演練"),
        ({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"}, "Drill"),
        ({"LANGUAGE": "de:en", "LC_ALL": "zh_TW.UTF-8"}, "Probe"),
        ({}, "Drill"),
    ],
)
def test_without_a_tag_the_environment_says_it(monkeypatch: pytest.MonkeyPatch, said, title):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    i18n.use(None)
    assert library.find("fire-drill").title == title
    assert library.find("fire-drill", "de").title == "Probe"


def test_a_path(tmp_path: Path):
    path = tmp_path / "own.md"
    path.write_text("- [ ] mine\n")
    assert library.find(str(path)).title == "own"


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("weekly-chek", "did you mean weekly-check?"),
        ("zzz", "one of: fire-drill, weekly-check"),
        ("none.md", "no such file"),
        ("dir/none", "no such file"),
        (".", "is a directory"),
        ("", "is a directory"),
        ("\0", "no such checklist"),
    ],
)
def test_unknown(reference, says):
    with pytest.raises(ChecklistError, match=says):
        library.find(reference)


def test_what_really_comes_with_the_program(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    for entry in library.bundled():
        assert library.find(entry.name.removesuffix(".md")).items
