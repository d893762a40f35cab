"""The registry of keys: complete, unambiguous, and typed on any terminal."""

import re

import pytest
from textual.screen import Screen

from qms_tui.screens import actions
from qms_tui.screens.action_rows import STEP_KEYS
from qms_tui.screens.action_screen import ActionScreen
from qms_tui.screens.actions import SCREENS, Action, bindings, digit_bindings, hints, walk_hints
from qms_tui.screens.app import QmsApp
from qms_tui.screens.case import CaseScreen
from qms_tui.screens.conflict import ConflictScreen
from qms_tui.screens.finding_form import FindingForm
from qms_tui.screens.form import FormScreen
from qms_tui.screens.home import HomeScreen
from qms_tui.screens.library import LibraryScreen
from qms_tui.screens.my_work import MyWorkScreen
from qms_tui.screens.preview import PreviewScreen
from qms_tui.screens.reading import ReadingScreen, help_screen
from qms_tui.screens.register import RegisterScreen
from qms_tui.screens.summary import SummaryScreen
from qms_tui.screens.walk import WalkScreen
from qms_tui.screens.widgets.key_footer import KeyFooter

CLASSES: dict[str, type] = {
    "anywhere": QmsApp,
    "home": HomeScreen,
    "library": LibraryScreen,
    "preview": PreviewScreen,
    "walk": WalkScreen,
    "finding": FindingForm,
    "summary": SummaryScreen,
    "register": RegisterScreen,
    "case": CaseScreen,
    "action": ActionScreen,
    "form": FormScreen,
    "my_work": MyWorkScreen,
    "reading": ReadingScreen,
    "conflict": ConflictScreen,
}
ANSWERS = ["pass/fail", "yes/no", "number", "one of", "any of", "text", "date", "score", "risk", "none"]

# Letters, digits, signs, arrows, enter, space, F-keys. Escape only beside another key: it is slow in tmux.
TYPED = re.compile(
    r"[a-z0-9]|f([1-9]|1[0-2])|up|down|left|right|home|end|pageup|pagedown|enter|space|tab|escape"
    r"|question_mark|exclamation_mark|equals_sign|slash|plus|minus|right_square_bracket|left_square_bracket"
)


def keys_of(action: Action) -> list[str]:
    return action.keys.split(",")


def each() -> list[tuple[str, Action]]:
    return [(screen, action) for screen, known in SCREENS.items() for action in known]


@pytest.mark.parametrize(("screen", "action"), each(), ids=[f"{s}.{a.id}" for s, a in each()])
def test_an_action_can_be_typed_and_exists(screen: str, action: Action) -> None:
    assert all(TYPED.fullmatch(key) for key in keys_of(action)), action.keys
    assert keys_of(action) != ["escape"]
    assert callable(getattr(CLASSES[screen], f"action_{action.id}", None))
    assert action.help and action.label and action.shown


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_stands_twice_on_a_screen(screen: str) -> None:
    known = SCREENS[screen] if screen == "anywhere" else [*SCREENS[screen], *SCREENS["anywhere"]]
    keys = [key for action in known for key in keys_of(action)]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in SCREENS[screen]}) == len(SCREENS[screen])
    if screen == "walk":
        keys += [binding.key for binding in digit_bindings()]
        assert len(keys) == len(set(keys))


def test_what_is_ended_for_good_is_cancelled_by_one_key_everywhere() -> None:
    assert {action.keys for _screen, action in each() if action.id == "cancel"} == {"z"}
    shown = {action.id: action.shown for action in actions.ACTION}
    assert all(key == shown[step] for step, key in STEP_KEYS.items() if step != "assign")


def test_every_registry_belongs_to_a_screen() -> None:
    public = {name: value for name, value in vars(actions).items() if name.isupper() and not name.startswith("_")}
    registries = [value for value in public.values() if isinstance(value, tuple)]
    assert all(any(known is registry for known in SCREENS.values()) for registry in registries)
    assert SCREENS.keys() == CLASSES.keys()


def test_bindings_have_stable_names_for_a_key_map() -> None:
    for screen, known in SCREENS.items():
        assert [binding.id for binding in bindings(known, screen)] == [f"{screen}.{action.id}" for action in known]


@pytest.mark.parametrize("cls", [cls for cls in CLASSES.values() if cls is not QmsApp])
def test_a_screen_binds_nothing_but_its_registry(cls: type[Screen[None]]) -> None:
    own = [binding for binding in cls.__dict__["BINDINGS"] if not binding.action.startswith("digit(")]
    name = next(screen for screen, known in CLASSES.items() if known is cls)
    named = [binding.id for binding in own if not binding.action.startswith("digit(")]
    assert named == [f"{name}.{action.id}" for action in SCREENS[name]]


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_footer_of_the_walk_begins_with_how_to_answer(answer: str) -> None:
    shown = walk_hints(answer)
    assert shown[0].label == {"pass/fail": "y", "yes/no": "y", "text": "enter", "none": "enter"}.get(answer, "0-9")
    assert len({hint.label for hint in shown}) == len(shown)
    narrow = [hint.label for hint in KeyFooter(shown).fitting(40)]
    assert narrow[0] == shown[0].label and "?" in narrow


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "anywhere"])
def test_at_40_columns_the_footer_keeps_a_way_out(screen: str) -> None:
    fitting = [hint.label for hint in KeyFooter(hints(SCREENS[screen])).fitting(40)]
    assert "q" in fitting or "?" in fitting


@pytest.mark.parametrize("width", [80, 40])
def test_the_help_names_every_key(width: int) -> None:
    lines = help_screen(*SCREENS)._lines(width)
    text = "\n".join(line if isinstance(line, str) else "".join(part for part, _style in line) for line in lines)
    for known in SCREENS.values():
        for action in known:
            assert any(line.startswith(action.shown) for line in text.splitlines()), action
    assert all(len(line) <= width for line in text.splitlines())
