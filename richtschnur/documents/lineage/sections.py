"""Which section of the new edition is which of the old one: by what stands in it, and its title."""

from __future__ import annotations

from collections import Counter, defaultdict

from richtschnur.documents.lineage.matching import Matching
from richtschnur.documents.lineage.pieces import Heading
from richtschnur.documents.lineage.words import fold

ENOUGH = 0.5


def match_sections(known: Matching) -> None:
    """Find `known.sections` anew from titles, the titles above them and the linked passages."""
    votes: Counter[tuple[int, int]] = Counter()
    for link in known.links:
        for old in link.before:
            for new in link.after:
                votes[known.old.pieces[old].section, known.new.pieces[new].section] += 1
    olds, news = _paths(known.old.headings), _paths(known.new.headings)
    sizes_old = Counter(piece.section for piece in known.old.pieces)
    sizes_new = Counter(piece.section for piece in known.new.pieces)
    ranked = []
    for old, new in votes.keys() | _same_titles(olds, news):
        size = max(1, sizes_old[old], sizes_new[new])
        share = votes[old, new] / size
        score = share + _titles(olds[old], news[new])
        ranked.append((score, -abs(old - new), old, new))
    known.sections = _best_of(ranked)


def _best_of(ranked: list[tuple[float, int, int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, _near, old, new in sorted(ranked, reverse=True):
        if score >= ENOUGH and old not in taken and new not in found:
            found[new] = old
            taken.add(old)
    return found


def _paths(headings: tuple[Heading, ...]) -> list[tuple[str, str]]:
    """Each heading's title and that of the one above it."""
    paths = []
    above: list[Heading] = []
    for heading in headings:
        above = [one for one in above if one.level < heading.level]
        paths.append((fold(heading.title), fold(above[-1].title) if above else ""))
        above.append(heading)
    return paths


def _same_titles(olds: list[tuple[str, str]], news: list[tuple[str, str]]) -> set[tuple[int, int]]:
    """Pairs with the same title, where it stands under the same one or is the only one."""
    by_path: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    for at, path in enumerate(olds):
        by_path[path].append(at)
        by_title[path[0]].append(at)
    in_news = Counter(title for title, _above in news)
    pairs = set()
    for at, path in enumerate(news):
        same = by_path.get(path, [])
        if not same and in_news[path[0]] == 1:
            same = by_title.get(path[0], [])
        if len(same) <= 3:
            pairs |= {(old, at) for old in same}
    return pairs


def _titles(old: tuple[str, str], new: tuple[str, str]) -> float:
    """0 to 1: how much two titles say that the sections are the same."""
    if old == new:
        return 0.75 if old[0] else 0.1
    if old[0] == new[0]:
        return 0.5 if old[0] else 0.1
    return 0.1 if old[1] == new[1] else 0.0
