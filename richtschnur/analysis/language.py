"""Which language a text is in, offline: by its script, its trigrams and its little words.

The profiles hold how often three letters follow each other in 16 languages (counted by
`tools/language_profiles.py`; facts, no texts). Short or mixed texts are honestly "unknown" ("").
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

RESOURCES = Path(__file__).parent / "resources"
LOOKED_AT = 2_000  # characters
FEWEST_LETTERS = 6
MARGIN = 4.0  # how much likelier (natural logarithm) the best must be than the second

NO_LETTER = re.compile(r"[\W\d_]+")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
SCRIPTS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("cyrillic", re.compile("[\u0400-\u04ff]"), ("uk", "ru", "bg")),
    ("arabic", re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"), ("ar", "fa", "ps", "ckb")),
    ("ethiopic", re.compile("[\u1200-\u137f]"), ("ti",)),
    (
        "latin",
        re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]", re.I),
        ("de", "en", "fr", "pl", "ro", "so", "sq", "tr", "vi", "ckb"),
    ),
)
# Letters that only one of the languages of a script has, and how much each tells.
LETTERS = {
    "uk": "іїєґ",
    "ru": "ыэё",
    "bg": "ъ",
    "ps": "ښټډړږځڅېۍړ",
    "ckb": "ڕڵێۆەêîû",
    "fa": "پچژگ",
    "ar": "ةى",
    "de": "ß",
    "tr": "ığş",
    "pl": "łąęśźżńć",
    "ro": "țăș",
    "vi": "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}
LETTER_TELLS = 3.0
WORD_TELLS = 2.0


def recognise(text: str) -> str:
    """The code of a text's language ("de", "uk", "ckb" …); "" where it can't be said."""
    words = _words(text)
    letters = sum(map(len, words))
    found = _script(words)
    if found is None or letters < FEWEST_LETTERS:
        return ""
    if len(found) == 1:
        return found[0]
    scores = sorted(((_score(words, code), code) for code in found), reverse=True)
    (best, code), (second, _other) = scores[:2]
    return code if best - second >= MARGIN else ""


def _words(text: str) -> list[str]:
    clean = ADDRESS.sub(" ", text[:LOOKED_AT])
    return [word for word in NO_LETTER.sub(" ", clean).lower().split() if len(word) < 40]


def _script(words: list[str]) -> tuple[str, ...] | None:
    """The languages of the script that most letters are in, where it is plainly one."""
    together = "".join(words)
    counts = [(len(p.findall(together)), codes) for _name, p, codes in SCRIPTS]
    most, codes = max(counts)
    return codes if most and most >= 0.7 * len(together) else None


def _score(words: list[str], code: str) -> float:
    """How likely this language makes these words, as a sum of logarithms."""
    profile, rare = _profiles()[code]
    total = sum(count * profile.get(trigram, rare) for trigram, count in trigrams(words).items())
    together = "".join(words)
    own = LETTERS.get(code, "")
    total += LETTER_TELLS * min(6, sum(together.count(letter) for letter in own))
    return total + WORD_TELLS * sum(word in _little_words()[code] for word in words)


def trigrams(words: list[str]) -> Counter[str]:
    """How often three letters follow each other; a word has a blank before and behind."""
    found: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return found


@lru_cache
def _profiles() -> dict[str, tuple[dict[str, float], float]]:
    """For each language the logarithms of its trigrams' shares, and that of a rare one."""
    kept = json.loads((RESOURCES / "trigrams.json").read_text("utf-8"))
    found = {}
    for code, counts in kept.items():
        total = sum(counts.values())
        shares = {trigram: math.log(count / total) for trigram, count in counts.items()}
        found[code] = (shares, math.log(0.35 / total))
    return found


@lru_cache
def _little_words() -> dict[str, frozenset[str]]:
    lines = (RESOURCES / "little_words.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {code: frozenset(words.split()) for code, _colon, words in pairs}
