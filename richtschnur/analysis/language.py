"""Which language a text is in, offline: by its script, its sequences of letters, its little words.

The weights tell how likely letters follow each other in a language, made by
`tools/language_profiles.py` from counts of the package lingua-language-detector (Apache-2.0) and,
for Pashto and Sorani, of sample sentences. Short or mixed texts are honestly "unknown" ("").
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from pathlib import Path

RESOURCES = Path(__file__).parent / "resources"
LOOKED_AT = 2_000  # characters
FEWEST_LETTERS = {"latin": 5, "cyrillic": 4, "arabic": 4}
STEPS, BASE = 8, 80  # steps of a natural logarithm; the sign that stands for none
MARGIN = STEPS // 4  # how much likelier the best must be than the second
LONGEST = 40  # letters of a word
LANE = 24  # bits of a language's sum in the one number that holds all of them
SHIFT = 64  # makes every weight positive, so that no sum borrows from its neighbour
UNKNOWN = -46  # a letter that no language of the script knows

NO_LETTER = re.compile(r"[\W\d_]+")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("latin", re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]+")),
    ("cyrillic", re.compile("[\u0400-\u04ff]+")),
    ("arabic", re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+")),
    ("ethiopic", re.compile("[\u1200-\u137f]+")),
)
PLAINLY = 0.7  # share of a text's letters that its script must have
WORD_TELLS = 4 * STEPS
# Letters that in their script only Pashto has; the counts of it are few.
PASHTO, LETTER_TELLS = "ښټډړځڅۍېڼ", 4 * STEPS
# The languages of the interface are likelier here than others, in steps.
LIKELY = {"de", "en", "uk", "ru", "ar", "fa", "tr"}
RARE = {"ps": 1, "fr": 2, "pl": 2, "ro": 2, "vi": 2}


def recognise(text: str) -> str:
    """The code of a text's language ("de", "uk", "ckb" …); "" where it can't be said."""
    found = words(text)
    together = "".join(found)
    script = _script(together) if together else ""
    if len(together) < FEWEST_LETTERS.get(script, 5):
        return ""
    if script in ("", "ethiopic"):
        return "ti" if script else ""
    codes, _ = _weights()[script]
    sums = sum(map(_told, repeat(script), found))
    lanes = [sums >> LANE * at & (1 << LANE) - 1 for at in range(len(codes))]
    scores = [lane - STEPS * _rareness(code) for lane, code in zip(lanes, codes, strict=True)]
    ranked = sorted(range(len(codes)), key=scores.__getitem__, reverse=True)
    return codes[ranked[0]] if scores[ranked[0]] - scores[ranked[1]] >= MARGIN else ""


def words(text: str) -> list[str]:
    """The words of the beginning of a text, small letters only; addresses are none."""
    part = text[:LOOKED_AT].lower()
    if "@" in part or "://" in part or "www." in part:
        part = ADDRESS.sub(" ", part)
    return [word for word in NO_LETTER.sub(" ", part).split() if len(word) < LONGEST]


def _script(together: str) -> str:
    """The script that most letters are in, where it is plainly one."""
    for script, letters in SCRIPTS:
        if len("".join(letters.findall(together))) >= PLAINLY * len(together):
            return script
    return ""


def _rareness(code: str) -> int:
    return 0 if code in LIKELY else RARE.get(code, 3)


@lru_cache(30_000)
def _told(script: str, word: str) -> int:
    """What a word says for each language of the script, all in one number."""
    codes, weights = _weights()[script]
    every = range(len(codes))
    unknown = sum(SHIFT + UNKNOWN << LANE * at for at in every)
    none = sum(SHIFT << LANE * at for at in every)
    total = sum(weights.get(letter, unknown) for letter in word)
    for size in (2, 3, 4):
        for at in range(len(word) - size + 1):
            total += weights.get(word[at : at + size], none)
    for at, code in enumerate(codes):
        extra = WORD_TELLS if word in _little_words().get(code, ()) else 0
        if code == "ps":
            extra += LETTER_TELLS * sum(letter in PASHTO for letter in word)
        total += extra << LANE * at
    return total


@lru_cache
def _weights() -> dict[str, tuple[list[str], dict[str, int]]]:
    """For each script its languages, and what each sequence of letters says for them."""
    found: dict[str, tuple[list[str], dict[str, int]]] = {}
    for line in (RESOURCES / "ngrams.tsv").read_text("utf-8").splitlines():
        gram, signs, *codes = line.split("\t")
        if gram == "#":
            weights = found.setdefault(signs, (codes, {}))[1]
        else:
            lanes = enumerate(signs)
            weights[gram] = sum(ord(sign) - BASE + SHIFT << LANE * at for at, sign in lanes)
    return found


@lru_cache
def _little_words() -> dict[str, frozenset[str]]:
    lines = (RESOURCES / "little_words.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {code: frozenset(words.split()) for code, _colon, words in pairs}
