"""Which marks part one demand from the next: not every numbered line is one."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from richtschnur.analysis.splitting.marks import (
    ADDS,
    FOREWORD,
    QUOTED,
    TURNS,
    is_heading,
    opening,
)
from richtschnur.analysis.splitting.placing import Placing
from richtschnur.analysis.splitting.shapes import Block, Why

STRONG = ("to", "wish", "page", "part", "roman", "capital")
LEAST = 220  # characters that three in four demands have at least, with their reasons
OFTEN, REPEATED = 2, 3
SAID, SAID_IN = 60, 160  # characters of a paragraph that says what it is about, and where it does
WHY: dict[str, Why] = {
    "to": "reference",
    "page": "reference",
    "part": "reference",
    "heading": "heading",
    "quotation": "quotation",
    "subject": "subject",
}


def marked(blocks: Sequence[Block], middle: Sequence[int], placing: Placing) -> dict[int, Why]:
    """The blocks with which a piece begins, by their marks: block → why."""
    families = {at: _family(blocks, middle, n) for n, at in enumerate(middle)}
    _forget_repeated(blocks, families)
    for at in middle:
        if not families[at] and _names_subject(blocks[at].words, placing):
            families[at] = "subject"
    levels = _levels(blocks, middle, families)
    found = {at: name for at, name in families.items() if name in levels}
    _drop_few_headings(middle, found)
    _drop_followers(blocks, middle, found)
    quotes = [at for at in middle if _is_quotation(blocks[at].words, placing)]
    if len(quotes) > len(found):
        found |= {at: "quotation" for at in quotes if at not in found}
        _drop_followers(blocks, middle, found)
    return {at: WHY.get(name, "number") for at, name in found.items()}


def _family(blocks: Sequence[Block], middle: Sequence[int], n: int) -> str:
    words = blocks[middle[n]].words
    name = opening(words)
    is_followed = n + 1 < len(middle) and middle[n + 1] == middle[n] + 1
    if name or not is_followed:
        return name
    return "heading" if is_heading(words) or FOREWORD.match(words[:60]) else ""


def _forget_repeated(blocks: Sequence[Block], families: dict[int, str]) -> None:
    """A heading that comes again and again ("Begründung") is a line inside of demands."""
    said = Counter(blocks[at].words for at, name in families.items() if name == "heading")
    for at, name in families.items():
        if name == "heading" and said[blocks[at].words] >= REPEATED:
            families[at] = ""


def _levels(blocks: Sequence[Block], middle: Sequence[int], families: dict[int, str]) -> set[str]:
    """Strong marks, and weak ones that hold as much as a demand with its reason."""
    members: dict[str, list[int]] = defaultdict(list)
    for at in middle:
        members[families[at]].append(at)
    ends = [blocks[middle[-1]].end] if middle else []
    strong = [blocks[at].start for name in STRONG for at in members[name]]
    levels = {name for name in STRONG if members[name]}
    for name, places in members.items():
        if not name or name in STRONG or (len(places) < OFTEN and name != "heading"):
            continue
        stops = sorted({blocks[at].start for at in places} | {*strong, *ends})
        spans = [
            next(stop for stop in stops if stop > blocks[at].start) - blocks[at].start
            for at in places
        ]
        if sorted(spans)[len(spans) // 4] >= LEAST:
            levels.add(name)
    return levels


def _drop_few_headings(middle: Sequence[int], found: dict[int, str]) -> None:
    """Where demands are numbered, a heading parts only those that follow it directly."""
    headings = [at for at, name in found.items() if name == "heading"]
    if 2 * len(headings) >= len(found) - len(headings):
        return
    following = dict(itertools.pairwise(middle))
    for at in headings:
        if following.get(at) not in found:
            del found[at]


def _drop_followers(blocks: Sequence[Block], middle: Sequence[int], found: dict[int, str]) -> None:
    """What directly follows a heading goes on with it."""
    for before, at in itertools.pairwise(middle):
        if at in found and before in found and is_heading(blocks[before].words):
            found[at] = ""
    for at in [at for at, name in found.items() if not name]:
        del found[at]


def _is_quotation(words: str, placing: Placing) -> bool:
    return bool(QUOTED.match(words)) and placing.quoted.share(words) >= 0.5


def _names_subject(words: str, placing: Placing) -> bool:
    """Whether a paragraph opens by saying that it turns to something else."""
    if len(words) < SAID:
        return False
    return bool(TURNS.match(words) or (ADDS.match(words) and placing.names(words[:SAID_IN])))
