"""The file that `qms-tui checklist new` writes."""

import re
from importlib.resources import files

FALLBACK = "en"


def starter(name: str, language: str | None) -> str:
    """A commented checklist in the language nearest to the tag; its title is made of the file's name, where given."""
    folder = files("qms_tui") / "checklist" / "starters"
    tag = (language or FALLBACK).replace("_", "-")
    known = {entry.name.removesuffix(".md"): entry for entry in folder.iterdir() if entry.name.endswith(".md")}
    text = known.get(tag, known[FALLBACK]).read_text("utf-8")
    words = " ".join(re.sub(r"[^\w.]+|_", " ", name).split())
    if not words:
        return text
    title = words[:1].upper() + words[1:]
    return re.sub(r"^(title|標題): .*$", lambda match: f'{match[1]}: "{title}"', text, count=1, flags=re.MULTILINE)
