"""An edition as the writers of documents take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from richtschnur.county.queries import the_county
from richtschnur.documents.paper import (
    Heading,
    Item,
    Note,
    Paper,
    PaperBlock,
    Picture,
    Table,
    Text,
    Words,
)
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.states import PassageKind


def as_paper(edition: Edition, *, at: datetime) -> Paper:
    """The whole edition: three queries, whatever its size."""
    county = the_county()
    return Paper(
        title=edition.title,
        language=edition.strategy.language,
        blocks=list(_blocks(edition)),
        written_at=edition.frozen_at or at,
        county=county.name,
        notes=facts_of(edition),
        contents=True,
        accent=county.accent,
        words=own_words(),
    )


def facts_of(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Which edition it is, and the checksum by which its words are known."""
    facts = [(_("Edition"), f"{edition.number} – {edition.get_state_display()}")]
    if edition.checksum:
        facts.append((_("Checksum"), edition.checksum))
    return tuple(facts)


def own_words() -> Words:
    """What the writers say themselves."""
    return Words(
        contents=_("Contents"),
        notes=_("Footnotes"),
        back=_("back to the text"),
        passage=_("Passage"),
        room=_("Your comment"),
        write_here=_("Write here"),
    )


def read_sections(edition: Edition) -> QuerySet[Section]:
    """Sections with their passages and pictures in reading order."""
    passages = Passage.objects.select_related("picture").order_by("position", "id")
    return edition.sections.order_by("position").prefetch_related(Prefetch("passages", passages))


def heading_of(section: Section) -> Heading | None:
    if not section.title:
        return None
    title = f"{section.number} {section.title}".strip()
    return Heading(min(section.level, 6), title, f"s{section.position}")


def _blocks(edition: Edition) -> Iterator[PaperBlock]:
    for section in read_sections(edition):
        if heading := heading_of(section):
            yield heading
        for passage in section.passages.all():
            yield block_of(passage)


def block_of(passage: Passage) -> Heading | Text | Item | Table | Picture | Note:
    """One passage; a picture that can't be read any more is said in its words."""
    text, language, marks = passage.text, passage.language, passage.marking
    match passage.kind:
        case PassageKind.TABLE:
            head, *rows = (tuple(row) for row in passage.rows)
            return Table(passage.caption, head, rows, language=language)
        case PassageKind.ITEM:
            return Item(text, max(1, passage.level), passage.label, language, marks)
        case PassageKind.NOTE:
            return Note(passage.label, text, language, marks)
        case PassageKind.PICTURE:
            return _picture(passage)
        case PassageKind.QUOTE:
            return Text(text, "quote", language, marks, passage.label)
        case _:
            return Text(text, "body", language, marks, passage.label)


def _picture(passage: Passage) -> Picture | Text:
    alternative = passage.text or passage.caption or _("Picture without a description")
    file = passage.picture
    try:
        data = file.path.read_bytes() if file else b""
    except OSError:
        data = b""
    if not file or not data:
        words = "\n".join(filter(None, (alternative, passage.caption)))
        return Text(words, "note", passage.language)
    return Picture(data, file.media_type, alternative, passage.caption, passage.language)
