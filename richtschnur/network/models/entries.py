"""What the register says of an organisation, as plain data for forms, tables and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from richtschnur.network.models.organizations import Organization
from richtschnur.network.states import FacetKind, Offer, OrganizationKind, PointKind

TEXTS: Final = ("name", "short_name", "legal_form", "kind", "offer_words")
LISTS: Final = (*FacetKind.values, *PointKind.values)


@dataclass(frozen=True)
class Entry:
    """One entry; lists keep their order, areas of offer have that of their enum.

    `languages` are codes, or words where no code is known.
    """

    name: str
    short_name: str = ""
    legal_form: str = ""
    kind: str = OrganizationKind.OTHER.value
    towns: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    offer_words: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        areas = tuple(area for area in Offer.values if area in self.offers)
        object.__setattr__(self, "offers", areas)
        for name in TEXTS:
            object.__setattr__(self, name, getattr(self, name).strip())

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {n: list(v) if isinstance(v, tuple) else v for n, v in values.items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Entry:
        """The other way round; what is not there is empty."""
        given: dict[str, Any] = {name: data[name] for name in FIELDS if name in data}
        given |= {name: tuple(given[name]) for name in LISTS if name in given}
        return cls(**given)


FIELDS: Final = tuple(field.name for field in fields(Entry))

_LABELS: Final = {
    "name": _("Name"),
    "short_name": _("Short name"),
    "legal_form": _("Legal form"),
    "kind": _("Kind"),
    "offer_words": _("In its own words"),
    **{kind.value: kind.label for kind in (*FacetKind, *PointKind)},
}


def field_label(name: str) -> str:
    """What a field of an entry is called, in the language in force."""
    return str(_LABELS[name])


def entry_of(organization: Organization) -> Entry:
    """What the register says of it; two queries, none when its rows were prefetched."""
    said: dict[str, Any] = {name: getattr(organization, name) for name in TEXTS}
    return Entry.from_data(said | {name: organization.values(name) for name in LISTS})


def changed_fields(before: Entry, after: Entry) -> tuple[str, ...]:
    """The names of the fields in which two entries differ, in their order."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))
