"""Some passages of the example's papers in further languages, as drafts that nobody has checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from richtschnur.demo.papers import passage_beginning
from richtschnur.demo.source import read
from richtschnur.journal.actors import Actor
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries.in_language import heading_source, source_of, title_source
from richtschnur.translation.operations import Draft, keep_drafts
from richtschnur.translation.sources import Source

MACHINE = "Beispielentwurf"


def translate_some(edition: Edition, key: str, *, by: Actor, at: datetime) -> None:
    """Keep the drafts of one paper; a next edition with other words then shows them as outdated."""
    drafts: dict[str, list[Draft]] = {}
    for row in read("translations.json")[key]:
        source = _source(edition, row)
        for language, text in row.items():
            if language not in ("title", "heading", "starts_with"):
                drafts.setdefault(language, []).append(Draft(source, text))
    for language, made in drafts.items():
        about = f"edition:{edition.ref}"
        keep_drafts(drafts=made, language=language, machine=MACHINE, about=about, by=by, at=at)


def _source(edition: Edition, row: dict[str, Any]) -> Source:
    language = edition.strategy.language
    if "title" in row:
        return title_source(edition)
    if "heading" in row:
        return heading_source(edition.sections.get(title=row["heading"]), language)
    return source_of(passage_beginning(edition, row["starts_with"]), language)
