"""Passages of which not a word was changed: first the unmistakable ones, then the repeated."""

from __future__ import annotations

from collections import defaultdict

from richtschnur.documents.lineage.matching import Matching

LONG_ENOUGH = 4  # words that make a text its own; shorter ones need company
ROUNDS = 8
FEW = 12  # copies in one section that are told apart by their neighbours


def link_unique(known: Matching) -> None:
    """Link texts that stand exactly once in both editions."""
    for before, after in _repeated(known):
        if len(before) == len(after) == 1:
            said = known.old_said[before[0]]
            if len(said.words) >= LONG_ENOUGH:
                known.link(before, after, 1.0)


def link_repeated(known: Matching) -> None:
    """Link texts that stand several times, or are very short, where their company tells which.

    What has the same neighbours on both sides goes first, then what shares the section and is
    the only one there, then what has one neighbour; each link is company for the next. As many
    copies in one section as before are the same ones in the same order.
    """
    for _round in range(ROUNDS):
        done = len(known.links)
        for before, after in _repeated(known):
            _link_by_company(known, before, after)
        if len(known.links) == done:
            break
    for before, after in _repeated(known):
        _link_in_order(known, before, after)


def _repeated(known: Matching) -> list[tuple[list[int], list[int]]]:
    """Free passages with the same text on both sides."""
    olds: dict[str, list[int]] = defaultdict(list)
    news: dict[str, list[int]] = defaultdict(list)
    for at in known.free_old():
        olds[known.old_said[at].key].append(at)
    for at in known.free_new():
        news[known.new_said[at].key].append(at)
    return [(places, news[text]) for text, places in olds.items() if text in news]


def _link_by_company(known: Matching, before: list[int], after: list[int]) -> None:
    of_old: dict[int, list[int]] = defaultdict(list)
    of_new: dict[int, list[int]] = defaultdict(list)
    pairs = []
    for old, new in _in_company(known, before, after):
        company = _company(known, old, new)
        of_old[old].append(company)
        of_new[new].append(company)
        pairs.append((company, old, new))
    for company, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if old in known.of_old or new in known.of_new:
            continue
        if _is_clear(of_old[old], company) and _is_clear(of_new[new], company):
            known.link((old,), (new,), 1.0 if company >= 4 else 0.97)


def _in_company(known: Matching, before: list[int], after: list[int]) -> set[tuple[int, int]]:
    """The pairs that share a section or a neighbour: never all with all."""
    by_section: dict[int | None, list[int]] = defaultdict(list)
    for new in after:
        by_section[known.sections.get(known.new.pieces[new].section)].append(new)
    free = set(after)
    pairs = set()
    for old in before:
        beside = by_section.get(known.old.pieces[old].section, [])
        if len(beside) <= FEW:
            pairs |= {(old, new) for new in beside}
        beside = [at + 1 for at in known.of_old.get(old - 1, ())]
        beside += [at - 1 for at in known.of_old.get(old + 1, ())]
        pairs |= {(old, new) for new in beside if new in free}
    return pairs


def _link_in_order(known: Matching, before: list[int], after: list[int]) -> None:
    olds: dict[int, list[int]] = defaultdict(list)
    news: dict[int, list[int]] = defaultdict(list)
    for old in before:
        olds[known.old.pieces[old].section].append(old)
    for new in after:
        section = known.sections.get(known.new.pieces[new].section)
        if section is not None:
            news[section].append(new)
    for section, copies in news.items():
        if len(copies) == len(olds[section]):
            for old, new in zip(olds[section], copies, strict=True):
                known.link((old,), (new,), 0.9)


def _company(known: Matching, old: int, new: int) -> int:
    """0 to 6: two for each neighbour that belongs together, two for the section."""
    return 2 * known.neighbours(old, new) + 2 * known.are_same_section(old, new)


def _is_clear(companies: list[int], company: int) -> bool:
    """The best one, and no other is as good."""
    return company >= max(companies) and companies.count(company) == 1
