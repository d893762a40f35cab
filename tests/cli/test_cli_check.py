"""`checklist check`, `preview` and `new`."""

import json
from pathlib import Path

import pytest
from cli_helpers import Cli

from qms_tui.checklist.parse import load

GOLDEN = Path(__file__).parents[1] / "checklist" / "golden"


def test_fifteen_faults_are_told_where_they_stand(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    result = cli("checklist", "check", "faults.md", code=1)
    assert result.stdout == (GOLDEN / "faults.txt").read_text("utf-8")
    assert result.stderr == "1 file: 12 errors, 3 warnings\n"


def test_several_files_as_json(cli: Cli) -> None:
    (cli.folder / "latin.md").write_bytes("\ufeff- [ ] ok\r\n\r\n- [ ] für Gr".encode() + b"\xf6\xdfe\r\n")
    (cli.folder / "empty.md").write_text("---\nchecklist: 1\nowner: [a]\n---\nwords\n", "utf-8")
    result = cli("checklist", "check", "cold-store.md", "latin.md", "empty.md", "--json", code=1)
    found = json.loads(result.stdout_bytes)
    assert [(d["path"], d["line"], d["column"], d["code"], d["severity"]) for d in found] == [
        ("latin.md", 3, 13, "E001", "error"),
        ("empty.md", 1, 1, "E003", "error"),
        ("empty.md", 3, 8, "E106", "error"),
    ]
    assert set(found[0]) == {"path", "line", "column", "code", "severity", "message", "help"}


def test_a_clean_file_and_warnings_alone_are_no_error(cli: Cli) -> None:
    result = cli("checklist", "check", "cold-store.md")
    assert (result.stdout, result.stderr) == ("", "1 file: nothing is wrong\n")
    (cli.folder / "plain.md").write_text("- [ ] Q\n  - limits: 9..2\n", "utf-8")
    assert cli("checklist", "check", "plain.md", "cold-store.md").stderr == "2 files: 1 warning\n"


def test_files_that_are_not_there(cli: Cli) -> None:
    assert "none.md: no such file" in cli.refused("checklist", "check", "cold-store.md", "none.md", code=2)
    assert "no such file" in cli.refused("checklist", "preview", "none.md", code=2)


def test_the_caret_stands_under_wide_tabbed_and_hidden_characters(cli: Cli) -> None:
    (cli.folder / "wide.md").write_text("- [ ] 溫度\n\t- **嚴重度**： \u202e很重\n", "utf-8")
    line, caret = cli("checklist", "check", "wide.md").stdout.splitlines()[1:3]
    assert line == "2 |     - **嚴重度**： \ufffd很重"
    assert caret == f"  | {' ' * 19}^^^^^"


def test_a_long_line_is_cut_around_the_fault(cli: Cli) -> None:
    (cli.folder / "long.md").write_text(f"- [ ] {'word ' * 2000}{{#two words}} \n", "utf-8")
    lines = cli("checklist", "check", "long.md").stdout.splitlines()
    assert all(len(line) < 250 for line in lines)
    at = lines[2].index("^")
    assert lines[1][at:] == "{#two words} " and lines[0].startswith("long.md:1:10007: E102")


def test_a_new_file_checks_clean_in_each_language_and_is_never_written_over(cli: Cli) -> None:
    for language, title in (("en", "Fire drill"), ("zh-Hant", "Fire drill"), ("xx", "Fire drill")):
        path = cli.folder / language / "fire-drill.md"
        path.parent.mkdir()
        cli("--lang", language, "checklist", "new", str(path))
        found = load(path)
        assert (found.title, found.strict, found.diagnostics, len(found.items)) == (title, True, (), 4)
        assert found.items[1].limits and found.items[3].conditions and found.items[0].severity == "major"
        path.write_text("mine", "utf-8")
        assert "exists already" in cli.refused("checklist", "new", str(path), code=2)
        assert path.read_text("utf-8") == "mine"
    assert cli("checklist", "new").stdout.startswith("---\nchecklist: 1")
    assert "cannot be written" in cli.refused("checklist", "new", "no/such/folder.md", code=2)


MIXED = """# Round of the hall

| No | Check        | OK? | Remark |
| -- | ------------ | --- | ------ |
| K1 | Floor is dry |     | wipe   |
| K2 |              |     |        |
| K3 | Exit is free |     |        |

| Rating | Description |
| ------ | ----------- |
| 1      | bad         |

- a hint
- [a link](x.md)

## Doors

- [ ] Door closes {#door}
  - answer: yes/no
  > Look twice.
- ☐ Lamp is on
  - only if: door = yes
"""


def test_a_preview_tells_what_was_read_and_why(cli: Cli) -> None:
    (cli.folder / "mixed.md").write_text(MIXED, "utf-8")
    told = cli("checklist", "preview", "mixed.md").stdout
    assert told == (GOLDEN / "preview.txt").read_text("utf-8")
    found = json.loads(cli("checklist", "preview", "mixed.md", "--json").stdout_bytes)
    assert [(part["line"], part["what"], part["id"]) for part in found["reading"]] == [
        (1, "title", None),
        (3, "table", None),
        (5, "row", "K1"),
        (7, "row", "K3"),
        (9, "table", None),
        (13, "list", None),
        (16, "section", None),
        (18, "task", "door"),
        (21, "box", found["reading"][-1]["id"]),
    ]
    assert found["reading"][1]["columns"] == {"question": 2, "answers": [3], "id": 1}
    assert found["items"] == 4 and found["diagnostics"][0]["code"] == "I301"


def test_a_preview_of_a_file_without_items_tells_why(cli: Cli) -> None:
    (cli.folder / "legend.md").write_text("| Rating | Description |\n|---|---|\n| 1 | bad |\n", "utf-8")
    result = cli("checklist", "preview", "legend.md", code=1)
    assert "not read: no column is headed as a question" in result.stdout and "E003" in result.stderr


def test_own_and_bundled_checklists_are_named_by_their_id(cli: Cli) -> None:
    shelf = cli.store / "checklists"
    shelf.mkdir(parents=True)
    (shelf / "shop-floor.md").write_text("---\nchecklist: 1\nid: shop\n---\n- [ ] Q\n  - severity: hefty\n", "utf-8")
    (shelf / "torn.md").write_bytes(b"- [ ] \xff\n")
    told = cli("checklist", "check", "shop", "weekly-check", code=1)
    assert told.stdout.startswith(f"{shelf / 'shop-floor.md'}:6:15: E110") and told.stderr == "2 files: 1 error\n"
    assert "torn.md:1:7: E001" in cli("checklist", "check", "torn", code=1).stdout
    assert cli.json("checklist", "preview", "shop")["path"] == str(shelf / "shop-floor.md")
    assert "did you mean shop?" in cli.refused("checklist", "check", "shopp", code=2)
