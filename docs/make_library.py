"""Makes library.md from the bundled checklists: what each is for, and which sections of the system they ask for."""

from pathlib import Path

from qms_tui.checklist.coverage import SECTIONS, coverage
from qms_tui.checklist.library import FALLBACK, languages, own
from qms_tui.checklist.model import Checklist
from qms_tui.checklist.parse import parse

PATH = Path(__file__).parent / "library.md"
OFTEN = ("weekly", "monthly", "quarterly", "yearly")

_HEAD = """# Bundled checklists

Made by `docs/make_library.py` from the files themselves.

{count} checklists with {items} items come with the program, each in English (`en`) and Traditional Chinese
(`zh-Hant`). Together they ask for every section of the quality system below. `qms-tui run weekly-check` walks one;
`--lang zh-Hant`, or an environment in that language, opens the Chinese file.

A checklist has the same ids, kinds of answer, limits, grades and clauses in both languages, and its options stand in
the same order. So what was answered in one language is known in the other, as earlier answer and as repeat of a
nonconformity; an option is shown in the words of the language that is walked. The record keeps what was chosen and
the text that was asked. The Chinese files use Chinese words for fields and answers too.

They are meant to be changed. Copy a file, keep its `id` and the `{{#ids}}` of the items that stay the same question,
set limits and guidance to your own house, and name the copy: `qms-tui run my-weekly-check.md`.

## What there is

"""

_COVERAGE = """
## The quality system, section by section

How many items ask for a section, and where. An item names the sections as its clauses (`QMS 4.1`). The same table for
your own files: `qms-tui checklist coverage my-weekly-check.md`.

"""


def shelf(language: str) -> list[Checklist]:
    """The checklists of a language, the frequent ones first."""
    found = [parse(entry.read_bytes(), entry.name) for entry in own(language)]
    return sorted(found, key=lambda each: (OFTEN.index(each.cadence), -len(each.items), each.id))


def page() -> str:
    shelves = {language: shelf(language) for language in languages()}
    english = shelves[FALLBACK]
    head = _HEAD.format(count=len(english), items=sum(len(each.items) for each in english))
    return head + _table(shelves) + _COVERAGE + _covered(shelves)


def _table(shelves: dict[str, list[Checklist]]) -> str:
    titles: dict[str, dict[str, str]] = {each.id: {} for each in shelves[FALLBACK]}
    for language, files in shelves.items():
        for each in files:
            titles[each.id][language] = f"[{each.title}](../checklists/{language}/{each.id}.md)"
    lines = [
        f"| id | {' | '.join(shelves)} | kind | cadence | items | what it is for |",
        "| --- |" + " --- |" * (len(shelves) + 4),
    ]
    for each in shelves[FALLBACK]:
        names = " | ".join(titles[each.id].get(language, "") for language in shelves)
        lines.append(
            f"| `{each.id}` | {names} | {each.kind} | {each.cadence} | {len(each.items)} | {each.description} |"
        )
    return "\n".join(lines) + "\n"


def _covered(shelves: dict[str, list[Checklist]]) -> str:
    counts = {
        language: {row.section: sum(map(len, row.items.values())) for row in coverage(files)}
        for language, files in shelves.items()
    }
    lines = [f"| no. | section | {' | '.join(shelves)} | asked in |", "| --- | --- |" + " --- |" * (len(shelves) + 1)]
    for row in coverage(shelves[FALLBACK]):
        numbers = " | ".join(str(counts[language][row.section]) for language in shelves)
        where = ", ".join(f"{id} {len(items)}" for id, items in row.items.items())
        lines.append(f"| {row.section} | {SECTIONS[row.section]} | {numbers} | {where} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    PATH.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
