"""Comments gather in a basket before they are sent; a basket is no contribution yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import (
    SHARED,
    Basket,
    BasketComment,
    BasketFile,
    digest,
    opened_by,
)
from richtschnur.contributions.rules import check_suggestion, check_text
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage

KEPT_FOR = timedelta(days=14)


@transaction.atomic
def put_comment(
    *,
    consultation: Consultation,
    secret: str,
    text: str,
    at: datetime,
    passage: Passage | None = None,
    suggestion: str = "",
    replaces: BasketComment | None = None,
    seen: str = "",
) -> BasketComment:
    """Put a comment into the basket that the secret opens, or new words into one that is there.

    `suggestion` is the whole passage as it should read. `seen` is the version of the replaced
    comment that one began from: when somebody else has changed it, both stand side by side.
    Raises Refused or ValidationError.
    """
    check_open(consultation, at)
    text, suggestion = check_text(text), check_suggestion(suggestion, passage)
    basket = touched_basket(consultation, secret, at)
    if replaces is not None:
        replaces = basket.comments.filter(pk=replaces.pk).first()  # none: sent or taken out
        if replaces is not None and seen and replaces.version != seen:
            replaces = None
    if replaces is None:
        known = basket.comments.filter(
            passage=passage, question=None, text=text, suggestion=suggestion
        ).first()
        if known is not None:
            return known  # a second click
    comment = replaces or BasketComment(basket=basket, passage=passage)
    comment.text, comment.suggestion, comment.written_at = text, suggestion, at
    comment.save()
    return comment


def touched_basket(consultation: Consultation, secret: str, at: datetime) -> Basket:
    """The secret's basket, locked; one that is being sent is followed by a new one.

    Raises Refused when it is shared with this browser no longer.
    """
    if secret.startswith(SHARED):
        return _shared_basket(consultation, secret, at)
    while True:
        basket, _created = Basket.objects.get_or_create(
            secret_digest=digest(secret),
            defaults={"consultation": consultation, "created_at": at, "touched_at": at},
        )
        if basket.consultation_id != consultation.pk:
            raise Refused(_("This basket belongs to another consultation. Please open it anew."))
        if Basket.objects.filter(pk=basket.pk).update(touched_at=at):
            return basket


def _shared_basket(consultation: Consultation, secret: str, at: datetime) -> Basket:
    found = Basket.objects.filter(consultation=consultation, **opened_by(secret))
    basket = found.first() if found.update(touched_at=at) else None
    if basket is None:
        raise Refused(
            _(
                "The basket that you shared was sent, or its link was taken back. Your text stands"
                " here; if you save it again, it goes into a basket of your own."
            ),
            code="gone",
        )
    return basket


@transaction.atomic
def remove_comment(*, comment: BasketComment, seen: str = "") -> None:
    """Take a comment out of its basket; `seen` is the version that one wanted to take out.

    Raises Refused when somebody else has changed it meanwhile.
    """
    rows = BasketComment.objects.select_for_update().order_by("pk")  # no join: it is locked
    found = rows.filter(pk=comment.pk).first()
    if found is not None and seen and found.version != seen:
        raise Refused(
            _("This comment was changed since you opened the page. Please look at it again."),
            code="stale",
        )
    if found is not None:
        found.delete()


@transaction.atomic
def forget_old_baskets(*, at: datetime) -> int:
    """Delete baskets whose consultation is over for KEPT_FOR; says how many.

    Their files go with the next `sweep_files`.
    """
    return delete_baskets(Basket.objects.filter(_over(at - KEPT_FOR)))


def _over(at: datetime) -> Q:
    closed = Q(consultation__closes_at__lt=at) | Q(consultation__closed_at__lt=at)
    return closed & Q(touched_at__lt=at)


def delete_baskets(baskets: QuerySet[Basket]) -> int:
    """Delete baskets with all that lies in them; says how many rows. Call it in a transaction."""
    BasketFile.objects.filter(basket__in=baskets.filter(holds_files=True)).delete()
    return baskets.delete()[0]
