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
    scores = sorted(zip(_scores(words, found), found, strict=True), reverse=True)
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


def _scores(words: list[str], codes: tuple[str, ...]) -> list[float]:
    """How likely each language makes these words, as a sum of logarithms."""
    likelihoods, rare = _likelihoods(codes)
    rows = [
        likelihoods.get(trigram, rare)
        if count == 1
        else [count * each for each in likelihoods.get(trigram, rare)]
        for trigram, count in trigrams(words).items()
    ]
    together = "".join(words)
    own = [0 if together.isascii() else _own_letters(together, code) for code in codes]
    little = _little_words()
    known = [sum(word in little[code] for word in words) for code in codes]
    told = zip(zip(*rows, strict=True), own, known, strict=True)
    return [sum(row) + LETTER_TELLS * min(6, o) + WORD_TELLS * k for row, o, k in told]


def _own_letters(together: str, code: str) -> int:
    return sum(together.count(letter) for letter in LETTERS.get(code, ""))


def trigrams(words: list[str]) -> Counter[str]:
    """How often three letters follow each other; a word has a blank before and behind."""
    padded = [f" {word} " for word in words]
    return Counter([word[i : i + 3] for word in padded for i in range(len(word) - 2)])


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
def _likelihoods(codes: tuple[str, ...]) -> tuple[dict[str, list[float]], list[float]]:
    """For each trigram that any of these languages has its logarithms in all, and a rare one's."""
    profiles = [_profiles()[code] for code in codes]
    every = {trigram for profile, _rare in profiles for trigram in profile}
    rows = {t: [profile.get(t, rare) for profile, rare in profiles] for t in every}
    return rows, [rare for _profile, rare in profiles]


@lru_cache
def _little_words() -> dict[str, frozenset[str]]:
    lines = (RESOURCES / "little_words.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {code: frozenset(words.split()) for code, _colon, words in pairs}
