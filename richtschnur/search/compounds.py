"""German compounds in their parts: Kinderbetreuungsplätze is Kinder, Betreuung, Platz.

A part must be a known form: one of our own list (`resources/parts.txt`), or a noun that stands in
an indexed paper. Of several ways the one with the most parts is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from richtschnur.search.words import canonical, masculine, stem

SHORTEST_COMPOUND, SHORTEST_PART, SHORTEST_OWN = 6, 4, 3
LONGEST_COMPOUND = 50
JOINTS = ("s", "es", "n", "en", "er", "ern", "e", "ns", "ens")
MOST_PARTS = 8
RESOURCES = Path(__file__).parent / "resources"
Known = Callable[[str], bool]


def split(word: str, is_known: Known) -> tuple[str, ...]:
    """The parts of a canonical word in order, as known forms; () when it is no compound."""
    word = masculine(word)
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or stem(word) in _undivided():
        return ()
    best: dict[int, tuple[str, ...] | None] = {len(word): ()}
    for start in range(len(word) - SHORTEST_OWN, -1, -1):
        best[start] = _best_from(word, start, best, is_known)
    found = best[0] or ()
    return found if 1 < len(found) <= MOST_PARTS else ()


def _best_from(
    word: str, start: int, best: dict[int, tuple[str, ...] | None], is_known: Known
) -> tuple[str, ...] | None:
    """The most parts from a place to the end; among equals the one with the longest first part."""
    found: tuple[str, ...] | None = None
    for end in range(len(word), start + SHORTEST_OWN - 1, -1):
        rest = best.get(end)
        if rest is None:
            continue
        form = known_form(word[start:end], is_known)
        if form and (found is None or len(rest) + 1 > len(found)):
            found = (form, *rest)
    return found


def known_form(piece: str, is_known: Known) -> str:
    """The known form that a piece of a compound stands for, or ""."""
    return next((form for form in forms(piece) if _counts(form, is_known)), "")


def forms(piece: str) -> Iterator[str]:
    """A piece without its joint, or with the e that compounds lose (Schul-, Sprach-)."""
    yield piece
    yield f"{piece}e"
    for joint in JOINTS:
        if piece.endswith(joint):
            yield piece.removesuffix(joint)


def _counts(form: str, is_known: Known) -> bool:
    if form in _own_parts():
        return len(form) >= SHORTEST_OWN
    return len(form) >= SHORTEST_PART and is_known(form)


def candidates(word: str) -> set[str]:
    """Every form that `split` could ask about: for looking them all up at once."""
    word = masculine(word)
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND:
        return set()
    return {
        form
        for start in range(len(word) - SHORTEST_OWN + 1)
        for end in range(start + SHORTEST_OWN, len(word) + 1)
        for form in forms(word[start:end])
        if len(form) >= SHORTEST_PART
    }


def lexicon_forms(nouns: Iterable[str]) -> set[str]:
    """The forms by which these written nouns can be parts: as they stand, and their stems."""
    found: set[str] = set()
    for noun in nouns:
        word = canonical(noun)
        if SHORTEST_PART <= len(word) <= LONGEST_COMPOUND and word.isalpha():
            found |= {form for form in (word, stem(word)) if len(form) >= SHORTEST_PART}
    return found


@lru_cache
def _own_parts() -> frozenset[str]:
    words = {canonical(word) for word in _listed("parts.txt")}
    return frozenset(words | {stem(word) for word in words if len(stem(word)) >= SHORTEST_OWN})


@lru_cache
def _undivided() -> frozenset[str]:
    return frozenset(stem(canonical(word)) for word in _listed("undivided.txt"))


@lru_cache
def little_words() -> frozenset[str]:
    """Canonical words that say nothing about what a text is about."""
    return frozenset(canonical(word) for word in _listed("little.txt"))


def _listed(name: str) -> list[str]:
    lines = (RESOURCES / name).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
