"""The words that tell what a text, a group or a topic is about, among all texts of a consultation.

For groups the weight is c-TF-IDF (Grootendorst 2022): how often a word stands in the group, by how
often it stands anywhere. Little words of fifteen languages tell nothing. A word that no other text
holds is a slip or a name sooner than a matter: it is taken only where a text has no other ones.
Words are told as most texts write them. Plain texts in, words out; the same in any order of work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log
from pathlib import Path

from richtschnur.analysis.cleaning import seen

RESOURCES = Path(__file__).parent / "resources"
METHOD = "keywords/1"
COUNT = 5
CAPITAL = 1.5  # what is mostly written with a capital letter tells more: in German a noun
_WORD = re.compile(r"[^\W\d_]{3,40}")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
# Common in what people ask of their county, and no matter of its own.
_ASKING = """
finde finden wäre würde würden müssen muss müsste sollen soll dort hier dann immer wieder damit
etwa also denn beim deren dessen jedoch leider gerne gern einfach ganz gar eher wenig wenige mehrere
machen gemacht macht geben gehen geht kommen kommt lassen lässt stehen steht sehen bleiben dürfen
darf werde wurden worden hätte hatte wollen will möchte möchten unserer unserem unseren ihrer ihrem
beispiel beispielsweise bzw usw etc insbesondere sowie dabei dafür dazu daran davon darauf darüber
jetzt heute noch erst bereits weiter weitere weiteren andere anderen anderer selbst weniger
grüße grüßen gruß freundliche freundlichen herzlich sehr geehrte geehrter damen herren guten tag
hallo liebe lieber verwaltung mfg
"""


@dataclass(frozen=True)
class Vocabulary:
    """How many of `texts` hold each word; `written` tells how it is mostly written.

    Words are in small letters. A word that is not listed is held by one text.
    """

    texts: int
    held_by: Mapping[str, int]
    written: Mapping[str, str]

    def spelled(self, word: str) -> str:
        return self.written.get(word, word)


def words(text: str) -> list[str]:
    """The words of a text that can tell something, as they are written, in their order."""
    text = seen(text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    little = _little_words()
    return [word for word in _WORD.findall(text) if word.lower() not in little]


def spellings(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts hold each word in each spelling; two such counts may be added."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(dict.fromkeys(words(text)).keys())  # a set has no order
    return counts


def vocabulary(counts: Mapping[str, int], *, texts: int) -> Vocabulary:
    """What the counted spellings of so many texts amount to."""
    held_by: dict[str, int] = {}
    best: dict[str, str] = {}
    for spelling, count in counts.items():
        word = spelling.lower()
        held_by[word] = held_by.get(word, 0) + count
        known = best.get(word)
        if known is None or (count, known) > (counts[known], spelling):
            best[word] = spelling
    held_by = {word: count for word, count in held_by.items() if count > 1}
    written = {word: best[word] for word in held_by if best[word] != word}
    return Vocabulary(texts, held_by, written)


def keywords_of_text(text: str, known: Vocabulary, *, count: int = COUNT) -> list[str]:
    """The words that tell most about one text, the most telling first; none for a text without."""
    counts: dict[str, int] = {}
    first: dict[str, str] = {}
    for spelling in words(text):
        word = spelling.lower()
        counts[word] = counts.get(word, 0) + 1
        first.setdefault(word, spelling)
    held_by = known.held_by
    shared = [word for word in counts if word in held_by]
    ranked = nsmallest(
        count,
        shared or counts,
        key=lambda word: (
            -counts[word]
            * _capital(known.spelled(word))
            * log(1 + known.texts / held_by.get(word, 1)),
            word,
        ),
    )
    return [known.written.get(word, word if word in held_by else first[word]) for word in ranked]


def keywords_of_groups(groups: Sequence[Iterable[str]], *, count: int = COUNT) -> list[list[str]]:
    """For each group of texts the words that tell it from the others, the most telling first."""
    counted = [_times(texts) for texts in groups]
    everywhere: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for counts in counted:
        written.update(counts)
    for spelling, times in written.items():
        everywhere[spelling.lower()] += times
    once = {spelling.lower(): spelling for spelling in written}  # as good as any for a lone word
    common = vocabulary(written, texts=1)
    spelled = {**once, **{word: common.spelled(word) for word in common.held_by}}
    known = Vocabulary(1, common.held_by, spelled)
    average = sum(everywhere.values()) / max(1, len(groups))
    return [_telling(_folded(counts), everywhere, average, known, count) for counts in counted]


def _telling(
    counts: Mapping[str, int],
    everywhere: Mapping[str, int],
    average: float,
    known: Vocabulary,
    count: int,
) -> list[str]:
    shared = [word for word in counts if everywhere[word] > 1]
    ranked = nsmallest(
        count,
        shared or counts,
        key=lambda word: (
            -counts[word] * _capital(known.spelled(word)) * log(1 + average / everywhere[word]),
            word,
        ),
    )
    return [known.spelled(word) for word in ranked]


def _times(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    return counts


def _folded(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for spelling, times in counts.items():
        found[spelling.lower()] += times
    return found


def _capital(spelling: str) -> float:
    return CAPITAL if spelling[0].isupper() else 1.0


@lru_cache
def _little_words() -> frozenset[str]:
    lines = (RESOURCES / "little_words.txt").read_text("utf-8").splitlines()
    listed = (line.partition(":")[2].split() for line in lines if not line.startswith("#"))
    return frozenset(_ASKING.split()).union(*listed)
