"""What pages show of an organisation, and how lists are narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.network.models import LISTS, Entry, Organization, entry_of, field_label
from richtschnur.network.queries import Choice, Wanted, value_name
from richtschnur.network.states import FacetKind, PointKind


@dataclass(frozen=True)
class Filter:
    """One select of a list's form."""

    name: str
    label: str
    chosen: str
    choices: list[Choice]


def asked(request: Any) -> Wanted:
    """What the address says that is wanted."""
    given = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:200]
        for name in ("q", "town", "language", "offer", "kind")
    }
    return Wanted(words=given.pop("q"), archived=request.GET.get("archived") == "1", **given)


def filters(wanted: Wanted, choices: dict[str, list[Choice]]) -> list[Filter]:
    """The selects; what was asked for and does not occur is offered, too, so that it is seen."""
    made = [
        ("town", _("Town"), wanted.town, choices[FacetKind.TOWN]),
        ("language", _("Language"), wanted.language, choices[FacetKind.LANGUAGE]),
        ("offer", _("Offer"), wanted.offer, choices[FacetKind.OFFER]),
        ("kind", _("Kind"), wanted.kind, choices["kind"]),
    ]
    return [
        Filter(name, label, chosen, _with(chosen, found)) for name, label, chosen, found in made
    ]


def _with(chosen: str, found: list[Choice]) -> list[Choice]:
    known = {value for value, _label in found}
    return found if not chosen or chosen in known else [*found, (chosen, chosen)]


def shown_values(name: str, value: Any) -> list[str]:
    """A field's values as people read them."""
    values = value if name in LISTS else [value]
    return [value_name(name, str(one)) for one in values if one]


def shown_entry(organization: Organization) -> dict[str, Any]:
    """name → {"label", "values"} of all fields that say something, in their order."""
    return _shown(entry_of(organization))


def _shown(entry: Entry) -> dict[str, Any]:
    fields = entry.as_data()
    return {
        name: {"label": field_label(name), "values": values}
        for name, value in fields.items()
        if (values := shown_values(name, value))
    }


def public_entry(organization: Organization) -> Entry:
    """What everyone may read of a listed organisation: ways to it only as it agreed to."""
    ways = set(organization.listed or ())
    hidden = [kind for kind in PointKind.values if kind not in ways]
    return Entry.from_data(entry_of(organization).as_data() | dict.fromkeys(hidden, ()))


def shown_publicly(organization: Organization) -> dict[str, Any]:
    """The same as `shown_entry`, for everyone."""
    return _shown(public_entry(organization))
