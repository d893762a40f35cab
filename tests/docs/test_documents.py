"""The documents say what is true: lines that start and test, links, keys, pictures, examples."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import make_keys
import make_library
import make_pictures
import make_words
import play
import pytest

from qms_tui.checklist.parse import load, parse

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
INSTALL = "python3 -m venv --without-pip .venv && pip --python .venv/bin/python install -e "


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks_tagged(word: str) -> list[tuple[Path, play.Block]]:
    return [(page, block) for page in PAGES for block in play.blocks(page.read_text("utf-8")) if word in block.info]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_readme_starts_and_tests_by_one_line_each() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("python3 -m venv")]
    assert lines == [
        f"{INSTALL}. && .venv/bin/qms-tui",
        f"{INSTALL}'.[test]' && .venv/bin/pytest -n auto",
    ]
    assert all(f"```sh\n{line}\n```" in text for line in lines)


def test_readme_opens_with_words_and_a_picture_and_is_short() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "](docs/pictures/walk.svg)" in text.partition("python3 -m venv")[0]
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _hash, anchor = link.partition("#")
        target = page.parent / unquote(path) if path else page
        assert target.exists(), f"{page_id(page)}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), f"{page_id(page)}: {link}"


def test_keys_are_documented() -> None:
    assert make_keys.PATH.read_text("utf-8") == make_keys.pages(), "renew it: python docs/make_keys.py"


def test_bundled_checklists_are_documented() -> None:
    assert make_library.PATH.read_text("utf-8") == make_library.page(), "renew it: python docs/make_library.py"


def test_words_of_other_languages_are_documented() -> None:
    assert make_words.PATH.read_text("utf-8") == make_words.page(), "renew it: python docs/make_words.py"


def test_every_test_that_the_format_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", (ROOT / "docs" / "checklist-format.md").read_text("utf-8"))
    assert len(named) > 40
    folder = ROOT / "tests" / "checklist"
    assert [f"{file}::{name}" for file, name in named if f"def {name}(" not in (folder / file).read_text("utf-8")] == []


def test_every_code_of_a_diagnostic_is_in_the_format() -> None:
    text = (ROOT / "docs" / "checklist-format.md").read_text("utf-8")
    documented = set(re.findall(r"^\| ([EWI]\d{3}) \|", text, re.MULTILINE))
    used = {
        code
        for path in (ROOT / "qms_tui" / "checklist").glob("*.py")
        for code in re.findall(r'"([EWI]\d{3})"', path.read_text("utf-8"))
    }
    assert used == documented


@pytest.mark.parametrize(
    "block",
    [pytest.param(block, id=f"{page_id(page)}:{block.line}") for page, block in blocks_tagged("checklist")],
)
def test_checklist_examples_are_read_without_a_complaint(block: play.Block) -> None:
    found = parse(block.body.encode(), "example.md")
    assert [each for each in found.diagnostics if each.severity != "info"] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "examples").glob("*.md")), ids=page_id)
def test_example_files_are_read_without_a_complaint(path: Path) -> None:
    assert load(path).diagnostics == ()


def test_no_markdown_example_goes_untested() -> None:
    for page, block in blocks_tagged("markdown"):
        assert len(block.info) > 1, f"{page_id(page)}:{block.line}: say `checklist` or `save=` behind `markdown`"


@pytest.mark.parametrize("picture", make_pictures.PICTURES, ids=lambda picture: picture.name)
def test_pictures_show_what_the_program_shows(picture: make_pictures.Picture) -> None:
    path = make_pictures.FOLDER / f"{picture.name}.svg"
    kept = path.read_text("utf-8")
    ElementTree.fromstring(kept)  # noqa: S314 - our own file
    assert make_pictures.words(kept) == make_pictures.words(make_pictures.make(picture)), (
        "renew it: python docs/make_pictures.py"
    )
    assert "http" not in re.sub(r'xmlns="[^"]*"|<!--.*?-->', "", kept, flags=re.DOTALL)


def test_every_picture_is_shown_somewhere() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert [path.name for path in make_pictures.FOLDER.iterdir() if f"pictures/{path.name})" not in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", play.PLAYED)
def test_what_stands_in_the_documents_happens(name: str, tmp_path: Path) -> None:
    if "jq " in (ROOT / name).read_text("utf-8") and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    play.Player(ROOT / name, tmp_path / "anna").play()


def test_a_difference_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh run\necho two\n```\n\n```text output\nthree\n```\n", "utf-8")
    with pytest.raises(play.Stale, match=r"(?s)page\.md:5: shows something else.*-three.*\+two"):
        play.Player(page, tmp_path / "anna").play()
    assert "```text output\ntwo\n```" in play.Player(page, tmp_path / "ben", renew=True).play()


def test_every_field_of_every_document_is_explained() -> None:
    from qms_tui.records import models

    page = (ROOT / "docs" / "store-format.md").read_text("utf-8")
    text = page.partition("## Documents, field by field")[2]
    sections = dict(part.split("\n", 1) for part in text.split("\n### ")[1:])
    assert sections.keys() == models.MODELS.keys()
    for table, model in models.MODELS.items():
        told = [
            name for row in re.findall(r"^\| (`.*?`) \|", sections[table], re.MULTILINE) for name in row.split(", ")
        ]
        assert sorted(told) == sorted(f"`{name}`" for name in model.model_fields), table
    for nested in (models.Left, models.Moved, models.HandedOver, models.Milestone, models.RefusedVerification):
        assert all(f"`{name}`" in text for name in nested.model_fields), nested
    assert models.MODELS.keys() <= set(re.findall(r"^\| `(\w+)` \| [^|]*\| [^|]* \|$", page, re.MULTILINE))
