"""From texts to tokens, from a reader's words to a question: both by the same keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from richtschnur.search.compounds import Known, little_words, split
from richtschnur.search.words import canonical, encoded, keys, words_of

MOST_WORDS = 12  # of a question
TWICE = 2  # a word that stands alone counts more than the same inside of a compound
INSIDE = 4  # letters that a key must have to be marked inside of a longer word
WHOLE, PART = 3, 1  # what it counts that a word was found, or only its parts


def tokens_of(texts: Iterable[str], language: str, is_known: Known) -> list[str]:
    """The keys of all words and of the parts of compounds, as often as they occur."""
    tokens: list[str] = []
    known: dict[str, list[str]] = {}
    for text in texts:
        for word in words_of(text):
            if word.written not in known:
                known[word.written] = _word_tokens(word.written, language, is_known)
            tokens += known[word.written]
    return tokens


def _word_tokens(written: str, language: str, is_known: Known) -> list[str]:
    word = canonical(written)
    if word in little_words():
        return []
    found = list(keys(written, language)) * TWICE
    if language.startswith("de"):
        parts = {key for part in split(word, is_known) for key in _part_keys(part)}
        found += sorted(parts)
    return found


def _part_keys(form: str) -> frozenset[str]:
    """A part's own keys, and the form itself: roots such as Förder- are no nouns."""
    return keys(form.title(), "de") | {encoded(form)}


@dataclass(frozen=True)
class Asked:
    """One word of a question: any of `whole` answers it, or all of `parts`, each any of its own."""

    whole: frozenset[str]
    parts: tuple[frozenset[str], ...] = ()

    def count(self, tokens: Counter[str]) -> int:
        """How well tokens answer it; 0 when they don't."""
        whole = max((tokens[key] for key in self.whole), default=0)
        return WHOLE * min(whole, 3) + PART * self._together(tokens)

    def _together(self, tokens: Counter[str]) -> int:
        if not self.parts:
            return 0
        return min(max(tokens[key] for key in part) for part in self.parts)


@dataclass(frozen=True)
class Question:
    """What a reader asks for: every word must be answered. Falsy when no word is left."""

    asked: tuple[Asked, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.asked)

    def score(self, tokens: Counter[str]) -> int:
        """How well tokens answer all of it; 0 when one word is not answered."""
        counts = [asked.count(tokens) for asked in self.asked]
        return sum(counts) if all(counts) else 0

    def is_answered_by(self, written: str, language: str) -> bool:
        """Whether a word answers a word of the question, alone or inside a compound: to mark it."""
        wanted = self._keys()
        if not wanted.isdisjoint(keys(written, language)):
            return True
        word = canonical(written)
        return any(len(key) >= INSIDE and key in word for key in wanted)

    def _keys(self) -> frozenset[str]:
        groups = (group for asked in self.asked for group in (asked.whole, *asked.parts))
        return frozenset(key for group in groups for key in group)


def question_of(text: str, is_known: Known) -> Question:
    """A reader's words as a question; little words count only when there are no others."""
    written = list(
        dict.fromkeys(word.written for word in words_of(text) if _is_asked(word.written))
    )
    telling = [word for word in written if canonical(word) not in little_words()]
    return Question(tuple(_asked(word, is_known) for word in telling[:MOST_WORDS]))


def _is_asked(written: str) -> bool:
    return any(character.isalnum() for character in written)


def _asked(written: str, is_known: Known) -> Asked:
    """Also as a noun: readers seldom write capitals."""
    whole = keys(written, "") | keys(written.title(), "")
    parts = split(canonical(written), is_known)
    return Asked(whole, tuple(_part_keys(part) for part in parts))
