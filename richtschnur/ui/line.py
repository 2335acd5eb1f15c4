"""The line: dated facts from a resident's sentence to what it changed, the open end drawn open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Knot:
    """One fact on the line: when, what, in whose words, where to read on.

    `links` belong to the text, `more` to `url`: (address, words). `is_open` draws an open
    end: something that has not happened yet.
    """

    title: str
    at: datetime | date | None = None
    text: str = ""
    quote: str = ""
    url: str = ""
    link: str = ""
    links: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    is_open: bool = False
    language: str = ""
