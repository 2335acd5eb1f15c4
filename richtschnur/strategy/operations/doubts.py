"""What an import was unsure of, checked by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition


@transaction.atomic
def settle_doubt(
    *, edition: Edition, index: int, by: Actor, at: datetime, is_settled: bool = True
) -> Edition:
    """Say that a person has looked at the doubt with this index (from 0), or that it is open again.

    Raises Refused when there is no such doubt or the edition is frozen.
    """
    require(by, "strategy.edit")
    edition = Edition.objects.select_for_update().select_related("strategy").get(pk=edition.pk)
    if not edition.is_working:
        raise Refused(_("This edition is frozen and never changes."), code="frozen")
    if not 0 <= index < len(edition.doubts):
        raise Refused(_("There is no such place to check. Please reload the page."))
    edition.doubts[index]["settled"] = is_settled
    edition.save(update_fields=["doubts"])
    record(
        act="strategy.settle_doubt",
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data={"doubt": index, "settled": is_settled},
    )
    return edition
