from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qms_tui.checklist.model import ChecklistError
from qms_tui.checklist.parse import parse
from qms_tui.checklist.write_ids import replace_file, with_ids


def written(text: str) -> str:
    return with_ids(text.encode(), "list.md").data.decode()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("- [ ] Door is shut\n", "- [ ] Door is shut {#door-is-shut-ae4461}\n"),
        ("- [ ] Door  \n  is shut\r\n", "- [ ] Door {#door-is-shut-ae4461}  \n  is shut\r\n"),
        ("- [ ] Door is shut\r\n", "- [ ] Door is shut {#door-is-shut-ae4461}\r\n"),
        ("\ufeff☐ Door is shut", "\ufeff☐ Door is shut {#door-is-shut-ae4461}"),
        ("- [ ] Door {#d}\n- [ ] 4.1 Scope\n", "- [ ] Door {#d}\n- [ ] 4.1 Scope\n"),
        (
            "| Check | Result |\n|---|---|\n| Door is shut | |\n",
            "| Check | Result |\n|---|---|\n| Door is shut {#door-is-shut-ae4461} | |\n",
        ),
        (
            "| No. | Check | ok |\n|---|---|---|\n| one \\| two | Door is shut | ☐ |\n",
            "| No. | Check | ok |\n|---|---|---|\n| one \\| two | Door is shut {#door-is-shut-ae4461} | ☐ |\n",
        ),
    ],
)
def test_where_an_id_is_written(text, after):
    assert written(text) == after


def test_a_heading_has_no_place_for_an_id():
    found = with_ids(b"- [ ] # Doors #\n- [ ] Lamp\n", "list.md")
    assert [item.question for item in found.left] == ["Doors"] and found.data.endswith(b"- [ ] Lamp {#lamp-c98e85}\n")


_QUESTIONS = st.sampled_from(
    ["Door is shut", "Lamp works", "Lamp works", "4.1 Scope is written", "消防門是否關閉", "हिन्दी शब्द", "a `b` *c*",
     "x | y",      "[plan](p.md) read", "Door <!-- #d1 -->", "Door {#d2}", "two  ",
     "back\\", "???", "é" * 60, "tab\there",
     "<b>", "a {# b }"]
)  # fmt: skip
_LINES = st.one_of(
    st.builds("- [ ] {}".format, _QUESTIONS),
    st.builds("  - [x] {}".format, _QUESTIONS),
    st.builds("> * [ ] {}".format, _QUESTIONS),
    st.builds("☐ {}".format, _QUESTIONS),
    st.builds("\t1. [ ] {}".format, _QUESTIONS),
    st.builds("  runs on {}".format, _QUESTIONS),
    st.builds("| {} | ☐ |".format, _QUESTIONS),
    st.sampled_from(
        ["", "## Hall", "| Check | Result |", "|---|---|", "```", "  - limits: 2..8 °C", "  - id: own", "---"]
    ),
)
_FILES = st.builds(
    lambda bom, lines: bom + "".join(text + end for text, end in lines),
    st.sampled_from(["", "\ufeff"]),
    st.lists(st.tuples(_LINES, st.sampled_from(["\n", "\n", "\r\n", "\r", ""])), min_size=1, max_size=14),
)


@example("- [ ] 4.1 Scope is written\n- [ ] Door <!-- #d1 -->\n- [ ] Door is shut\n  runs on Door <!-- #d1 -->\n"
         "- [ ] 4.1 Scope is written\n")  # fmt: skip
@settings(max_examples=300, deadline=None)
@given(_FILES)
def test_only_ids_are_added_and_all_items_stay_what_they_are(text):
    data = text.encode()
    try:
        before = parse(data, "list.md")
    except ChecklistError:
        return
    found = with_ids(data, "list.md")
    after = parse(found.data, "list.md")
    assert [item._replace(known_by="text") for item in after.items] == [
        item._replace(known_by="text") for item in before.items
    ]
    named = {item.id for item in found.items}
    assert all(item.known_by == "written" for item in after.items if item.id in named)
    assert named | {item.id for item in found.left} == {item.id for item in before.items if item.known_by == "text"}
    without = found.data
    for item in found.items:
        assert without.count(f" {{#{item.id}}}".encode()) == 1
        without = without.replace(f" {{#{item.id}}}".encode(), b"")
    assert without == data
    assert with_ids(found.data, "list.md").items == ()


def test_a_file_is_replaced_whole_with_its_rights_through_a_link(tmp_path: Path):
    file, link = tmp_path / "list.md", tmp_path / "link.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, b"old", b"new")
    assert file.read_bytes() == b"new" and file.stat().st_mode & 0o777 == 0o640 and link.is_symlink()
    with pytest.raises(ChecklistError, match="changed meanwhile"):
        replace_file(link, b"old", b"other")
    assert file.read_bytes() == b"new" and sorted(each.name for each in tmp_path.iterdir()) == ["link.md", "list.md"]
