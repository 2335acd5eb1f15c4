"""A passage as words: stems with weights, and the facts that tell look-alikes apart."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from richtschnur.documents.lineage.lexicon import BEFORE_NAMES, GROUPS, NUMBERS, STOP
from richtschnur.documents.lineage.pieces import Piece

_WORD: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-’'][^\W\d_]+)*|\w+")
# Numbers that only say where something stands: they change whenever something is put before it.
_PLACE: Final = re.compile(
    r"\b(?:kapitel|abschnitt|absatz|leitlinie|handlungsfeld|maßnahme|ziel|teilziel|tabelle"
    r"|abbildung|anlage|seite|nr\.|ziffer|chapter|section|guideline|measure|goal|table|figure|page)"
    r"\s+\d+(?:\.\d+)*\b",
    re.IGNORECASE,
)
_TOWN: Final = re.compile(
    r"(?:stadt|stedt|städt|dorf|heim|hausen|burg|berg|bach|feld|furt|furth|kirchen|kirch|walde"
    r"|wald|brück|rode|leben|ingen|hagen|hafen|münde|see|thal|born|ow|itz|horst|büttel|holz|moor|hude"
    r"|wedel|loh)$"
)
_OFFICE: Final = re.compile(
    r"(?:amt|ämter|behörde|center|schule|verein|verband|werk|kammer|agentur|stelle|zentrum|büro"
    r"|haus|bund|rat|klinik|kirche|stiftung)$"
)
_ABSTRACT: Final = re.compile(r"(?:ung|ungen|heit|keit|schaft|tion|tionen|tät|mus|nis)$")
_ENDINGS: Final = ("ungen", "innen", "erin", "ung", "ern", "en", "er", "es", "em", "e", "n", "s")


@dataclass(slots=True)
class Said:
    """A piece taken apart; `weights` is filled when both editions are known (`weigh`).

    `words` as written in lower case, `stems` counted, `numbers` and `names` the facts among the
    words.
    """

    key: str
    words: tuple[str, ...]
    stems: Counter[str]
    stem_list: tuple[str, ...]
    numbers: Counter[str]
    names: frozenset[str]
    nouns: frozenset[str]
    is_table: bool
    weight: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)


def fold(text: str) -> str:
    """White space, soft hyphens and compatible characters made alike; no word is changed."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its ending: alike for most forms of a German word; not a linguist's stem."""
    folded = word.replace("ß", "ss")
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded[: -len(ending)]
    return folded


def take_apart(piece: Piece) -> Said:
    """The words of a piece with the facts among them; a table's bars are no words."""
    text = fold(f"{piece.caption} {piece.text}" if piece.caption else piece.text)
    read = _WORD.findall(_PLACE.sub(" ", text) if _has_digit(text) else text)
    words = tuple(word.lower() for word in read)
    numbers, names, nouns = _facts(read, words)
    stems = tuple(stem(word) for word in words)
    key = f"{text}\x00{piece.picture}"
    return Said(key, words, Counter(stems), stems, numbers, names, nouns, piece.kind == "table")


def _has_digit(text: str) -> bool:
    return any(sign in text for sign in "0123456789")


def _facts(
    read: list[str], words: tuple[str, ...]
) -> tuple[Counter[str], frozenset[str], frozenset[str]]:
    numbers: Counter[str] = Counter()
    names, nouns = set(), set()
    before = ""
    for sign, word in zip(read, words, strict=True):
        if word[0].isdigit() or word in NUMBERS:
            numbers[word] += 1
        elif sign[0].isupper():
            nouns.add(stem(word))
            if _is_name(sign, word, before):
                names.add(word)
        before = word
    return numbers, frozenset(names), frozenset(nouns)


def _is_name(sign: str, word: str, before: str) -> bool:
    """Whether a capitalised word names a place, a group or an office: a guess on the safe side."""
    is_named = before in BEFORE_NAMES and not _ABSTRACT.search(word)
    is_town = bool(before) and len(word) < 18 and _TOWN.search(word) is not None
    is_office = _OFFICE.search(word) is not None
    is_short = len(sign) > 1 and sign.isupper()
    return is_named or is_town or is_office or is_short or word in GROUPS


def weigh(said: Iterable[Said]) -> None:
    """Give every stem its weight: rare ones tell more. Changes the pieces in place."""
    everything = list(said)
    found: Counter[str] = Counter()
    for one in everything:
        found.update(one.stems.keys())
    top = math.log(2 + len(everything))
    weight_of = {
        name: max(0.15, math.log((2 + len(everything)) / count) / top)
        for name, count in found.items()
    }
    for name in weight_of.keys() & {stem(word) for word in STOP}:
        weight_of[name] = 0.1
    for one in everything:
        one.weights = weight_of
        one.weight = sum(weight_of[name] * count for name, count in one.stems.items())
