"""Words of the interface, through gettext.

Every word a person reads is wrapped in `_` (or `ngettext`) at the place where it is shown, never in a module constant
that is computed at import: the language is chosen by `use` after the command line is read.
"""

import gettext
import os
from pathlib import Path

DOMAIN = "qms_tui"
LOCALE_DIR = Path(__file__).parent / "locale"

_current: gettext.NullTranslations = gettext.NullTranslations()
_asked: str | None = None


def use(language: str | None) -> None:
    """Choose the interface language by tag (`zh-Hant`); None follows the environment (LANGUAGE, LC_ALL, LANG)."""
    global _current, _asked
    _asked = language
    languages = [language.replace("-", "_")] if language else None
    _current = gettext.translation(DOMAIN, LOCALE_DIR, languages=languages, fallback=True)


def language() -> str:
    """The tag that was chosen, else that of the environment (`zh_TW.UTF-8` is `zh-TW`); `en` where nothing is said."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = _asked or next((value for name in names if (value := os.environ.get(name))), "")
    tag = said.split(":")[0].split(".")[0].split("@")[0].replace("_", "-")
    return "en" if tag in ("", "C", "POSIX") else tag


def _(text: str) -> str:
    """The text in the chosen language."""
    return _current.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n` things in the chosen language."""
    return _current.ngettext(one, many, n)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text for the catalogue where it stands in a constant; `_` translates it where it is shown."""
    return text
