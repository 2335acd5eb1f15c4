"""An edition as HTML, DOCX, ODT, PDF/UA, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.county.queries import the_county
from richtschnur.documents.paper import Heading, Item, Paper, PaperBlock, PaperFormat, Table, Text
from richtschnur.documents.writing import write
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.queries import element_tree, sections_with_passages
from richtschnur.strategy.states import PassageKind


def export_edition(edition: Edition, format: str, path: Path, *, at: datetime) -> None:
    """Write the edition to `path`. Raises OSError and documents.paper.Unwritable."""
    if format == "json":
        text = json.dumps(as_data(edition), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", "utf-8")
        return
    with override(edition.strategy.language):
        write(as_paper(edition, at=at), cast(PaperFormat, format), path)


def as_paper(edition: Edition, *, at: datetime) -> Paper:
    """The edition as the writers of documents take it."""
    county = the_county()
    notes = [(_("Edition"), f"{edition.number} – {edition.get_state_display()}")]
    if edition.checksum:
        notes.append((_("Checksum"), edition.checksum))
    return Paper(
        title=edition.title,
        language=edition.strategy.language,
        blocks=list(_blocks(edition)),
        written_at=edition.frozen_at or at,
        county=county.name,
        notes=tuple(notes),
        contents=True,
        accent=county.accent,
    )


def _blocks(edition: Edition) -> Iterator[PaperBlock]:
    for section in sections_with_passages(edition):
        if section.title:
            title = f"{section.number} {section.title}".strip()
            yield Heading(min(section.level, 6), title, f"s{section.position}")
        for passage in section.passages.all():
            yield _block(passage)


def _block(passage: Passage) -> PaperBlock:
    if passage.kind == PassageKind.TABLE:
        head, *rows = passage.rows
        width = max(len(row) for row in passage.rows)
        filled = [tuple(row + [""] * (width - len(row))) for row in [head, *rows]]
        return Table("", filled[0], filled[1:])
    if passage.kind == PassageKind.ITEM:
        return Item(passage.text, max(1, passage.level), passage.label)
    return Text(passage.text)


def as_data(edition: Edition) -> dict[str, Any]:
    """The edition as plain data: sections with passages, elements with their spans."""
    return {
        "strategy": edition.strategy.slug,
        "edition": edition.ref,
        "title": edition.title,
        "state": edition.state,
        "language": edition.strategy.language,
        "checksum": edition.checksum,
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "passages": [
                    {
                        "identity": str(p.identity),
                        "number": p.number,
                        "kind": p.kind,
                        "level": p.level,
                        "label": p.label,
                        "text": p.text,
                    }
                    for p in section.passages.all()
                ],
            }
            for section in sections_with_passages(edition)
        ],
        "elements": [
            {
                "identity": str(e.identity),
                "kind": e.kind,
                "title": e.title,
                "passage": str(e.passage.identity) if e.passage else None,
                "start": e.start,
                "end": e.end,
                "parent": str(e.parent.identity) if e.parent else None,
                "certainty": e.certainty,
            }
            for e in element_tree(edition)
        ],
    }
