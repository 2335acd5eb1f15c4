"""Comments gather in a basket before they are sent; a basket is no contribution yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import Basket, BasketComment, digest
from richtschnur.contributions.rules import check_text
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
    replaces: BasketComment | None = None,
) -> BasketComment:
    """Put a comment into the basket that the secret opens, or new words into one that is there."""
    check_open(consultation, at)
    text = check_text(text)
    basket, _created = Basket.objects.get_or_create(
        secret_digest=digest(secret),
        defaults={"consultation": consultation, "created_at": at, "touched_at": at},
    )
    if not Basket.objects.filter(pk=basket.pk).update(touched_at=at):
        # It was sent in this very moment, from another window: this comment begins the next one.
        basket, replaces = Basket(consultation=consultation, secret_digest=digest(secret)), None
        basket.created_at = basket.touched_at = at
        basket.save()
    comment = replaces or BasketComment(basket=basket, passage=passage)
    comment.text, comment.written_at = text, at
    comment.save()
    return comment


@transaction.atomic
def remove_comment(*, comment: BasketComment) -> None:
    """Take a comment out of its basket."""
    comment.delete()


def forget_old_baskets(*, at: datetime) -> int:
    """Delete baskets that nobody has touched for KEPT_FOR; says how many."""
    return Basket.objects.filter(touched_at__lt=at - KEPT_FOR).delete()[0]
