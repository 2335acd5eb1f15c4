"""An answer changes a passage of the next edition, and the link between them stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents.marks import Mark
from richtschnur.evaluation.models import Change, Response
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations import NewPassage, add_passage, change_passage


@transaction.atomic
def carry_out(
    *,
    responses: Iterable[Response],
    passage: Passage,
    text: str,
    by: Actor,
    at: datetime,
    marks: Iterable[Mark] | None = None,
    as_new: bool = False,
    revision: int | None = None,
) -> Passage:
    """Change a passage of a working edition (or add one behind it) because of answers.

    Without `marks` the present ones follow their words. Raises Refused when no answer is named,
    the edition is frozen or stale, or no text is left.
    """
    require(by, "evaluation.carry_out")
    responses = list(responses)
    if not responses:
        raise Refused(_("Please choose at least one answer that this change carries out."))
    if as_new:
        new = NewPassage(text, tuple(marks or ()))
        passage = add_passage(after=passage, new=new, by=by, at=at, revision=revision)
    else:
        passage = change_passage(
            passage=passage, text=text, marks=marks, by=by, at=at, revision=revision
        )
    for response in responses:
        Change.objects.get_or_create(
            response=response,
            edition_id=passage.edition_id,
            identity=passage.identity,
            defaults={"made_at": at},
        )
        record(
            act="evaluation.carry_out",
            subject=f"point:{response.point_id}",
            by=by,
            at=at,
            data={"passage": str(passage.identity), "version": response.version},
        )
    return passage
