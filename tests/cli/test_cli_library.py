"""Bundled checklists on the command line: their language, and the sections of the quality system they ask for."""

import pytest
from cli_helpers import Cli


def test_the_language_chooses_the_file_and_the_items_stay_the_same(cli: Cli) -> None:
    english = cli.json("checklist", "show", "weekly-check")
    chinese = cli.json("--lang", "zh-Hant", "checklist", "show", "weekly-check")
    assert (english["title"], chinese["title"]) == ("Weekly check", "每週查核")
    assert [item["id"] for item in english["items"]] == [item["id"] for item in chinese["items"]]
    assert cli.json("--lang", "de", "checklist", "show", "weekly-check") == english


def test_the_environment_chooses_it_where_nothing_is_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert cli.json("checklist", "show", "weekly-check")["language"] == "zh-Hant"
    assert "標題: 我的檢查表" in cli("checklist", "new").stdout
    assert cli.json("--lang", "en", "checklist", "show", "weekly-check")["language"] == "en"


def test_a_walk_in_one_language_is_seen_in_the_other(cli: Cli) -> None:
    (cli.folder / "room.yaml").write_text("room-temp: 31\n", "utf-8")
    cli("--lang", "zh-Hant", "run", "weekly-check", "--answers", "room.yaml")
    (audit,) = cli.json("audit", "list", "--checklist", "weekly-check")
    assert audit["title"] == "每週查核"
    cli("run", "weekly-check", "--answers", "room.yaml")
    first, second = sorted(cli.json("nc", "list"), key=lambda row: str(row["number"]))
    assert cli.json("nc", "show", second["number"])["repeat_of"] == first["number"]


def test_coverage(cli: Cli) -> None:
    rows = cli.json("checklist", "coverage")
    assert len(rows) == 61 and all(row["items"] for row in rows)
    assert "escape-routes" in next(row for row in rows if row["section"] == "6.3")["items"]["weekly-check"]
    own = cli.folder / "own.md"
    own.write_text("- [ ] Checked each week\n  - clause: qms 4.1, ISO 9001 9.1, QMS 99.1\n", "utf-8")
    found = {row["section"]: row["items"] for row in cli.json("checklist", "coverage", str(own))}
    assert [section for section, items in found.items() if items] == ["4.1"]
    assert list(found["4.1"]) == ["own"] and len(found["4.1"]["own"]) == 1


def test_coverage_names_what_is_missing(cli: Cli) -> None:
    result = cli("checklist", "coverage", "cold-store.md", "--fail", code=1)
    assert result.stderr.startswith("no item asks for: 1.1, 1.2,") and len(result.stderr.splitlines()) == 1
    assert len(result.stdout.splitlines()) == 62
    assert cli("checklist", "coverage", "--fail").stderr == ""
