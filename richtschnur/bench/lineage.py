"""Edited papers with known fates: what is matched without asking, and whether it is right.

The papers are made by bench.papers.revised; the fates come from the code that a re-import uses.
Beside it stands what most would write first: the same words in order, then each passage to the
one whose words difflib finds most alike, the best first, above 0.6.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from random import Random
from typing import Any

from richtschnur.bench.papers.revised import Chapter, Line, paper, revise
from richtschnur.documents.lineage import Heading, Manuscript, Piece, moved, trace

Progress = Callable[[str], None]
Told = tuple[str, tuple[int, ...], tuple[int, ...]]
PEER_LIKENESS = 0.6


@dataclass
class Tally:
    """What was told, summed over papers."""

    papers: int = 0
    passages: int = 0
    true: int = 0
    true_edited: int = 0
    automatic: int = 0
    right: int = 0
    right_edited: int = 0
    silent_wrong: int = 0
    asked: int = 0
    seconds: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def figures(self, method: str) -> dict[str, Any]:
        """A run's keys; shares 0..1."""
        return {
            "method": method,
            "papers": self.papers,
            "passages": self.passages,
            "precision": round(self.right / max(1, self.automatic), 5),
            "recall": round(self.right / max(1, self.true), 5),
            "recall_edited": round(self.right_edited / max(1, self.true_edited), 5),
            "silent_wrong": self.silent_wrong,
            "automatic": self.automatic,
            "asked": self.asked,
            "fates": self.true,
            "missed": dict(sorted(self.missed.items())),
            "match_s": round(self.seconds, 3),
        }


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """One run for Richtschnur, one for the peer, on the same papers."""
    ours, peer = Tally(), Tally()
    count = 20 if is_quick else 200
    for number in range(count):
        random = Random(f"{seed}-{number}")  # noqa: S311 - papers are no secrets
        before = paper(random)
        after = revise(random, before)
        _judge(ours, before, after, _traced)
        _judge(peer, before, after, _by_likeness)
        if (number + 1) % 20 == 0:
            progress(f"{number + 1} of {count} papers")
    return [ours.figures("richtschnur"), peer.figures("difflib")]


def manuscript(chapters: list[Chapter]) -> Manuscript:
    """A paper as the product's lineage takes it."""
    return Manuscript(
        tuple(Heading(chapter.title, "", chapter.level) for chapter in chapters),
        tuple(
            Piece(line.text, at, line.kind)
            for at, chapter in enumerate(chapters)
            for line in chapter.lines
        ),
    )


def truth(before: list[Chapter], after: list[Chapter]) -> set[Told]:
    """The true fate of every passage of both editions."""
    olds, news = _lines(before), _lines(after)
    heirs: dict[int, list[int]] = {at: [] for at in range(len(olds))}
    for at, line in enumerate(news):
        for origin in line.origins:
            heirs[origin].append(at)
    pairs = [(o, n[0]) for o, n in heirs.items() if len(n) == 1 and len(news[n[0]].origins) == 1]
    shifted = _shifted(pairs)
    told: set[Told] = {("dropped", (old,), ()) for old, found in heirs.items() if not found}
    told |= {("added", (), (at,)) for at, line in enumerate(news) if not line.origins}
    told |= {("split", (old,), tuple(found)) for old, found in heirs.items() if len(found) > 1}
    told |= {("merged", line.origins, (n,)) for n, line in enumerate(news) if len(line.origins) > 1}
    for old, new in pairs:
        told.add((_fate(olds[old], news[new], old in shifted), (old,), (new,)))
    return told


def _lines(chapters: list[Chapter]) -> list[Line]:
    return [line for chapter in chapters for line in chapter.lines]


def _shifted(pairs: Iterable[tuple[int, int]]) -> set[int]:
    by_new = sorted((new, old) for old, new in pairs)
    return moved(sorted(old for _new, old in by_new), [old for _new, old in by_new])


def _fate(old: Line, new: Line, is_moved: bool) -> str:
    if old.text.split() != new.text.split():
        return "changed"
    return "moved" if is_moved else "kept"


def _traced(before: list[Chapter], after: list[Chapter]) -> tuple[set[Told], int]:
    found = trace(manuscript(before), manuscript(after))
    told = {(s.fate, s.before, s.after) for s in found.strands if s.is_automatic}
    return {(str(fate), b, a) for fate, b, a in told}, len(found.strands) - len(told)


def _by_likeness(before: list[Chapter], after: list[Chapter]) -> tuple[set[Told], int]:
    """The peer: the same words in order first, then greedy by difflib's ratio of words above 0.6.

    Whatever is left is new or gone.
    """
    olds, news = _lines(before), _lines(after)
    pairs = _same_words(olds, news)
    taken = set(pairs.values())
    ranked = sorted(_ratios(olds, news, pairs, taken), reverse=True)
    for _ratio, old, new in ranked:
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    shifted = _shifted(pairs.items())
    told: set[Told] = {
        (_fate(olds[o], news[n], o in shifted), (o,), (n,)) for o, n in pairs.items()
    }
    told |= {("dropped", (at,), ()) for at in range(len(olds)) if at not in pairs}
    told |= {("added", (), (at,)) for at in range(len(news)) if at not in taken}
    return told, 0


def _same_words(olds: list[Line], news: list[Line]) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for at, line in enumerate(news):
        places.setdefault(line.text, []).append(at)
    pairs = {}
    for at, line in enumerate(olds):
        if places.get(line.text):
            pairs[at] = places[line.text].pop(0)
    return pairs


def _ratios(
    olds: list[Line], news: list[Line], pairs: dict[int, int], taken: set[int]
) -> Iterable[tuple[float, int, int]]:
    left = [(place, old.text.split()) for place, old in enumerate(olds) if place not in pairs]
    for at, new in enumerate(news):
        if at in taken:
            continue
        matcher = SequenceMatcher(None, [], new.text.split(), autojunk=False)
        for place, words in left:
            matcher.set_seq1(words)
            if matcher.real_quick_ratio() > PEER_LIKENESS < matcher.quick_ratio():
                ratio = matcher.ratio()
                if ratio > PEER_LIKENESS:
                    yield ratio, place, at


def _judge(
    tally: Tally,
    before: list[Chapter],
    after: list[Chapter],
    method: Callable[[list[Chapter], list[Chapter]], tuple[set[Told], int]],
) -> None:
    begun = time.perf_counter()
    told, asked = method(before, after)
    tally.seconds += time.perf_counter() - begun
    true = truth(before, after)
    edited = {entry for entry in true if entry[0] != "kept"}
    places = {_without_place(entry) for entry in true}
    found = {_without_place(entry) for entry in told}
    olds, news = _lines(before), _lines(after)
    tally.papers += 1
    tally.passages += len(olds) + len(news)
    tally.true += len(true)
    tally.true_edited += len(edited)
    tally.automatic += len(told)
    right = {entry for entry in told if _without_place(entry) in places}
    tally.right += len(right)
    tally.right_edited += len({entry for entry in true if _without_place(entry) in found} & edited)
    tally.asked += asked
    tally.missed.update(fate for fate, b, a in true if _without_place((fate, b, a)) not in found)
    for entry in sorted(told - right):
        if _is_wrong_lookalike(entry, olds, news):
            tally.silent_wrong += 1
            tally.wrong.append(_shown(entry, olds, news))
        else:
            tally.wrong.append("(" + _shown(entry, olds, news))


def _without_place(entry: Told) -> Told:
    """Kept or moved is one here: of two blocks that changed places, either may be said to move."""
    fate, before, after = entry
    return ("kept" if fate == "moved" else fate), before, after


def _is_wrong_lookalike(entry: Told, olds: list[Line], news: list[Line]) -> bool:
    """Whether a look-alike was taken for another passage (not: only its fate was named wrong)."""
    _fate_told, before, after = entry
    if not before or not after:
        return False
    pairs = {(old, new) for new in after for old in news[new].origins}
    lines = [olds[at] for at in before] + [news[at] for at in after]
    is_wrong = any((old, new) not in pairs for old in before for new in after)
    return is_wrong and any(line.is_lookalike for line in lines)


def _shown(entry: Told, olds: list[Line], news: list[Line]) -> str:
    fate, before, after = entry
    old = " / ".join(f"{at}:{olds[at].text}" for at in before)
    new = " / ".join(f"{at}<{news[at].origins}:{news[at].text}" for at in after)
    return f"{fate}\n   {old}\n   {new}"
