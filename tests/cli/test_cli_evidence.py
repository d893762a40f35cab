"""Evidence comes out as it went in, or not at all."""

from cli_helpers import Cli

PHOTO = bytes(range(256)) * 40


def attached(cli: Cli) -> str:
    (cli.folder / "seal.jpg").write_bytes(PHOTO)
    return cli.record("doors: {result: y, evidence: [seal.jpg, the seal is torn, the lamp is out]}\ntemp: 4\n")


def test_the_list(cli: Cli) -> None:
    number = attached(cli)
    rows = cli.json("audit", "evidence", number)
    assert [(row["item"], row["name"], row["size"]) for row in rows] == [
        ("doors", "seal.jpg", len(PHOTO)),
        ("doors", "pasted text", 16),
        ("doors", "pasted text", 15),
    ]
    text = cli("audit", "evidence", number.lower()).stdout.splitlines()
    assert len(text) == 4 and rows[0]["digest"][:12] in text[1] and "seal.jpg" in text[1]
    other = cli.record("doors: y\n")
    assert cli.json("audit", "evidence", other) == []
    assert "has no evidence" in cli("audit", "evidence", other).stderr


def test_the_bytes_by_name_and_digest(cli: Cli) -> None:
    number = attached(cli)
    assert cli("audit", "evidence", number, "seal.jpg").stdout_bytes == PHOTO
    digest = cli.json("audit", "evidence", number)[1]["digest"]
    assert cli("audit", "evidence", number, digest).stdout == "the seal is torn"
    assert cli("audit", "evidence", number, digest[:8].upper()).stdout == "the seal is torn"


def test_to_a_new_file_or_a_folder_and_over_no_other(cli: Cli) -> None:
    number = attached(cli)
    (cli.folder / "out").mkdir()
    assert "seal.jpg" in cli("audit", "evidence", number, "seal.jpg", "-o", "out").stderr
    assert (cli.folder / "out" / "seal.jpg").read_bytes() == PHOTO
    assert "is there already" in cli.refused("audit", "evidence", number, "seal.jpg", "-o", "out", code=2)
    assert "No such file" in cli.refused("audit", "evidence", number, "seal.jpg", "-o", "no/folder.jpg", code=2)


def test_what_is_none_or_several(cli: Cli) -> None:
    number = attached(cli)
    assert "has no evidence 'photo.jpg'" in cli.refused("audit", "evidence", number, "photo.jpg", code=2)
    several = cli.refused("audit", "evidence", number, "pasted text", code=2)
    assert all(row["digest"][:12] in several for row in cli.json("audit", "evidence", number)[1:])
    assert "no such audit" in cli.refused("audit", "evidence", "A-1999-0001", code=2)
    cli.refused("audit", "evidence", number, "seal.jpg", "--json", code=2)
    cli.refused("audit", "evidence", number, "-o", "out.jpg", code=2)


def test_what_is_lost_or_changed_on_the_disk_is_refused(cli: Cli) -> None:
    number = attached(cli)
    file = cli.store / "evidence" / cli.json("audit", "evidence", number)[0]["digest"]
    file.chmod(0o600)
    file.write_bytes(PHOTO[:-1])
    assert "is not what was kept" in cli.refused("audit", "evidence", number, "seal.jpg", "-o", "seal2.jpg", code=3)
    assert not (cli.folder / "seal2.jpg").exists()
    file.unlink()
    assert "is not in the store" in cli.refused("audit", "evidence", number, "seal.jpg", code=3)
