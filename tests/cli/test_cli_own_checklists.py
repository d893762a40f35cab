"""Own checklists: in the store's folder and in folders that are named; what is edited is noticed."""

from pathlib import Path

import pytest
from cli_helpers import Cli

SHOP = (
    "---\nid: shop\ntitle: Closing the shop\n---\n- [ ] Lights are off {#lights}\n- [ ] Check that the door is locked\n"
)


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


@pytest.fixture
def shop(cli: Cli) -> Path:
    return put(cli.store / "checklists", "shop-round.md", SHOP)


def rows(cli: Cli, *args: str) -> dict[str, dict[str, object]]:
    return {row["path"] or row["id"]: row for row in cli.json("checklist", "list", *args)}


def test_they_are_listed_and_found_by_id_and_by_name(cli: Cli, shop: Path) -> None:
    row = rows(cli)[str(shop)]
    assert (row["id"], row["title"], row["items"], row["problems"], row["last"]) == (
        "shop",
        "Closing the shop",
        2,
        0,
        None,
    )
    assert "weekly-check" in rows(cli)
    (cli.folder / "a.yaml").write_text("lights: y\n", "utf-8")
    number = cli("run", "shop", "--answers", "a.yaml").stdout.strip()
    audit = cli.json("audit", "show", number)
    assert audit["checklist"] == "shop"
    assert str(rows(cli)[str(shop)]["last"]).startswith("20")
    assert cli.json("checklist", "show", "SHOP-round")["id"] == "shop"
    assert "did you mean shop?" in cli.refused("checklist", "show", "shopp", code=2)


def test_other_folders_by_option_and_variable(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (put(cli.folder / f"lists {n}", f"l{n}.md", f"- [ ] Item {n}\n") for n in (1, 2, 3))
    monkeypatch.setenv("QMS_CHECKLISTS", f"{two.parent}:{three.parent}:{cli.folder / 'nowhere'}")
    found = rows(cli, "--dir", str(one.parent))
    assert {str(one), str(two), str(three)} <= found.keys()
    assert cli.json("checklist", "show", "l3")["items"][0]["question"] == "Item 3"


def test_an_own_one_stands_in_place_of_the_bundled_one(cli: Cli) -> None:
    path = put(cli.store / "checklists", "weekly-check.md", "- [ ] Ours alone\n")
    found = rows(cli)
    assert str(path) in found and "weekly-check" not in found
    assert [item["question"] for item in cli.json("checklist", "show", "weekly-check")["items"]] == ["Ours alone"]


def test_what_is_wrong_in_one_hides_no_other(cli: Cli, shop: Path) -> None:
    bad = put(shop.parent, "bad.md", "no items here\n")
    twice = put(shop.parent, "twice.md", SHOP)
    (shop.parent / "latin.md").write_bytes(b"- [ ] caf\xe9\n")
    faulty = put(shop.parent, "faulty.md", "- [ ] Cold\n  - limits: 8..2 °C\n")
    found = rows(cli)
    assert "E003" in str(found[str(bad)]["error"]) and "its id 'shop' is that of" in str(found[str(twice)]["error"])
    assert "E001" in str(found[str(shop.parent / "latin.md")]["error"]) and found[str(shop)]["error"] is None
    assert found[str(faulty)]["problems"] == 1 and found[str(faulty)]["items"] == 1
    told = cli("checklist", "list")
    assert len(told.stderr.splitlines()) == 3 and "Closing the shop" in told.stdout


def test_an_edit_is_told_to_who_goes_on_and_to_who_begins(cli: Cli, shop: Path) -> None:
    number = cli("run", "shop", "--plain", input="y\n:q\n").stdout.split("run --resume ")[1].split()[0]
    assert "edited" not in cli("run", "--resume", number, "--plain", input=":q\n").stdout
    shop.write_text(SHOP.replace("Check that the", "Verify that the"), "utf-8")
    resumed = cli("run", "--resume", number, "--plain", input=":q\n").stdout
    assert resumed.count("was edited since; this audit keeps the text") == 1 and "Check that the door" in resumed
    begun = cli("run", "shop", "--plain", input=":q\n").stdout
    assert "Changed since its last audit: 1 reworded\n" in begun
    changes = cli("checklist", "diff", number, "shop", code=1).stdout
    assert changes.splitlines() == ["~ 6: Verify that the door is locked", "    was: Check that the door is locked"]


def test_an_edit_of_a_file_given_by_its_path_is_noticed_from_anywhere(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = cli("run", "cold-store.md", "--plain", input="y\n:q\n").stdout.split("run --resume ")[1].split()[0]
    with (cli.folder / "cold-store.md").open("a", encoding="utf-8") as file:
        file.write("- [ ] One more\n")
    put(tmp_path / "elsewhere", "x.md", "")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "was edited since" in cli("run", "--resume", number, "--plain", input=":q\n").stdout


def test_a_doubtful_history_is_decided_line_by_line(cli: Cli, shop: Path) -> None:
    cli("run", "shop", "--plain", input="y\ny\n:q\n")
    shop.write_text(SHOP.replace("is locked", "is not locked"), "utf-8")
    told = cli("run", "shop", "--plain", input=":s\n:!\n:=\n:q\n").stdout
    assert "1 to confirm" in told and "? Was this asked as 'Check that the door is locked' before" in told
    assert " perhaps conform" in told and "another question" in told and "the same question as before" in told
