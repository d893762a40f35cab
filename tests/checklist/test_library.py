from pathlib import Path

import pytest

from qms_tui.checklist import library
from qms_tui.checklist.model import ChecklistError


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"en/weekly-check": "Weekly", "en/fire-drill": "Drill", "de/fire-drill": "Probe"}.items():
        path = tmp_path / "checklists" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {text}\n- [ ] x\n")
    monkeypatch.setattr(library, "files", lambda _package: tmp_path)


def test_bundled_in_a_language_with_english_for_the_rest():
    assert [entry.name for entry in library.bundled()] == ["fire-drill.md", "weekly-check.md"]
    assert [library.find(name, "de").title for name in ("fire-drill", "weekly-check")] == ["Probe", "Weekly"]
    assert len(library.bundled("xx")) == 2


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
