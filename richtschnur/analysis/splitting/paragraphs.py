"""A text in paragraphs: by blank lines, and by line ends where lines are not merely wrapped."""

from __future__ import annotations

import itertools
import re

from richtschnur.analysis.splitting.shapes import Block

LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ENDED = re.compile(r"[.!?:;…。؟۔][\"”“«»’)\]\d]*$")
ITEM = re.compile(r"(?:[-–—•*▪◦‣·]|\(?[0-9]{1,3}[.)]|\(?[a-z]\)|[IVX]{1,5}\.)\s+\S")
NARROW, WIDE = 45, 100  # characters of a line that was wrapped by a mail program

Span = tuple[int, int]


def paragraphs(text: str) -> list[Block]:
    """The paragraphs in order; together they cover the text without a gap.

    Each but the first begins with its first letter. A text of blanks is one.
    """
    starts = [start for group in _groups(text) for start in _begins(text, group)]
    starts = [0, *starts[1:]] if starts else [0]
    ends = [*starts[1:], len(text)]
    return [
        Block(start, end, clean(text[start:end])) for start, end in zip(starts, ends, strict=True)
    ]


def clean(text: str) -> str:
    """A text as it is compared: on one line, without marks that nobody sees."""
    return " ".join(UNSEEN.sub("", text).split())


def _groups(text: str) -> list[list[Span]]:
    """Lines with words in them, parted where a line is blank."""
    groups: list[list[Span]] = []
    last = 0
    for found in LINE.finditer(text):
        if not clean(found[0]):
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        is_near = groups and text[last : found.start()].replace("\r\n", "\n").count("\n") < 2
        if is_near and "\x0c" not in text[last : found.start()]:
            groups[-1].append((start, found.end()))
        else:
            groups.append([(start, found.end())])
        last = found.end()
    return groups


def _begins(text: str, group: list[Span]) -> list[int]:
    """Where paragraphs begin in lines without a blank one between."""
    lengths = [end - start for start, end in group]
    is_wrapped = len(group) > 1 and all(NARROW <= length <= WIDE for length in lengths[:-1])
    starts = [group[0][0]]
    for before, (start, end) in itertools.pairwise(group):
        is_item = ITEM.match(text[start:end]) and ENDED.search(text[slice(*before)].rstrip())
        if not is_wrapped or is_item:
            starts.append(start)
    return starts
