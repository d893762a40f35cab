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


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n- [ ] x\n", "----\nchecklist: 1\n\n- [ ] x\n", "---\n標題：A\n- [ ] x\n"]
)
def test_front_matter_that_does_not_end_is_told(codes, text):
    assert codes(text) == [("W002", 1, 1)]


def test_a_line_of_dashes_at_the_top_is_no_front_matter(codes):
    assert codes("---\nNote: read this\n\n- [ ] x\n") == []


@pytest.mark.parametrize(
    ("written", "cadence"),
    [
        ("Weekly", "weekly"),
        ("每月", "monthly"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=2", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=2"),
    ],
)
def test_cadences(read, written, cadence):
    found = read(f"---\nchecklist: 1\ncadence: {written}\n---\n- [ ] x\n")
    assert (found.cadence, found.diagnostics) == (cadence, ())


@pytest.mark.parametrize("written", ["sometimes", "FREQ=HOURLY", "FREQ=WEEKLY;", "every 2 weeks"])
def test_cadences_that_cannot_be_read(codes, written):
    assert codes(f"---\nchecklist: 1\ncadence: {written}\n---\n- [ ] x\n") == [("E106", 3, 10)]
    assert codes(f"---\ncadence: {written}\n---\n- [ ] x\n") == []


def test_a_key_twice_is_told(read, codes):
    text = "---\nchecklist: 1\nowner: Ann\nOwner: Ben\n---\n- [ ] x\n"
    assert codes(text) == [("E109", 4, 1)]
    assert codes(text.replace("checklist: 1", "layout: post")) == []


def test_a_full_width_colon(read):
    found = read("---\nchecklist：1\ntitle：冷藏庫：早班\nowner: http://x.example：8\n---\n- [ ] x\n")
    assert (found.title, found.owner, found.strict) == ("冷藏庫：早班", "http://x.example：8", True)
