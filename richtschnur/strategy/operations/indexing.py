"""An edition's headings and passages go into the search; an unpublished one only staff finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from richtschnur.journal.models import JournalEntry
from richtschnur.search.models import SearchScope
from richtschnur.search.operations import NewDocument, NewScope, forget_scope, index_scope
from richtschnur.strategy.models import Edition, Element, Section
from richtschnur.strategy.queries import edition_by_ref, read_edition
from richtschnur.strategy.states import ElementKind, PassageKind

AT_ONCE = 400  # passages that are indexed with the act itself; more wait for the worker
TELLING = (ElementKind.MEASURE, ElementKind.GOAL, ElementKind.GUIDELINE)


def index_edition(edition: Edition) -> None:
    """Bring the search to the edition's present words."""
    index_scope(_scope(edition), list(_documents(edition)))


def index_stale(*, at: datetime | None = None) -> int:
    """Index every edition whose words or state have changed since; says how many."""
    known = dict(SearchScope.objects.values_list("key", "version"))
    editions = list(Edition.objects.select_related("strategy"))
    stale = [e for e in editions if known.get(_key(e)) != _version(e)]
    for edition in stale:
        index_edition(edition)
    for key in known.keys() - {_key(e) for e in editions}:
        if key.startswith("edition:"):
            forget_scope(key)
    return len(stale)


def index_published(entry: JournalEntry) -> None:
    """Follows the publishing of an edition: a paper of ordinary length is found at once."""
    edition = edition_by_ref(entry.subject.partition(":")[2])
    if edition.passages.count() <= AT_ONCE:
        index_edition(edition)


def _key(edition: Edition) -> str:
    return f"edition:{edition.ref}"


def _version(edition: Edition) -> str:
    return f"{edition.revision}:{edition.state}:{edition.published_at or ''}:{edition.title[:20]}"


def _scope(edition: Edition) -> NewScope:
    newest = edition.published_at or edition.created_at
    return NewScope(
        key=_key(edition),
        family=edition.strategy.slug,
        title=edition.title,
        language=edition.strategy.language,
        order=int(newest.timestamp()) * 1000 + edition.number % 1000,
        is_public=edition.is_published,
        version=_version(edition),
        facts={"number": edition.number, "state": edition.state},
    )


def _documents(edition: Edition) -> Iterator[NewDocument]:
    keys = (edition.strategy.slug, edition.number)
    of_sections, of_passages = _telling_elements(edition)
    place = 0
    for section in read_edition(edition):
        place += 1
        if section.title:
            kind = of_sections.get(section.section.pk, "section")
            yield _heading(section.section, kind, edition, place)
        for shown in section.passages:
            place += 1
            passage = shown.passage
            rows = (
                [" ".join(row) for row in passage.rows] if passage.kind == PassageKind.TABLE else []
            )
            yield NewDocument(
                subject=f"passage:{passage.identity}",
                kind=of_passages.get(passage.pk, "passage"),
                position=place,
                text="\n".join(
                    part for part in (passage.caption, *(rows or [passage.text])) if part
                ),
                place=section.title or edition.title,
                language=passage.language or edition.strategy.language,
                address=("strategy:at", *keys, passage.number),
            )


def _heading(section: Section, kind: str, edition: Edition, place: int) -> NewDocument:
    return NewDocument(
        subject=f"section:{section.identity}",
        kind=kind,
        position=place,
        title=str(section),
        text="",
        language=edition.strategy.language,
        address=("strategy:section", edition.strategy.slug, edition.number, section.position),
    )


def _telling_elements(edition: Edition) -> tuple[dict[int, str], dict[int, str]]:
    """Which guideline, goal or measure sections and passages are, by their primary keys."""
    sections: dict[int, str] = {}
    passages: dict[int, str] = {}
    found = Element.objects.filter(edition=edition, kind__in=TELLING)
    ordered = sorted(found, key=lambda e: -TELLING.index(ElementKind(e.kind)))
    for element in ordered:
        if element.passage_id:
            passages[element.passage_id] = element.kind
        else:
            sections[element.section_id] = element.kind
    return sections, passages
