"""What of a text is looked at: its words, without mark-up and without signs that nobody sees."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 20_000  # characters of a text that are looked at
SEPARATOR = "\0"
_MARKUP = re.compile(
    r"<(?:script|style)\b.{0,20000}?</(?:script|style)\s*>|<[!/?a-zA-Z][^<>]*>", re.S
)
_COMPOSED = re.compile("[\u0300-\u036f\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]")
# Soft hyphens, zero-width and direction marks, Arabic vowel signs.
_UNSEEN = re.compile(
    "[\u00ad\u0610-\u061a\u061c\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """The text without mark-up, its letters in one form, no longer than what is looked at."""
    text = text[:LONGEST]
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if not text.isascii() and _COMPOSED.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.replace(SEPARATOR, " ")


def seen(text: str) -> str:
    """The clean text as words are read: without signs that nobody sees."""
    text = clean(text)
    return text if text.isascii() else _UNSEEN.sub("", text)
