"""Which sections of the quality system a set of checklists asks for, by the clauses of their items (`QMS 4.1`)."""

from collections.abc import Iterable
from typing import NamedTuple

from qms_tui.checklist.model import Checklist
from qms_tui.checklist.text import fold
from qms_tui.i18n import N_

PREFIX = "QMS"
SECTIONS: dict[str, str] = {
    "1.1": N_("Quality objectives"),
    "1.2": N_("Quality policy"),
    "1.3": N_("Quality organisation"),
    "1.4": N_("Quality plan"),
    "1.5": N_("Service standards"),
    "1.6": N_("Education and training"),
    "2.1": N_("Policy put into effect"),
    "2.2": N_("Plan carried out"),
    "2.3": N_("Monitoring"),
    "2.4": N_("Data analysis"),
    "2.5": N_("Continual improvement"),
    "2.6": N_("Everyone takes part"),
    "3.1": N_("Find problems"),
    "3.2": N_("Find causes"),
    "3.3": N_("Decide measures"),
    "3.4": N_("Carry out measures"),
    "3.5": N_("Evaluate the effect of measures"),
    "3.6": N_("Keep tracking"),
    "3.7": N_("Train and share"),
    "4.1": N_("Regular checks"),
    "4.2": N_("Internal audit"),
    "4.3": N_("Assess people"),
    "4.4": N_("Keep training"),
    "4.5": N_("Improve processes"),
    "4.6": N_("Customer relations"),
    "4.7": N_("Risk management"),
    "5.1": N_("Channels"),
    "5.2": N_("Across departments"),
    "5.3": N_("Share information"),
    "5.4": N_("Communication training"),
    "5.5": N_("Encourage feedback"),
    "5.6": N_("Resolve conflict"),
    "5.7": N_("Team cohesion"),
    "6.1": N_("Follow the market"),
    "6.2": N_("Customer needs"),
    "6.3": N_("Rapid response"),
    "6.4": N_("New technology"),
    "6.5": N_("Adapt the organisation"),
    "6.6": N_("Empower staff"),
    "6.7": N_("Prevention"),
    "7.1": N_("Indicators"),
    "7.2": N_("Analyse indicators"),
    "7.3": N_("Watch in real time"),
    "7.4": N_("Customer feedback"),
    "7.5": N_("Internal audit and evaluation"),
    "7.6": N_("Staff reports and suggestions"),
    "7.7": N_("Use the results"),
    "8.1": N_("Choose people"),
    "8.2": N_("Introduce and train the team"),
    "8.3": N_("Careers"),
    "8.4": N_("Incentives"),
    "8.5": N_("Work together"),
    "8.6": N_("Talk within the team"),
    "8.7": N_("Improve the team"),
    "9.1": N_("Collect feedback"),
    "9.2": N_("Analyse feedback"),
    "9.3": N_("Respond to feedback"),
    "9.4": N_("Improve from feedback"),
    "9.5": N_("Evaluate the effect of improvements"),
    "9.6": N_("Learn"),
    "9.7": N_("Keep the loop running"),
}
"""Number of a section -> its name, to be translated where it is shown."""


class Covered(NamedTuple):
    """A section and the items that ask for it: ids of items by the id of their checklist."""

    section: str
    items: dict[str, list[str]]


def coverage(checklists: Iterable[Checklist]) -> list[Covered]:
    """Every section in order, those without an item too."""
    found: dict[str, dict[str, list[str]]] = {section: {} for section in SECTIONS}
    for checklist in checklists:
        for item in checklist.items:
            for section in sections(item.clause):
                found[section].setdefault(checklist.id, []).append(item.id)
    return [Covered(section, items) for section, items in found.items()]


def sections(clauses: Iterable[str]) -> list[str]:
    """The sections that clauses name: `QMS 4.1` is 4.1; other standards and unknown numbers are left out."""
    named = (fold(clause).split(" ") for clause in clauses)
    numbers = (words[1] for words in named if len(words) == 2 and words[0] == fold(PREFIX))
    return list(dict.fromkeys(number for number in numbers if number in SECTIONS))
