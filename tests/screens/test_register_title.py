"""The title of the register: what narrows it most stays when there is little room."""

from rich.cells import cell_len

from qms_tui.screens.register_rows import View, title

NARROWED = View(text="owner:anna 温度", overdue=True, grade="major", owner="anna", sort="due")


def test_all_that_has_room_is_said() -> None:
    assert title(3, 120, NARROWED, 80) == (
        "Nonconformities: 3 of 120",
        "/owner:anna 温度, overdue, major, anna, by due date",
    )


def test_the_usual_order_goes_first_then_the_heading_then_the_lesser_filters() -> None:
    assert title(12, 120, View(), 40) == ("Nonconformities: 12 of 120", "open")
    assert title(3, 120, NARROWED, 64) == ("3 of 120", "/owner:anna 温度, overdue, major, anna, by due date")
    assert title(3, 120, NARROWED, 40) == ("3 of 120", "/owner:anna 温度, overdue")
    assert title(3, 120, NARROWED, 20) == ("3 of 120", "/owner:ann~")


def test_it_never_takes_more_than_the_line() -> None:
    for view in (View(), NARROWED, View(text="x" * 200)):
        for width in range(16, 100):
            left, right = title(1000, 1000, view, width)
            assert right and cell_len(left) + cell_len(right) < width
