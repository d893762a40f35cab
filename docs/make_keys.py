"""Makes keys.md from the registry of keys that the program itself uses."""

import re
from pathlib import Path

from qms_tui.records.words import result_label
from qms_tui.screens.actions import DIGITS, SCREENS, key_names
from qms_tui.screens.walk_lines import MARKS

PATH = Path(__file__).parent / "keys.md"

SAID = {
    "home": ("Home", "What `qms-tui` opens: audits to go on with, checklists to start, open nonconformities."),
    "walk": ("Walking a checklist", "The list of items, and the present one in full."),
    "finding": ("In a finding", "Opens by itself when an answer fails, and with `f`."),
    "summary": ("Summary", "What is missing, the score with its formula, the sections."),
    "register": ("In the register", "All nonconformities; opens with `r` from home."),
    "case": (
        "In a nonconformity",
        "One nonconformity whole: opens from the register and from home; `o` in a walk.",
    ),
    "action": ("In an action", "One action: who, by when, what next."),
    "form": ("In a form", "A few fields that are recorded together."),
    "my_work": ("My work", "Opens with `m` from home."),
    "reading": ("Reading", "Help, and a text in full."),
}

_HEAD = """# Keys

Made by `docs/make_keys.py` from the program's own list of keys; `?` shows the same on every screen. No key needs the
mouse, escape alone, or a combination with ctrl.
"""

_TYPING = """## While typing

| key | does |
| --- | --- |
| `enter` | takes the text |
| `ctrl+u` | empties the text |
| `F10`, `escape` | leaves everything as it was; `escape` waits half a second in tmux |
| `up` | in an empty prompt: brings back the text that was left last |

A day, a number or a name that stands in the prompt is shown reversed: what is typed takes its place, after an arrow key
it is mended. A longer text is always mended.

A pasted text of several lines is kept whole.
"""


def pages() -> str:
    parts = [_HEAD]
    for screen, actions in SCREENS.items():
        title, about = SAID.get(screen, (screen.replace("_", " ").capitalize(), ""))
        lines = [f"| {_keys(key_names(action))} | {_cell(action.help)} |" for action in actions]
        parts.append(
            "\n".join([f"## {title}\n", *([f"{about}\n"] if about else []), "| key | does |", "| --- | --- |"])
        )
        parts[-1] += "\n" + "\n".join(lines) + "\n"
        if screen == "walk":
            parts[-1] += f"| `0` - `9` | {_cell(DIGITS)} |\n\n{_marks()}"
    return "\n".join([*parts, _TYPING])


def _keys(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return re.sub(r"([|<])", r"\\\1", text)


def _marks() -> str:
    told = ", ".join(f"`{mark}` {result_label(result)}" for result, mark in MARKS.items() if result)
    return f"Signs in the list: {told}, `.` on its way to the disk.\n"


def main() -> None:
    PATH.write_text(pages(), "utf-8")


if __name__ == "__main__":
    main()
