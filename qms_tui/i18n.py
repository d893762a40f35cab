"""Words of the interface, through gettext.

Every word a person reads is wrapped in `_` (or `ngettext`) at the place where it is shown, never in a module constant
that is computed at import: the language is chosen by `use` after the command line is read.
"""

import gettext
import os
from collections.abc import Iterable
from pathlib import Path

DOMAIN = "qms_tui"
LOCALE_DIR = Path(__file__).parent / "locale"
FALLBACK = "en"
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo")  # regions that write Chinese in the traditional script

_current: gettext.NullTranslations = gettext.NullTranslations()
_asked: str | None = None


def use(language: str | None) -> None:
    """Choose the interface language by tag (`zh-Hant`); None follows the environment (LANGUAGE, LC_ALL, LANG)."""
    global _current, _asked
    _asked = language
    languages = [language.replace("-", "_")] if language else None
    _current = gettext.translation(DOMAIN, LOCALE_DIR, languages=languages, fallback=True)


def language() -> str:
    """The tag that was chosen, else the environment's (`zh_TW.UTF-8` is `zh-TW`), else English."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = _asked or next((value for name in names if (value := os.environ.get(name))), "")
    tag = said.split(":")[0].split(".")[0].split("@")[0].replace("_", "-")
    return FALLBACK if tag in ("", "C", "POSIX") else tag


def nearest(known: Iterable[str], tag: str | None = None) -> str:
    """Which of the languages `known` serves a tag: that one, else the one left without its last parts, else English.

    `zh_TW` is served by `zh-Hant`. None is the chosen language.
    """
    wanted = (language() if tag is None else tag).replace("_", "-").casefold()
    if wanted.startswith(_TRADITIONAL):
        wanted = "zh-hant"
    by_folded = {each.casefold(): each for each in known}
    while wanted and wanted not in by_folded:
        wanted = wanted.rpartition("-")[0]
    return by_folded.get(wanted, FALLBACK)


def _(text: str) -> str:
    """The text in the chosen language."""
    return _current.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n` things in the chosen language."""
    return _current.ngettext(one, many, n)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text for the catalogue where it stands in a constant; `_` translates it where it is shown."""
    return text
