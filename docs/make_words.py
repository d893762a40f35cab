"""Makes checklist-words.md from the words that the program reads."""

from pathlib import Path

from qms_tui.checklist import aliases

PATH = Path(__file__).parent / "checklist-words.md"
LANGUAGES = {
    "zh-Hant": "繁體中文", "zh-Hans": "简体中文", "ja": "日本語",
    "de": "Deutsch", "fr": "Français", "es": "Español",
}  # fmt: skip

_HEAD = """# Words of checklists in other languages

Made by `docs/make_words.py` from the words that the program reads. Each may stand in any file, in upper or lower case
and in full width, with `:` or `：` behind it; the English word always works too. [The
format](checklist-format.md) says what they mean.
"""
_PARTS = {
    "Fields of an item": aliases.FIELDS,
    "Front matter": aliases.FRONT,
    "Kinds of answer": aliases.ANSWERS,
    "Severities": aliases.SEVERITIES,
    "Evidence": aliases.EVIDENCES,
    "Answers, for `expect`, `default`, `na` and conditions": aliases.RESULTS,
    "Kinds of checklist": aliases.KINDS,
    "Cadences": aliases.CADENCES,
    "Where items are read from": aliases.SOURCES,
}


def page() -> str:
    parts = [_HEAD]
    for heading, vocabulary in _PARTS.items():
        lines = [
            f"## {heading}\n",
            f"| word | {' | '.join(LANGUAGES.values())} |",
            f"| --- {'| --- ' * len(LANGUAGES)}|",
        ]
        for word, table in vocabulary.table.items():
            cells = [" · ".join(table.get(language, ())) for language in LANGUAGES]
            lines.append(f"| `{word}` | {' | '.join(cells)} |")
        parts.append("\n".join(lines) + "\n")
    before = ", ".join(f"`{word} ...`" for words in aliases.IF_BEFORE.values() for word in words)
    glued = ", ".join(f"`{word}...`" for word in aliases.IF_GLUED)
    after = ", ".join(f"`...{word}`" for word in aliases.IF_AFTER)
    bounds = [
        f"`{sign}`: {' · '.join(word for words in table.values() for word in words)}"
        for sign, table in aliases.BOUNDS.table.items()
    ]
    between = " · ".join(aliases.BETWEEN)
    parts.append(f"## Conditions\n\n{before}, {glued}, {after}: `若是：`, `wenn > 8:`, `いいえの場合：`.\n")
    parts.append(
        f"## Limits in words\n\n{'; '.join(bounds)}; between two numbers: {between}; behind one: 以上 · 以下.\n"
    )
    return "\n".join(parts)


def main() -> None:
    PATH.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
