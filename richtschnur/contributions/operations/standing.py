"""What became of a contribution, as the public log says it: exactly one outcome holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.contributions.models import Contribution
from richtschnur.journal.actors import Actor
from richtschnur.journal.kinds import OUTCOMES, RECEIVED, LeafKind
from richtschnur.journal.log import new_leaf
from richtschnur.journal.models import Leaf
from richtschnur.journal.operations import record
from richtschnur.journal.queries import leaves_about
from richtschnur.journal.refusals import Refused


@transaction.atomic
def record_outcome(
    *, contribution: Contribution, kind: LeafKind, by: Actor, at: datetime, note: str = ""
) -> Leaf | None:
    """Say in the log that it is published, withheld, withdrawn, redacted or the same as another.

    Whoever calls has asked the policy already. What holds already is not said again (None).
    `note` is the ground of an erasure, or the leaf of the other one. Raises Refused for an outcome
    that can't follow the present one.
    """
    Contribution.objects.select_for_update().get(pk=contribution.pk)  # one after the other
    leaves = leaves_about(contribution.subject)
    received = next((leaf for leaf in leaves if leaf.kind in RECEIVED), None)
    present = next((leaf.kind for leaf in reversed(leaves) if leaf.kind in OUTCOMES), "")
    if received is None or present == kind:
        return None
    if kind not in OUTCOMES[present]:
        raise Refused(
            _("This contribution is “%(state)s” already: that can't be changed any more.")
            % {"state": LeafKind(present).label},
            code="transition",
        )
    entry = record(
        act="contributions.record_outcome",
        subject=contribution.subject,
        by=by,
        at=at,
        data={"outcome": str(kind), "note": note},
    )
    return new_leaf(
        kind=kind,
        commitment=entry.commitment,
        subject=contribution.subject,
        by=by,
        at=at,
        of=received.uid,
        note=note,
    )
