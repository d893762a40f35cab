"""The file that `qms-tui checklist new` writes."""

import re
from importlib.resources import files

from qms_tui.i18n import nearest


def starter(name: str, language: str | None) -> str:
    """A commented checklist in the language nearest to the tag (None: the chosen one); `name`, if any, is its title."""
    folder = files("qms_tui") / "checklist" / "starters"
    known = {entry.name.removesuffix(".md"): entry for entry in folder.iterdir() if entry.name.endswith(".md")}
    text = known[nearest(known, language)].read_text("utf-8")
    words = " ".join(re.sub(r"[^\w.]+|_", " ", name).split())
    if not words:
        return text
    title = words[:1].upper() + words[1:]
    return re.sub(r"^(title|標題): .*$", lambda match: f'{match[1]}: "{title}"', text, count=1, flags=re.MULTILINE)
