"""A list whose rows others change under the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_row_list import ListApp

from qms_tui.screens.widgets import row_list
from qms_tui.screens.widgets.row_list import Row, RowList


def rows(names: str) -> list[Row]:
    """One a letter; a capital is a header."""
    return [Row(name, f"row {name}", header=name.isupper()) for name in names]


def at(names: str, cursor: str) -> RowList:
    shown = RowList(rows(names))
    shown.move_to(cursor)
    return shown


def here(shown: RowList) -> str:
    return shown.selected.key if shown.selected else ""


def meant(shown: RowList) -> str:
    return shown.meant.key if shown.meant else ""


@pytest.fixture
def slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed is not seen before the test ends."""
    monkeypatch.setattr(row_list, "LAG", 3600.0)


@pytest.mark.parametrize(
    ("before", "after", "to"),
    [
        ("abcde", "xabcde", "c"),
        ("abcde", "cxyab", "c"),
        ("abcde", "abde", "d"),
        ("abcde", "xyzae", "e"),  # not what stands at its place, nor the nearest by its number
        ("abcde", "xab", "b"),  # the last one that stays
        ("abcde", "xyz", "z"),
        ("abcde", "", ""),
        ("abCcDde", "abCDde", "d"),
        ("AabcBd", "AacBbd", "c"),  # it went to the section below
    ],
)
def test_the_cursor_stays_on_its_row_else_on_the_next_that_stays(before: str, after: str, to: str) -> None:
    shown = at(before, "c")
    shown.renew(rows(after), unseen=True)
    assert here(shown) == to


NAMES = st.permutations("abcdefgh").flatmap(lambda all_: st.integers(0, 8).map(lambda n: "".join(all_[:n])))


@given(NAMES.filter(bool), NAMES, st.data())
def test_the_cursor_is_on_the_first_that_stays(before: str, after: str, data: st.DataObject) -> None:
    cursor = data.draw(st.sampled_from(before))
    shown = at(before, cursor)
    shown.renew(rows(after), unseen=True)
    place = before.index(cursor)
    staying = [name for name in before[place:] + before[:place][::-1] if name in after]
    assert (here(shown) in after) if after and not staying else here(shown) == "".join(staying[:1])


@pytest.mark.usefixtures("slow_line")
def test_a_key_is_about_the_row_that_was_seen() -> None:
    shown = at("abcd", "b")
    shown.renew(rows("acd"), unseen=True)
    assert (here(shown), meant(shown)) == ("c", "b")
    shown.action_cursor_down()  # from b, which is still seen
    assert here(shown) == meant(shown) == "c"
    shown.action_cursor_down()
    assert here(shown) == meant(shown) == "d"


@pytest.mark.usefixtures("slow_line")
def test_a_row_that_is_not_seen_yet_is_passed_over() -> None:
    shown = at("abcd", "b")
    shown.renew(rows("abxcd"), unseen=True)
    shown.renew(rows("abxycd"), unseen=True)  # all of this came since
    shown.action_cursor_down()
    assert here(shown) == meant(shown) == "c"
    shown.action_cursor_up()
    assert here(shown) == "b"


@pytest.mark.parametrize(
    ("before", "after", "move", "to"),
    [
        ("ab", "abxy", "cursor_down", "b"),
        ("bc", "xbc", "cursor_up", "b"),
        ("abc", "xabcy", "first", "a"),
        ("abc", "xabcy", "last", "c"),
        ("abc", "xabcy", "page_down", "c"),
        ("abc", "xabcy", "page_up", "a"),
        ("abc", "xbc", "first", "b"),  # the first one seen is gone
        ("AabBc", "AxabyBczC", "last", "c"),
    ],
)
@pytest.mark.usefixtures("slow_line")
def test_no_key_goes_to_a_row_that_nobody_saw(before: str, after: str, move: str, to: str) -> None:
    shown = at(before, "b")
    shown.renew(rows(after), unseen=True)
    getattr(shown, f"action_{move}")()
    assert here(shown) == meant(shown) == to
    getattr(shown, f"action_{move}")()  # it stays there
    assert here(shown) == meant(shown) == to


MOVES = ("cursor_down", "cursor_up", "page_down", "page_up", "first", "last")


@given(NAMES.filter(bool), NAMES, st.lists(st.sampled_from(MOVES), min_size=1), st.data())
def test_until_a_change_is_seen_every_key_means_a_row_that_was_seen(
    before: str, after: str, moves: list[str], data: st.DataObject
) -> None:
    shown = at(before, data.draw(st.sampled_from(before)))
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(row_list, "LAG", 3600.0)
        shown.renew(rows(after), unseen=True)
        first = meant(shown)
        for move in moves:
            getattr(shown, f"action_{move}")()
            assert meant(shown) in before
            assert meant(shown) == first or here(shown) == meant(shown)


def test_what_is_seen_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_list, "LAG", -1.0)
    shown = at("abcd", "b")
    shown.renew(rows("axcd"), unseen=True)
    assert here(shown) == meant(shown) == "c"
    shown.action_cursor_up()
    assert here(shown) == "x"


@pytest.mark.usefixtures("slow_line")
def test_what_one_comes_to_is_seen_as_it_is() -> None:
    shown = at("abcd", "b")
    shown.renew(rows("acd"), unseen=False)
    assert meant(shown) == "c"


async def test_the_window_stays_where_it_is_on_the_screen() -> None:
    names = [chr(0x3B1 + n) for n in range(24)]
    app = ListApp([Row(name, name) for name in names])
    async with app.run_test(size=(20, 6)) as pilot:
        app.list.move_to(names[12])
        await pilot.pause()
        before = app.lines()
        app.list.renew([Row(name, name) for name in ("x", "y", *names[2:], "z")], unseen=True)
        assert app.lines() == before
        app.list.renew([Row(name, name) for name in ("x", "y", "w", *names[2:])], unseen=True)
        assert app.lines() == before
        app.list.renew([Row(name, name) for name in names[5:12] + names[13:]], unseen=True)
        assert [line[1] for line in app.lines()] == [
            *(line[1] for line in before[: app.list.cursor - app.list.top]),
            *names[13:][: 6 - (app.list.cursor - app.list.top)],
        ]


async def test_what_comes_first_is_seen_where_the_list_stands_at_its_beginning() -> None:
    app = ListApp(rows("abcdefghij"))
    async with app.run_test(size=(20, 6)):
        app.list.action_cursor_down()
        app.list.renew(rows("xabcdefghij"), unseen=True)
        assert [line[:6].strip("> ") for line in app.lines()] == [f"row {name}" for name in "xabcd"] + ["row e"]


async def test_nothing_is_drawn_where_nothing_changed() -> None:
    app = ListApp(rows("abcdef"))
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        app.list.drawn.clear()
        app.list.renew(rows("abcdef"), unseen=True)
        await pilot.pause()
        assert app.list.drawn == []
        assert app.moves == []
