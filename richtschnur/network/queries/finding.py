"""The list with its search and filters, for staff and for everyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode

from richtschnur.journal.models import JournalEntry
from richtschnur.network.models import Facet, MatchKey, Membership, Organization
from richtschnur.network.queries.likeness import name_key, plain
from richtschnur.network.states import FacetKind

LONGEST_SEARCH = 200
SHOWN_HISTORY = 30


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; all of it stands in the address."""

    words: str = ""
    town: str = ""
    language: str = ""
    offer: str = ""
    kind: str = ""
    archived: bool = False

    @property
    def query(self) -> str:
        """For addresses of further pages: "q=…&town=…&", or ""."""
        given = {
            "q": self.words,
            "town": self.town,
            "language": self.language,
            "offer": self.offer,
            "kind": self.kind,
            "archived": "1" if self.archived else "",
        }
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"{asked}&" if asked else ""


def sought_words(text: str) -> list[str]:
    """The words to look for, as they stand in `Organization.words`."""
    return plain(text[:LONGEST_SEARCH]).split()[:8]


def everybody() -> QuerySet[Organization]:
    """All organisations in order, with what they are found by and how they are reached."""
    rows = Organization.objects.order_by("sort_name", "id")
    return rows.prefetch_related("facets", "contact_points")


def listed() -> QuerySet[Organization]:
    """Those that agreed to stand in the public list."""
    return everybody().filter(listed__isnull=False, archived_at__isnull=True)


def listed_organization(identity: UUID) -> Organization | None:
    """The public one of that identity, or None."""
    return listed().filter(identity=identity).first()


def found(rows: QuerySet[Organization], wanted: Wanted) -> QuerySet[Organization]:
    """Those rows that answer everything that is wanted."""
    for word in sought_words(wanted.words):
        rows = rows.filter(words__contains=word)
    for kind, value in (
        (FacetKind.TOWN, wanted.town),
        (FacetKind.LANGUAGE, wanted.language),
        (FacetKind.OFFER, wanted.offer),
    ):
        if value:
            facets = Facet.objects.filter(kind=kind, value=value)
            rows = rows.filter(pk__in=facets.values("organization"))
    return rows.filter(kind=wanted.kind) if wanted.kind else rows


def history(organization: Organization) -> list[JournalEntry]:
    """What the journal says of it, the newest first."""
    rows = JournalEntry.objects.filter(subject=organization.subject)
    return list(rows.order_by("-id")[:SHOWN_HISTORY])


def known_by_name(names: Iterable[str]) -> dict[str, Organization]:
    """name_key → the one organisation in use of that name; where there are two, none. Two queries.

    Their contact points are there.
    """
    keys = {f"name:{name_key(name)}"[:220]: name_key(name) for name in names}
    rows = MatchKey.objects.filter(key__in=keys, organization__archived_at__isnull=True)
    rows = rows.select_related("organization").prefetch_related("organization__contact_points")
    found: dict[str, list[Organization]] = {}
    for row in rows:
        found.setdefault(keys[row.key], []).append(row.organization)
    return {key: holders[0] for key, holders in found.items() if len(holders) == 1}


def members_of(bodies: Iterable[int], on: date) -> list[Organization]:
    """The organisations with a seat in one of these bodies on a day, by name; two queries."""
    seats = Membership.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=on),
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        body__in=list(bodies),
        organization__archived_at__isnull=True,
    )
    rows = Organization.objects.filter(Exists(seats.filter(organization=OuterRef("pk"))))
    return list(rows.order_by("sort_name", "id").prefetch_related("contact_points"))


def by_name(text: str) -> list[Organization]:
    """Organisations in use that somebody means by a name: those of exactly it, else all that
    hold its words, at most six."""
    rows = Organization.objects.filter(archived_at__isnull=True)
    exact = rows.filter(match_keys__key=f"name:{name_key(text)}"[:220]).distinct()
    if found_exactly := list(exact[:6]):
        return found_exactly
    return list(found(rows, Wanted(words=text)).order_by("sort_name", "id")[:6])
