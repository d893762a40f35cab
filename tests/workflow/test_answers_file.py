"""A whole walk from a file: everything in it is recorded as one line, or nothing is."""

import json
from pathlib import Path

import pytest
from walk_helpers import ASKED, answer_of, begun, finding_of, journal

from qms_tui.records.gates import Refused
from qms_tui.store.base import Actor, EvidenceError, Store
from qms_tui.workflow.answers_file import AnswersFileError, read_answers, record_answers
from qms_tui.workflow.audits import find_audit
from qms_tui.workflow.walk import Walk

WHOLE = """\
doors: n
temp: {value: 12, note: 門開著, evidence: "the display said 12"}
waited: yes
who: |
  Acme, 40 min
  [/] 🙂
handled: 4
van: Fair
subjects: {value: [Delay, Tone]}
service: 2026-02-28
risk: 2x3
"""


class Files:
    def __init__(self, folder: Path, store: Store, actor: Actor) -> None:
        self.folder = folder
        self.store = store
        self.actor = actor

    def record(self, data: str | bytes, name: str = "answers.yaml", *, finish: bool = False, reason: str = "") -> Walk:
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        walk = begun(self.store, self.actor)
        record_answers(walk, read_answers(path), path.name, finish=finish, reason=reason)
        return walk


@pytest.fixture
def files(tmp_path: Path, store: Store, anna: Actor, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.chdir(tmp_path)
    return Files(tmp_path, store, anna)


def test_a_whole_walk_is_one_line(files: Files, store_dir: Path) -> None:
    walk = files.record(WHOLE)
    assert len(journal(store_dir)) == 1
    values = {id_: answer_of(walk, id_).get("value") for id_ in [*ASKED, "who"]}
    assert values == {
        "doors": None,
        "temp": 12,
        "waited": "yes",
        "handled": 4,
        "van": "Fair",
        "subjects": ["Tone", "Delay"],
        "service": "2026-02-28",
        "risk": "2x3",
        "who": "Acme, 40 min\n[/] 🙂",
    }
    assert answer_of(walk, "temp")["note"] == "門開著"
    assert sorted(nc["item"] for nc in walk.nonconformities()) == ["doors", "temp", "waited"]
    assert sorted(nc["number"][-4:] for nc in walk.nonconformities()) == ["0001", "0002", "0003"]
    assert walk.missing() == []
    walk.undo()
    assert walk.figures().answered == 0


def test_yaml_that_looks_like_something_else_is_text(files: Files) -> None:
    walk = files.record("waited: no\ndoors: Y\n")
    assert (answer_of(walk, "waited")["value"], answer_of(walk, "doors")["result"]) == ("no", "conform")
    walk = files.record("doors: {result: y, note: null}\ntemp: {value: 08, note: ~}\n")
    assert "note" not in answer_of(walk, "doors") and answer_of(walk, "temp")["value"] == 8
    walk = files.record("doors: {result: y, note: 'null'}\nservice: 2026-01-02\n")
    assert answer_of(walk, "doors")["note"] == "null" and answer_of(walk, "service")["value"] == "2026-01-02"


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("name", ["answers.json", "answers"])
def test_json_as_every_writer_writes_it(files: Files, indent: int | str | None, name: str) -> None:
    """Surrogate pairs for emoji, tabs, numbers, null."""
    data = {
        "doors": {"result": "n", "note": '🙂 " \\ / \t', "evidence": ["e1 x", "e2 x"], "statement": None},
        "temp": {"value": 4.5},
        "handled": 4,
        "waited": "no",
    }
    walk = files.record(json.dumps(data, indent=indent), name)
    assert answer_of(walk, "doors")["note"] == '🙂 " \\ / \t'
    assert len(answer_of(walk, "doors")["evidence"]) == 2
    assert (answer_of(walk, "temp")["value"], answer_of(walk, "handled")["value"]) == (4.5, 4)


def test_a_byte_order_mark_and_windows_line_ends(files: Files) -> None:
    walk = files.record(b"\xef\xbb\xbfdoors: y\r\ntemp: 4\r\n")
    assert walk.figures().answered == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("doors: y\ndoor: y\n", "answers.yaml: 'door' is no item of this checklist; did you mean 'doors'?"),
        ("doors: y\nxyzzy: y\n", "'xyzzy' is no item of this checklist; see: qms-tui checklist show"),
        ("doors: y\ntemp: warm\n", "answers.yaml: temp: 'warm' is not a number"),
        ("doors: y\ntemp:\n", "temp: nothing was typed"),
        ("doors: y\ntemp: null\n", "temp: nothing was typed"),
        ("doors: y\nvan: Broken\n", "van: 'Broken' is not an option; type one of: Good, Fair, Poor"),
        ("doors: y\nhandled: 6\n", "handled: '6' is not allowed"),
        ("doors: y\nwaited: a\n", "waited: this item always applies"),
        ("doors: y\nwaited: no\nwho: Acme\n", "answers.yaml: who: is not asked after the other answers"),
        ("who: Acme\nwaited: no\n", "who: is not asked"),
        ("doors: y\ntemp: [4]\n", "temp: an answer is a text or a mapping, not list"),
        ("doors: {result: y, evidnce: x}\n", "doors: unknown key 'evidnce'"),
        ("doors: y\ntemp: 4\ndoors: n\n", "answers.yaml:3:1: 'doors' stands twice"),
        ("doors: {result: y, result: n}\n", ":1:20: 'result' stands twice"),
        ('{"doors": "y", "doors": "n"}', "answers.yaml: 'doors' stands twice"),
        ("", "holds no answers"),
        ("# only a comment\n", "holds no answers"),
        ("null\n", "holds no answers"),
        ("{}", "holds no answers"),
        ("- doors: y\n", "holds no answers"),
        ("just words\n", "holds no answers"),
        ("doors: y\n---\ntemp: 4\n", "answers.yaml:2:1: "),
        ("doors: [y\n", "answers.yaml:2:1: "),
        ("doors: y\n\ttemp: 4\n", "answers.yaml:2:1: "),
        ("? [a]\n: y\n", "answers.yaml:1:3: "),
        ("doors: &a {note: *a}\n", "answers.yaml:1:"),
        ("doors: \0\n", "answers.yaml: "),
        ("doors: !!python/object/apply:os.system [ls]\n", "not list"),
        ("d: " + "[" * 1500, "nested too deeply"),
        (b"doors: \xff\n", "not UTF-8; save it as UTF-8"),
        ("doors: y\n".encode("utf-16"), "not UTF-8"),
    ],
)
def test_one_bad_entry_and_nothing_is_recorded(files: Files, store_dir: Path, data: str | bytes, said: str) -> None:
    with pytest.raises(AnswersFileError) as refused:
        files.record(data)
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert not store_dir.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [('{"doors": "y",}', ":1:1"), ('{"doors": true}', "not bool"), ("doors: y", ":1:1: "), ('"y"', "no answers")],
)
def test_bad_json(files: Files, store_dir: Path, data: str, said: str) -> None:
    with pytest.raises(AnswersFileError, match=r"answers\.json|doors") as refused:
        files.record(data, "answers.json")
    assert said in str(refused.value) and not store_dir.exists()


def test_a_missing_evidence_file_keeps_no_other(files: Files, store_dir: Path) -> None:
    (files.folder / "good.jpg").write_bytes(b"good")
    data = "doors: {result: n, evidence: good.jpg}\ntemp: {value: 4, evidence: [good.jpg, gone.jpg]}\n"
    with pytest.raises(EvidenceError, match=r"No such file or directory: gone\.jpg"):
        files.record(data)
    assert not store_dir.exists()
    (files.folder / "gone.jpg").write_bytes(b"here")
    walk = files.record(data)
    assert [kept["name"] for kept in answer_of(walk, "temp")["evidence"]] == ["good.jpg", "gone.jpg"]


@pytest.mark.parametrize("name", ["gone.yaml", "."])
def test_a_file_that_cannot_be_read(files: Files, name: str) -> None:
    with pytest.raises(AnswersFileError, match="name a file that can be read"):
        read_answers(files.folder / name)


def test_completing_with_nothing_missing(files: Files, store_dir: Path) -> None:
    walk = files.record(WHOLE, finish=True)
    audit = find_audit(files.store, str(walk.number))
    assert audit["status"] == "completed" and "left" not in audit and len(journal(store_dir)) == 1
    assert audit["figures"] == walk.figures().as_json()


def test_completing_with_something_missing_needs_a_reason(files: Files, store_dir: Path) -> None:
    data = "doors: {result: n, evidence: torn seal}\ntemp: 12\n"
    with pytest.raises(Refused, match="7 things are missing"):
        files.record(data, finish=True)
    assert not store_dir.exists()
    walk = files.record(data, finish=True, reason="an hour only")
    audit = find_audit(files.store, str(walk.number))
    assert audit["status"] == "completed" and len(audit["left"]) == 7
    assert audit["left"][0] == {"item": "temp", "missing": "evidence", "reason": "an hour only"}
    assert audit["figures"]["coverage"] == 25 and finding_of(walk, "doors")["nonconformity"]


def test_an_evidence_file_that_is_missing_is_named_with_its_item(files: Files, store_dir: Path) -> None:
    with pytest.raises(EvidenceError, match=r"^answers\.yaml: temp: No such file or directory: nope\.jpg$"):
        files.record("doors: y\ntemp: {value: 5, evidence: nope.jpg}\n")
    assert not (store_dir / "journal.jsonl").exists()


def test_a_failing_answer_is_no_good_practice(files: Files, store_dir: Path) -> None:
    with pytest.raises(AnswersFileError, match=r"^answers\.yaml: doors: a finding on 'nonconform' cannot be graded"):
        files.record("doors: {result: n, grade: good_practice}\n")
    assert not (store_dir / "journal.jsonl").exists()
