"""A draft file becomes a working edition."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents import reading, structure
from richtschnur.documents.blocks import Picture
from richtschnur.documents.marks import stored
from richtschnur.files.models import StoredFile
from richtschnur.files.operations import store_file
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Element, Passage, Section, Strategy

ATTEMPTS = 20
UMLAUTS = str.maketrans(
    {"–": "-", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def import_draft(
    *,
    path: Path,
    by: Actor,
    at: datetime,
    name: str = "",
    title: str = "",
    language: str = "de",
    into: Strategy | None = None,
) -> Edition:
    """Read a file and keep it as a new working edition; the file itself is kept, too.

    Raises documents.reading's Unreadable when the file can't be read; then nothing is stored.
    """
    require(by, "strategy.import")
    outline = structure.recognise(reading.read(path, language=language))
    source = store_file(source=path, name=name or path.name, at=at)
    return keep_outline(
        outline=outline, source=source, title=title, language=language, into=into, by=by, at=at
    )


@transaction.atomic
def keep_outline(
    *,
    outline: structure.Outline,
    by: Actor,
    at: datetime,
    source: StoredFile | None = None,
    title: str = "",
    language: str = "de",
    into: Strategy | None = None,
) -> Edition:
    """Store what was read as a working edition of a new paper, or of `into`."""
    require(by, "strategy.import")
    pictures = _keep_pictures(outline.pictures, at)
    title = (title or outline.title or (source.name if source else "") or "?")[:300]
    strategy = into or _new_paper(title, language, at)
    Strategy.objects.select_for_update().get(pk=strategy.pk)  # one new number at a time
    last = strategy.editions.order_by("-number").first()
    edition = Edition.objects.create(
        strategy=strategy,
        number=last.number + 1 if last else 1,
        title=title,
        source=source,
        doubts=[asdict(doubt) for doubt in outline.doubts],
        created_at=at,
    )
    _keep_parts(edition, outline, pictures)
    record(
        act="strategy.import_draft",
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data={"source": source.sha256 if source else "", "doubts": len(outline.doubts)},
    )
    return edition


def _new_paper(title: str, language: str, at: datetime) -> Strategy:
    """A paper with a slug of its own, also when the same title comes twice at once."""
    for _attempt in range(ATTEMPTS):
        slug = free_slug(title)
        paper, is_new = Strategy.objects.get_or_create(
            slug=slug, defaults={"title": title, "language": language, "created_at": at}
        )
        if is_new:
            return paper
    raise Refused(_("Many papers of this title come at once. Please try again in a moment."))


def free_slug(title: str) -> str:
    """A short, readable slug that no paper has yet."""
    words = slugify(title.translate(UMLAUTS)).split("-")
    base = words[0][:60] if words[0] else "konzept"
    for word in words[1:]:
        if len(base) + len(word) + 1 > 60:
            break
        base += f"-{word}"
    slug, count = base, 1
    while Strategy.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug


def _keep_pictures(pictures: Mapping[str, Picture], at: datetime) -> dict[str, StoredFile]:
    kept: dict[str, StoredFile] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count, (key, picture) in enumerate(pictures.items(), start=1):
            ending = picture.media_type.rpartition("/")[2].partition("+")[0]
            path = Path(folder) / f"picture-{count}.{ending}"
            path.write_bytes(picture.data)
            kept[key] = store_file(source=path, name=path.name, at=at)
    return kept


def _keep_parts(
    edition: Edition, outline: structure.Outline, pictures: dict[str, StoredFile]
) -> None:
    sections = [
        Section(edition=edition, position=index, level=s.level, number=s.number[:20], title=s.title)
        for index, s in enumerate(outline.sections)
    ]
    Section.objects.bulk_create(sections, batch_size=500)
    passages: dict[tuple[int, int], Passage] = {}
    for index, outlined in enumerate(outline.sections):
        for place, p in enumerate(outlined.passages):
            count = len(passages) + 1
            passages[index, place] = Passage(
                edition=edition,
                section=sections[index],
                position=count * 10,
                number=count,
                kind=p.kind,
                level=p.level,
                label=p.number[:20],
                text=p.text,
                marks=stored(p.marks),
                caption=p.caption,
                picture=pictures.get(p.picture),
                language=p.language,
            )
    Passage.objects.bulk_create(passages.values(), batch_size=500)
    _keep_elements(edition, outline, sections, passages)


def _keep_elements(
    edition: Edition,
    outline: structure.Outline,
    sections: list[Section],
    passages: dict[tuple[int, int], Passage],
) -> None:
    elements: list[Element] = []
    for index, e in enumerate(outline.elements):
        passage = None if e.passage is None else passages[e.section, e.passage]
        elements.append(
            Element(
                edition=edition,
                kind=e.kind,
                title=e.title,
                section=sections[e.section],
                passage=passage,
                start=e.start,
                end=e.end,
                certainty=e.certainty,
                position=index,
            )
        )
    Element.objects.bulk_create(elements, batch_size=500)
    for element, e in zip(elements, outline.elements, strict=True):
        if e.parent is not None:
            element.parent = elements[e.parent]
    Element.objects.bulk_update(elements, ["parent"], batch_size=500)
