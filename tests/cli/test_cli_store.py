"""Proving, describing and copying the store from the command line."""

import json
import os
from pathlib import Path

import pytest
from cli_helpers import Cli

from qms_tui.checklist.own import own_folders
from qms_tui.store.disk import Disk
from qms_tui.store.layout import Layout
from qms_tui.store.mounts import file_system


def lines_of(cli: Cli) -> list[dict[str, object]]:
    return [json.loads(line) for line in (cli.store / "journal.jsonl").read_bytes().splitlines()]


def test_a_good_store_is_told(cli: Cli) -> None:
    number = cli.record()
    said = cli("verify").stdout
    assert f"head      1:{lines_of(cli)[0]['h']}\n" in said and said.endswith("as it was kept\n")
    data = cli.json("verify")
    assert data["good"] and data["flaws"] == [] and data["evidence"] == {"files": 1, "bytes": 16}
    data = cli.json("verify", number.lower())
    assert (data["audit"], data["changed_by"]) == (number, [1])
    assert f"{number}  n 1\n" in cli("verify", number).stdout


def test_a_bad_one_is_named_and_exits_1(cli: Cli) -> None:
    cli.record()
    cli.record("doors: y\n")
    journal = cli.store / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Door 3", b"Door 4", 1))
    result = cli("verify", code=1)
    assert result.stdout.startswith("journal.jsonl, line 1: altered: its hash does not match\n")
    assert "good" not in result.stdout
    data = json.loads(cli("verify", "--json", code=1).stdout)
    assert not data["good"]
    assert data["flaws"] == [{"file": "journal.jsonl", "line": 1, "n": 1, "what": "altered: its hash does not match"}]
    info = cli("store", "info")
    assert "head         2:" in info.stdout and "line 1: altered" in info.stderr


def test_a_head_that_was_written_down(cli: Cli) -> None:
    cli.record()
    n, h = cli.json("store", "info")["head"].values()
    cli.record("doors: y\n")
    assert cli.json("verify", "--head", f"{n}:{h}", "--head", f"2:{lines_of(cli)[1]['h']}")["good"]
    other = h[:-1] + ("1" if h.endswith("0") else "0")
    assert "rewritten" in cli("verify", "--head", f" 1:{other} ", code=1).stdout
    assert "3, which was written down, is gone" in cli("verify", "--head", f"3:{h}", code=1).stdout
    for bad in ("", "1", "1:", f"x:{h}", f"0:{h}", f"1:{h[:31]}", f"1:{h}0", f"1:{'g' * 64}"):
        assert "--head" in cli.refused("verify", "--head", bad, code=2)


def test_what_there_is_not(cli: Cli) -> None:
    for args in (["verify"], ["store", "info"], ["store", "backup", "copy"]):
        assert "there is no store" in cli.refused(*args, code=2)
    assert not cli.store.exists()
    cli.record()
    assert "A-1: no such audit" in cli.refused("verify", "A-1", code=2)


def test_what_a_store_is(cli: Cli) -> None:
    cli.record()
    data = cli.json("store", "info")
    about = json.loads((cli.store / "store.json").read_bytes())
    assert {key: data[key] for key in about} == about
    assert data["path"] == str(cli.store) and data["lines"] == 1 and data["warnings"] == []
    assert data["bytes"] == (cli.store / "journal.jsonl").stat().st_size
    assert data["documents"]["audits"] == 1 and data["documents"]["nonconformities"] == 2
    assert data["evidence"] == {"files": 1, "bytes": 16} and data["file_system"] == file_system(cli.store)
    shown = cli("store", "info")
    assert shown.stderr == "" and f"head         1:{data['head']['h']}" in shown.stdout


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        ("", 0o770, "chmod g+s"),
        ("", 0o2777, "everybody may write"),
        ("journal.jsonl", 0o600, "its group lacks rights"),
        ("journal.jsonl", 0o666, "everybody may write"),
        ("evidence", 0o2700, "its group lacks rights"),
    ],
)
def test_rights_that_keep_people_from_working(cli: Cli, name: str, mode: int, said: str) -> None:
    cli.record()
    (cli.store / name).chmod(mode)
    (warning,) = cli.json("store", "info")["warnings"]
    assert said in warning and str(cli.store / name) in warning


def test_a_backup(cli: Cli) -> None:
    cli.record()
    made = cli("store", "backup", "copy").stdout
    assert made.startswith("copy\nlines     1 new\nhead      1:") and made.endswith("evidence  1 new of 1\n")
    assert cli.json("--store", "copy", "nc", "list") == cli.json("nc", "list")
    cli.record("doors: y\n")
    data = cli.json("store", "backup", "copy")
    assert (data["lines"], data["evidence"], data["flaws"]) == (1, {"copied": 0, "files": 1}, [])
    assert data["head"] == cli.json("--store", "copy", "verify")["head"]
    assert "outside" in cli.refused("store", "backup", ".", code=3)
    (cli.folder / "papers").mkdir()
    (cli.folder / "papers" / "letter").touch()
    assert "holds something else" in cli.refused("store", "backup", "papers", code=3)


def test_a_backup_without_a_file_that_is_gone(cli: Cli) -> None:
    cli.record()
    (kept,) = (cli.store / "evidence").iterdir()
    kept.write_bytes(b"something else")
    result = cli("store", "backup", "copy", code=1)
    assert result.stderr.startswith(f"{kept.name}: not copied: ") and "1 new" in result.stdout


def test_a_backup_restores_to_a_working_set_up(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.record()
    own, team = cli.store / "checklists", cli.folder / "team"
    for folder in (own, team):
        folder.mkdir()
        (folder / f"{folder.name}.md").write_text("---\nchecklist: 1\ntitle: T\n---\n- [ ] One\n", "utf-8")
    monkeypatch.setenv("QMS_CHECKLISTS", str(team))
    made = cli("store", "backup", "copy")
    assert made.stdout.endswith("checklists  1 new of 1\n")
    assert made.stderr == f"not in the backup: your checklists in {team}; copy them too\n"
    assert (cli.folder / "copy" / "checklists" / "checklists.md").stat().st_mode & 0o007 == 0
    (own / "checklists.md").write_text("---\nchecklist: 1\ntitle: Edited\n---\n- [ ] One\n", "utf-8")
    (own / ".draft.md").write_text("x", "utf-8")
    (own / "odd.md").mkdir()
    os.mkfifo(own / "pipe.md")
    result = cli("store", "backup", "copy", "--json", code=1)
    data = json.loads(result.stdout)
    assert data["checklists"] == {"copied": 1, "files": 1}
    assert [flaw["file"] for flaw in data["flaws"]] == ["checklists/odd.md", "checklists/pipe.md"]
    monkeypatch.delenv("QMS_CHECKLISTS")
    (found,) = [each for each in cli.json("--store", "copy", "checklist", "list") if each["path"]]
    assert found["title"] == "Edited"


def test_the_store_and_the_checklists_agree_on_where_own_ones_lie(tmp_path: Path) -> None:
    assert Layout(Disk(), tmp_path).checklists in own_folders(tmp_path)
