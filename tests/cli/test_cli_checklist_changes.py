"""`checklist ids` and `checklist diff`."""

from cli_helpers import Cli
from store_faults import give_rights, plain_rights, take_rights


def test_ids_are_shown_and_written_on_request(cli: Cli) -> None:
    file = cli.folder / "shop.md"
    file.write_bytes(b"\xef\xbb\xbf# Shop\r\n- [ ] Lights are off\n- [ ] Door {#door}\n")
    before = file.read_bytes()
    shown = cli("checklist", "ids", "shop.md")
    assert shown.stdout == "shop.md:2: Lights are off {#lights-are-off-f43ff5}\n" and "--write" in shown.stderr
    assert file.read_bytes() == before
    cli("checklist", "ids", "shop.md", "--write")
    assert file.read_bytes() == before.replace(b"off", b"off {#lights-are-off-f43ff5}")
    again = cli("checklist", "ids", "shop.md", "--write")
    assert again.stdout == "" and "every item has its id" in again.stderr
    assert cli.json("checklist", "ids", "shop.md") == {"path": "shop.md", "written": False, "ids": [], "left": []}


def test_an_item_without_a_place_for_an_id_is_named(cli: Cli) -> None:
    (cli.folder / "odd.md").write_text("- [ ] # Doors #\n", "utf-8")
    result = cli("checklist", "ids", "odd.md")
    assert (
        result.stdout == "" and result.stderr.startswith("odd.md:1: no place for an id") and "- id: " in result.stderr
    )


def test_a_file_that_cannot_be_written_is_told_in_one_line(cli: Cli) -> None:
    assert "nowhere.md" in cli.refused("checklist", "ids", "nowhere.md", "--write", code=2)
    shop = cli.folder / "shop.md"
    shop.write_text(before := "- [ ] Lights are off\n", "utf-8")
    with plain_rights():
        take_rights(cli.folder)
        assert "shop.md" in cli.refused("checklist", "ids", "shop.md", "--write", code=2)
        give_rights(cli.folder)
    assert shop.read_text("utf-8") == before


def test_diff_is_silent_on_the_same_and_exits_1_on_a_change(cli: Cli) -> None:
    text = (cli.folder / "cold-store.md").read_text("utf-8")
    (cli.folder / "copy.md").write_text(text, "utf-8")
    assert cli("checklist", "diff", "cold-store.md", "copy.md").output == ""
    (cli.folder / "copy.md").write_text(text.replace("2..8", "2..6").replace("close by", "do not close by"), "utf-8")
    assert cli("checklist", "diff", "cold-store.md", "copy.md", code=1).stdout.splitlines() == [
        "~ 9: [Systems] Doors do not close by themselves",
        "    was: Doors close by themselves",
        "    ! a 'not' more or less: the meaning may turn",
        "~ 12: [Systems] Temperature",
        "    limits: 2..8 °C -> 2..6 °C",
    ]
    cli.refused("checklist", "diff", "cold-store.md", "nowhere.md", code=2)


def test_a_name_taken_from_the_file_is_no_change(cli: Cli) -> None:
    for name in ("one.md", "two.md"):
        (cli.folder / name).write_text("- [ ] Lights are off\n", "utf-8")
    assert cli("checklist", "diff", "one.md", "two.md").output == ""


def test_ids_of_a_bundled_and_of_an_own_one_by_its_id(cli: Cli) -> None:
    for options in ([], ["--write"]):
        said = cli.refused("checklist", "ids", "weekly-check", *options, code=2)
        assert said == "qms-tui: weekly-check: is bundled and has its ids; name a Markdown file of your own"
    own = cli.store / "checklists"
    own.mkdir(parents=True)
    (own / "mine.md").write_text("---\nchecklist: 1\nid: round\n---\n- [ ] One\n", "utf-8")
    cli("checklist", "ids", "round", "--write")
    assert "{#" in (own / "mine.md").read_text("utf-8")
    assert "did you mean weekly-check?" in cli.refused("checklist", "ids", "wekly-check", code=2)
