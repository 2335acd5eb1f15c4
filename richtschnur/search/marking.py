"""The words that were found, marked where they stand; of a long text the part around them."""

from __future__ import annotations

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from richtschnur.search.tokens import Question
from richtschnur.search.words import words_of

SHOWN = 420  # letters
BEFORE = 120


def marked(text: str, question: Question, language: str) -> SafeString:
    """Safe HTML with `<mark>` around every word that answers the question."""
    spans = _spans(text, question, language)
    begin, end = _window(text, spans[0][0] if spans else 0)
    pieces: list[tuple[str, str, str]] = [("", "… " if begin else "", "")]
    place = begin
    for start, stop in spans:
        if begin <= start and stop <= end:
            pieces += [("", text[place:start], ""), ("<mark>", text[start:stop], "</mark>")]
            place = stop
    pieces += [("", text[place:end], ""), ("", " …" if end < len(text) else "", "")]
    return format_html_join("", "{}{}{}", [(_tag(a), words, _tag(b)) for a, words, b in pieces])


def _tag(tag: str) -> SafeString:
    return SafeString(tag)


def _spans(text: str, question: Question, language: str) -> list[tuple[int, int]]:
    """Where answering words stand, in order, none inside of another."""
    found: list[tuple[int, int]] = []
    for word in sorted(words_of(text), key=lambda word: (word.start, -word.end)):
        if found and word.start < found[-1][1]:
            continue
        if question.is_answered_by(word.written, language):
            found.append((word.start, word.end))
    return found


def _window(text: str, first: int) -> tuple[int, int]:
    """A part of a long text that holds its first answering word, cut between words."""
    if len(text) <= SHOWN:
        return 0, len(text)
    begin = max(0, first - BEFORE)
    if begin:
        begin = text.find(" ", begin, first) + 1 or begin
    end = min(len(text), begin + SHOWN)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), first + 1)
    return begin, end
