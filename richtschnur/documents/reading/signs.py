"""Characters: bullets, numbers before a heading, and what no reader should ever see."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

# Word's Symbol and Wingdings bullets come out of PDFs as U+F000..U+F0FF.
SURE_BULLETS: Final = "•‣◦▪▫■□●○◆◇▶►▸➢➤➔✓✔❖⁃∙·⦁\u25aa\u2b9a"
DASH_BULLETS: Final = "–—-*+"
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_SYMBOL_FONT: Final = {"\uf0e0": "→", "\uf0e8": "→", "\uf02d": "–", "\uf0fc": "✓"}
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]"
)
_SURE_BULLET: Final = re.compile(rf"([{SURE_BULLETS}\uf000-\uf0ff])\s*")
_WEAK_BULLET: Final = re.compile(r"([–—\-*+o])\s+(?=\S)")
_NUMBER: Final = re.compile(
    r"(\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?|\(\d{1,2}\)|[IVX]{1,5}[.)]|[a-z]\))"
    r"\s+(?=[^\W\d_]|[„\"“»‚'(§])"
)
_BARE_NUMBER: Final = re.compile(r"(\d{1,2})\s+(?=[^\W\d_]|[„\"“»])")


class Bullet(NamedTuple):
    sign: str
    rest: str
    sure: bool  # False: a dash may also go on with the sentence before it


def clean(text: str) -> str:
    """Compose letters and drop characters that are neither seen nor white space."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def without_private(text: str) -> tuple[str, bool]:
    """Replace symbol-font characters; the flag says that some had no known meaning."""
    if not _PRIVATE.search(text):
        return text, False
    for sign, meaning in _SYMBOL_FONT.items():
        text = text.replace(sign, meaning)
    lost = _PRIVATE.search(text) is not None
    return _PRIVATE.sub(" ", text), lost


def fold(text: str) -> str:
    """Fold white space to single spaces."""
    return " ".join(text.split())


def bullet(text: str) -> Bullet | None:
    """The bullet sign that a line starts with, if any, and the rest of the line."""
    found = _SURE_BULLET.match(text)
    if found:
        return Bullet(found[1], text[found.end() :].lstrip(), True)
    found = _WEAK_BULLET.match(text)
    if found:
        return Bullet(found[1], text[found.end() :], found[1] == "o")
    if text in DASH_BULLETS and text:
        return Bullet(text, "", False)
    return None


def number(text: str, *, bare: bool = False) -> tuple[str, str] | None:
    """The number that a line starts with ("3.", "2.1", "IV.", "a)") and the rest.

    `bare` also takes a number without a sign behind it, as headings have it ("3 Leitlinien").
    """
    found = _NUMBER.match(text) or (_BARE_NUMBER.match(text) if bare else None)
    return (found[1], text[found.end() :]) if found else None
