"""A paper as a file, and its true borders in the text that was read from there again."""

from __future__ import annotations

from collections.abc import Iterator

from richtschnur.bench.papers.offices.sheet import Heading, Paragraph, Part, Run, Sheet
from richtschnur.bench.splitting.writer import Unit, Writer

KNOWN_BY = 40  # letters


def sheet_of(paper: Writer) -> Sheet:
    """The paper for those who write DOCX and PDF; pages turn by themselves."""
    return Sheet("", paper.head, paper.foot, list(_parts(paper)))


def _parts(paper: Writer) -> Iterator[Part]:
    for style, text in paper.parts:
        if style == "heading":
            yield Heading(2, text)
        else:
            for line in text.split("\n"):
                yield Paragraph((Run(line),))


def found_again(paper: Writer, text: str) -> list[Unit]:
    """The true pieces where they stand in the text that was read: each on its line's beginning."""
    letters, places = _letters(text)
    found, behind = [], 0
    for unit in paper.units:
        wanted = _letters(unit.opening)[0]
        at = letters.find(wanted[:KNOWN_BY], behind)
        if at < 0:
            raise ValueError(f"not read from the file: {unit.opening[:60]!r}")
        behind = at + 1
        start = 0 if unit.start == 0 else text.rfind("\n", 0, places[at]) + 1
        found.append(Unit(start, unit.kind, unit.place, unit.opening))
    return found


def _letters(text: str) -> tuple[str, list[int]]:
    places = [at for at, sign in enumerate(text) if sign.isalnum()]
    return "".join(text[at] for at in places).lower(), places
