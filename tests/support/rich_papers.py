"""A paper with everything that a writer can write, for the tests of all formats."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime

from richtschnur.documents.marks import Mark, MarkKind
from richtschnur.documents.paper import (
    Heading,
    Item,
    Note,
    Paper,
    PaperBlock,
    Picture,
    Table,
    Text,
)

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ARABIC = "أريد أن أتعلم اللغة الألمانية."
WORDS = "Fett, kursiv und beides, H2O, m2, ein Link und شكرا für danke."
ALTERNATIVE = 'Karte des Landkreises mit "Gemeinden" & Straßen'
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60">'
    b'<rect width="120" height="60" fill="#1d4f60"/></svg>'
)
ADDRESS = "https://www.landkreis.example/konzept?a=1&b=2"


def mark(text: str, words: str, kind: MarkKind, value: str = "") -> Mark:
    """A mark over the first place where the words stand."""
    start = text.index(words)
    return Mark(start, start + len(words), kind, value)


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x1d\x4f\x60" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


MARKS = (
    mark(WORDS, "Fett", "strong"),
    mark(WORDS, "kursiv", "emphasis"),
    mark(WORDS, "beides", "strong"),
    mark(WORDS, "beides", "emphasis"),
    Mark(WORDS.index("H2O") + 1, WORDS.index("H2O") + 2, "subscript"),
    Mark(WORDS.index("m2") + 1, WORDS.index("m2") + 2, "superscript"),
    mark(WORDS, "ein Link", "link", ADDRESS),
    mark(WORDS, "شكرا", "language", "ar"),
    Mark(len(WORDS), len(WORDS), "note", "1"),
)
NOTE = "Landesamt für Statistik, siehe dort."
BLOCKS: list[PaperBlock] = [
    Heading(1, "1 Einleitung", "s1"),
    Text(WORDS, marks=MARKS),
    Note("1", NOTE, marks=(mark(NOTE, "Landesamt", "strong"),)),
    Heading(2, "مقدمة", "s2", "ar"),
    Text(ARABIC, language="ar"),
    Text("Ein Zitat mit Nachdruck.", "quote", marks=(Mark(14, 23, "emphasis"),)),
    Item("Punkt mit Fett", marks=(Mark(10, 14, "strong"),)),
    Item("darunter", 2),
    Picture(png(), "image/png", ALTERNATIVE, "Abbildung 1: Die Gemeinden"),
    Picture(SVG, "image/svg+xml", "Ein Rechteck"),
    Table("Tabelle 1: Zahlen", ("Jahr", "Zahl"), [("2024", "1240"), ("2025", "1310")]),
    Table("جدول", ("سنة", "عدد"), [("2024", "1")], language="ar"),
]
RICH = Paper(
    "Konzept für Groß & Klein",
    "de",
    BLOCKS,
    AT,
    county="Landkreis Musterland",
    notes=(("Stand", "22. November 2026"),),
)
