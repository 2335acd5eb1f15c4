"""Places where a point may be cut in two: between sentences and lines."""

from __future__ import annotations

import re

from richtschnur.evaluation.models import Point

_SENTENCE_END = re.compile(r"[.!?…:;؟۔。]+[\"»”“’)\]]*\s+|\s*\n\s*")
_SMALLER_END = re.compile(r"[,،–—]\s+")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:\w|\d+|z\.\s?B|u\.\s?a|d\.\s?h|bzw|ca|vgl|Nr|Abs|Art|Str|St|Dr|Prof|Hr|Fr"
    r"|evtl|ggf|inkl|usw|etc|sog)\.\s+$",
    re.IGNORECASE,
)
LONG_SENTENCE = 300


def pieces(point: Point) -> list[tuple[int, str]]:
    """A point's text in sentences: where each begins in the comment (code points), its words."""
    text = point.comment.text[point.start : point.end]
    cuts = [0]
    for cut in _cuts(text, _SENTENCE_END):
        if cut - cuts[-1] > LONG_SENTENCE:
            behind = cuts[-1]
            cuts += [behind + c for c in _cuts(text[behind:cut], _SMALLER_END)]
        cuts.append(cut)
    cuts += [cuts[-1] + c for c in _cuts(text[cuts[-1] :], _SMALLER_END) if _is_long(text, cuts)]
    ends = [*cuts[1:], len(text)]
    return [(point.start + a, text[a:b]) for a, b in zip(cuts, ends, strict=True)]


def _is_long(text: str, cuts: list[int]) -> bool:
    return len(text) - cuts[-1] > LONG_SENTENCE


def _cuts(text: str, end: re.Pattern[str]) -> list[int]:
    """Where something begins behind an end, with words on both sides."""
    found = []
    last, words_end = 0, len(text.rstrip())
    for match in end.finditer(text):
        cut = match.end()
        if cut >= words_end or not text[last:cut].strip():
            continue
        if _SHORTENED.search(text[max(0, cut - 12) : cut]):
            continue
        found.append(cut)
        last = cut
    return found
