"""How alike two passages are, and whether a fact in one was replaced in the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from richtschnur.documents.lineage.words import Said, stem

_TYPO: Final = 0.8
FORM: Final = 18  # words of a text that may be a form filled in
TABLE: Final = 80
SHORT: Final = 9  # of a shorter one it is enough that a noun was replaced among little else
_FEW: Final = 14  # leftover words that are still compared letter by letter


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0..1, high also where one holds the other; `alike` only where both hold the same.

    `of_old` and `of_new` are the shares of each side found in the other.

    `shared` is the weight of the stems in common. `has_other_facts`: a number or a name of one
    side was replaced by another one; `has_same_facts`: none was replaced, lost or added.
    `has_other_noun`: some noun was replaced.
    """

    score: float
    alike: float
    of_old: float
    of_new: float
    shared: float
    has_other_facts: bool
    has_same_facts: bool
    has_other_noun: bool

    @property
    def rank(self) -> float:
        """The score by which the likeliest is chosen: other facts count against it."""
        return self.score - 0.3 * self.has_other_facts


def compare_pieces(old: Said, new: Said) -> Likeness:
    """Compare two pieces of which `weights` are known."""
    if not old.weight or not new.weight:
        same = 1.0 if old.key == new.key else 0.0
        return Likeness(same, same, same, same, 0.0, False, True, False)
    weights = old.weights
    lost, gained = old.stems.keys() - new.stems.keys(), new.stems.keys() - old.stems.keys()
    shared = sum(
        weights[name] * min(count, new.stems[name])
        for name, count in old.stems.items()
        if name not in lost
    )
    shared += _take_slips(lost, gained, weights)
    has_other_noun = bool(old.nouns & lost and new.nouns & gained)
    has_other, has_same = _facts(old, new)
    if _is_same_form(old, new, lost, gained):
        has_other, has_same = True, False
    of_old, of_new = min(1.0, shared / old.weight), min(1.0, shared / new.weight)
    dice = 2 * shared / (old.weight + new.weight)
    score = max(dice, 0.85 * max(of_old, of_new) if shared > 2.5 else 0.0)
    return Likeness(score, dice, of_old, of_new, shared, has_other, has_same, has_other_noun)


def _is_same_form(old: Said, new: Said, lost: set[str], gained: set[str]) -> bool:
    """Whether a short text differs in nouns only, as forms do that are filled in again and again.

    Who edits a sentence rarely replaces one noun and leaves everything else as it was.
    """
    heavy_lost = {name for name in lost if old.weights[name] > 0.1}
    heavy_gained = {name for name in gained if old.weights[name] > 0.1}
    if not heavy_lost or not heavy_gained or len(old.words) > (TABLE if old.is_table else FORM):
        return False
    if heavy_lost <= old.nouns and heavy_gained <= new.nouns:
        return True
    is_little = len(heavy_lost) <= 2 and len(heavy_gained) <= 2 and len(old.words) <= SHORT
    return is_little and bool(heavy_lost & old.nouns and heavy_gained & new.nouns)


def _take_slips(lost: set[str], gained: set[str], weights: dict[str, float]) -> float:
    """The weight of words that differ by a letter or two; these leave both sets."""
    if not lost or not gained or len(lost) > _FEW or len(gained) > _FEW:
        return 0.0
    found = 0.0
    for one in sorted(lost):
        other = next((other for other in sorted(gained) if _is_slip(one, other)), None)
        if other is not None:
            found += min(weights[one], weights[other])
            lost.discard(one)
            gained.discard(other)
    return found


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 2 or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _TYPO


def _facts(old: Said, new: Said) -> tuple[bool, bool]:
    """Whether a number or name was replaced, the sign of a look-alike; whether all are the same."""
    lost_numbers, gained_numbers = _more(old.numbers, new.numbers), _more(new.numbers, old.numbers)
    lost = {name for name in old.names if stem(name) not in new.stems}
    gained = {name for name in new.names if stem(name) not in old.stems}
    if lost and gained:
        lost, gained = _without_turned_letters(lost, gained)
    has_other = (lost_numbers and gained_numbers) or bool(lost and gained)
    return has_other, not (lost_numbers or gained_numbers or lost or gained)


def _more(these: Counter[str], those: Counter[str]) -> bool:
    return any(count > those[name] for name, count in these.items())


def _without_turned_letters(lost: set[str], gained: set[str]) -> tuple[set[str], set[str]]:
    """Two letters that changed places are a slip; a lost one may be another town."""
    letters = {"".join(sorted(name)) for name in lost} & {"".join(sorted(n)) for n in gained}
    keep = [{n for n in side if "".join(sorted(n)) not in letters} for side in (lost, gained)]
    return keep[0], keep[1]


def speaks_for(right: Said, rival: Said, other: Said) -> float:
    """-1..1: whether `other` has what is `right`'s own, rather than what is `rival`'s own.

    Only the words in which the two look-alikes differ are asked. 0 when they don't differ, or
    when `other` holds neither or both.
    """
    own, foreign = right.stems.keys() - rival.stems, rival.stems.keys() - right.stems
    return _share(own, other) - _share(foreign, other)


def _share(words: set[str], other: Said) -> float:
    weights = other.weights
    whole = sum(weights[name] for name in words)
    if not whole:
        return 0.0
    return sum(weights[name] for name in words if name in other.stems) / whole
