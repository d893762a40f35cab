"""Whether a new wording of a question may mean something else: a "not" more or less, another number, an opposite word.

The lists are no grammar. They decide only whether a person is asked before an earlier answer stands beside the new
words, so a word too many costs a key, and a word that is in no list makes a person decide as well.
"""

import re
from collections import Counter
from typing import Literal

from qms_tui.checklist.neutral import NEUTRAL
from qms_tui.checklist.text import fold

Turn = Literal["negation", "number", "opposite"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> list[list[str]]:
    return [pair.split("/") for pair in text.split()]


_WHETHER = re.compile("是否|有無|有无|有没有|有沒有|能否|可否|與否|与否|かどうか|有り?無し?")
_NOT_WORDS = _set(
    "not no never none nor neither without cannot except unless lack lacks lacking free "
    "nicht kein keine keinen keinem keiner keines ohne nie niemals weder außer "
    "ne pas non sans jamais aucun aucune ni sauf "
    "sin nunca ningún ninguna ninguno tampoco jamás excepto salvo"
)
_NOT_PARTS = re.compile("n['’]t\\b|\\bn['’](?=\\w)|[不無无沒没未非勿免禁]|ません|ない|なし|無し|ず(?=に|、|。|$)")
_NUMBER = re.compile(
    r"\d+(?:[.,:/]\d+)*|[一二三四五六七八九十百千兩两半]+(?=[個个次天日月年週周小分秒人件名項项台份度])"
)
_NUMBER_WORDS = _set(
    "one two three four five six seven eight nine ten twelve hundred once twice half both daily weekly monthly "
    "quarterly yearly annually hourly zwei drei vier fünf sechs sieben acht neun zehn täglich wöchentlich monatlich "
    "deux trois quatre cinq sept huit neuf dix quotidien hebdomadaire mensuel annuel "
    "dos tres cuatro cinco seis siete ocho nueve diez diario semanal mensual anual"
)
_OPPOSITES = _pairs(
    "enabled/disabled enable/disable open/closed open/close open/shut opened/closed opens/closes on/off in/out "
    "before/after above/below over/under and/or und/oder et/ou y/o "
    "more/less more/fewer most/least maximum/minimum max/min inside/outside internal/external always/never "
    "all/any all/some all/none every/some must/may shall/may required/optional allowed/forbidden "
    "permitted/prohibited full/empty hot/cold warm/cold left/right up/down start/stop started/stopped "
    "start/end begin/end first/last high/low higher/lower upper/lower increase/decrease increased/decreased "
    "present/absent presence/absence accept/reject accepted/rejected pass/fail passed/failed with/without "
    "clean/dirty wet/dry early/late add/remove added/removed safe/dangerous true/false new/old "
    "customer/supplier input/output inputs/outputs yes/no "
    "offen/geschlossen geöffnet/geschlossen ein/aus vor/nach über/unter mehr/weniger innen/außen immer/nie "
    "alle/einige muss/darf erlaubt/verboten voll/leer heiß/kalt links/rechts mit/ohne sauber/schmutzig "
    "höchstens/mindestens ouvert/fermé avant/après dessus/dessous plus/moins toujours/jamais autorisé/interdit "
    "plein/vide chaud/froid gauche/droite avec/sans propre/sale abierto/cerrado antes/después encima/debajo "
    "más/menos siempre/nunca permitido/prohibido lleno/vacío caliente/frío con/sin limpio/sucio "
    "máximo/mínimo maximal/minimal"
)
_OPPOSITE_OF: dict[str, set[str]] = {}
for _one, _other in _OPPOSITES:
    _OPPOSITE_OF.setdefault(_one, set()).add(_other)
    _OPPOSITE_OF.setdefault(_other, set()).add(_one)
_OPPOSITE_SIGNS = _pairs(
    "開/關 开/关 開/閉 上/下 內/外 内/外 前/後 前/后 左/右 高/低 多/少 大/小 冷/熱 冷/热 滿/空 满/空 "
    "有/無 有/无 進/出 进/出 入/出 收/發 收/发 新/舊 新/旧 最大/最小 至少/至多 "
    "必須/可以 必须/可以 允許/禁止 允许/禁止 合格/不合格"
)
_BEFORE = ("un", "in", "im", "ir", "il", "dis", "non", "de", "mis", "ab", "a")
_ENDINGS = _set("s es ed d ing e y ies ied n en er em et ly al 's ’s t te ten tes nt ent ment a o as os") | {""}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:/]\d+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]")


def words(text: str) -> list[str]:
    """The words of a folded text; of Chinese, Japanese and Korean each character."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found += list(word) if _CJK.search(word) else [word]
    return found


def turn(before: str, after: str) -> Turn | None:
    """How `after` may mean the opposite of `before` or ask for another amount; None where nothing speaks for it."""
    old, new = _WHETHER.sub(" ", fold(before)), _WHETHER.sub(" ", fold(after))
    if old == new:
        return None
    old_words, new_words = words(old), words(new)
    if _negations(old, old_words) != _negations(new, new_words):
        return "negation"
    if _numbers(old, old_words) != _numbers(new, new_words):
        return "number"
    gone, come = set(old_words) - set(new_words), set(new_words) - set(old_words)
    if any(_opposite(one, other) for one in gone for other in come):
        return "opposite"
    for one, other in _OPPOSITE_SIGNS:
        if (one in old) != (one in new) and (other in old) != (other in new):
            return "opposite"
    return None


def swapped(before: str, after: str) -> bool:
    """Whether words with a meaning of their own were put in place of others (`fire door`, `fire exit`) or moved."""
    old = [word for word in words(fold(before)) if word not in NEUTRAL]
    new = [word for word in words(fold(after)) if word not in NEUTRAL]
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not gone and not come:
        return old != new
    left = [word for word in gone if not any(_same_word(word, other) for other in come)]
    right = [word for word in come if not any(_same_word(word, other) for other in gone)]
    return bool(left and right)


def _negations(text: str, found: list[str]) -> int:
    return sum(word in _NOT_WORDS for word in found) + len(_NOT_PARTS.findall(text))


def _numbers(text: str, found: list[str]) -> Counter[str]:
    return Counter(_NUMBER.findall(text)) + Counter(word for word in found if word in _NUMBER_WORDS)


def _opposite(one: str, other: str) -> bool:
    if other in _OPPOSITE_OF.get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) > 3 and any(long == head + short for head in _BEFORE):
        return True
    stem = len(short) - 3
    return stem > 2 and short[:stem] == long[:stem] and ("less" in (short[-4:], long[-4:]) and short[-4:] != long[-4:])


def _same_word(one: str, other: str) -> bool:
    """Two forms of a word: `door` and `doors`, `check` and `checked`."""
    short, long = sorted((one, other), key=len)
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    return at >= 3 and 5 * at >= 3 * len(short) and short[at:] in _ENDINGS and long[at:] in _ENDINGS
