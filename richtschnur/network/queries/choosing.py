"""What a list can be narrowed to: only what occurs, at a cost that does not grow with the list."""

from __future__ import annotations

from typing import Final

from django.db import connection

from richtschnur.network.queries.likeness import plain
from richtschnur.network.queries.speech import value_name
from richtschnur.network.states import FacetKind, OrganizationKind

MOST_CHOICES: Final = 300
Choice = tuple[str, str]

# From each value straight to the next one in the index, instead of reading all rows: a DISTINCT
# over the facets of 10,000 organisations took 100 ms. The conditions are constants.
_OCCURRING: Final = """
WITH RECURSIVE kinds(kind) AS (SELECT 'towns' UNION SELECT 'languages' UNION SELECT 'offers'),
occurring(kind, value) AS (
  SELECT kind, (SELECT MIN(f.value) FROM network_facet f WHERE f.kind = kinds.kind) FROM kinds
  UNION ALL
  SELECT kind, (SELECT MIN(f.value) FROM network_facet f
                WHERE f.kind = occurring.kind AND f.value > occurring.value)
  FROM occurring WHERE value IS NOT NULL
)
SELECT kind, value FROM occurring WHERE value IS NOT NULL AND EXISTS (
  SELECT 1 FROM network_facet f JOIN network_organization o ON o.id = f.organization_id
  WHERE f.kind = occurring.kind AND f.value = occurring.value AND o.archived_at IS NULL {listed})
"""
_STAFF: Final = _OCCURRING.format(listed="")
_PUBLIC: Final = _OCCURRING.format(listed="AND o.listed IS NOT NULL")


def choices(*, public: bool = False) -> dict[str, list[Choice]]:
    """Filter → (value, words); for everyone only what organisations in the public list have."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC if public else _STAFF)
        pairs = cursor.fetchall()
    made: dict[str, list[Choice]] = {}
    for kind in FacetKind.values:
        named = [(value, value_name(kind, value)) for k, value in pairs if k == kind]
        made[kind] = sorted(named, key=lambda pair: plain(pair[1]))[:MOST_CHOICES]
    made["kind"] = [(value, str(label)) for value, label in OrganizationKind.choices]
    return made
