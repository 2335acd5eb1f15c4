"""A county's paper of any length, as its office would write it, in every format that is read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from richtschnur.bench.papers.sentences import FIELDS, GROUPS, OFFICES, TOWNS, paragraph
from richtschnur.documents.marks import Mark
from richtschnur.documents.paper import Heading, Item, Note, Paper, PaperBlock, Table, Text
from richtschnur.documents.writing import write

FORMATS: Final = ("docx", "odt", "pdf", "html", "md", "txt")
WRITTEN_AT: Final = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def write_all(folder: Path, *, passages: int, seed: int) -> None:
    """Write the same paper as `paper.<format>` in every format into a folder."""
    paper = long_paper(passages=passages, random=Random(seed))  # noqa: S311 – no secret
    for format in ("docx", "odt", "pdf", "html", "md"):
        write(paper, format, folder / f"paper.{format}")
    (folder / "paper.txt").write_text(as_text(paper), "utf-8")


def long_paper(*, passages: int, random: Random) -> Paper:
    """Fields of action with baseline, goals, measures and fact sheets, until it is long enough."""
    blocks: list[PaperBlock] = [Heading(1, "1. Vorwort"), *_texts(random, 6)]
    chapter = 1
    while _count(blocks) < passages:
        chapter += 1
        blocks += _field(random, chapter, passages - _count(blocks))
    title = f"Integrationskonzept des Landkreises {random.choice(TOWNS)}"
    return Paper(title=title, language="de", blocks=tuple(blocks), written_at=WRITTEN_AT)


def _count(blocks: list[PaperBlock]) -> int:
    """How many passages these blocks are: all but headings; a footnote is one of its own."""
    texts = sum(1 for block in blocks if not isinstance(block, Heading))
    return texts + sum(len(b.notes) for b in blocks if isinstance(b, Text | Item))


def _field(random: Random, number: int, room: int) -> list[PaperBlock]:
    """One field of action of about 200 passages."""
    name = f"{random.choice(FIELDS)} in {random.choice(TOWNS)}"
    blocks: list[PaperBlock] = [Heading(1, f"{number}. Handlungsfeld: {name}")]
    blocks += [Heading(2, f"{number}.1 Ausgangslage"), *_texts(random, 8)]
    for part in range(2, 14):
        if _count(blocks) >= room:
            break
        town, group = random.choice(TOWNS), random.choice(GROUPS)
        blocks.append(Heading(2, f"{number}.{part} Leitlinie {number}.{part}: {group} in {town}"))
        blocks += _texts(random, 7)
        blocks += [Heading(3, "Ziele"), *_items(random, 4)]
        blocks += [Heading(3, "Maßnahmen"), *_items(random, 6)]
        if part % 5 == 0:
            blocks.append(_fact_sheet(random))
    return blocks


def _texts(random: Random, count: int) -> list[PaperBlock]:
    return [_text(random) for _ in range(count)]


def _text(random: Random) -> Text:
    """A paragraph; here and there with bold words or a footnote."""
    words = " ".join(paragraph(random, 1, 4))
    if random.random() < 0.06:
        note = Note("1", " ".join(paragraph(random, 1, 1)))
        return Text(words, marks=(Mark(len(words), len(words), "note", "1"),), notes=(note,))
    if random.random() < 0.15:
        end = words.find(" ", 12)
        return Text(words, marks=(Mark(0, end, "strong", ""),) if end > 0 else ())
    return Text(words)


def _items(random: Random, count: int) -> list[PaperBlock]:
    return [Item(" ".join(paragraph(random, 1, 1))) for _ in range(count)]


def _fact_sheet(random: Random) -> Table:
    rows = (
        ("Zuständig", random.choice(OFFICES)),
        ("Beteiligte", random.choice(GROUPS)),
        ("Zeitraum", f"{random.randint(2025, 2028)} bis {random.randint(2029, 2032)}"),
        ("Beschreibung", " ".join(paragraph(random, 1, 2))),
    )
    return Table("", ("Merkmal", "Angabe"), rows)


def as_text(paper: Paper) -> str:
    """Plain text as a mail program would send it: blank lines, numbered headings, dashes."""
    parts = [paper.title]
    notes: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            parts.append(block.text)
        elif isinstance(block, Item):
            parts.append(f"- {block.text}")
        elif isinstance(block, Table):
            parts.append("\n".join(": ".join(row) for row in block.rows))
        if isinstance(block, Text | Item):
            notes += [note.text for note in block.notes]
    return "\n\n".join(parts + notes) + "\n"
