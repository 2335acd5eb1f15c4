"""What stands on a page and says nothing: running heads, page numbers, footnotes; and seams."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from richtschnur.analysis.splitting.marks import MARKED, opening
from richtschnur.analysis.splitting.shapes import Block

PAGE = re.compile(
    r"(?:Seite|Page|Blatt|S\.)?\s*[|:]?\s*[-–—]?\s*\d{1,3}\s*(?:(?:von|of|/)\s*\d{1,3})?\s*[-–—]?$",
    re.IGNORECASE,
)
NOTE = re.compile(r"(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁴-⁹]+|\*)\s+\S")
STOPPED = re.compile(r"[.!?:;…»“”\"«)’。؟۔]$")
SHORT, SHORT_NOTE, OFTEN = 90, 240, 3


def furniture(blocks: Sequence[Block]) -> set[int]:
    """The places of blocks that belong to the page."""
    alike: dict[str, list[int]] = defaultdict(list)
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if len(block.words) > SHORT:
            continue
        if PAGE.match(block.words):
            found.add(at)
        elif not MARKED.match(block.words) and block.words[-1:] not in {":", "?", "!"}:
            alike[re.sub(r"\d+", "0", block.words)].append(at)
    for places in alike.values():
        if len(places) >= OFTEN and _is_spread(blocks, places):
            found.update(places)
    return found | {at - 1 for at in found if at and _is_note(blocks[at - 1].words)}


def seams(blocks: Sequence[Block], aside: set[int]) -> set[int]:
    """Blocks that go on with a sentence that a page's end has cut."""
    found = set()
    said = ""
    for at, block in enumerate(blocks):
        if at in aside:
            continue
        could_be_heading = len(said) <= SHORT and opening(said)
        if at - 1 in aside and said and not could_be_heading and not STOPPED.search(said):
            found.add(at)
        said = block.words
    return found


def _is_spread(blocks: Sequence[Block], places: list[int]) -> bool:
    """Whether they stand a page apart, or nearly."""
    starts = [blocks[at].start for at in places]
    gaps = sorted(b - a for a, b in itertools.pairwise(starts))
    return gaps[len(gaps) // 2] > 800


def _is_note(words: str) -> bool:
    return len(words) <= SHORT_NOTE and bool(NOTE.match(words)) and words[-1:] in ".)"
