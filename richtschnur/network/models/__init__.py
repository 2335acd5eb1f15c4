"""The register's nouns."""

from richtschnur.network.models.entries import (
    FIELDS,
    LISTS,
    TEXTS,
    Entry,
    changed_fields,
    entry_of,
    field_label,
)
from richtschnur.network.models.organizations import ContactPoint, Facet, MatchKey, Organization
from richtschnur.network.models.people import Body, Consent, Contact, Membership
from richtschnur.network.models.reports import (
    ChangeReport,
    Check,
    TableImport,
    digest,
    new_nonce,
)

__all__ = [
    "FIELDS",
    "LISTS",
    "TEXTS",
    "Body",
    "ChangeReport",
    "Check",
    "Consent",
    "Contact",
    "ContactPoint",
    "Entry",
    "Facet",
    "MatchKey",
    "Membership",
    "Organization",
    "TableImport",
    "changed_fields",
    "digest",
    "entry_of",
    "field_label",
    "new_nonce",
]
