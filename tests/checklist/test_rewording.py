import pytest

from qms_tui.checklist.rewording import swapped, turn


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ("The door is locked", "The door is not locked", "negation"),
        ("Doors stay closed", "Doors don't stay closed", "negation"),
        ("Is there a leak?", "Is there no leak?", "negation"),
        ("Ladder stands with a rail", "Ladder stands without a rail", "negation"),
        ("Two people are present", "Three people are present", "number"),
        ("Check it every 3 months", "Check it every 6 months", "number"),
        ("Valve 2.1 is shut", "Valve 2.2 is shut", "number"),
        ("The door is locked", "The door is unlocked", "opposite"),
        ("The valve is open", "The valve is closed", "opposite"),
        ("Handling is careful", "Handling is careless", "opposite"),
        ("Alarms are enabled", "Alarms are disabled", "opposite"),
        ("The form is complete", "The form is incomplete", "opposite"),
        ("Tür ist geschlossen", "Tür ist nicht geschlossen", "negation"),
        ("Tür ist offen", "Tür ist geschlossen", "opposite"),
        ("La porte est fermée", "La porte n'est pas fermée", "negation"),
        ("La puerta está cerrada", "La puerta no está cerrada", "negation"),
        ("設備外殼有破損", "設備外殼無破損", "negation"),
        ("閥門保持開啟", "閥門保持關閉", "opposite"),
        ("每三個月校正一次", "每六個月校正一次", "number"),
        ("警報を止めます", "警報を止めません", "negation"),
        ("合格品已標示", "不合格品已標示", "negation"),
    ],
)
def test_a_wording_that_may_turn_the_meaning(before, after, how):
    assert turn(before, after) == how and turn(after, before) == how


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Check that the ladder is safe", "Verify the ladder is safe"),
        ("Fire extinguisher in place", "Fire extinguishers are in place"),
        ("消防門是否關閉", "消防門已關閉"),
        ("有無異常", "是否異常"),
        ("Is the door locked?", "is the DOOR locked"),
    ],
)
def test_a_wording_that_asks_the_same(before, after):
    assert turn(before, after) is None and not swapped(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Is the fire door closed?", "Is the fire exit closed?"),
        ("消防門是否關閉", "消防窗是否關閉"),
        ("The battery is charged", "The battery is changed"),
        ("Test the pump before the valve", "Test the valve before the pump"),
    ],
)
def test_words_with_a_meaning_of_their_own_swapped(before, after):
    assert turn(before, after) is None and swapped(before, after)
