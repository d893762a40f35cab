"""Every key in one place: footer, help and bindings are made from these.

`id` is stable, so that a person's own key map can name it; `label` stands in the footer, `help` says what the key does
in the words of the job. The order of a screen's actions is the order of their importance.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.binding import Binding

from qms_tui.i18n import N_, _
from qms_tui.screens.widgets.key_footer import KeyHint


class Action(NamedTuple):
    """`keys` as Textual names them, the one that is shown first; `footer` False keeps it to the help."""

    id: str
    keys: str
    label: str
    help: str
    footer: bool = True

    @property
    def shown(self) -> str:
        """Its first key, as a person reads it."""
        return key_names(self)[0]


_HELP = Action("help", "question_mark", N_("help"), N_("what each key does"))
_BACK = Action("back", "q,escape", N_("back"), N_("back to the screen before"))
_MORE = Action("page_down", "space,pagedown", N_("more"), N_("the next page"), footer=False)
_LESS = Action("page_up", "pageup", N_("back"), N_("the page before"), footer=False)
_LIST = (
    Action("down", "down,j", N_("down"), N_("to the next line"), footer=False),
    Action("up", "up,k", N_("up"), N_("to the line before"), footer=False),
    _MORE,
    _LESS,
    Action("first", "home", N_("first"), N_("to the first line"), footer=False),
    Action("last", "end", N_("last"), N_("to the last line"), footer=False),
)

HOME = (
    Action("choose", "enter", N_("open"), N_("start the check, go on with the audit, or show the nonconformity")),
    _HELP,
    Action("leave", "q", N_("quit"), N_("leave the program")),
    Action("register", "r", N_("register"), N_("the register of nonconformities: find, sort, raise one")),
    Action(
        "trail",
        "t",
        N_("trail"),
        N_("the trail of this audit or nonconformity: who recorded what and when, what it was before, and why"),
    ),
    Action("my_work", "m", N_("my work"), N_("what I owe, what waits for my verification, effects to check")),
    Action("checklists", "l", N_("checklists"), N_("all checklists, your own too, with their problems and last use")),
    *_LIST,
)

WALK = (
    Action("conform", "y", N_("yes"), N_("it conforms (yes): recorded, on to the next item")),
    Action(
        "nonconform", "n", N_("no"), N_("it does not conform (no): opens the finding, filled in, to accept or edit")
    ),
    Action("partial", "p", N_("part"), N_("partly fulfilled: opens the finding, one grade lower")),
    Action("not_applicable", "a", N_("n/a"), N_("not applicable here: leaves the score")),
    _HELP,
    Action("leave", "q", N_("leave"), N_("leave; everything recorded stays, go on later at this item")),
    Action("summary", "s", N_("summary"), N_("the summary: what is missing, the score, and completing the audit")),
    Action("corrected", "c", N_("corrected"), N_("was wrong and is put right on the spot: kept as an observation")),
    Action("enter", "enter", N_("value"), N_("type the value, text or date that the item asks for"), footer=False),
    Action("note", "m", N_("note"), N_("write a note to this item")),
    Action("evidence", "e", N_("evidence"), N_("attach evidence: a file's path, or pasted text; kept by its SHA-256")),
    Action("undo", "u", N_("undo"), N_("take back my last answer, note or evidence (the trail keeps both)")),
    Action("next_open", "right_square_bracket", N_("next open"), N_("to the next item without an answer")),
    Action("finding", "f", N_("finding"), N_("record or edit a finding on this item (observation, opportunity ...)")),
    Action("nonconformity", "o", N_("open NC"), N_("to the nonconformity that this item's finding raised")),
    Action(
        "search",
        "slash",
        N_("search"),
        N_("to the next item whose words contain a text; enter alone looks for the last one again"),
    ),
    Action("go_to", "g", N_("go to"), N_("to an item by its position or id")),
    Action("add", "plus", N_("add"), N_("add an item of your own after this one, to follow a trail")),
    Action(
        "same",
        "equals_sign",
        N_("same"),
        N_("where it is asked: yes, the same question as before; its earlier answers stand here"),
        footer=False,
    ),
    Action(
        "another",
        "exclamation_mark",
        N_("another"),
        N_("where it is asked: no, another question than before; its history begins here"),
        footer=False,
    ),
    Action("about", "b", N_("about"), N_("say what this audit is of: subject, site, team")),
    Action("down", "down,j", N_("down"), N_("to the next item"), footer=False),
    Action("up", "up,k", N_("up"), N_("to the item before"), footer=False),
    Action("page_down", "space,pagedown", N_("more"), N_("the next page of a long guidance"), footer=False),
    _LESS,
    Action("first", "home", N_("first"), N_("to the first item"), footer=False),
    Action("last", "end", N_("last"), N_("to the last item"), footer=False),
)

# Digits are no actions of their own: they begin a value, or choose.
DIGITS = N_("choose an option or a score, or begin to type a number or a date")

FINDING = (
    Action("accept", "enter", N_("accept"), N_("record the answer with this finding")),
    Action(
        "grade",
        "g",
        N_("grade"),
        N_("the next grade: major, minor, observation; where the item does not fail also opportunity, good practice"),
    ),
    Action("back", "q,escape", N_("back"), N_("back to the item; nothing is recorded")),
    Action("statement", "s", N_("statement"), N_("edit what was found")),
    Action("criterion", "k", N_("criterion"), N_("edit what it is checked against")),
    Action("note", "m", N_("note"), N_("write a note to the answer")),
    Action("evidence", "e", N_("evidence"), N_("attach one more file or pasted text to the answer")),
    Action("take_out", "u", N_("take out"), N_("take the last piece of evidence out again"), footer=False),
    _HELP,
    _MORE,
    _LESS,
)

SUMMARY = (
    Action("choose", "enter", N_("go to"), N_("to the item that is missing something")),
    Action("complete", "c", N_("complete"), N_("complete the audit: answers and findings are frozen")),
    Action("back", "q,escape", N_("back"), N_("back to the walk")),
    Action("reason", "r", N_("reason"), N_("leave this item unassessed, with a reason")),
    Action("trail", "t", N_("trail"), N_("the trail: who recorded what and when, what it was before, and why")),
    Action("reopen", "o", N_("reopen"), N_("reopen a completed audit, with a reason")),
    Action("figures", "f", N_("figures"), N_("the next lines of the figures, where not all have room"), footer=False),
    _HELP,
    *_LIST,
)

LIBRARY = (
    Action("choose", "enter", N_("start"), N_("start a check with this checklist")),
    Action("view", "v", N_("view"), N_("how the file is read and what is wrong in it; renewed when it is saved")),
    Action("back", "q,escape", N_("back"), N_("back to the home screen")),
    _HELP,
    *_LIST,
)

PREVIEW = (
    Action("choose", "enter", N_("start"), N_("start a check with this checklist")),
    Action("page_down", "space,pagedown,down,j", N_("more"), N_("the next page")),
    Action("page_up", "pageup,up,k", N_("back"), N_("the page before"), footer=False),
    _BACK,
    _HELP,
)


def _keys_of(actions: Iterable[Action]) -> frozenset[str]:
    return frozenset(key for action in actions for key in action.keys.split(","))


LEAVING = frozenset({"q", "escape"})

MOVING = _keys_of((*_LIST, _HELP)) | LEAVING
"""Keys of a list that are not about what is recorded of its rows."""

MOVING_IN_WALK = MOVING | _keys_of(action for action in WALK if action.id in ("next_open", "search", "go_to"))
"""The same, of a walk."""

REGISTER = (
    Action("choose", "enter", N_("open"), N_("the nonconformity whole: causes, actions, effect, timeline")),
    Action("find", "slash", N_("find"), N_("narrow the list as you type")),
    _HELP,
    _BACK,
    Action("open_only", "o", N_("open/all"), N_("only open ones, or all")),
    Action("overdue", "v", N_("overdue"), N_("only those past their due date")),
    Action("grade", "g", N_("grade"), N_("every grade, only major, only minor")),
    Action("mine", "m", N_("mine"), N_("only those that I see to")),
    Action("sort", "s", N_("sort"), N_("by number, due date, age, grade, status, owner")),
    Action("raise_new", "n", N_("raise"), N_("raise a nonconformity that no walk has found")),
    Action("forget", "f", N_("forget"), N_("forget the filters")),
    *_LIST,
)

CASE = (
    Action("choose", "enter", N_("open"), N_("edit or open what the cursor is on")),
    Action("why", "w", N_("why"), N_("ask why, below this why; enter asks on, tab branches")),
    _HELP,
    _BACK,
    Action("root", "r", N_("root"), N_("this why is a root cause, or is none")),
    Action("add_action", "a", N_("action"), N_("add an action")),
    Action("plan", "t", N_("target"), N_("how its effect will be shown: before, target, day, checker")),
    Action("advance", "n", N_("next"), N_("on to the next state, if its gate is open")),
    Action("check", "c", N_("check"), N_("check the effect: it closes, or a new cycle begins")),
    Action("evidence", "e", N_("evidence"), N_("what shows that this why is so")),
    Action("category", "g", N_("lies in"), N_("where this why lies: people, method, machine ...")),
    Action("audit", "i", N_("item"), N_("to the item of the audit that raised it")),
    Action("link", "l", N_("link"), N_("link it to a similar one")),
    Action("repeat", "p", N_("repeat"), N_("it is a repeat of a similar one")),
    Action("hand_over", "h", N_("hand over"), N_("somebody outside the audit carries it on")),
    Action("take_back", "x", N_("take back"), N_("take back this why, with a reason")),
    Action("cancel", "z", N_("cancel"), N_("cancel the nonconformity whole, with a reason")),
    Action("reopen", "o", N_("reopen"), N_("open a cancelled nonconformity again, in the state that it had")),
    *_LIST,
)

CASE_BEFORE_WORK = frozenset(("why", "root", "evidence", "category", "take_back"))
"""What is done to a nonconformity before its actions are carried out."""

CASE_OPEN = CASE_BEFORE_WORK | {"add_action", "plan", "advance", "check", "link", "repeat", "hand_over", "cancel"}
"""What is done to one that is neither closed nor cancelled."""

ACTION = (
    Action("choose", "enter", N_("open"), N_("edit what the cursor is on, or do the next step")),
    _HELP,
    _BACK,
    Action("start", "s", N_("start"), N_("work has begun")),
    Action("done", "d", N_("done"), N_("it is done: say what was done")),
    Action("verify", "v", N_("verify"), N_("somebody else has seen that it is done")),
    Action("refuse", "f", N_("refuse"), N_("it is not what was agreed: back to its owner with a comment")),
    Action("note", "m", N_("note"), N_("write a progress note")),
    Action("move", "u", N_("move"), N_("move the due date, with a reason")),
    Action("assign", "e", N_("edit"), N_("edit title, owner, who works with them, verifier, priority")),
    Action("cancel", "z", N_("cancel"), N_("cancel the action, with a reason")),
    *_LIST,
)

ACTION_OPEN = frozenset(("move", "assign"))
"""What is done to an action until it is done."""

FORM = (
    Action("choose", "enter", N_("edit"), N_("edit the field, go to its next choice, or record")),
    Action("record", "s", N_("record"), N_("record all fields")),
    _HELP,
    Action("back", "q,escape", N_("back"), N_("leave; what was typed stands here the next time")),
    *_LIST,
)

MY_WORK = (Action("choose", "enter", N_("open"), N_("the action or nonconformity")), _HELP, _BACK, *_LIST)

READ = (
    Action("back", "q,escape,enter", N_("back"), N_("back to the screen before")),
    _HELP,
    Action("page_down", "space,pagedown,down,j", N_("more"), N_("the next page")),
    Action("page_up", "pageup,up,k", N_("back"), N_("the page before")),
)

# Letters that mean nothing in a walk: keys sent ahead of this screen must not choose.
CONFLICT = (
    Action("theirs", "t", N_("keep theirs"), N_("what somebody else recorded stays; mine is let go")),
    Action(
        "mine",
        "r",
        N_("record mine"),
        N_("record mine in its place (the trail keeps both); if it has changed again, it is asked again"),
    ),
    Action("back", "q,escape", N_("later"), N_("decide later: theirs stands, what I typed is kept")),
    _HELP,
    Action("page_down", "space,pagedown,down,j", N_("more"), N_("the next page"), footer=False),
    Action("page_up", "pageup,up,k", N_("back"), N_("the page before"), footer=False),
)

ANYWHERE = (Action("redraw", "f5", N_("redraw"), N_("send the whole screen again, after line noise"), footer=False),)

SCREENS = {
    "anywhere": ANYWHERE,
    "home": HOME,
    "library": LIBRARY,
    "preview": PREVIEW,
    "walk": WALK,
    "finding": FINDING,
    "summary": SUMMARY,
    "register": REGISTER,
    "case": CASE,
    "action": ACTION,
    "form": FORM,
    "my_work": MY_WORK,
    "conflict": CONFLICT,
    "reading": READ,
}


def bindings(actions: Sequence[Action], screen: str) -> list[Binding]:
    """Textual's bindings of a screen; each calls `action_<id>`."""
    return [Binding(a.keys, a.id, a.label, show=False, id=f"{screen}.{a.id}") for a in actions]


def digit_bindings() -> list[Binding]:
    """Digits and a minus sign, each calling `action_digit` with itself."""
    keys = {"minus": "-", **{digit: digit for digit in "0123456789"}}
    return [Binding(key, f"digit('{character}')", show=False) for key, character in keys.items()]


FIRST_WORDS = 8  # cells of the first key and its words in the footer of the walk

# The answers that an item takes by these keys alone.
_BY_KEY = frozenset({"pass/fail", "yes/no"})
_VALUE = {"text": ("enter", N_("text")), "none": ("enter", N_("read"))}


def walk_hints(answer: str) -> list[KeyHint]:
    """The footer of the walk for an item's kind of answer: how to answer it comes first."""
    first, *others = hints(WALK)
    if answer not in _BY_KEY:
        key, words = _VALUE.get(answer, ("0-9", N_("value")))
        first = KeyHint(key, _(words))
    # The others keep their columns from item to item, so that they need not be sent again.
    return [first._replace(words=first.words.ljust(FIRST_WORDS - len(first.label))), *others]


def doubt_hints() -> list[KeyHint]:
    """Before the others in the footer of an item that may be an earlier question."""
    return [KeyHint(a.shown, _(a.label)) for a in WALK if a.id in ("same", "another")]


def frozen_hints() -> list[KeyHint]:
    """The footer of an audit that can only be read."""
    return hints([action for action in WALK if action.id in ("summary", "leave", "help", "search", "go_to")])


def summary_hints(*, frozen: bool) -> list[KeyHint]:
    """The footer of the summary: what a frozen audit does not take is left out, and so is reopening one that is not."""
    without = {"complete", "reason"} if frozen else {"reopen"}
    return hints([action for action in SUMMARY if action.id not in without])


_READABLE = {
    "question_mark": "?", "right_square_bracket": "]", "slash": "/", "plus": "+", "minus": "-",
    "equals_sign": "=", "exclamation_mark": "!", "pagedown": "page down",
    "pageup": "page up",
}  # fmt: skip


def key_names(action: Action) -> list[str]:
    """All keys of an action as a person reads them."""
    return [
        _READABLE.get(key) or (key.upper() if key[0] == "f" and key[1:].isdigit() else key)
        for key in action.keys.split(",")
    ]


def hints(actions: Sequence[Action]) -> list[KeyHint]:
    """What the footer shows."""
    return [KeyHint(a.shown, _(a.label)) for a in actions if a.footer]
