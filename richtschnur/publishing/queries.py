"""What the portal shows, over all stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import public_consultations
from richtschnur.consultation.states import Phase
from richtschnur.county.models import PageSlug
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.queries import contents_of, published_editions


@dataclass(frozen=True)
class Portal:
    """Consultations by where they stand, and the latest edition of each paper."""

    open: list[Consultation]
    planned: list[Consultation]
    closed: list[Consultation]
    papers: list[Edition]


def portal(at: datetime) -> Portal:
    """What stands on the front page at a moment: two queries."""
    found = list(public_consultations())
    latest: dict[int, Edition] = {}
    for edition in published_editions():
        latest.setdefault(edition.strategy_id, edition)
    return Portal(
        open=sorted((c for c in found if c.phase(at) == Phase.OPEN), key=lambda c: c.closes_at),
        planned=sorted(
            (c for c in found if c.phase(at) == Phase.PLANNED), key=lambda c: c.opens_at
        ),
        closed=[c for c in found if c.phase(at) == Phase.CLOSED],
        papers=list(latest.values()),
    )


IN_FEED = 50
IN_MAP = 40_000  # a map holds 50,000 addresses at most


def latest_editions(paper: Strategy | None) -> QuerySet[Edition]:
    """What a feed of all papers, or of one, tells: the newest first."""
    found = published_editions()
    return (found.filter(strategy=paper) if paper else found)[:IN_FEED]


def mapped_addresses() -> Iterator[tuple[str, date | None]]:
    """Every public page with the day of its last change where it has one; of a long paper only
    the newest edition by section.
    """
    for name in ("publishing:portal", "strategy:list", "consultation:list"):
        yield reverse(name), None
    for slug in PageSlug.values:
        yield reverse("publishing:page", args=[slug]), None
    for consultation in public_consultations():
        yield reverse("consultation:read", args=[consultation.slug]), None
    seen: set[int] = set()
    for edition in published_editions()[:IN_MAP]:
        keys = [edition.strategy.slug, edition.number]
        day = edition.published_at.date() if edition.published_at else None
        yield reverse("strategy:edition", args=keys), day
        if edition.strategy_id in seen:
            continue
        seen.add(edition.strategy_id)
        contents = contents_of(edition)
        for page in contents.pages if contents.is_long else ():
            yield reverse("strategy:section", args=[*keys, page.position]), day
