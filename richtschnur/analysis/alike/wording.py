"""The words that make a text like the others of its group, to be shown beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

RUN = 4  # words in a row
ASKED = 60  # members of a group that are looked at
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def shared_words(text: str, others: Sequence[str], *, share: float = 0.5) -> list[Span]:
    """Where runs of four or more words stand that this share of the other texts hold, too.

    Spans of code points in `text`, end exclusive, in order, none touching another. Where no other
    text is given or nothing is shared, none.
    """
    held: Counter[tuple[str, ...]] = Counter()
    asked = others[:: max(1, len(others) // ASKED)][:ASKED]
    for other in asked:
        held.update(set(_runs([match[0].casefold() for match in _WORD.finditer(other)])))
    matches = list(_WORD.finditer(text))
    least = max(1, share * len(asked))
    spans: list[Span] = []
    for at, run in enumerate(_runs([match[0].casefold() for match in matches])):
        if held[run] >= least:
            start, end = matches[at].start(), matches[at + RUN - 1].end()
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
    return spans


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(RUN)), strict=False))
