"""A draft file becomes a working edition."""

from __future__ import annotations

import tempfile
import uuid
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
from richtschnur.strategy.operations.inheriting import Inheritance
from richtschnur.strategy.operations.life import supersede_edition
from richtschnur.strategy.queries.lineage_proposals import (
    Decisions,
    latest_edition,
    outlined_passages,
)
from richtschnur.strategy.states import EditionState

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
    replaces_working: bool = False,
) -> Edition:
    """Read a file and keep it as a new working edition; the file itself is kept, too.

    Raises documents.reading's Unreadable when the file can't be read, Refused as `keep_outline`
    does; then nothing is stored.
    """
    require(by, "strategy.import")
    if not replaces_working:
        _check_no_working(into)
    outline = structure.recognise(reading.read(path, language=language))
    source = store_file(source=path, name=name or path.name, at=at)
    return keep_outline(
        outline=outline,
        source=source,
        title=title,
        language=language,
        into=into,
        replaces_working=replaces_working,
        by=by,
        at=at,
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
    decisions: Decisions | None = None,
    replaces_working: bool = False,
) -> Edition:
    """Store what was read as a working edition of a new paper, or as the next one of `into`.

    The next edition's predecessor is the newest one; its passages keep their identity as
    `queries.propose_lineage` says, `decisions` of a person first. What is not beyond doubt is
    left to a person (DescentProposal). A working edition is set aside as it stands when
    `replaces_working`, else Refused("working-exists") is raised.
    """
    require(by, "strategy.import")
    title = (title or outline.title or (source.name if source else "") or "?")[:300]
    strategy = into or _new_paper(title, language, at)
    Strategy.objects.select_for_update().get(pk=strategy.pk)  # one new number at a time
    if replaces_working:
        _set_working_aside(strategy, by, at)
    _check_no_working(into)
    last = latest_edition(strategy.pk)
    pictures = _keep_pictures(outline.pictures, last, at)
    inheritance = Inheritance(last, outline, decisions)
    edition = Edition.objects.create(
        strategy=strategy,
        number=last.number + 1 if last else 1,
        title=title,
        predecessor=last,
        source=source,
        doubts=[asdict(doubt) for doubt in outline.doubts],
        created_at=at,
    )
    _keep_parts(edition, outline, pictures, inheritance)
    record(
        act="strategy.import_draft",
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data={"source": source.sha256 if source else "", "doubts": len(outline.doubts)},
    )
    return edition


def _set_working_aside(paper: Strategy, by: Actor, at: datetime) -> None:
    for working in paper.editions.filter(state=EditionState.WORKING):
        supersede_edition(edition=working, by=by, at=at)


def _check_no_working(paper: Strategy | None) -> None:
    """Raise Refused("working-exists") when this paper is being worked on."""
    found = paper.editions.filter(state=EditionState.WORKING).first() if paper else None
    if found is not None:
        raise Refused(
            _(
                "There is a working edition already: no. %(number)s. Please tick that this draft"
                " replaces it, or change that one in the browser."
            )
            % {"number": found.number},
            code="working-exists",
        )


@transaction.atomic
def begin_paper(*, title: str, by: Actor, at: datetime, language: str = "de") -> Strategy:
    """A paper that has no text yet, so that people can be asked about it first."""
    require(by, "strategy.import")
    if not title.strip():
        raise Refused(_("Please name the paper."), code="title")
    paper = _new_paper(title.strip()[:300], language, at)
    record(act="strategy.begin_paper", subject=f"strategy:{paper.slug}", by=by, at=at)
    return paper


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


def _keep_pictures(
    pictures: Mapping[str, Picture], last: Edition | None, at: datetime
) -> dict[str, StoredFile]:
    """A picture that the edition before shows already stays that one: it didn't change."""
    shown = StoredFile.objects.filter(pk__in=last.passages.values("picture")) if last else ()
    known = {file.sha256: file for file in shown}
    kept: dict[str, StoredFile] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count, (key, picture) in enumerate(pictures.items(), start=1):
            if key in known:  # a picture's key is the digest of its data
                kept[key] = known[key]
                continue
            ending = picture.media_type.rpartition("/")[2].partition("+")[0]
            path = Path(folder) / f"picture-{count}.{ending}"
            path.write_bytes(picture.data)
            kept[key] = store_file(source=path, name=path.name, at=at)
    return kept


def _keep_parts(
    edition: Edition,
    outline: structure.Outline,
    pictures: dict[str, StoredFile],
    inheritance: Inheritance,
) -> None:
    sections = [
        Section(
            edition=edition,
            identity=inheritance.sections.get(index) or uuid.uuid4(),
            position=index,
            level=s.level,
            number=s.number[:20],
            title=s.title,
        )
        for index, s in enumerate(outline.sections)
    ]
    Section.objects.bulk_create(sections, batch_size=500)
    passages: dict[tuple[int, int], Passage] = {}
    for index, place, p in outlined_passages(outline):
        count = len(passages) + 1
        passages[index, place] = Passage(
            edition=edition,
            section=sections[index],
            identity=inheritance.passages.get(count - 1) or uuid.uuid4(),
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
    inheritance.keep(edition, list(passages.values()))
    elements = _elements(edition, outline, sections, passages)
    inheritance.pass_on_elements(elements)
    _keep_elements(elements, outline)


def _elements(
    edition: Edition,
    outline: structure.Outline,
    sections: list[Section],
    passages: dict[tuple[int, int], Passage],
) -> list[Element]:
    return [
        Element(
            edition=edition,
            kind=e.kind,
            title=e.title,
            section=sections[e.section],
            passage=None if e.passage is None else passages[e.section, e.passage],
            start=e.start,
            end=e.end,
            certainty=e.certainty,
            position=index,
        )
        for index, e in enumerate(outline.elements)
    ]


def _keep_elements(elements: list[Element], outline: structure.Outline) -> None:
    Element.objects.bulk_create(elements, batch_size=500)
    for element, e in zip(elements, outline.elements, strict=True):
        if e.parent is not None:
            element.parent = elements[e.parent]
    Element.objects.bulk_update(elements, ["parent"], batch_size=500)
