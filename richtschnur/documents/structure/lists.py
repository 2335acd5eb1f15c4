"""What is one and what are several: comma lists in running text, as spans."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_CLOSERS: Final = {"(": ")", "[": "]", "„": "“", "«": "»", "»": "«", "‚": "‘", "“": "”"}
_TAIL: Final = re.compile(r"[\s.,;:]+$")
_KEEPS_ITS_DOT: Final = re.compile(r"(?:usw|etc|bzw|ggf|u\.\s?a|z\.\s?B|o\.\s?[äÄ]|Nr|ca)\.$")
_SUBORDINATE: Final = re.compile(
    r"(?:der|die|das|den|dem|deren|dessen|welche\w*|wobei|um|damit|indem|dass|ob|wenn|weil|da|sodass"
    r"|so dass|wie|insbesondere|z\.\s?B\.|zum Beispiel|etwa|also|einschließlich|inklusive|inkl\."
    r"|vor allem|v\.\s?a\.|u\.\s?a\.|auch|darunter|und|oder|sowie|such as|including|which|that)\b",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:ist|sind|war|wird|werden|wurden?|soll|sollen|kann|können|muss|müssen|hat|haben|gibt"
    r"|besteht|bestehen|bietet|bieten|erfolgt|erfolgen|ermöglicht|unterstützt|setzt|sich"
    r"|is|are|will|should|can|must|has|have)\b"
)
_SENTENCE: Final = re.compile(r"(?<![\s.]\w)(?<!bzw|ggf|usw|etc)[.!?][“”»\"]?\s+(?=[A-ZÄÖÜ„»])")
_PREPOSITION: Final = re.compile(
    r"\b(?:mit|von|vom|für|zu|zum|zur|in|im|bei|beim|an|am|auf|durch|zwischen|unter|gegen|über|aus"
    r"|des|der|with|of|for|in|to|by|between)\b"
)
_OPEN_PHRASE: Final = re.compile(r"\b(?:mit|von|vom|für|zu|zum|zur|zwischen|with|of|for|between)\s")
_ACTION: Final = re.compile(r"(?:ung|ungen|ation|ationen|bau|tion)$")
_INFINITIVE: Final = re.compile(r"(?:en|ern|eln|tun|sein)$")


class Span(NamedTuple):
    start: int
    end: int
    certainty: float


def trimmed(text: str, start: int, end: int, certainty: float) -> Span:
    """A span without white space around it and without the punctuation that ends it."""
    while start < end and text[start].isspace():
        start += 1
    if not _KEEPS_ITS_DOT.search(text[start:end].rstrip()):
        end = start + len(_TAIL.sub("", text[start:end]))
    return Span(start, max(end, start), certainty)


def is_prose(text: str) -> bool:
    """Sentences with verbs rather than a list of nouns."""
    return _FINITE.search(text) is not None or _SENTENCE.search(text) is not None


def measures(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """Spans of the measures in a list behind "Maßnahmen:", and whether the parting is unsure."""
    if is_prose(text[start:end].rstrip(" .")):
        return [trimmed(text, start, end, 0.5)], True
    by_semicolon = _cut(text, start, end, ";")
    if len(by_semicolon) > 1:
        return [trimmed(text, a, b, 0.9) for a, b in by_semicolon], False
    parts = _cut(text, start, end, ",")
    spans: list[Span] = []
    unsure, attaches = False, False
    for a, b in parts:
        words = text[a:b].strip(" .")
        certainty = 0.9
        if attaches and not _PREPOSITION.search(words):
            # "Kooperation mit Museen, Musikschule": a measure of its own, or one more partner?
            certainty = 0.7 if _ACTION.search(words.split(" ")[0]) else 0.4
            unsure = unsure or certainty < 0.5
        else:
            attaches = _OPEN_PHRASE.search(words) is not None
        spans.append(trimmed(text, a, b, certainty))
    return [span for span in spans if span.end > span.start], unsure


def goals(text: str, start: int, end: int, certainty: float) -> list[Span]:
    """One goal, or several when the passage is plainly a list of infinitive clauses."""
    parts = _cut(text, start, end, ",")
    clauses = [text[a:b].strip(" .") for a, b in parts]
    plain = len(clauses) > 1 and all(_is_infinitive_clause(clause) for clause in clauses)
    if plain and not is_prose(text[start:end].rstrip(" .")):
        return [trimmed(text, a, b, round(certainty * 0.9, 2)) for a, b in parts]
    return [trimmed(text, start, end, certainty)]


def _is_infinitive_clause(clause: str) -> bool:
    words = clause.split()
    if len(words) < 2 or words[-2] == "zu":
        return False
    return words[-1].islower() and _INFINITIVE.search(words[-1]) is not None


def _cut(text: str, start: int, end: int, sign: str) -> list[tuple[int, int]]:
    """Cut at `sign` outside brackets and quotes; subordinate clauses stay with their head."""
    parts: list[tuple[int, int]] = []
    closers: list[str] = []
    begin = start
    for at in range(start, end):
        letter = text[at]
        if closers and letter == closers[-1]:
            closers.pop()
        elif letter in _CLOSERS and _is_closed(text, at, end):
            closers.append(_CLOSERS[letter])
        elif letter == sign and not closers and not _is_inside(text, at, end, sign):
            parts.append((begin, at))
            begin = at + 1
    parts.append((begin, end))
    return [(a, b) for a, b in parts if text[a:b].strip(" .,;")]


def _is_closed(text: str, at: int, end: int) -> bool:
    return text.find(_CLOSERS[text[at]], at + 1, min(end, at + 400)) >= 0


def _is_inside(text: str, at: int, end: int, sign: str) -> bool:
    """A decimal comma, or one before a clause that explains what stands before it."""
    if sign != ",":
        return False
    if at + 1 < end and text[at + 1].isdigit() and text[at - 1].isdigit():
        return True
    return _SUBORDINATE.match(text, at + 1 + (at + 1 < end and text[at + 1] == " ")) is not None
