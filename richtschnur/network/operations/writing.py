"""Putting an entry into the rows that keep it; called inside an act's transaction."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.journal.refusals import Refused
from richtschnur.network.models import (
    LISTS,
    TEXTS,
    ContactPoint,
    Entry,
    Facet,
    MatchKey,
    Organization,
)
from richtschnur.network.queries import keys_of, plain, value_name
from richtschnur.network.states import FacetKind

SEARCHED_IN = ("de", "en")  # the languages in which kinds, offers and languages are looked for


def write_entry(organization: Organization, entry: Entry, at: datetime) -> None:
    """Make the register say exactly this of the organisation. Raises Refused without a name."""
    if not entry.name.strip():
        raise Refused(_("The name is missing."), code="empty")
    for name in TEXTS:
        setattr(organization, name, getattr(entry, name))
    organization.sort_name = plain(entry.name)[:200] or entry.name
    organization.words = _words(entry)
    organization.changed_at = at
    is_new = organization.pk is None
    organization.save()
    if not is_new:
        organization.facets.all().delete()
        organization.contact_points.all().delete()
        organization.match_keys.exclude(key__startswith="same:").delete()
    _write_lists(organization, entry)
    organization.__dict__.pop("_prefetched_objects_cache", None)


def _write_lists(organization: Organization, entry: Entry) -> None:
    facets, points = [], []
    for name in LISTS:
        for position, value in enumerate(dict.fromkeys(getattr(entry, name))):
            row = {
                "organization": organization,
                "kind": name,
                "value": value,
                "position": position,
            }
            if name in FacetKind.values:
                facets.append(Facet(**row))
            else:
                points.append(ContactPoint(**row))
    Facet.objects.bulk_create(facets)
    ContactPoint.objects.bulk_create(points)
    MatchKey.objects.bulk_create(
        MatchKey(organization=organization, key=key) for key in keys_of(entry)
    )


def _words(entry: Entry) -> str:
    """What a search looks in: never a way to reach anybody, which may not be public."""
    said = [entry.name, entry.short_name, entry.offer_words, *entry.towns]
    for language in SEARCHED_IN:
        with override(language):
            said.append(value_name("kind", entry.kind))
            said += [value_name(name, v) for name in FacetKind.values for v in getattr(entry, name)]
    return " ".join(dict.fromkeys(plain(" ".join(said)).split()))
