"""What of a machine's summary may be shown: sentences that end with the contributions they rest on.

A sentence counts when it ends with numbers of contributions in brackets, as [ABCD-EFGH], before or
after its full stop, and names none that the machine was not given. Where it is unclear whether a
full stop ends a sentence, neither half is kept: half a sentence may say the opposite. Plain text
in, plain text out, without mark-up, signs that nobody sees and links.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from richtschnur.analysis.cleaning import LONGEST, seen

LONGEST_SENTENCE = 600  # characters
MOST = 40  # sentences
_ID = "[A-Z0-9]{4}-[A-Z0-9]{4}"
_LISTED = re.compile(rf"\s*{_ID}(?:\s*[,;]\s*{_ID})*\s*")
_CITED = re.compile(r"\s*\[([^\[\]\n]*)\]")
_ENDS_CITED = re.compile(r"\][.!?…؟۔\s]*$")
_BORDER = re.compile(
    r"(?<=[.!?…؟۔])[\"'”“«»)]*+(?:\s*\[[^\[\]\n]*\])*+[.!?…]*+(?=\s)|(?<=\])[.!?…؟۔]++(?=\s)"
)
_NEVER_LAST = re.compile(
    r"(?:^|\W)(?:z\. ?B|d\. ?h|z|d|bzw|ca|Nr|Abs|Art|Dr|Prof|St|e\.g|i\.e)\.$", re.IGNORECASE
)
_DOUBTFUL = re.compile(r"(?:^|\W)(?:\d+|[^\W\d_]|[^\W\d_]\. ?[^\W\d_])\.$")
_LEADING = re.compile(r"^(?:(?:[-*•–>]|#{1,6}|\d{1,2}[.)])\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013", "----")


@dataclass(frozen=True)
class Cited:
    """A sentence without its brackets; the numbers that it cites, each once, as they came."""

    text: str
    ids: tuple[str, ...]


def cited_sentences(answer: str, known_ids: Collection[str]) -> list[Cited]:
    """The sentences that end with numbers out of `known_ids` and cite nothing else.

    Of a very long answer the beginning is read, without the sentence that is cut there.
    """
    known = frozenset(known_ids)
    text = _EMPHASIS.sub("", seen(answer))
    lines = text.splitlines()
    found: list[Cited] = []
    for place, line in enumerate(lines):
        is_cut = len(answer) > LONGEST and place == len(lines) - 1
        sentences = list(_sentences(_LEADING.sub("", line.strip())))
        for sentence in sentences[:-1] if is_cut else sentences:
            made = _cited(sentence, known)
            if made is not None:
                found.append(made)
    return found[:MOST]


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a line; what may be one or two is left out."""
    begun, is_doubtful = "", False
    at = 0
    for border in _BORDER.finditer(line):
        begun += line[at : border.end()]
        at = border.end()
        if _NEVER_LAST.search(begun):
            continue
        if _DOUBTFUL.search(begun):
            is_doubtful = True
            continue
        if not is_doubtful:
            yield begun.strip()
        begun, is_doubtful = "", False
    if not is_doubtful:
        yield (begun + line[at:]).strip()


def _cited(sentence: str, known: frozenset[str]) -> Cited | None:
    if len(sentence) > LONGEST_SENTENCE or not _ENDS_CITED.search(sentence):
        return None
    ids: dict[str, None] = {}
    for brackets in _CITED.findall(sentence):
        listed = brackets.translate(_DASHES)
        if not _LISTED.fullmatch(listed):
            return None
        ids |= dict.fromkeys(re.findall(_ID, listed))
    text = re.sub(r"([.!?…؟۔])\.+$", r"\1", " ".join(_CITED.sub("", sentence).split()))
    is_sentence = any(map(str.isalpha, text)) and not text[0].islower()
    is_plain = not any(sign in text for sign in ("[", "]", "://", "www."))
    if not is_sentence or not is_plain or not ids.keys() <= known:
        return None
    return Cited(text, tuple(ids))
