"""Two organisations become one; whatever refers to the one that goes refers to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import (
    ChangeReport,
    Check,
    Consent,
    Contact,
    Entry,
    MatchKey,
    Membership,
    Organization,
)
from richtschnur.network.operations.keeping import changed, put_away
from richtschnur.network.queries import name_key
from richtschnur.network.rules import check_in_use


@dataclass(frozen=True)
class Reference:
    """A foreign key of a stage above to an organisation: `label` (lazy) is shown before a merge.

    `model` is "consultation.Invitation", `count(gone)` how many rows would move, and
    `move(kept, gone)` moves them inside the merge's transaction.
    """

    model: str
    label: Any
    count: Callable[[Organization], int]
    move: Callable[[Organization, Organization], None]


_references: list[Reference] = []


def refers_to_organizations(reference: Reference) -> None:
    """A later stage says, when it is ready, what of it refers to organisations."""
    if all(known.model != reference.model for known in _references):
        _references.append(reference)


def references() -> tuple[Reference, ...]:
    """All that later stages have said."""
    return tuple(_references)


@transaction.atomic
def merge_organizations(
    *, kept: Organization, gone: Organization, entry: Entry, by: Actor, at: datetime
) -> Organization:
    """Move everything of `gone` to `kept`, which says `entry` from now on; `gone` is archived.

    Public is what `kept` agreed to; what `gone` agreed to ends. Raises Refused when they are one
    or in the archive.
    """
    require(by, "network.merge")
    if kept.pk == gone.pk:
        raise Refused(_("These are one organisation already."), code="same")
    rows = Organization.objects.select_for_update(of=("self",)).order_by("pk")
    both = {row.pk: row for row in rows.filter(pk__in=[kept.pk, gone.pk])}
    kept, gone = both[kept.pk], both[gone.pk]
    check_in_use(kept)
    check_in_use(gone)
    put_away(gone, at)
    moved = _move(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    fields = changed(kept, entry, by, at, merged=gone.pk)
    record(
        act="network.merge_organizations",
        subject=kept.subject,
        by=by,
        at=at,
        data={"kept": kept.pk, "gone": gone.pk, "moved": moved, "fields": list(fields)},
    )
    return kept


def _move(kept: Organization, gone: Organization) -> dict[str, int]:
    moved = {}
    for model in (Contact, Membership, ChangeReport, Check, Consent):
        rows = model._default_manager.filter(organization=gone)
        moved[model.__name__] = rows.update(organization=kept)
    for reference in _references:
        moved[reference.model] = reference.count(gone)
        reference.move(kept, gone)
    Organization.objects.filter(merged_into=gone).update(merged_into=kept)
    known = set(kept.match_keys.values_list("key", flat=True))
    said = set(gone.match_keys.filter(key__startswith="same:").values_list("key", flat=True))
    keys = (said | {f"same:{name_key(gone.name)}"[:220]}) - known
    MatchKey.objects.bulk_create(MatchKey(organization=kept, key=key) for key in sorted(keys))
    gone.match_keys.all().delete()
    return moved
