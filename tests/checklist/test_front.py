import pytest


def test_all_keys(read):
    front = (
        "---\nchecklist: 1\nid: abc\ntitle: T\nkind: Audit\nversion: 1.10\nlanguage: de\ncadence: weekly\nowner: Ann\n"
        "standard: ISO 9001\ndescription: why\ntags: [a, b]\naccept: 9\npass_mark: 80%\n"
        "scale:\n  impact: [slight, grave]\n  likelihood: {1: rare, 2: often}\n---\n- [ ] x\n"
    )
    found = read(front)
    assert (found.id, found.title, found.kind, found.version, found.language) == ("abc", "T", "audit", "1.10", "de")
    assert (found.cadence, found.owner, found.standard, found.description) == ("weekly", "Ann", "ISO 9001", "why")
    assert (found.tags, found.accept, found.pass_mark) == (("a", "b"), 9, 80)
    assert found.scale == {"impact": ("slight", "grave"), "likelihood": ("rare", "often")}
    assert found.diagnostics == ()


def test_unknown_keys_only_matter_in_our_files(codes):
    assert codes("---\nlayout: post\nkind: Pod\nlabels: {a: [1]}\n---\n- [ ] x\n") == []
    assert codes("---\nchecklist: 1\ntilte: x\n---\n- [ ] x\n") == [("W201", 3, 1)]
    assert codes("---\nchecklist: 1\nkind: pod\naccept: lots\nowner: [a]\n---\n- [ ] x\n") == [
        ("E106", 3, 7),
        ("E106", 4, 9),
        ("E106", 5, 8),
    ]


@pytest.mark.parametrize("front", ["a: [", "{{ template }}", "just words", "- a", "a: b: c", "\ta: b", "%bad"])
def test_not_yaml(read, front):
    checklist = read(f"---\n{front}\n---\n- [ ] x\n")
    assert [d.code for d in checklist.diagnostics] == ["W002"]
    assert checklist.items[0].line == 4


def test_longer_fences_and_an_unclosed_one(read):
    assert read("----\ntitle: Four\n----\n- [ ] x\n").title == "Four"
    unclosed = read("---\ntitle: never closed\n- [ ] x\n")
    assert (unclosed.title, [item.question for item in unclosed.items]) == ("my list", ["x"])


def test_empty_front_matter(read):
    assert read("---\n---\n- [ ] x\n").diagnostics == ()


def test_aliases_cannot_explode(read):
    bomb = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(24)
    )
    assert read(f"---\nchecklist: 1\n{bomb}title: *y\n---\n- [ ] x\n").title == "my list"
